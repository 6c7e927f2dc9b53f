import { MentorshipError } from './errors.js';
import { parseSnapshot } from './parse-snapshot.js';
import { type OutsideRecord, readAt, readFields, readList, readRecord, readWord } from './coerce.js';
import type { Snapshot } from './snapshot.js';
import { actionApi } from './mediawiki/action-api.js';
import {
  isBlockedForGood,
  linksOf,
  MENTORS_PAGE,
  profileQuery,
  SETTINGS,
  SETTINGS_PAGE,
  SETTINGS_PAGES,
} from './mediawiki/queries.js';
import { mentorNameOf, mentorsAvailable, mentorsOf, programOf } from './growth/snapshot.js';
import { mayEnroll, mentorsFor, type Place, programOf as plainProgramOf } from './plain/snapshot.js';
import { pageIn, readSettings } from './plain/settings.js';
import { mentorMatters } from './sources/mentor-matters.js';
import { takersIn } from './mediawiki/mentor-list.js';
import type { PreviewSourceOptions } from './sources.js';
import { withinPatience } from './http.js';

const ASKED = {
  ...SETTINGS,
  list: 'users|growthmentorlist',
  usprop: 'editcount|registration|gender|rights|groups|blockinfo',
  titles: [...SETTINGS_PAGES, SETTINGS_PAGE, MENTORS_PAGE].join('|'),
};

/**
 * What somebody would see, from what everybody may know. Left mentorship, asked for a mentor on purpose, said “not now”,
 * asked questions: all that is nobody else's business, and taken not to be so.
 *
 * @throws {MentorshipError} `bad-attribute` where the wiki has no such user
 */
export async function loadPublicViewer(
  { viewer: name, now = () => new Date(), ...access }: PreviewSourceOptions,
  signal: AbortSignal,
): Promise<Snapshot> {
  return withinPatience(signal, async (load) => {
    const wiki = actionApi(access);
    const batch = await wiki.get({ ...ASKED, ususers: name }, load);
    const user = readFields(readList(readAt(batch, 'query')?.users)[0]);
    if (user.userid === undefined)
      throw new MentorshipError('bad-attribute', `viewer="${name}" is no user of this wiki.`);
    const isGrowth = batch.growthmentorlist !== undefined;
    const document = isGrowth
      ? growth(batch, user, wiki.url)
      : await plain(batch, user, { wiki, load, now: now() });
    const snapshot = parseSnapshot(document);
    if (!isGrowth || !mentorMatters(snapshot, now())) return snapshot;

    const text = `{{#mentor:${readWord(user.name)}}}`;
    const mentor = mentorNameOf(await wiki.get({ action: 'expandtemplates', prop: 'wikitext', text }, load));
    if (!mentor) return snapshot;
    const profiles = await wiki.get(profileQuery(mentor), load);
    const questionTitle = `${readWord(user.name)} (${now().toISOString().slice(0, 10)})`;
    const mentors = mentorsOf(profiles, { batch, api: wiki.url, name: mentor, page: null, questionTitle });
    return parseSnapshot({ ...document, ...mentors });
  });
}

const viewerOf = (user: OutsideRecord) => ({
  name: user.name,
  id: user.userid,
  gender: user.gender,
  registered: user.registration,
  editCount: user.editcount,
  blocked: isBlockedForGood(user),
});

function growth(batch: OutsideRecord, user: OutsideRecord, wiki: URL): object {
  const rights = readList(user.rights);
  return {
    viewer: {
      ...viewerOf(user),
      mayEnroll: rights.length > 0 ? rights.includes('enrollasmentor') : null,
      isMentor: readRecord(readRecord(batch.growthmentorlist)?.[readWord(user.userid)]) !== null,
    },
    mentorsAvailable: mentorsAvailable(batch, readWord(user.userid)),
    program: programOf(batch, wiki),
  };
}

async function plain(batch: OutsideRecord, user: OutsideRecord, place: Place): Promise<object> {
  const settings = readSettings(pageIn(batch, SETTINGS_PAGE)?.text ?? null);
  const list = await mentorsFor(batch, settings, place);
  const { wiki, now } = place;
  return {
    viewer: {
      ...viewerOf(user),
      mayEnroll: mayEnroll(user.groups, settings),
      isMentor: list?.some(({ name }) => name === user.name) ?? false,
    },
    mentorsAvailable: list && takersIn(list, { except: readWord(user.name), now }).length > 0,
    program: plainProgramOf(settings, linksOf(batch, wiki.url)),
  };
}
