import { MentorshipError } from './errors.js';
import { parseSnapshot, withMentors } from './parse-snapshot.js';
import { getPath, type OutsideRecord, toList, toRecord, toRecordOrEmpty, toStringOrEmpty } from './coerce.js';
import type { Snapshot } from './snapshot.js';
import { actionApi, type WikiSourceOptions } from './mediawiki/action-api.js';
import {
  isBlockedForGood,
  MENTORS_PAGE,
  profileQuery,
  SETTINGS_PAGE,
  SETTINGS_PAGES,
  SETTINGS_QUERY,
  type Links,
  toLinks,
  mentorNameQuery,
  questionTitle,
} from './mediawiki/queries.js';
import { mentorsAvailable, toMentorName, toMentors, toGrowthProgram } from './growth/snapshot.js';
import {
  loadMentors,
  mayEnroll,
  type ReadContext,
  toPlainProgram as plainProgramOf,
} from './plain/snapshot.js';
import { findPage, parseSettings } from './plain/settings.js';
import { needsMentor } from './decide.js';
import { availableMentors } from './mediawiki/mentor-list.js';
import { withDeadline } from './http.js';

const ASKED = {
  ...SETTINGS_QUERY,
  list: 'users|growthmentorlist',
  usprop: 'editcount|registration|gender|rights|groups|blockinfo',
  titles: [...SETTINGS_PAGES, SETTINGS_PAGE, MENTORS_PAGE].join('|'),
};

/**
 * Loads the snapshot of another user from public data. The user's choices and questions are private, so the defaults
 * are used: status `enabled`, invitation not declined, no questions.
 *
 * @throws {MentorshipError} `bad-attribute` if the wiki has no such user
 */
export async function loadPreviewSnapshot(
  { viewer: name, now = () => new Date(), ...access }: PreviewSourceOptions,
  signal: AbortSignal,
): Promise<Snapshot> {
  return withDeadline(signal, async (budget) => {
    const wiki = actionApi(access);
    const batch = await wiki.get({ ...ASKED, ususers: name }, budget);
    const user = toRecordOrEmpty(toList(getPath(batch, 'query')?.users)[0]);
    if (user.userid === undefined)
      throw new MentorshipError('bad-attribute', `viewer="${name}" is not a user of the wiki.`);
    const links = toLinks(batch, wiki.url);
    const isGrowth = batch.growthmentorlist !== undefined;
    const document = isGrowth
      ? toGrowthDocument(batch, user, links)
      : await toPlainDocument(batch, user, { wiki, links, budget, now: now() });
    const snapshot = parseSnapshot(document);
    if (!isGrowth || !needsMentor(snapshot, now())) return snapshot;

    const viewer = toStringOrEmpty(user.name);
    const mentor = toMentorName(await wiki.get(mentorNameQuery(viewer), budget));
    if (!mentor) return snapshot;
    const profiles = await wiki.get(profileQuery(mentor), budget);
    const mentors = toMentors(profiles, {
      batch,
      links,
      name: mentor,
      page: null,
      questionTitle: questionTitle(viewer, now()),
    });
    return withMentors(snapshot, mentors);
  });
}

const toPublicViewer = (user: OutsideRecord) => ({
  name: user.name,
  id: user.userid,
  gender: user.gender,
  registered: user.registration,
  editCount: user.editcount,
  blocked: isBlockedForGood(user),
});

function toGrowthDocument(batch: OutsideRecord, user: OutsideRecord, links: Links): object {
  const rights = toList(user.rights);
  return {
    viewer: {
      ...toPublicViewer(user),
      mayEnroll: rights.length > 0 ? rights.includes('enrollasmentor') : null,
      isMentor: toRecord(toRecord(batch.growthmentorlist)?.[toStringOrEmpty(user.userid)]) !== null,
    },
    mentorsAvailable: mentorsAvailable(batch, toStringOrEmpty(user.userid)),
    program: toGrowthProgram(batch, links),
  };
}

async function toPlainDocument(
  batch: OutsideRecord,
  user: OutsideRecord,
  place: ReadContext & { links: Links },
): Promise<object> {
  const settings = parseSettings(findPage(batch, SETTINGS_PAGE)?.text ?? null);
  const list = await loadMentors(batch, settings, place);
  const { links, now } = place;
  return {
    viewer: {
      ...toPublicViewer(user),
      mayEnroll: mayEnroll(user.groups, settings),
      isMentor: list?.some(({ name }) => name === user.name) ?? false,
    },
    mentorsAvailable: list && availableMentors(list, { except: toStringOrEmpty(user.name), now }).length > 0,
    program: plainProgramOf(settings, links),
  };
}

/** Options of `previewSource`. */
export interface PreviewSourceOptions extends Omit<WikiSourceOptions, 'page'> {
  /** Name of the user whose card is previewed. */
  viewer: string;
}
