import { parseSnapshot } from '../parse-snapshot.js';
import { actionApi, type WikiSourceOptions } from '../mediawiki/action-api.js';
import { absoluteUrl } from './document.js';
import { BATCH } from '../growth/snapshot.js';
import { pageViewerOf } from './growth-page.js';
import { readMediawiki } from '../plain/snapshot.js';
import { MENTORS_PAGE, SETTINGS_PAGE } from './mediawiki-pages.js';
import { withinPatience } from '../http.js';
import type { MentorshipSource } from '../source.js';

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
      withinPatience(signal, async (load) => {
        const wiki = actionApi(access);
        const known = page ? pageViewerOf(page) : null;
        if (known?.kind === 'nobody') return parseSnapshot({ viewer: known.viewer });
        const titles = [SETTINGS_PAGE, MENTORS_PAGE].join('|');
        return readMediawiki(await wiki.get({ ...BATCH, titles }, load), { wiki, load, now: now() });
      }),
    loadActions: () =>
      import('./mediawiki-actions.js').then(({ mediawikiActions }) => mediawikiActions({ ...access, now })),
  };
}
