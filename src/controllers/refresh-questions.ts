import { clientFor } from '../sdk/client.js';
import type { SnapshotStore } from '../sdk/snapshot-store.js';
import type { Question } from '../sdk/snapshot.js';

const STALE_MS = 5 * 60_000;

interface Look {
  /** Key of the questions and their states. */
  which: string;
  /** Time of the last response, in milliseconds since 1970; null: the request is pending. */
  at: number | null;
}

const looks = new WeakMap<SnapshotStore, Look>();

/** Refreshes the states of questions, unless they were read in the last 5 minutes. The store notifies subscribers. */
export async function refreshStaleQuestions(
  loader: SnapshotStore,
  questions: readonly Question[],
): Promise<void> {
  const which = keyOf(questions);
  const last = looks.get(loader);
  const isKnown = last && (last.at === null || (last.which === which && Date.now() - last.at < STALE_MS));
  if (!loader.source.loadActions || !which || isKnown) return;
  looks.set(loader, { which, at: null });
  // A failed request counts as a response, so that it is retried only after 5 minutes.
  const snapshot = await clientFor(loader)
    .refreshQuestions()
    .catch(() => null);
  looks.set(loader, { which: snapshot ? keyOf(snapshot.questions) : which, at: Date.now() });
}

const keyOf = (questions: readonly Question[]) =>
  questions.map(({ url, askedAt, state }) => `${url} ${askedAt} ${state}`).join();
