import { isMentorshipError, MentorshipError } from '../errors.js';
import { type JsonObject, toStringOrEmpty } from '../coerce.js';
import type { MentorshipActions } from '../source.js';
import {
  CONTENT,
  EXPLICIT_OPTION,
  findPage,
  GROWTH_MENTORS_PAGE,
  STATUS_OPTION,
  toLinks,
} from '../mediawiki/queries.js';
import {
  type UserIdentity,
  type ListEntry,
  type MentorList,
  parseMentorsPage,
  toMentorList,
  toUserIdentity,
} from '../mediawiki/mentor-list.js';
import {
  createSessions,
  type EditSession,
  type Get,
  type Sessions,
  setOptions,
  throwWithUnknownOutcome,
  type WikiActionsOptions,
} from '../mediawiki/session.js';
import {
  availableMentors,
  createGetProfiles,
  createInviteActions,
  createReadTalkPage,
  pickMentor,
  resolveMentors,
  toListedMentors,
} from '../mediawiki/shared-actions.js';
import type { RecentThreads } from '../mediawiki/talk-page.js';
import { createGrowthAsk, createGrowthRefresh, loadMentorName } from './questions.js';

type GrowthMembership = Pick<MentorshipActions, 'leave' | 'join' | 'undoLeave' | 'chooseMentor' | 'enroll'>;

interface Dependencies {
  now: () => Date;
  random: () => number;
}

/** Creates the actions that change the viewer's mentorship, on a wiki with GrowthExperiments. */
export const createGrowthMembership = (
  { openSession }: Sessions,
  { now, random }: Dependencies,
): GrowthMembership => ({
  // Ignores the reason, because GrowthExperiments does not store one.
  async leave(snapshot, { signal }) {
    const session = await openSession(snapshot, signal);
    await setStatus(session, 'optout');
  },

  async join(snapshot, { signal }) {
    const session = await openSession(snapshot, signal);
    await inSteps(session, async () => {
      await optIn(session);
      // Enabling mentorship may assign a mentor; a viewer who was enabled before may still have none.
      if ((await loadMentorName(session)) === null) {
        const mentor = await session.read(async (get) => {
          const available = await getAvailable(get, await get(MENTOR_LIST_QUERY), {
            except: toUserIdentity({ ...snapshot.viewer }),
            now: now(),
          });
          return pickMentor(get, available, { random });
        });
        await writeMentor(session, { mentor });
        // MediaWiki 1.44 and later report success also for a viewer who can have no mentor, such as with a partial block.
        if ((await loadMentorName(session)) === null)
          throw new MentorshipError('no-mentor', 'The wiki gives the viewer no mentor.');
      }
      await setExplicit(session);
    });
  },

  async undoLeave(snapshot, { mentor, signal }) {
    const session = await openSession(snapshot, signal);
    await inSteps(session, async () => {
      await setStatus(session, 'enabled');
      if ((await loadMentorName(session)) === mentor) return;
      await writeMentor(session, { mentor }).catch((error: unknown) => {
        // `denied` means that the former mentor is not a mentor any more, so the newly assigned mentor stays.
        if (!(isMentorshipError(error) && error.code === 'denied')) throw error;
      });
    });
  },

  async chooseMentor(snapshot, { name, reason, signal }) {
    const session = await openSession(snapshot, signal);
    const { status } = snapshot.viewer ?? {};
    await inSteps(session, async () => {
      // A viewer who has left in another tab since the snapshot was loaded stays without a mentor.
      if (status === 'opted-out' || status === 'disabled') await optIn(session);
      await writeMentor(session, { mentor: name, ...(reason && { reason }) });
      await setExplicit(session);
    });
  },

  async enroll(snapshot, { introduction, signal }) {
    const session = await openSession(snapshot, signal);
    await session.write({
      params: {
        action: 'growthmanagementorlist',
        geaction: 'add',
        weight: USUAL_WEIGHT,
        ...(introduction && { message: introduction }),
      },
      isSuccess: (answer) => answer.growthmanagementorlist?.status === 'ok',
      alreadyDoneCode: 'growthexperiments-mentor-writer-error-already-added',
    });
  },
});

/** Weight `normal` of GrowthExperiments, the usual share of new mentees. */
const USUAL_WEIGHT = '2';

const setStatus = ({ write }: EditSession, state: 'optout' | 'enabled') =>
  write({
    params: { action: 'growthsetmenteestatus', state },
    isSuccess: (answer) => answer.growthsetmenteestatus?.status === 'ok',
    alreadyDoneCode: 'growthexperiments-setmenteestatus-no-change',
  });

/**
 * Runs an action that takes several requests. After an error of a later one, the client must read what the earlier ones
 * have stored, as it does in any case after `denied` and `no-mentor`.
 */
async function inSteps(session: EditSession, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    const isRead = isMentorshipError(error) && ['denied', 'no-mentor'].includes(error.code);
    if (session.hasStored && !isRead) throwWithUnknownOutcome(error);
    throw error;
  }
}

/** Enables mentorship for a viewer who has left, because the wiki refuses to set a mentor otherwise. */
async function optIn(session: EditSession): Promise<void> {
  const status = toStringOrEmpty(session.options[STATUS_OPTION]);
  if (!['1', '50'].includes(status)) await setStatus(session, 'enabled');
}

/** Sets the option after the mentor, because it must not be set for a viewer without one. */
async function setExplicit(session: EditSession): Promise<void> {
  if (session.options[EXPLICIT_OPTION]) return;
  // The mentor has been stored, so the client must check the result.
  await setOptions(session, { [EXPLICIT_OPTION]: '1' }).catch(throwWithUnknownOutcome);
}

const writeMentor = ({ write, viewer }: EditSession, choice: { mentor: string; reason?: string }) =>
  write({
    params: { action: 'growthsetmentor', mentee: viewer, ...choice },
    isSuccess: (answer) => answer.growthsetmentor?.status === 'ok',
    alreadyDoneCode: 'growthexperiments-homepage-claimmentee-already-mentor',
  });

type People = Pick<MentorshipActions, 'getMentors' | 'getProfiles'>;

/** Creates the actions that read mentors, on a wiki with GrowthExperiments. */
export const createMentorReads = (
  { openReader }: Sessions,
  options: WikiActionsOptions,
  now: () => Date,
): People => ({
  async getMentors(snapshot, { signal }) {
    const { read, url } = openReader(snapshot, signal);
    return read(async (get) => {
      const answer = await get({ ...MENTOR_LIST_QUERY, meta: 'siteinfo' });
      const available = await getAvailable(get, answer, {
        except: toUserIdentity({ ...snapshot.viewer }),
        now: now(),
      });
      // The module has the current names; the page may have those of before a rename.
      const current = toMentorList(answer) ? available : await resolveMentors(get, available);
      return toListedMentors(current, toLinks(answer, url));
    });
  },

  getProfiles: createGetProfiles(options, now),
});

/** Parameters that read the list with the current names of the mentors. MediaWiki before 1.42 has no such module. */
const MENTOR_LIST_QUERY = { action: 'query', list: 'growthmentorlist' };

async function readMentorsPage(get: Get): Promise<MentorList | null> {
  const page = findPage(await get({ ...CONTENT, titles: GROWTH_MENTORS_PAGE }), GROWTH_MENTORS_PAGE);
  return page === undefined ? null : parseMentorsPage(page);
}

/**
 * Returns the mentors who take the viewer now, from the response to `MENTOR_LIST_QUERY` or, on MediaWiki before 1.42,
 * from the page that has the list.
 *
 * @throws {MentorshipError} `unsupported` if the wiki has neither
 */
async function getAvailable(
  get: Get,
  answer: JsonObject,
  options: { except: UserIdentity; now: Date },
): Promise<ListEntry[]> {
  const list = toMentorList(answer) ?? (await readMentorsPage(get));
  if (!list)
    throw new MentorshipError('unsupported', 'GET …/api.php: “growthmentorlist” is missing.', {
      cause: { answer },
    });
  return availableMentors(list, options);
}

/** Actions on the mentor dashboard of GrowthExperiments, which are not repeated here. */
type DashboardAction = 'pause' | 'resume' | 'resign';

/** Creates the actions for a MediaWiki with the GrowthExperiments extension. */
export function growthActions(options: WikiActionsOptions): Omit<MentorshipActions, DashboardAction> {
  const { now = () => new Date(), random = Math.random } = options;
  const sessions = createSessions(options);
  const recent: RecentThreads = new Map();
  return {
    ...createGrowthAsk(sessions),
    refreshQuestions: createGrowthRefresh(sessions, recent),
    ...createGrowthMembership(sessions, { now, random }),
    ...createInviteActions(sessions.openSession, now),
    ...createMentorReads(sessions, options, now),
    readTalkPage: createReadTalkPage(options, now, recent),
  };
}
