import { clientFor } from '../sdk/client.js';
import type { SnapshotStore } from '../sdk/snapshot-store.js';
import type { Question } from '../sdk/snapshot.js';

const STALE_MS = 5 * 60_000;

interface Look {
  /** Key of the questions and their states. */
  which: string;
  /** When, in milliseconds since 1970; null: the answer is on its way. */
  at: number | null;
}

const looks = new WeakMap<SnapshotStore, Look>();

/** Finds out how the questions stand, if that is not known, or was some time ago. Whoever shows them is told by the loader. */
export async function refreshStaleQuestions(
  loader: SnapshotStore,
  questions: readonly Question[],
): Promise<void> {
  const which = keyOf(questions);
  const last = looks.get(loader);
  const isKnown = last && (last.at === null || (last.which === which && Date.now() - last.at < STALE_MS));
  if (!loader.source.loadActions || !which || isKnown) return;
  looks.set(loader, { which, at: null });
  // Without an answer nothing is claimed; the next look tries again only when it is due.
  const snapshot = await clientFor(loader)
    .refreshQuestions()
    .catch(() => null);
  looks.set(loader, { which: snapshot ? keyOf(snapshot.questions) : which, at: Date.now() });
}

const keyOf = (questions: readonly Question[]) =>
  questions.map(({ url, askedAt, state }) => `${url} ${askedAt} ${state}`).join();
