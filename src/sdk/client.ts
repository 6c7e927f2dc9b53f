import { MentorshipError } from './errors.js';
import { parseSnapshot } from './parse-snapshot.js';
import type { Snapshot } from './snapshot.js';
import type { MentorshipSource } from './sources/source.js';

/** Reads one source for any number of callers. */
export interface Client {
  /**
   * The snapshot: the one at hand, or the one that is being loaded, or a new one.
   *
   * @param signal - gives up this caller's wait; the request itself ends when every caller has given up
   * @throws {MentorshipError} whatever the source says; `aborted` when the signal fires
   */
  load(signal?: AbortSignal): Promise<Snapshot>;
  /** Forgets the snapshot at hand and loads a new one; otherwise as `load`. */
  refresh(signal?: AbortSignal): Promise<Snapshot>;
}

interface SharedLoad {
  result: Promise<Snapshot>;
  controller: AbortController;
  callers: number;
  settled: boolean;
  /** Asked for by `refresh`. */
  anew: boolean;
}

/** @param options.source - where the data comes from */
export function createClient({ source }: { source: MentorshipSource }): Client {
  let shared: SharedLoad | null = null;

  // A source may be the host's own: what it gives or throws is as foreign as a document.
  const read = async (signal: AbortSignal) => {
    try {
      return parseSnapshot(await source.load(signal));
    } catch (cause) {
      if (cause instanceof MentorshipError) throw cause;
      throw new MentorshipError('refused', 'The source failed.', { cause, retryable: true });
    }
  };

  const start = (how?: 'anew'): SharedLoad => {
    const controller = new AbortController();
    const load: SharedLoad = {
      result: read(controller.signal),
      controller,
      callers: 0,
      settled: false,
      anew: how === 'anew',
    };
    shared = load;
    load.result.then(
      () => (load.settled = true),
      () => forget(load),
    );
    return load;
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
    load: (signal) => join(() => shared ?? start(), signal),
    // Those who ask for a new one at the same time get the same new one.
    refresh: (signal) => join(() => (shared?.anew && !shared.settled ? shared : start('anew')), signal),
  };
}

const givenUp = (signal?: AbortSignal) =>
  new MentorshipError('aborted', 'Given up.', { cause: signal?.reason });
