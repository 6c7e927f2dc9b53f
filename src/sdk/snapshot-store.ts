import { isMentorshipError, MentorshipError } from './errors.js';
import { parseSnapshot } from './parse-snapshot.js';
import type { Snapshot } from './snapshot.js';
import type { MentorshipSource } from './source.js';

/** Options of every method of a client. */
export interface CallOptions {
  /** Gives up the wait. A write that was sent before may be stored all the same. */
  signal?: AbortSignal | undefined;
}

/**
 * Reads one source for any number of callers. The part of a `Client` that needs no actions.
 *
 * @internal
 */
export interface Loader {
  readonly source: MentorshipSource;
  load(options?: CallOptions): Promise<Snapshot>;
  refresh(options?: CallOptions): Promise<Snapshot>;
  put(snapshot: Snapshot): void;
  subscribe(listener: (snapshot: Snapshot) => void): () => void;
}

interface SharedLoad {
  result: Promise<Snapshot>;
  controller: AbortController;
  callers: number;
  settled: boolean;
  /** `anew`: asked for by `refresh`. */
  how: 'anew' | undefined;
}

/** @internal */
export function createLoader(source: MentorshipSource): Loader {
  let shared: SharedLoad | null = null;
  const listeners = new Set<(snapshot: Snapshot) => void>();

  // A source may be the host's own: what it gives or throws is as foreign as a document.
  const read = async (signal: AbortSignal) => {
    try {
      return parseSnapshot(await source.load({ signal }));
    } catch (cause) {
      if (isMentorshipError(cause)) throw cause;
      throw new MentorshipError('refused', 'The source failed.', { cause, retryable: true });
    }
  };

  const share = (result: Promise<Snapshot>, controller: AbortController, how?: 'anew'): SharedLoad => {
    const load: SharedLoad = { result, controller, callers: 0, settled: false, how };
    shared = load;
    result.then(
      (snapshot) => {
        load.settled = true;
        if (shared === load) listeners.forEach((listener) => listener(snapshot));
      },
      () => forget(load),
    );
    return load;
  };
  const start = (how?: 'anew'): SharedLoad => {
    const controller = new AbortController();
    return share(read(controller.signal), controller, how);
  };
  const forget = (load: SharedLoad) => {
    if (shared === load) shared = null;
  };

  const join = async (find: () => SharedLoad, signal?: AbortSignal): Promise<Snapshot> => {
    if (signal?.aborted) throw givenUp(signal);
    const load = find();
    load.callers++;
    let giveUp = () => {};
    const gaveUp = new Promise<never>((_, reject) => {
      giveUp = () => reject(givenUp(signal));
      signal?.addEventListener('abort', giveUp);
    });
    try {
      return await Promise.race([gaveUp, load.result]);
    } finally {
      signal?.removeEventListener('abort', giveUp);
      load.callers--;
      if (signal?.aborted && load.callers === 0 && !load.settled) {
        load.controller.abort(signal.reason);
        forget(load);
      }
    }
  };

  return {
    source,
    load: ({ signal } = {}) => join(() => shared ?? start(), signal),
    // Those who ask for a new one at the same time get the same new one.
    refresh: ({ signal } = {}) =>
      join(() => (shared?.how && !shared.settled ? shared : start('anew')), signal),
    put: (snapshot) => void share(Promise.resolve(snapshot), new AbortController()),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const givenUp = (signal?: AbortSignal) =>
  new MentorshipError('aborted', 'Given up.', { cause: signal?.reason });
