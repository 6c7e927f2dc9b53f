import { parseSnapshot } from '../parse-snapshot.js';
import type { Snapshot } from '../snapshot.js';
import { decideVariant } from '../variant.js';
import { actionApi } from './action-api.js';
import { absoluteUrl } from './document.js';
import { documentOf, mentorNameOf, mentorsOf, programmeOf, SETTINGS_PAGES } from './growth-answers.js';
import { pageMentorOf, pageViewerOf, type WikiPage } from './growth-page.js';
import { type Load, withinPatience } from './request.js';
import type { MentorshipSource } from './source.js';

export interface GrowthSourceOptions {
  /** The wiki's Action API, absolute or relative to the page. Another origin's is read anonymously. */
  api: string | URL;
  /** What the wiki's own page knows already; spares requests. Only where `api` is that same wiki's. */
  page?: WikiPage | undefined;
  /** In place of the global one. */
  fetch?: typeof fetch | undefined;
  /** In place of the clock. */
  now?: () => Date;
}

const SETTINGS = {
  action: 'query',
  meta: 'siteinfo',
  siprop: 'general',
  prop: 'revisions',
  rvprop: 'content',
  rvslots: 'main',
  titles: SETTINGS_PAGES.join('|'),
};

const EVERYTHING = {
  ...SETTINGS,
  meta: 'siteinfo|userinfo',
  uiprop: 'editcount|registrationdate|rights|blockinfo|options|email',
  list: 'growthmentorlist',
};

/**
 * Reads a MediaWiki that has the GrowthExperiments extension, in at most three requests. Who the mentor is, it
 * asks only where that can change the card; elsewhere `mentor` is null. Reading never assigns a mentor.
 */
export function growthSource({
  api,
  page,
  fetch,
  now = () => new Date(),
}: GrowthSourceOptions): MentorshipSource {
  const read = async (load: Load): Promise<Snapshot> => {
    const wiki = actionApi({ api, fetch });
    const known = page ? pageViewerOf(page) : null;
    if (known?.kind === 'nobody') return parseSnapshot({ viewer: known.viewer });
    if (known?.kind === 'disabled') {
      const programme = programmeOf(await wiki.get(SETTINGS, load), wiki.url);
      return parseSnapshot({ viewer: known.viewer, programme });
    }
    const askMentorOf = async (viewer: string) => {
      const text = `{{#mentor:${viewer}}}`;
      return mentorNameOf(await wiki.get({ action: 'expandtemplates', prop: 'wikitext', text }, load));
    };
    // A page that names a mentor is of a wiki whose programme is on: then there is no need to wait for its settings.
    const pageMentor = page ? pageMentorOf(page) : null;
    const early = known && pageMentor ? askMentorOf(known.name) : null;
    // Whether it failed matters only where the mentor does.
    early?.catch(() => {});
    const batch = await wiki.get(EVERYTHING, load);
    const document = documentOf(batch, wiki.url);
    const snapshot = parseSnapshot(document);
    if (!snapshot.viewer || !mentorMatters(snapshot, now())) return snapshot;

    const name = await (early ?? askMentorOf(snapshot.viewer.name));
    if (!name) return snapshot;
    const sameMentor = pageMentor?.name === name ? pageMentor : null;
    const profiles = await wiki.get(
      {
        action: 'query',
        list: 'users|usercontribs',
        ususers: [name, sameMentor?.standIn?.name].filter(Boolean).join('|'),
        usprop: 'editcount|gender',
        ucuser: name,
        uclimit: '1',
        ucprop: 'timestamp',
      },
      load,
    );
    const questionTitle = `${snapshot.viewer.name} (${now().toISOString().slice(0, 10)})`;
    const mentors = mentorsOf(profiles, { batch, api: wiki.url, name, page: sameMentor, questionTitle });
    return parseSnapshot({ ...document, ...mentors });
  };
  return {
    get id() {
      return absoluteUrl(api).href;
    },
    load: (signal) => withinPatience(signal, read),
    actions: () =>
      import('./growth-actions.js').then(({ growthActions }) => growthActions({ api, fetch, now })),
  };
}

/** The decision itself is asked, as if there were some mentor. */
function mentorMatters(snapshot: Snapshot, now: Date): boolean {
  const { mentor } = parseSnapshot({ viewer: null, mentor: { name: '?' } });
  const variant = decideVariant({ ...snapshot, mentor }, now);
  return 'mentor' in variant && variant.mentor !== null;
}
