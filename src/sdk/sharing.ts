import { MentorshipError } from './errors.js';
import type { World } from './looks.js';

interface Running {
  result: Promise<unknown>;
  controller: AbortController;
  callers: number;
}

interface Wait {
  signal?: AbortSignal | undefined;
  /** Whether something may be stored when the caller gives up. */
  mayBeStored: () => boolean;
}

type Share = <T>(key: unknown, task: (signal: AbortSignal) => Promise<T>, wait: Wait) => Promise<T>;

/** What is on its way already under a key is not begun again. It ends when all who wait for it have given up. */
export function sharing(): Share {
  const running = new Map<unknown, Running>();

  const begin = (key: unknown, task: (signal: AbortSignal) => Promise<unknown>): Running => {
    const controller = new AbortController();
    const result = task(controller.signal).finally(() => {
      if (running.get(key) === begun) running.delete(key);
    });
    const begun: Running = { result, controller, callers: 0 };
    running.set(key, begun);
    return begun;
  };

  return async <T>(
    key: unknown,
    task: (signal: AbortSignal) => Promise<T>,
    { signal, mayBeStored }: Wait,
  ): Promise<T> => {
    if (signal?.aborted) throw givenUp(signal);
    const shared = running.get(key) ?? begin(key, task);
    shared.callers++;
    let giveUp = () => {};
    const gaveUp = new Promise<never>((_, reject) => {
      giveUp = () => {
        shared.callers--;
        reject(givenUp(signal, mayBeStored()));
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

export const givenUp = (signal?: AbortSignal, ambiguous = false) =>
  new MentorshipError('aborted', 'Given up.', { cause: signal?.reason, ambiguous });

const queues = new Map<string, Promise<unknown>>();

/** Runs one task of a name after the other, over all tabs where the browser has locks, else over all of this page. */
export async function inTurn<T>(
  name: string,
  task: () => Promise<T>,
  { locks, signal }: { locks: World['locks']; signal: AbortSignal },
): Promise<T> {
  if (!locks) return queued(name, task, signal);
  const begun: Promise<T>[] = [];
  const run = () => (begun[0] = task());
  await locks.request(name, { signal }, run).catch(() => {});
  if (signal.aborted && !begun[0]) throw givenUp(signal);
  // A page without an origin of its own has no right to locks.
  return begun[0] ?? queued(name, task, signal);
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
