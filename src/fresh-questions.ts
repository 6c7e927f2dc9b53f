import { clientOf } from './sdk/client.js';
import type { Loader } from './sdk/loader.js';
import type { Question } from './sdk/snapshot.js';

const STALE_MS = 5 * 60_000;

/** Which questions were asked about last, and when. */
const asked = new WeakMap<Loader, { which: string; at: number }>();

/** Finds out how the questions stand, if that is not known, or was some time ago. Whoever shows them is told by the loader. */
export async function freshen(loader: Loader, questions: readonly Question[]): Promise<void> {
  const which = keyOf(questions);
  const last = asked.get(loader);
  if (!loader.source.actions || !which || (last?.which === which && Date.now() - last.at < STALE_MS)) return;
  asked.set(loader, { which, at: Date.now() });
  // Without an answer nothing is claimed; the next look tries again only when it is due.
  const snapshot = await clientOf(loader)
    .questions()
    .catch(() => null);
  if (snapshot) asked.set(loader, { which: keyOf(snapshot.questions), at: Date.now() });
}

const keyOf = (questions: readonly Question[]) =>
  questions.map(({ url, askedAt, state }) => `${url} ${askedAt} ${state}`).join();
