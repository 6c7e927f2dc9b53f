import { actionApi, type WikiSourceOptions } from './mediawiki/action-api.js';
import { createGrowthLoad } from './growth/snapshot.js';
import { hasGrowth, loadBatch, toPageViewer } from './mediawiki/queries.js';
import type { MentorshipActions, MentorshipSource } from './source.js';
import { absoluteUrl, getJson, importChunk, withDeadline } from './http.js';
import { parseSnapshot } from './parse-snapshot.js';
import type { PreviewSourceOptions } from './preview-snapshot.js';

/**
 * Creates a source for any MediaWiki. The first, batched response shows if the wiki has GrowthExperiments; the source
 * then behaves like `growthSource` or `mediawikiSource`. The element uses it for `api`.
 *
 * @param options - URL of the wiki, and authorization
 */
export function autoSource(options: WikiSourceOptions): MentorshipSource {
  let isGrowth: boolean | null = null;
  const load = createGrowthLoad(options, (batch, place) => {
    isGrowth = hasGrowth(batch);
    return isGrowth ? null : importPlainSnapshot().then((chunk) => chunk.loadPlainSnapshot(batch, place));
  });
  return {
    get id() {
      return absoluteUrl(options.api).href;
    },
    get choices() {
      return isGrowth === false ? 'private' : 'logged';
    },
    load,
    async loadActions() {
      if (isGrowth === null) await load({ signal: new AbortController().signal });
      return isGrowth === false ? loadPlainActions(options) : loadGrowthActions(options);
    },
  };
}

/** Options of `documentSource`. */
export interface DocumentSourceOptions {
  /** Replaces the global `fetch`. */
  fetch?: typeof fetch;
}

/**
 * Creates a read-only source for a snapshot document, such as a JSON file or a REST endpoint of the host. Relative URLs
 * in the document are resolved against the URL of the document.
 *
 * @param url - URL of the document, absolute or relative to the page
 */
export function documentSource(url: string | URL, { fetch }: DocumentSourceOptions = {}): MentorshipSource {
  return {
    id: String(url),
    load: ({ signal }) =>
      withDeadline(signal, async (budget) => {
        const address = absoluteUrl(url, 'src');
        return parseSnapshot(await getJson(address, { budget, fetch }), address.href);
      }),
  };
}

/**
 * Creates a source for a MediaWiki without GrowthExperiments. Uses core's API, with at most four requests per load, or
 * one or two more after a change of the settings. The program's settings are on `MediaWiki:Mentorship.json`, its mentors
 * on the page that the settings name (by default `Project:Mentors.json`), and the viewer's choices in the user options
 * `userjs-mentorship-*`. Never assigns a mentor when it loads.
 *
 * @param options - URL of the wiki, and authorization
 */
export function mediawikiSource(options: WikiSourceOptions): MentorshipSource {
  const { page, now = () => new Date(), ...access } = options;
  return {
    choices: 'private',
    get id() {
      return absoluteUrl(access.api).href;
    },
    load: ({ signal }) =>
      withDeadline(signal, async (budget) => {
        const wiki = actionApi(access);
        const known = page ? toPageViewer(page) : null;
        if (known?.kind === 'nobody') return parseSnapshot({ viewer: known.viewer });
        const [{ loadPlainSnapshot }, batch] = await Promise.all([
          importPlainSnapshot(),
          loadBatch((params) => wiki.get(params, budget)),
        ]);
        return loadPlainSnapshot(batch, { wiki, budget, now: now() });
      }),
    loadActions: () => loadPlainActions({ ...access, now }),
  };
}

/**
 * Creates a read-only source for the card of another user, from public data: edits, registration and, on a wiki with
 * GrowthExperiments, the mentor.
 *
 * @param options - URL of the wiki, and name of the user
 */
export const previewSource = (options: PreviewSourceOptions): MentorshipSource => ({
  async load({ signal }) {
    const chunk = await importChunk(() => import('./preview-snapshot.js'), 'preview-snapshot');
    return chunk.loadPreviewSnapshot(options, signal);
  },
});

/**
 * Creates a source for a MediaWiki with GrowthExperiments, with at most four requests per load, or one or two
 * more after a change of the settings. Requests the mentor only if that can change the card; otherwise `mentor` is null.
 * Never assigns a mentor when it loads. If `page` says that the viewer has disabled mentorship, sends no request: `program` then has defaults.
 *
 * @param options - URL of the wiki, and authorization
 */
export function growthSource(options: WikiSourceOptions): MentorshipSource {
  return {
    get id() {
      return absoluteUrl(options.api).href;
    },
    load: createGrowthLoad(options),
    loadActions: () => loadGrowthActions(options),
  };
}

const importPlainSnapshot = () => importChunk(() => import('./plain/snapshot.js'), 'plain-snapshot');

const loadPlainActions = async (options: WikiSourceOptions): Promise<MentorshipActions> =>
  (await importChunk(() => import('./plain/actions.js'), 'plain-actions')).plainActions(options);

const loadGrowthActions = async (options: WikiSourceOptions): Promise<Partial<MentorshipActions>> =>
  (await importChunk(() => import('./growth/actions.js'), 'growth-actions')).growthActions(options);
