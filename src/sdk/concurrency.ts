import { isMentorshipError, MentorshipError } from './errors.js';

/** Something to be done. Calls `sending` once something may be stored. */
type Task<T> = (signal: AbortSignal, sending: () => void) => Promise<T>;

interface Running {
  result: Promise<unknown>;
  controller: AbortController;
  callers: number;
  mayBeStored: boolean;
}

type Share = <T>(key: unknown, task: Task<T>, signal: AbortSignal | undefined) => Promise<T>;

/** What is on its way already under a key is not begun again. It ends when all who wait for it have given up. */
export function sharing(): Share {
  const running = new Map<unknown, Running>();

  const begin = (key: unknown, task: Task<unknown>): Running => {
    const controller = new AbortController();
    const begun: Running = { result: unsettled, controller, callers: 0, mayBeStored: false };
    running.set(key, begun);
    begun.result = task(controller.signal, () => (begun.mayBeStored = true)).finally(() => {
      if (running.get(key) === begun) running.delete(key);
    });
    return begun;
  };

  return async <T>(key: unknown, task: Task<T>, signal: AbortSignal | undefined): Promise<T> => {
    if (signal?.aborted) throw givenUp(signal);
    const shared = running.get(key) ?? begin(key, task);
    shared.callers++;
    let giveUp = () => {};
    const gaveUp = new Promise<never>((_, reject) => {
      giveUp = () => {
        shared.callers--;
        reject(givenUp(signal, shared.mayBeStored));
        if (shared.callers > 0) return;
        running.delete(key);
        shared.controller.abort(signal?.reason);
      };
      signal?.addEventListener('abort', giveUp);
    });
    try {
      return await Promise.race([gaveUp, shared.result as Promise<T>]);
    } finally {
      signal?.removeEventListener('abort', giveUp);
    }
  };
}

const unsettled = new Promise<never>(() => {});

export const givenUp = (signal?: AbortSignal, outcomeUnknown = false) =>
  new MentorshipError('aborted', 'Given up.', { cause: signal?.reason, outcomeUnknown });

/** Ends with the signal, also where the task does not mind it. */
async function untilGivenUp<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T> {
  let giveUp = () => {};
  const gaveUp = new Promise<never>((_, reject) => {
    giveUp = () => reject(givenUp(signal));
    signal.addEventListener('abort', giveUp);
  });
  try {
    return await Promise.race([gaveUp, task()]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

const queues = new Map<string, Promise<unknown>>();

/** Runs one task of a name after the other, over all tabs where the browser has locks, else over all of this page. */
export async function inTurn<T>(
  name: string,
  task: () => Promise<T>,
  { locks, signal }: { locks: World['locks']; signal: AbortSignal },
): Promise<T> {
  const run = () => untilGivenUp(task, signal);
  if (!locks) return queued(name, run, signal);
  const begun: Promise<T>[] = [];
  await locks.request(name, { signal }, () => (begun[0] = run())).catch(() => {});
  if (signal.aborted && !begun[0]) throw givenUp(signal);
  // A page without an origin of its own has no right to locks.
  return begun[0] ?? queued(name, run, signal);
}

async function queued<T>(name: string, task: () => Promise<T>, signal: AbortSignal): Promise<T> {
  const before = queues.get(name);
  const turn = (async () => {
    await before?.catch(() => {});
    if (signal.aborted) throw givenUp(signal);
    return task();
  })();
  queues.set(name, turn);
  try {
    return await turn;
  } finally {
    if (queues.get(name) === turn) queues.delete(name);
  }
}

/** Seconds after the first look. */
const LOOKS = [0, 1, 3, 7, 15];

/** Clock, rest and locks of the place where a client runs. */
export interface World {
  /** Milliseconds since 1970. */
  now(): number;
  /** @param signal - ends it with a rejection */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  locks: Pick<LockManager, 'request'> | null;
}

/**
 * Looks for what may have been stored, with growing pauses, for 15 s.
 *
 * @param look - null: not there
 * @returns null: not there at the last look, so that it can be relied upon
 * @throws {MentorshipError} of the last look
 */
export async function lookFor<T>(
  look: () => Promise<T | null>,
  { now, sleep }: World,
  signal: AbortSignal,
): Promise<T | null> {
  const start = now();
  let failed: { error: unknown } | null = null;
  for (const seconds of LOOKS) {
    const pause = start + seconds * 1000 - now();
    // One look may take as long as several pauses. The last one is never left out.
    if (pause < 0 && seconds !== LOOKS[0] && seconds !== LOOKS.at(-1)) continue;
    if (pause > 0) await sleep(pause, signal);
    try {
      const found = await look();
      if (found !== null) return found;
      failed = null;
    } catch (error) {
      if (isFinal(error)) throw error;
      failed = { error };
    }
  }
  if (failed) throw failed.error;
  return null;
}

/** Whether looking again would come to the same. */
const isFinal = (error: unknown) =>
  isMentorshipError(error) && ['aborted', 'denied', 'session', 'unsupported'].includes(error.code);
