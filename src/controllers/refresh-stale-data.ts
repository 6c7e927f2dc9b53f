import { clientFor } from '../sdk/client.js';
import type { Decision } from '../sdk/decide.js';
import type { SnapshotStore } from '../sdk/snapshot-store.js';
import type { Mentor, Question, Viewer } from '../sdk/snapshot.js';
import { adoptedAt } from './keep-snapshots.js';
import { readReplyTime, type ReplyTimes, storedReplyTime } from './reply-time-storage.js';
import type { SourceHandle } from './resolve-source.js';

const STALE_MS = 5 * 60_000;

interface Mentorship {
  viewer: Viewer;
  mentor: Mentor;
}

interface LastRead {
  /** Key of the data that was read. */
  key: string;
  /** Time of the last response, in milliseconds since 1970. */
  at: number;
}

const questionReads = new WeakMap<SnapshotStore, LastRead>();
const talkPageReads = new WeakMap<SnapshotStore, LastRead>();

/** Times of failed reads of a reply time, in milliseconds since 1970. */
const failures = new WeakMap<SnapshotStore, number>();

const pending = new WeakMap<SnapshotStore, Promise<void>>();

/**
 * Refreshes data of the card that a load does not read, unless it was read in the last 5 minutes: states of questions,
 * the mentor's reply time, and the number of questions that wait for the viewer. The store notifies subscribers.
 */
export async function refreshStaleData(handle: SourceHandle, decision: Decision): Promise<void> {
  const { store } = handle;
  const { variant } = decision;
  if (variant === 'mentored' && !decision.questions.length) {
    // There is nothing to read, also after the first question was asked here.
    questionReads.set(store, { key: '', at: Date.now() });
    if (!needsReplyTime(handle, decision)) return;
  }
  // Waits for the previous call, because several cards of one store need the same data.
  const next = (pending.get(store) ?? Promise.resolve()).then(() => refresh(handle, variant)).catch(() => {});
  pending.set(store, next);
  await next;
}

async function refresh(handle: SourceHandle, variant: Decision['variant']): Promise<void> {
  const { store } = handle;
  const snapshot = await store.load();
  // The tab that has loaded it reads these data, and this tab adopts them.
  if (Date.now() - (adoptedAt.get(snapshot) ?? -Infinity) < STALE_MS) return;
  const { viewer, mentor, questions } = snapshot;
  if (variant === 'mentor' && viewer) await refreshWaitingQuestions(store, viewer);
  if (variant !== 'mentored') return;
  // The threads that are read for the questions often have the answers of the mentor, too.
  await refreshQuestions(store, questions);
  if (viewer && mentor) await refreshReplyTime(handle, { viewer, mentor });
}

const isFresh = (last: LastRead | undefined, key: string): boolean =>
  last !== undefined && last.key === key && Date.now() - last.at < STALE_MS;

async function refreshQuestions(store: SnapshotStore, questions: readonly Question[]): Promise<void> {
  const key = unknownKey(questions);
  if (isFresh(questionReads.get(store), key)) return;
  // A failed request counts as a response, so that it is retried only after 5 minutes.
  const snapshot = await clientFor(store)
    .refreshQuestions()
    .catch(() => null);
  questionReads.set(store, { key: snapshot ? unknownKey(snapshot.questions) : key, at: Date.now() });
}

/** Identifies the questions whose state is unknown, unlike that of a question that was just asked. */
const unknownKey = (questions: readonly Question[]) =>
  questions.flatMap(({ url, askedAt, state }) => (state === 'unknown' ? `${url} ${askedAt}` : [])).join();

/** Returns true if the reply time can be shown and is not known. A mentor who is away does not answer as usual. */
const needsReplyTime = (
  handle: SourceHandle,
  { viewer, mentor: { name, away, retired, typicalReplyHours } }: Mentorship,
): boolean =>
  !away &&
  !retired &&
  typicalReplyHours === null &&
  storedReplyTime(replyTimesOf(handle, viewer), name) !== null;

const replyTimesOf = ({ store, keepFor }: SourceHandle, viewer: Viewer): ReplyTimes => ({
  source: store.source.id,
  viewer: viewer.id,
  keepFor,
});

async function refreshReplyTime(handle: SourceHandle, { viewer, mentor }: Mentorship): Promise<void> {
  const { store } = handle;
  const { name } = mentor;
  if (!needsReplyTime(handle, { viewer, mentor })) return;
  if (Date.now() - (failures.get(store) ?? -Infinity) < STALE_MS) return;
  const client = clientFor(store);
  const hours = await readReplyTime(client, name, replyTimesOf(handle, viewer)).catch(() => {
    failures.set(store, Date.now());
    return null;
  });
  if (hours !== null)
    await client.setTalkPage(name, { typicalReplyHours: hours, waitingQuestions: null, talkUrl: null });
}

async function refreshWaitingQuestions(
  store: SnapshotStore,
  { name, mentoring, talkPage }: Viewer,
): Promise<void> {
  const keyOf = (waiting: number | null) => `${name} ${waiting}`;
  const key = keyOf((talkPage ?? mentoring)?.waitingQuestions ?? null);
  if (isFresh(talkPageReads.get(store), key)) return;
  const client = clientFor(store);
  const figures = await client.readTalkPage(name).catch(() => null);
  talkPageReads.set(store, { key: figures ? keyOf(figures.waitingQuestions) : key, at: Date.now() });
  if (figures) await client.setTalkPage(name, figures);
}
