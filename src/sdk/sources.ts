import { absoluteUrl } from './sources/document.js';
import type { WikiSourceOptions } from './mediawiki/action-api.js';
import { growthLoad } from './growth/snapshot.js';
import { MENTORS_PAGE, SETTINGS_PAGE } from './sources/mediawiki-pages.js';
import type { MentorshipSource } from './source.js';

/**
 * Reads any MediaWiki: the first, batched answer says whether it has GrowthExperiments, and the right source goes on
 * with it. The default of the element's `api`.
 *
 * @param options - where the wiki is
 */
export function autoSource(options: WikiSourceOptions): MentorshipSource {
  let isGrowth: boolean | null = null;
  const load = growthLoad(options, {
    titles: [SETTINGS_PAGE, MENTORS_PAGE],
    isOther: (batch) => {
      isGrowth = batch.growthmentorlist !== undefined;
      return !isGrowth;
    },
    read: async (batch, place) => (await import('./plain/snapshot.js')).readMediawiki(batch, place),
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
      return isGrowth === false
        ? import('./sources/mediawiki-actions.js').then(({ mediawikiActions }) => mediawikiActions(options))
        : import('./sources/growth-actions.js').then(({ growthActions }) => growthActions(options));
    },
  };
}
