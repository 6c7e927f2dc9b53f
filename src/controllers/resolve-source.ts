import { loadSample } from '../previews/load-sample.js';
import { MentorshipError } from '../sdk/errors.js';
import { createSnapshotStore, type LoadGuard, type SnapshotStore } from '../sdk/snapshot-store.js';
import { parseSnapshot } from '../sdk/parse-snapshot.js';
import { absoluteUrl } from '../sdk/http.js';
import { autoSource, documentSource, previewSource } from '../sdk/sources.js';
import { toPageViewer } from '../sdk/mediawiki/queries.js';
import type { KeptViewer, MentorshipSource } from '../sdk/source.js';
import type { Snapshot } from '../sdk/snapshot.js';
import type { Variant } from '../sdk/decide.js';
import { forgetOthers, readKept } from './kept-snapshot-storage.js';
import { pauseInOutage } from './outage-pause.js';
import { currentPage } from './wiki-page.js';

/** Attributes and properties that the host has set on an element. */
export interface Settings {
  api: string | null | undefined;
  viewer: string | null | undefined;
  token: (() => string | Promise<string>) | null | undefined;
  src: string | null | undefined;
  preview: string | null | undefined;
  source: MentorshipSource | null | undefined;
  snapshot: unknown;
}

/** Valid values of each attribute that has a fixed set. */
export const CHOICES = {
  layout: ['card', 'summary'],
  theme: ['auto', 'light', 'dark'],
  enroll: ['link', 'here'],
  preview: ['mentored', 'opt-in', 'invite', 'mentor', 'unavailable', 'none'],
} as const satisfies { preview: readonly Variant[] } & Record<string, readonly string[]>;

/** Current time in previews, because the sample data has fixed dates. */
const PREVIEW_NOW = new Date('2026-11-22T11:00:00Z');

export interface SourceHandle {
  store: SnapshotStore;
  /** User for whom the browser keeps the snapshots; null or undefined: it keeps none. */
  keepFor: KeptViewer | null | undefined;
  /** True if another element used the store before. */
  isShared: boolean;
  /** Kept snapshot with which the store began; null: the source loads the first one. */
  kept: Snapshot | null;
  /** Fires when no element uses the store. */
  ended: AbortSignal;
  /** Returns the time for `decide`. */
  now: () => Date;
  /** Releases the shared store. To be called when the element stops using it. */
  release: () => void;
}

interface Acquired {
  store: SnapshotStore;
  users: number;
  kept: Snapshot | null;
  end: AbortController;
}

/** Stores by URL or source, because elements with the same one share a load. */
const acquired = new Map<unknown, Acquired>();

/**
 * Opens the source that the settings select; null: it depends on variables that the wiki's script sets, so call again
 * after `wikiStarted()`.
 *
 * @throws {MentorshipError} `bad-attribute`, with attribute and remedy
 */
export function resolveSource(host: Settings): SourceHandle | null {
  const { preview, snapshot, source, src, api, viewer } = host;
  const page = currentPage();
  const pageViewer = page && toPageViewer(page);
  const user = pageViewer?.kind === 'user' && pageViewer.id ? pageViewer : null;
  // Comes first, because nothing of another user may be rendered.
  if (pageViewer) forgetOthers(user);
  const sample = CHOICES.preview.find((choice) => choice === preview);
  if (sample) {
    const load = async () => parseSnapshot(await loadSample(sample));
    return { ...acquire(`preview ${sample}`, () => ({ load })), now: () => PREVIEW_NOW };
  }
  if (snapshot != null) return acquireDocument(snapshot);
  if (source != null) {
    const { id, keepFor } = source;
    if (id && keepFor !== undefined) forgetOthers(keepFor, id);
    return acquire(source, () => source, { keepFor });
  }
  if (src != null) {
    const { href } = absoluteUrl(src, 'src');
    return acquire(`src ${href}`, () => documentSource(href), { guard: pauseInOutage });
  }
  // The variables in the HTML tell that nobody is signed in, so no card waits for the wiki's script.
  const known = page && api == null && viewer == null && !host.token ? pageViewer : null;
  if (known?.kind === 'nobody') return acquireDocument({ viewer: known.viewer });
  const url = api == null ? (page?.api ?? null) : absoluteUrl(api).href;
  const isUndecided =
    url === null || (viewer == null && !host.token && url.startsWith(`${location.origin}/`));
  if (page?.state === 'starting' && isUndecided) return null;
  if (url === null)
    throw (
      validateAttribute('preview', preview) ??
      attributeError('No source. Set “api” to a wiki’s api.php, or “src” to a snapshot document.')
    );
  if (viewer != null) return acquire(Symbol(), () => previewSource({ api: url, viewer }));
  // Not shared, because two callbacks may belong to two accounts.
  const own = url === page?.api ? page : undefined;
  const key = host.token ? Symbol() : `api ${url}`;
  const access = host.token ? { token: () => host.token?.() ?? '' } : { page: own };
  const keepFor = host.token || !own ? null : user;
  return acquire(key, () => autoSource({ api: url, ...access }), { keepFor, guard: pauseInOutage });
}

const attributeError = (message: string) => new MentorshipError('bad-attribute', message);

/** Returns an error if the value is not one of `CHOICES`; null: valid, or not set. */
export function validateAttribute(
  attribute: keyof typeof CHOICES,
  value: string | null | undefined,
): MentorshipError | null {
  const choices: readonly string[] = CHOICES[attribute];
  if (value == null || choices.includes(value)) return null;
  return attributeError(`${attribute}="${value}" is invalid. Set one of: ${choices.join(', ')}.`);
}

const clock = () => new Date();

const acquireDocument = (data: unknown): SourceHandle =>
  acquire(Symbol(), () => ({ load: async () => parseSnapshot(data) }));

interface Handling {
  keepFor?: KeptViewer | null | undefined;
  guard?: LoadGuard;
}

/**
 * Returns a handle of the store with this key.
 *
 * @param key - URL or source; a new symbol shares nothing
 */
function acquire(key: unknown, makeSource: () => MentorshipSource, handling: Handling = {}): SourceHandle {
  const { keepFor } = handling;
  const entry = acquired.get(key) ?? open(makeSource(), handling);
  const { store, kept, end } = entry;
  acquired.set(key, entry);
  const isShared = entry.users++ > 0;
  return {
    store,
    isShared,
    keepFor,
    kept,
    ended: end.signal,
    now: clock,
    release: () => {
      entry.users--;
      if (entry.users > 0) return;
      end.abort();
      if (acquired.get(key) === entry) acquired.delete(key);
    },
  };
}

function open(source: MentorshipSource, { keepFor, guard }: Handling): Acquired {
  const store = createSnapshotStore(source, guard);
  const kept = keepFor && source.id ? readKept(source.id, keepFor) : null;
  if (kept) store.set(kept);
  return { store, users: 0, kept, end: new AbortController() };
}
