import { abortable, abortError, isMentorshipError, MentorshipError } from './errors.js';
import { parseSnapshot } from './parse-snapshot.js';
import type { Snapshot } from './snapshot.js';
import type { MentorshipSource } from './source.js';

/** Options of every method of a client. */
export interface CallOptions {
  /** Rejects the call with `aborted`. A write that was already sent may still be stored. */
  signal?: AbortSignal | undefined;
}

/**
 * Caches the snapshot of one source for any number of callers; the part of `Client` that the first card needs.
 *
 * @internal
 */
export interface SnapshotStore {
  readonly source: MentorshipSource;
  load(options?: CallOptions): Promise<Snapshot>;
  /** @param options.update - changes the loaded snapshot before it is published; all options are ignored if a refresh is pending */
  refresh(options?: RefreshOptions): Promise<Snapshot>;
  set(snapshot: Snapshot): void;
  /** Returns the time at which the last load began, in milliseconds since 1970; undefined: nothing is cached. */
  startedAt(): number | undefined;
  /** @param listener - `kind` is `set` for a snapshot that the source did not load */
  subscribe(listener: Listener): () => void;
}

type Listener = (snapshot: Snapshot, kind: SharedLoad['kind']) => void;

interface RefreshOptions extends CallOptions {
  update?: (loaded: Snapshot) => Snapshot;
  /** Kind for the guard; `load` if no person has asked for it. */
  kind?: 'load' | 'refresh';
  /** `keep`: the former snapshot stays in the cache after an error for which a retry may succeed. */
  onError?: 'keep';
}

interface SharedLoad {
  result: Promise<Snapshot>;
  controller: AbortController;
  callers: number;
  settled: boolean;
  kind: 'load' | 'refresh' | 'set';
  startedAt: number;
}

/** Runs a load of the source, or rejects before it sends a request. @internal */
export type LoadGuard = (
  source: MentorshipSource,
  kind: 'load' | 'refresh',
  load: () => Promise<Snapshot>,
) => Promise<Snapshot>;

/** @internal */
export function createSnapshotStore(
  source: MentorshipSource,
  guard: LoadGuard = (_source, _kind, load) => load(),
): SnapshotStore {
  let cached: SharedLoad | null = null;
  const listeners = new Set<Listener>();

  // The source may be the host's own, so its data and errors are untrusted.
  const read = async (signal: AbortSignal) => {
    try {
      return parseSnapshot(await source.load({ signal }));
    } catch (cause) {
      if (isMentorshipError(cause)) throw cause;
      throw new MentorshipError('refused', 'The source’s load() failed.', { cause, retryable: true });
    }
  };

  const cache = (
    kind: SharedLoad['kind'],
    result: Promise<Snapshot>,
    controller = new AbortController(),
    fallback: SharedLoad | null = null,
  ): SharedLoad => {
    const load: SharedLoad = { result, controller, callers: 0, settled: false, kind, startedAt: Date.now() };
    cached = load;
    result.then(
      (snapshot) => {
        load.settled = true;
        // Async, so that an error of one listener is reported, and the others are called.
        if (cached === load) for (const listener of listeners) void (async () => listener(snapshot, kind))();
      },
      (error: unknown) => {
        const mayKeep = isMentorshipError(error) && error.retryable;
        if (cached === load) cached = mayKeep ? fallback : null;
      },
    );
    return load;
  };
  const start = (kind: 'load' | 'refresh', { update, onError }: RefreshOptions = {}): SharedLoad => {
    const controller = new AbortController();
    const former = onError && cached?.settled ? cached : null;
    const loaded = guard(source, kind, () => read(controller.signal));
    return cache(kind, update ? loaded.then(update) : loaded, controller, former);
  };
  const forget = (load: SharedLoad) => {
    if (cached === load) cached = null;
  };

  const wait = async (choose: () => SharedLoad, { signal }: CallOptions = {}): Promise<Snapshot> => {
    if (signal?.aborted) throw abortError(signal);
    const load = choose();
    load.callers++;
    try {
      return await abortable(load.result, signal);
    } finally {
      load.callers--;
      if (signal?.aborted && load.callers === 0 && !load.settled) {
        load.controller.abort(signal.reason);
        forget(load);
      }
    }
  };

  return {
    source,
    load: (options) => wait(() => cached ?? start('load'), options),
    // Concurrent calls share one new load.
    refresh: (options) =>
      wait(
        () =>
          cached?.kind === 'refresh' && !cached.settled ? cached : start(options?.kind ?? 'refresh', options),
        options,
      ),
    startedAt: () => cached?.startedAt,
    set: (snapshot) => void cache('set', Promise.resolve(snapshot)),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
