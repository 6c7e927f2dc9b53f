import { parseSnapshot } from '../parse-snapshot.js';
import type { OutsideRecord } from '../coerce.js';
import type { Snapshot } from '../snapshot.js';
import { type ActionApi, actionApi, type WikiSourceOptions } from '../mediawiki/action-api.js';
import { absoluteUrl } from '../sources/document.js';
import { documentOf, mentorNameOf, mentorsOf, programOf, SETTINGS_PAGES } from '../sources/growth-answers.js';
import { pageMentorOf, pageViewerOf } from '../sources/growth-page.js';
import { type Load, withinPatience } from '../http.js';
import type { MentorshipSource } from '../source.js';
import { mentorMatters } from '../sources/mentor-matters.js';

/** What is nobody's in particular; together with the pages that are asked for. @internal */
export const SETTINGS = {
  action: 'query',
  meta: 'siteinfo',
  siprop: 'general',
  prop: 'revisions',
  rvprop: 'content',
  rvslots: 'main',
  titles: SETTINGS_PAGES.join('|'),
};

/** What any wiki says of itself and of the viewer; together with the pages that are asked for. @internal */
export const BATCH = {
  ...SETTINGS,
  meta: 'siteinfo|userinfo',
  uiprop: 'editcount|registrationdate|rights|groups|blockinfo|options|email',
};

/** Asks who a mentor is, and when last active; and who the stand-in. @internal */
export const profileQuery = (mentor: string, standIn?: string) => ({
  action: 'query',
  list: 'users|usercontribs',
  ususers: [mentor, standIn].filter(Boolean).join('|'),
  usprop: 'editcount|gender',
  ucuser: mentor,
  uclimit: '1',
  ucprop: 'timestamp',
});

/** What is done where the batched answer is that of another kind of wiki. @internal */
export interface Otherwise {
  /** Pages to be asked for besides. */
  titles: readonly string[];
  isOther: (batch: OutsideRecord) => boolean;
  read: (batch: OutsideRecord, place: { wiki: ActionApi; load: Load; now: Date }) => Promise<Snapshot>;
}

/**
 * Reads a MediaWiki that has the GrowthExperiments extension, in at most three requests. Who the mentor is, it
 * asks only where that can change the card; elsewhere `mentor` is null. Reading never assigns a mentor.
 */
export function growthSource(options: WikiSourceOptions): MentorshipSource {
  return {
    get id() {
      return absoluteUrl(options.api).href;
    },
    load: growthLoad(options),
    loadActions: () =>
      import('../sources/growth-actions.js').then(({ growthActions }) => growthActions(options)),
  };
}

/** How a snapshot is read. @internal */
export function growthLoad(
  { page, now = () => new Date(), ...access }: WikiSourceOptions,
  otherwise?: Otherwise,
): MentorshipSource['load'] {
  const titles = [...SETTINGS_PAGES, ...(otherwise?.titles ?? [])].join('|');
  const read = async (load: Load): Promise<Snapshot> => {
    const wiki = actionApi(access);
    const known = page ? pageViewerOf(page) : null;
    if (known?.kind === 'nobody') return parseSnapshot({ viewer: known.viewer });
    if (known?.kind === 'disabled') {
      const program = programOf(await wiki.get(SETTINGS, load), wiki.url);
      return parseSnapshot({ viewer: known.viewer, program });
    }
    const askMentorOf = async (viewer: string) => {
      const text = `{{#mentor:${viewer}}}`;
      return mentorNameOf(await wiki.get({ action: 'expandtemplates', prop: 'wikitext', text }, load));
    };
    // A page that names a mentor is of a wiki whose program is on: then there is no need to wait for its settings.
    const pageMentor = page ? pageMentorOf(page) : null;
    const early = known && pageMentor ? askMentorOf(known.name) : null;
    // Whether it failed matters only where the mentor does.
    early?.catch(() => {});
    const batch = await wiki.get({ ...BATCH, list: 'growthmentorlist', titles }, load);
    if (otherwise?.isOther(batch)) return otherwise.read(batch, { wiki, load, now: now() });
    const document = documentOf(batch, wiki.url);
    const snapshot = parseSnapshot(document);
    if (!snapshot.viewer || !mentorMatters(snapshot, now())) return snapshot;

    const name = await (early ?? askMentorOf(snapshot.viewer.name));
    if (!name) return snapshot;
    const sameMentor = pageMentor?.name === name ? pageMentor : null;
    const profiles = await wiki.get(profileQuery(name, sameMentor?.standIn?.name), load);
    const questionTitle = `${snapshot.viewer.name} (${now().toISOString().slice(0, 10)})`;
    const mentors = mentorsOf(profiles, { batch, api: wiki.url, name, page: sameMentor, questionTitle });
    return parseSnapshot({ ...document, ...mentors });
  };
  return ({ signal }) => withinPatience(signal, read);
}
