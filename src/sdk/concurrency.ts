import { abortable, abortError, asMentorshipError, isMentorshipError, MentorshipError } from './errors.js';

/** Work that all callers share. Calls `markOutcomeUnknown` once something may be stored. */
type Task<T> = (signal: AbortSignal, markOutcomeUnknown: () => void) => Promise<T>;

interface InFlight {
  result: Promise<unknown>;
  controller: AbortController;
  callers: number;
  /** True if a write was sent, which may have been stored. */
  sent: boolean;
  settled: boolean;
}

export type Dedupe = <T>(key: unknown, task: Task<T>, signal: AbortSignal | undefined) => Promise<T>;

/** Creates `dedupe`: concurrent calls with the same key share one task, which aborts once every caller has aborted. */
export function createDeduper(): Dedupe {
  const inFlight = new Map<unknown, InFlight>();

  const start = (key: unknown, task: Task<unknown>): InFlight => {
    const controller = new AbortController();
    const entry: InFlight = { result: never, controller, callers: 0, sent: false, settled: false };
    inFlight.set(key, entry);
    entry.result = task(controller.signal, () => (entry.sent = true)).finally(() => {
      entry.settled = true;
      if (inFlight.get(key) === entry) inFlight.delete(key);
    });
    return entry;
  };

  return async <T>(key: unknown, task: Task<T>, signal: AbortSignal | undefined): Promise<T> => {
    if (signal?.aborted) throw abortError(signal);
    const entry = inFlight.get(key) ?? start(key, task);
    const leave = () => {
      entry.callers--;
      if (entry.callers > 0 || entry.settled) return;
      inFlight.delete(key);
      entry.controller.abort(signal?.reason);
    };
    entry.callers++;
    signal?.addEventListener('abort', leave);
    try {
      return await abortable(entry.result as Promise<T>, signal, () => abortError(signal, entry.sent));
    } finally {
      signal?.removeEventListener('abort', leave);
    }
  };
}

const never = new Promise<never>(() => {});

/** Ends of the page's queues by the name of their lock, of which there is one for each viewer and source. */
const queues = new Map<string, Promise<unknown>>();

/** Time after which waiting for a lock ends, because the browser may have suspended the tab that has it. */
const LOCK_MS = 10_000;

/**
 * Runs tasks of the same name one at a time, in all tabs with the Web Locks API, otherwise in this page.
 *
 * @throws {MentorshipError} `locked` if another task has held the lock for 10 s
 */
export async function withLock<T>(
  name: string,
  task: () => Promise<T>,
  { locks, signal }: { locks: Runtime['locks']; signal: AbortSignal },
): Promise<T> {
  const wait = new AbortController();
  const onAbort = () => wait.abort(abortError(signal));
  const timer = setTimeout(() => wait.abort(lockedError()), LOCK_MS);
  signal.addEventListener('abort', onAbort);
  const endWait = () => {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  };
  const run = () => {
    endWait();
    return abortable(task(), signal);
  };
  try {
    if (signal.aborted) throw abortError(signal);
    const started: Promise<T>[] = [];
    await locks?.request(name, { signal: wait.signal }, () => (started[0] = run())).catch(() => {});
    // Falls back to the page's queue, because a page with an opaque origin is denied locks.
    return await (started[0] ?? withPageLock(name, run, wait.signal));
  } finally {
    endWait();
  }
}

const lockedError = () =>
  new MentorshipError(
    'locked',
    `Another tab has been sending a question for ${LOCK_MS / 1_000} s. Close it.`,
    {
      retryable: true,
    },
  );

async function withPageLock<T>(name: string, task: () => Promise<T>, wait: AbortSignal): Promise<T> {
  const previous = queues.get(name);
  const current = (async () => {
    await abortable(Promise.resolve(previous), wait, () => asMentorshipError(wait.reason));
    return task();
  })();
  // Includes the previous task, because it may outlast a wait that has ended.
  queues.set(
    name,
    Promise.allSettled([previous, current]).then(() => {}),
  );
  return current;
}

/** Times of the polls, in seconds after the first one. */
const POLL_DELAYS_S = [0, 1, 3, 7, 15];

/** Clock, timer and locks of the environment in which a client runs. */
export interface Runtime {
  /** Milliseconds since 1970. */
  now(): number;
  /** @param signal - rejects the promise when it fires */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  locks: Pick<LockManager, 'request'> | null;
}

/**
 * Polls for 15 s, with growing pauses, until a result is found.
 *
 * @param find - resolves with the result, or with null
 * @returns null if the last poll found nothing, so nothing was stored
 * @throws {MentorshipError} the error of the last poll, or one that ends polling, such as `session`
 */
export async function poll<T>(
  find: () => Promise<T | null>,
  { now, sleep }: Runtime,
  signal: AbortSignal,
): Promise<T | null> {
  const start = now();
  let failure: { error: unknown } | null = null;
  for (const seconds of POLL_DELAYS_S) {
    const pause = start + seconds * 1_000 - now();
    // Skips polls whose time has passed during an earlier one, except the last.
    if (pause < 0 && seconds !== POLL_DELAYS_S[0] && seconds !== POLL_DELAYS_S.at(-1)) continue;
    if (pause > 0) await sleep(pause, signal);
    try {
      const found = await find();
      if (found !== null) return found;
      failure = null;
    } catch (error) {
      if (isTerminal(error)) throw error;
      failure = { error };
    }
  }
  if (failure) throw failure.error;
  return null;
}

/** Returns true for an error that would recur in the next poll. */
const isTerminal = (error: unknown) =>
  isMentorshipError(error) && ['aborted', 'denied', 'session', 'unsupported'].includes(error.code);

/** Time after which a task lets the browser respond, in milliseconds; a task of 50 ms or more would be a long one. */
const TASK_MS = 16;

/** Maps a list of any length, in tasks that are short enough for the page to respond in between. */
export async function mapInTasks<T, R>(items: readonly T[], map: (item: T) => R): Promise<R[]> {
  const results: R[] = [];
  let start = performance.now();
  for (const item of items) {
    if (performance.now() - start >= TASK_MS) {
      await new Promise((resolve) => setTimeout(resolve));
      start = performance.now();
    }
    results.push(map(item));
  }
  return results;
}
