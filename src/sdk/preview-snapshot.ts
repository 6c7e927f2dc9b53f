import { MentorshipError } from './errors.js';
import { parseSnapshot, withMentors } from './parse-snapshot.js';
import { getRecords, type OutsideRecord, toList, toStringOrEmpty } from './coerce.js';
import type { Snapshot } from './snapshot.js';
import { actionApi, type Get, type WikiSourceOptions } from './mediawiki/action-api.js';
import {
  type BlockRules,
  findPage,
  type Links,
  MENTORS_PAGE,
  mentorNameQuery,
  profileQuery,
  questionTitle,
  SETTINGS_PAGE,
  SETTINGS_QUERY,
  toBlock,
  toLinks,
  toProgramRules,
} from './mediawiki/queries.js';
import { blockRules, toGrowthProgram, toMentorName, toMentors } from './growth/snapshot.js';
import { loadMentors, mayEnroll } from './plain/snapshot.js';
import { parseSettings } from './mediawiki/settings.js';
import { needsMentor } from './decide.js';
import {
  availableMentors,
  isSameUser,
  type ListEntry,
  toMentorList,
  toUserIdentity,
} from './mediawiki/mentor-list.js';
import { withDeadline } from './http.js';

const ASKED = {
  ...SETTINGS_QUERY,
  list: 'users|growthmentorlist',
  usprop: 'editcount|registration|gender|rights|groups|blockinfo',
  titles: `${SETTINGS_QUERY.titles}|${MENTORS_PAGE}`,
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
    const [user] = getRecords(batch, 'query', 'users');
    if (user?.userid === undefined)
      throw new MentorshipError('bad-attribute', `viewer="${name}" is not a user of the wiki.`);
    const links = toLinks(batch, wiki.url);
    const list = toMentorList(batch);
    const place = { get: (params: Record<string, string>) => wiki.get(params, budget), links, now: now() };
    const document = list
      ? toGrowthDocument(batch, user, { ...place, list })
      : await toPlainDocument(batch, user, place);
    const snapshot = parseSnapshot(document);
    if (!list || !needsMentor(snapshot, now())) return snapshot;

    const viewer = toStringOrEmpty(user.name);
    const mentor = toMentorName(await wiki.get(mentorNameQuery(viewer), budget));
    if (!mentor) return snapshot;
    const profiles = await wiki.get(profileQuery(mentor), budget);
    const mentors = toMentors(profiles, {
      list,
      links,
      name: mentor,
      page: null,
      questionTitle: questionTitle(viewer, now()),
      now: now(),
    });
    return withMentors(snapshot, mentors);
  });
}

interface Place {
  get: Get;
  links: Links;
  now: Date;
}

const toPublicViewer = (user: OutsideRecord, list: readonly ListEntry[] | null, rules: BlockRules) => ({
  name: user.name,
  id: user.userid,
  gender: user.gender,
  registered: user.registration,
  editCount: user.editcount,
  ...toBlock(user, rules),
  isMentor: list?.some((entry) => isSameUser(entry, toUserIdentity(user))) ?? false,
});

const hasAvailable = (list: readonly ListEntry[], user: OutsideRecord, now: Date) =>
  availableMentors(list, { except: toUserIdentity(user), now }).length > 0;

function toGrowthDocument(
  batch: OutsideRecord,
  user: OutsideRecord,
  { list, links, now }: Place & { list: readonly ListEntry[] },
): object {
  const rights = toList(user.rights);
  return {
    viewer: {
      ...toPublicViewer(user, list, blockRules(batch)),
      mayEnroll: rights.length > 0 ? rights.includes('enrollasmentor') : null,
    },
    mentorsAvailable: hasAvailable(list, user, now),
    program: toGrowthProgram(batch, links),
  };
}

async function toPlainDocument(
  batch: OutsideRecord,
  user: OutsideRecord,
  { get, links, now }: Place,
): Promise<object> {
  const settings = parseSettings(findPage(batch, SETTINGS_PAGE)?.text ?? null);
  const { list } = await loadMentors(get, batch, { settings });
  return {
    viewer: {
      ...toPublicViewer(user, list, { partial: 'ignored' }),
      mayEnroll: mayEnroll(user.groups, settings),
    },
    mentorsAvailable: list && hasAvailable(list, user, now),
    program: toProgramRules(settings, links),
  };
}

/** Options of `previewSource`. */
export interface PreviewSourceOptions extends Omit<WikiSourceOptions, 'page'> {
  /** Name of the user whose card is previewed. */
  viewer: string;
}
