import { parseSnapshot } from '../parse-snapshot.js';
import { actionApi, type WikiAccess } from './action-api.js';
import { absoluteUrl } from './document.js';
import { BATCH } from './growth.js';
import { pageViewerOf, type WikiPage } from './growth-page.js';
import { readMediawiki } from './mediawiki-answers.js';
import { MENTORS_PAGE, SETTINGS_PAGE } from './mediawiki-pages.js';
import { withinPatience } from '../http.js';
import type { MentorshipSource } from './source.js';

export interface MediawikiSourceOptions extends WikiAccess {
  /** What the wiki's own page knows already; spares requests. Only where `api` is that same wiki's. */
  page?: WikiPage | undefined;
  /** In place of the clock. */
  now?: () => Date;
}

/**
 * Reads a MediaWiki without GrowthExperiments, from core's own API, in at most three requests: the program's settings
 * are the page `MediaWiki:Mentorship.json`, its mentors the page that the settings name (`Project:Mentors.json`), and
 * what a viewer has chosen stands in the viewer's own options, `userjs-mentorship-*`. Reading never assigns a mentor.
 *
 * @param options - where the wiki is
 */
export function mediawikiSource(options: MediawikiSourceOptions): MentorshipSource {
  const { page, now = () => new Date(), ...access } = options;
  return {
    choices: 'private',
    get id() {
      return absoluteUrl(access.api).href;
    },
    load: (signal) =>
      withinPatience(signal, async (load) => {
        const wiki = actionApi(access);
        const known = page ? pageViewerOf(page) : null;
        if (known?.kind === 'nobody') return parseSnapshot({ viewer: known.viewer });
        const titles = [SETTINGS_PAGE, MENTORS_PAGE].join('|');
        return readMediawiki(await wiki.get({ ...BATCH, titles }, load), { wiki, load, now: now() });
      }),
    actions: () =>
      import('./mediawiki-actions.js').then(({ mediawikiActions }) => mediawikiActions({ ...access, now })),
  };
}
