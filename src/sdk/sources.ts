import { absoluteUrl } from './coerce.js';
import { actionApi, type WikiSourceOptions } from './mediawiki/action-api.js';
import { createGrowthLoad } from './growth/snapshot.js';
import { MENTORS_PAGE, SETTINGS_PAGE, toPageViewer, VIEWER_QUERY } from './mediawiki/queries.js';
import type { MentorshipActions, MentorshipSource } from './source.js';
import { getJson, importChunk, withDeadline } from './http.js';
import { parseSnapshot } from './parse-snapshot.js';
import type { PreviewSourceOptions } from './preview-snapshot.js';

/**
 * Reads any MediaWiki: the first, batched answer says whether it has GrowthExperiments, and the right source goes on
 * with it. The default of the element's `api`.
 *
 * @param options - where the wiki is
 */
export function autoSource(options: WikiSourceOptions): MentorshipSource {
  let isGrowth: boolean | null = null;
  const load = createGrowthLoad(options, {
    titles: [SETTINGS_PAGE, MENTORS_PAGE],
    isOtherWiki: (batch) => {
      isGrowth = batch.growthmentorlist !== undefined;
      return !isGrowth;
    },
    read: async (batch, place) => (await import('./plain/snapshot.js')).loadPlainSnapshot(batch, place),
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
 * Reads a snapshot from a JSON document or a REST endpoint of the host; its relative links are resolved
 * against the document's own address.
 *
 * @param url - absolute, or relative to the page
 */
export function documentSource(url: string | URL, { fetch }: DocumentSourceOptions = {}): MentorshipSource {
  return {
    id: String(url),
    load: ({ signal }) =>
      withDeadline(signal, async (load) => {
        const address = absoluteUrl(url);
        return parseSnapshot(await getJson(address, { load, fetch }), address.href);
      }),
  };
}

/**
 * Reads a MediaWiki without GrowthExperiments, from core's own API, in at most three requests: the program's settings
 * are the page `MediaWiki:Mentorship.json`, its mentors the page that the settings name (`Project:Mentors.json`), and
 * what a viewer has chosen stands in the viewer's own options, `userjs-mentorship-*`. Reading never assigns a mentor.
 *
 * @param options - where the wiki is
 */
export function mediawikiSource(options: WikiSourceOptions): MentorshipSource {
  const { page, now = () => new Date(), ...access } = options;
  return {
    choices: 'private',
    get id() {
      return absoluteUrl(access.api).href;
    },
    load: ({ signal }) =>
      withDeadline(signal, async (load) => {
        const wiki = actionApi(access);
        const known = page ? toPageViewer(page) : null;
        if (known?.kind === 'nobody') return parseSnapshot({ viewer: known.viewer });
        const titles = [SETTINGS_PAGE, MENTORS_PAGE].join('|');
        const { loadPlainSnapshot } = await importPlainSnapshot();
        return loadPlainSnapshot(await wiki.get({ ...VIEWER_QUERY, titles }, load), {
          wiki,
          load,
          now: now(),
        });
      }),
    loadActions: () => loadPlainActions({ ...access, now }),
  };
}

/**
 * Reads what another user would see, from what is public: edits, registration, and on a wiki with GrowthExperiments the
 * mentor. Nothing can be done through it.
 *
 * @param options - where the wiki is, and who the user
 */
export const previewSource = (options: PreviewSourceOptions): MentorshipSource => ({
  async load({ signal }) {
    const chunk = await importChunk(() => import('./preview-snapshot.js'), 'preview-snapshot');
    return chunk.loadPreviewSnapshot(options, signal);
  },
});

/**
 * Reads a MediaWiki that has the GrowthExperiments extension, in at most three requests. Who the mentor is, it
 * asks only where that can change the card; elsewhere `mentor` is null. Reading never assigns a mentor.
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

const loadGrowthActions = async (options: WikiSourceOptions): Promise<MentorshipActions> =>
  (await importChunk(() => import('./growth/actions.js'), 'growth-actions')).growthActions(options);
