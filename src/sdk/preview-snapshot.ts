import { MentorshipError } from './errors.js';
import { parseSnapshot, withMentors } from './parse-snapshot.js';
import { type JsonObject, toList, toRecords, toStringOrEmpty } from './coerce.js';
import type { Snapshot } from './snapshot.js';
import { actionApi, type Get, type WikiSourceOptions } from './mediawiki/action-api.js';
import {
  type BlockRules,
  findPage,
  hasGrowth,
  type Links,
  loadBatch,
  mentorNameQuery,
  profileQuery,
  questionTitle,
  SETTINGS_PAGE,
  toBlock,
  toGrowthList,
  toLinks,
  toProgramRules,
} from './mediawiki/queries.js';
import { blockRules, toGrowthProgram, toMentorName, toMentors } from './growth/snapshot.js';
import { loadMentors, mayEnroll } from './plain/snapshot.js';
import { parseSettings } from './mediawiki/settings.js';
import { needsMentor } from './decide.js';
import { findListed, hasAvailable, type MentorList, toUserIdentity } from './mediawiki/mentor-list.js';
import { withDeadline } from './http.js';

/** Properties of an account that everybody can read. */
const PROPERTIES = 'editcount|registration|gender|rights|groups|blockinfo';

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
    const get: Get = (params) => wiki.get(params, budget);
    const batch = await loadBatch(get, {
      list: 'users',
      ususers: name,
      usprop: PROPERTIES,
      // The default of a preference shows if the wiki has GrowthExperiments.
      meta: 'userinfo',
      uiprop: 'options',
    });
    const [user] = toRecords(batch.query?.users);
    if (user?.userid === undefined)
      throw new MentorshipError('bad-attribute', `viewer="${name}" is not a user of the wiki.`);
    const links = toLinks(batch, wiki.url);
    const isGrowth = hasGrowth(batch);
    const list = isGrowth ? toGrowthList(batch) : null;
    const place = { get, links, now: now() };
    const document = isGrowth
      ? toGrowthDocument(batch, user, { ...place, list })
      : await toPlainDocument(batch, user, place);
    const snapshot = parseSnapshot(document);
    if (!isGrowth || !needsMentor(snapshot, now())) return snapshot;

    const viewer = toStringOrEmpty(user.name);
    const mentor = toMentorName(await get(mentorNameQuery(viewer)));
    if (!mentor) return snapshot;
    const profiles = await get(profileQuery(mentor));
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

const toPublicViewer = (user: JsonObject, list: MentorList | null, rules: BlockRules) => ({
  name: user.name,
  id: user.userid,
  gender: user.gender,
  registered: user.registration,
  editCount: user.editcount,
  ...toBlock(user, rules),
  isMentor: list !== null && findListed(list, toUserIdentity(user)) !== null,
});

function toGrowthDocument(
  batch: JsonObject,
  user: JsonObject,
  { list, links, now }: Place & { list: MentorList | null },
): object {
  const rights = toList(user.rights);
  return {
    viewer: {
      ...toPublicViewer(user, list, blockRules(batch)),
      mayEnroll: rights.length > 0 ? rights.includes('enrollasmentor') : null,
    },
    mentorsAvailable: list && hasAvailable(list, { except: toUserIdentity(user), now }),
    program: toGrowthProgram(batch, links),
  };
}

async function toPlainDocument(
  batch: JsonObject,
  user: JsonObject,
  { get, links, now }: Place,
): Promise<object> {
  const settings = parseSettings(findPage(batch, SETTINGS_PAGE)?.text ?? null);
  const { list } = await loadMentors(get, batch, { settings });
  return {
    viewer: {
      ...toPublicViewer(user, list, { partial: 'ignored' }),
      mayEnroll: mayEnroll(user.groups, settings),
    },
    mentorsAvailable: list && hasAvailable(list, { except: toUserIdentity(user), now }),
    program: toProgramRules(settings, links),
  };
}

/** Options of `previewSource`. */
export interface PreviewSourceOptions extends Omit<WikiSourceOptions, 'page'> {
  /** Name of the user whose card is previewed. */
  viewer: string;
}
