import { stringify } from '../sdk/coerce.js';
import { asMentorshipError } from '../sdk/errors.js';
import { keepRefreshedData } from '../sdk/optimistic-updates.js';
import type { Snapshot } from '../sdk/snapshot.js';
import type { SnapshotStore } from '../sdk/snapshot-store.js';
import type { KeptViewer } from '../sdk/source.js';
import { type KeptSnapshot, keptKey, readKept } from './kept-snapshot.js';
import { attempt } from './wiki-page.js';

/** Age from which a kept snapshot is reloaded at once, not only when the browser is idle. */
const STALE_MS = 5 * 60_000;
/** Time after which a busy browser counts as idle. */
const IDLE_MS = 2_000;
/** Most reloads of a kept snapshot, because each one may be overtaken by an action. */
const MOST_TRIES = 3;

/** Time of a reload. A kept snapshot that is older than five minutes is always reloaded now. */
export type When = 'now' | 'when idle';

export interface KeepOptions {
  /** Id of the source. */
  source: string;
  viewer: KeptViewer;
  /** Snapshot with which the store began; null: the store loaded one. */
  kept: KeptSnapshot | null;
  /** Ends the keeping. */
  signal: AbortSignal;
}

/**
 * Keeps each snapshot of a store in the browser, without the state of the e-mail address, and adopts those of other
 * tabs. Returns a function that reloads the kept snapshot with which the store began: `now`, or when the browser is idle.
 * It rejects if that fails, and the next call retries.
 */
export function keepSnapshots(
  store: SnapshotStore,
  { source, viewer, kept, signal }: KeepOptions,
): (when: When) => Promise<void> {
  const key = keptKey(source, 'snapshot', viewer.id);
  /** Last snapshot, and the one of it that needs not be stored, because it comes from the storage. */
  let current = kept?.snapshot ?? null;
  let stored = current;
  /** Snapshot of the last reload. */
  let reloaded: Snapshot | null = null;
  let isChecked = kept === null;
  let pending: Promise<void> | null = null;

  const write = (snapshot: Snapshot) => {
    current = snapshot;
    if (snapshot === reloaded) isChecked = true;
    if (snapshot === stored) return;
    stored = snapshot;
    const { viewer: owner } = snapshot;
    // Comes first, because the browser may refuse to store the new one.
    attempt(() => localStorage.removeItem(key));
    if (owner?.id !== viewer.id || owner.name !== viewer.name) return;
    const at = isChecked ? Date.now() : kept?.at;
    const text = stringify({ at, snapshot: { ...snapshot, viewer: { ...owner, email: null } } });
    attempt(() => localStorage.setItem(key, text));
  };

  let start = () => {};
  const reload = async () => {
    await new Promise<void>((resolve) => {
      start = resolve;
      whenIdle(resolve);
    });
    // An action that was run meanwhile has replaced a reload, which may not contain its change.
    for (let tries = 0; tries < MOST_TRIES && !isChecked && !signal.aborted; tries++)
      await store.refresh({
        signal,
        update: (snapshot) => (reloaded = current ? keepRefreshedData(current)(snapshot) : snapshot),
      });
  };
  const check = async (when: When): Promise<void> => {
    if (isChecked || signal.aborted) return;
    pending ??= reload().finally(() => (pending = null));
    if (when === 'now' || !kept || Date.now() - kept.at >= STALE_MS) start();
    await pending.catch((error: unknown) => {
      // The next page would fail again.
      if (!signal.aborted && !asMentorshipError(error).retryable) attempt(() => localStorage.removeItem(key));
      throw error;
    });
  };

  const follow = ({ key: changed }: StorageEvent) => {
    // Without a key, all data was deleted.
    if (changed !== key && changed !== null) return;
    const other = readKept(source, viewer);
    if (other) {
      const email = current?.viewer?.email ?? null;
      const { snapshot } = other;
      stored = { ...snapshot, viewer: snapshot.viewer && { ...snapshot.viewer, email } };
      isChecked = true;
      store.set(stored);
    } else {
      // Another user may be signed in now.
      isChecked = false;
      check('now').catch(() => {});
    }
  };

  if (signal.aborted) return check;
  const unsubscribe = store.subscribe(write);
  signal.addEventListener('abort', unsubscribe);
  addEventListener('storage', follow, { signal });
  // The first load ended before this module was loaded.
  store.load({ signal }).then(
    (snapshot) => snapshot === current || write(snapshot),
    () => {},
  );
  return check;
}

/** Calls a task once the browser is idle. Safari lacks the browser's own function. */
function whenIdle(task: () => void): void {
  const { requestIdleCallback } = globalThis as Partial<typeof globalThis>;
  if (requestIdleCallback) requestIdleCallback(task, { timeout: IDLE_MS });
  else setTimeout(task, IDLE_MS / 10);
}
