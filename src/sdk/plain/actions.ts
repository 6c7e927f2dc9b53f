import { MentorshipError } from '../errors.js';
import type { MentorshipActions } from '../sources/actions.js';
import { listedWith, profilesOf } from '../sources/growth-people.js';
import { MENTOR_OPTION, STATUS_OPTION } from './snapshot.js';
import { setOptions } from '../sources/mediawiki-edit.js';
import { addMentor, readMentors } from '../sources/mediawiki-mentor-page.js';
import { drawMentor, type ListEntry, takersIn } from '../mediawiki/mentor-list.js';
import { DECLINED_OPTION, EXPLICIT_OPTION } from '../mediawiki/queries.js';
import { linksOf } from '../sources/wiki-links.js';
import type { Get, Open, Session, WikiActionsOptions } from '../mediawiki/session.js';

type Mentoring = Pick<
  MentorshipActions,
  | 'leave'
  | 'join'
  | 'undoLeave'
  | 'chooseMentor'
  | 'enroll'
  | 'declineInvite'
  | 'restoreInvite'
  | 'getMentors'
  | 'getProfiles'
>;

/** As many mentees as most mentors. */
const USUAL_WEIGHT = 2;

/** Leaving and coming back, choosing and becoming a mentor, on a wiki without GrowthExperiments. */
export const mentoring = (open: Open, options: WikiActionsOptions): Mentoring => {
  const { now = () => new Date(), random = Math.random } = options;
  const takers = async (get: Get, { viewer }: Session) =>
    takersIn(await readMentors(get), { except: viewer, now: now() });
  const draw = (get: Get, from: readonly ListEntry[], { viewer }: Session) =>
    drawMentor(get, from, { except: viewer, random });

  return {
    // There is no place for a reason.
    async leave(snapshot, { signal }) {
      const session = open(snapshot, signal);
      await setOptions(session, await session.prepare(), {
        [STATUS_OPTION]: 'opted-out',
        [MENTOR_OPTION]: null,
      });
    },

    async join(snapshot, { signal }) {
      const session = open(snapshot, signal);
      const ready = await session.prepare();
      // One who is gone, or was renamed, is none.
      const own = snapshot.mentor?.name === ready.options[MENTOR_OPTION] ? snapshot.mentor?.name : null;
      const mentor =
        own ?? (await session.read(async (get) => draw(get, await takers(get, session), session)));
      await setOptions(session, ready, {
        [STATUS_OPTION]: null,
        [EXPLICIT_OPTION]: '1',
        [MENTOR_OPTION]: mentor,
      });
    },

    async undoLeave(snapshot, { mentor, signal }) {
      const session = open(snapshot, signal);
      await setOptions(session, await session.prepare(), {
        [STATUS_OPTION]: null,
        [MENTOR_OPTION]: mentor,
      });
    },

    async chooseMentor(snapshot, { name, signal }) {
      const session = open(snapshot, signal);
      const ready = await session.prepare();
      const free = await session.read((get) => takers(get, session));
      const chosen = free.filter((mentor) => mentor.name === name);
      if (chosen.length === 0) throw new MentorshipError('denied', 'Nobody of that name takes new mentees.');
      const mentor = await session.read((get) => draw(get, chosen, session));
      await setOptions(session, ready, {
        [STATUS_OPTION]: null,
        [EXPLICIT_OPTION]: '1',
        [MENTOR_OPTION]: mentor,
      });
    },

    async enroll(snapshot, { introduction, signal }) {
      const session = open(snapshot, signal);
      const ready = await session.prepare();
      await addMentor(session, ready, String(snapshot.viewer?.id), {
        message: introduction || null,
        weight: USUAL_WEIGHT,
        username: session.viewer,
      });
    },

    async declineInvite(snapshot, { signal }) {
      const session = open(snapshot, signal);
      await setOptions(session, await session.prepare(), {
        [DECLINED_OPTION]: now().toISOString().slice(0, 10),
      });
    },

    async restoreInvite(snapshot, { signal }) {
      const session = open(snapshot, signal);
      await setOptions(session, await session.prepare(), { [DECLINED_OPTION]: null });
    },

    async getMentors(snapshot, { signal }) {
      const session = open(snapshot, signal);
      return session.read(async (get) => {
        const [free, site] = await Promise.all([
          takers(get, session),
          get({ action: 'query', meta: 'siteinfo' }),
        ]);
        return free.map(listedWith(linksOf(site, session.url)));
      });
    },

    getProfiles: profilesOf(options, now),
  };
};
