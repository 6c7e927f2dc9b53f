import { clientFor } from '../sdk/client.js';
import type { SnapshotStore } from '../sdk/snapshot-store.js';
import type { Question } from '../sdk/snapshot.js';

const STALE_MS = 5 * 60_000;

interface LastRead {
  /** Key of the questions and their states. */
  key: string;
  /** Time of the last response, in milliseconds since 1970; null: the request is pending. */
  at: number | null;
}

const lastReads = new WeakMap<SnapshotStore, LastRead>();

/** Refreshes the states of questions, unless they were read in the last 5 minutes. The store notifies subscribers. */
export async function refreshStaleQuestions(
  store: SnapshotStore,
  questions: readonly Question[],
): Promise<void> {
  const key = keyOf(questions);
  const last = lastReads.get(store);
  const isKnown = last && (last.at === null || (last.key === key && Date.now() - last.at < STALE_MS));
  if (!store.source.loadActions || !key || isKnown) return;
  lastReads.set(store, { key, at: null });
  // A failed request counts as a response, so that it is retried only after 5 minutes.
  const snapshot = await clientFor(store)
    .refreshQuestions()
    .catch(() => null);
  lastReads.set(store, { key: snapshot ? keyOf(snapshot.questions) : key, at: Date.now() });
}

const keyOf = (questions: readonly Question[]) =>
  questions.map(({ url, askedAt, state }) => `${url} ${askedAt} ${state}`).join();
