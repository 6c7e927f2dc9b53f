import { parseJsonOrNull, stringify, toInteger } from '../sdk/coerce.js';
import { asMentorshipError } from '../sdk/errors.js';
import { keepRefreshedData } from '../sdk/optimistic-updates.js';
import type { Snapshot } from '../sdk/snapshot.js';
import type { SnapshotStore } from '../sdk/snapshot-store.js';
import { DAY_MS, keptKey, readKept } from './kept-snapshot-storage.js';
import { storedReplyTime } from './reply-time-storage.js';
import type { SourceHandle } from './resolve-source.js';
import { attempt } from './wiki-page.js';

/** Age from which a kept snapshot is reloaded at once, not only when the browser is idle. */
const STALE_MS = 5 * 60_000;
/** Time after which a busy browser counts as idle. */
const IDLE_MS = 2_000;

/** Time of a reload. A kept snapshot that is older than five minutes is always reloaded now. */
export type When = 'now' | 'when idle';

/** Element that shows the snapshots of a store. */
interface Shows {
  readonly handle: SourceHandle | null;
  load(how: 'load'): Promise<void>;
}

/** Reloads the kept snapshot with which a store began, unless it is up to date. Resolves even if that fails. */
type Reload = (when: When) => Promise<void>;

interface Keeper {
  reload: Reload;
  /** Elements that load, and show the error, if the source refuses a reload for good. */
  elements: Set<Shows>;
}

const keepers = new WeakMap<SnapshotStore, Keeper>();

/** Times at which snapshots of other tabs were adopted, in milliseconds since 1970. */
export const adoptedAt = new WeakMap<Snapshot, number>();

/**
 * Keeps each snapshot of a store in the browser from now on, without the state of the e-mail address, adopts those of
 * other tabs, and reloads a kept one. If the source refuses that for good, the element loads, and shows the error.
 */
export function keepSnapshots(data: Shows, when: When): void {
  const { handle } = data;
  if (!handle) return;
  const keeper = keepers.get(handle.store) ?? createKeeper(handle);
  keepers.set(handle.store, keeper);
  for (const element of keeper.elements)
    if (element.handle?.store !== handle.store) keeper.elements.delete(element);
  keeper.elements.add(data);
  void keeper.reload(when);
}

function createKeeper({ store, keepFor, kept, ended }: SourceHandle): Keeper {
  const source = store.source.id;
  const elements = new Set<Shows>();
  if (!keepFor || !source) return { reload: async () => {}, elements };
  const key = keptKey(source, 'snapshot', keepFor.id);
  /** Returns the time of the load of the stored snapshot, in milliseconds since 1970; NaN: none is stored. */
  const storedTime = () => toInteger(attempt(() => parseJsonOrNull(localStorage.getItem(key)))?.at) ?? NaN;
  let current = kept;
  /** Time at which the last load began, in milliseconds since 1970. */
  let loadedAt = kept ? storedTime() : (store.startedAt() ?? NaN);
  let isFresh = kept === null;
  /** Number of times that another tab has deleted the stored snapshot, now and at the start of the last reload. */
  let [deletions, deletionsAtReload] = [0, 0];
  /** Snapshot of another tab, which that tab has stored. */
  let adopted = kept;

  const isOwn = ({ viewer }: Snapshot) => viewer?.id === keepFor.id && viewer.name === keepFor.name;
  const write = (snapshot: Snapshot) => {
    current = snapshot;
    if (snapshot === adopted || deletions !== deletionsAtReload) return;
    const data = { at: loadedAt, until: endOf(snapshot, loadedAt), snapshot: withoutEmail(snapshot) };
    const isStored = isOwn(snapshot) && attempt(() => (localStorage.setItem(key, stringify(data)), true));
    // The browser may refuse to store the new one, and the former one is not true any more.
    if (!isStored) forget();
  };
  const forget = () => attempt(() => localStorage.removeItem(key));
  /** Shows the stored snapshot of another tab. Returns false if there is none that is valid. */
  const adopt = (): boolean => {
    const other = readKept(source, keepFor);
    if (!other) return false;
    if (current && stringify(other) === stringify(withoutEmail(current))) return true;
    const email = current?.viewer?.email ?? null;
    adopted = { ...other, viewer: other.viewer && { ...other.viewer, email } };
    loadedAt = storedTime();
    isFresh = Date.now() - loadedAt < STALE_MS;
    adoptedAt.set(adopted, Date.now());
    store.set(adopted);
    return true;
  };
  /** Stores a loaded snapshot, unless another tab has stored that of a load that began later, such as after an action. */
  const writeLoaded = (snapshot: Snapshot) => {
    isFresh = true;
    loadedAt = store.startedAt() ?? NaN;
    current = snapshot;
    const at = storedTime();
    const isOlder = at > loadedAt && at <= Date.now();
    if (!(isOlder && isOwn(snapshot) && adopt())) write(snapshot);
  };

  /** Returns the snapshot without a reply time that was read more than a day ago. */
  const withoutOldReplyTime = (snapshot: Snapshot): Snapshot => {
    const { mentor } = snapshot;
    return mentor && storedReplyTime({ source, viewer: keepFor.id, keepFor }, mentor.name) === undefined
      ? { ...snapshot, mentor: { ...mentor, typicalReplyHours: null } }
      : snapshot;
  };
  /** Resolves even if that fails. The kept card stays if a retry may succeed. */
  const refresh = async (kind: 'load' | 'refresh') => {
    const update = (snapshot: Snapshot) =>
      current ? keepRefreshedData(withoutOldReplyTime(current))(snapshot) : snapshot;
    const before = deletions;
    try {
      await store.refresh({ signal: ended, update, kind, onError: 'keep' });
      if (before === deletionsAtReload) return;
      deletionsAtReload = before;
      if (current) write(current);
    } catch (error) {
      if (ended.aborted || asMentorshipError(error).retryable) return;
      // The next page would fail again.
      forget();
      for (const data of elements) if (data.handle?.store === store) void data.load('load');
    }
  };
  let start: (kind: 'load' | 'refresh') => void = () => {};
  let pending: Promise<void> | null = null;
  const reload: Reload = async (when) => {
    if (isFresh || ended.aborted) return;
    pending ??= new Promise<void>((resolve) => {
      start = (kind) => {
        start = () => {};
        if (isFresh || ended.aborted) resolve();
        else void refresh(kind).then(resolve);
      };
      whenIdle(() => start('load'));
    }).finally(() => (pending = null));
    // A person has opened a dialog.
    if (when === 'now') start('refresh');
    // An unknown time is old, too.
    else if (!(Date.now() - loadedAt < STALE_MS)) start('load');
    await pending;
  };

  /** Stores nothing until the source says who is signed in, because a page of another user has deleted the snapshot. */
  const handleDeletion = async () => {
    deletions++;
    forget();
    // A pending load may have begun before the deletion.
    await store.load({ signal: ended }).catch(() => {});
    isFresh = false;
    await refresh('load');
  };
  const follow = async ({ key: changed, newValue }: StorageEvent) => {
    // Without a key, all data was deleted.
    if (changed !== key && changed !== null) return;
    if (newValue === null) return handleDeletion();
    // An action of this tab stores its result at its end.
    await store.load({ signal: ended }).catch(() => {});
    adopt();
  };

  store.subscribe((snapshot, kind) => {
    if (kind === 'set') write(snapshot);
    else writeLoaded(snapshot);
  });
  addEventListener('storage', (event) => void follow(event), { signal: ended });
  // A page from the back/forward cache has missed the events.
  const onShow = ({ persisted }: PageTransitionEvent) => {
    if (persisted && Number.isNaN(storedTime())) void handleDeletion();
  };
  addEventListener('pageshow', onShow, { signal: ended });
  // The first load ended before this module was loaded.
  if (!kept) store.load({ signal: ended }).then(writeLoaded, () => {});
  return { reload, elements };
}

/** Returns the snapshot as it is stored. The state of the e-mail address is nobody else's business. */
const withoutEmail = (snapshot: Snapshot): Snapshot => ({
  ...snapshot,
  viewer: snapshot.viewer && { ...snapshot.viewer, email: null },
});

/** Returns the time until which a snapshot is kept, in milliseconds since 1970. No card compares the end of an absence with the clock. */
function endOf({ viewer, mentor }: Snapshot, loadedAt: number): number {
  const ends = [mentor?.away?.until, viewer?.mentoring?.pausedUntil].map((end) => {
    const day = Date.parse(end?.slice(0, 10) ?? '');
    // Days begin earlier in the east.
    return day + Math.min(0, new Date(day).getTimezoneOffset() * 60_000);
  });
  return Math.min(loadedAt + DAY_MS, ...ends.filter((end) => !Number.isNaN(end)));
}

/** Calls a task once the browser is idle. Safari lacks the browser's own function. */
function whenIdle(task: () => void): void {
  const { requestIdleCallback } = globalThis as Partial<typeof globalThis>;
  if (requestIdleCallback) requestIdleCallback(task, { timeout: IDLE_MS });
  else setTimeout(task, IDLE_MS / 10);
}
