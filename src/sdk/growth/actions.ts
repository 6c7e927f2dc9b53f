import { isMentorshipError, MentorshipError } from '../errors.js';
import { type OutsideRecord, readAt, readRecord, readWord } from '../coerce.js';
import type { MentorshipActions } from '../source.js';
import { mentorNameOf } from './snapshot.js';
import { DECLINED_OPTION, EXPLICIT_OPTION, linksOf, STATUS_OPTION } from '../mediawiki/queries.js';
import { drawMentor, entriesOf, type ListEntry, takersIn } from '../mediawiki/mentor-list.js';
import {
  type Open,
  type Ready,
  type Session,
  sessionsOf,
  type WikiActionsOptions,
} from '../mediawiki/session.js';
import { listedWith, profilesOf } from '../mediawiki/shared-actions.js';
import { asking, questionsFor } from './questions.js';

type Mentoring = Pick<
  MentorshipActions,
  'leave' | 'join' | 'undoLeave' | 'chooseMentor' | 'enroll' | 'declineInvite' | 'restoreInvite'
>;

interface World {
  now: () => Date;
  random: () => number;
}

/** Leaving and coming back, choosing and becoming a mentor, on a wiki with GrowthExperiments. */
export const mentoring = (open: Open, { now, random }: World): Mentoring => ({
  // The wiki has no place for a reason.
  async leave(snapshot, { signal }) {
    const session = open(snapshot, signal);
    await setStatus(session, await session.prepare(), 'optout');
  },

  async join(snapshot, { signal }) {
    const session = open(snapshot, signal);
    const ready = await session.prepare();
    await setExplicit(session, ready);
    if (!['1', '50'].includes(readWord(ready.options[STATUS_OPTION])))
      await setStatus(session, ready, 'enabled');
    // Coming back, the viewer may have been given one; who is enabled otherwise may have none.
    if ((await mentorOf(session)) !== null) return;
    const mentor = await session.read(async (get) => {
      const takers = takersIn(listIn(await get(LIST)), { except: session.viewer, now: now() });
      return drawMentor(get, takers, { except: session.viewer, random });
    });
    await setMentor(session, ready, { mentor });
  },

  async undoLeave(snapshot, { mentor, signal }) {
    const session = open(snapshot, signal);
    const ready = await session.prepare();
    await setStatus(session, ready, 'enabled');
    if ((await mentorOf(session)) === mentor) return;
    await setMentor(session, ready, { mentor }).catch((error: unknown) => {
      // The former mentor is none any more: then the one whom the wiki has drawn stays.
      if (!(isMentorshipError(error) && error.code === 'denied')) throw error;
    });
  },

  async chooseMentor(snapshot, { name, reason, signal }) {
    const session = open(snapshot, signal);
    const ready = await session.prepare();
    await setExplicit(session, ready);
    await setMentor(session, ready, { mentor: name, ...(reason && { reason }) });
  },

  async enroll(snapshot, { introduction, signal }) {
    const session = open(snapshot, signal);
    await session.write(await session.prepare(), {
      params: {
        action: 'growthmanagementorlist',
        geaction: 'add',
        weight: USUAL_WEIGHT,
        ...(introduction && { message: introduction }),
      },
      done: (answer) => readAt(answer, 'growthmanagementorlist')?.status === 'ok',
      already: 'growthexperiments-mentor-writer-error-already-added',
    });
  },

  async declineInvite(snapshot, { signal }) {
    const session = open(snapshot, signal);
    await setOption(session, await session.prepare(), {
      optionname: DECLINED_OPTION,
      optionvalue: now().toISOString().slice(0, 10),
    });
  },

  async restoreInvite(snapshot, { signal }) {
    const session = open(snapshot, signal);
    // Without a value, the wiki forgets the option.
    await setOption(session, await session.prepare(), { optionname: DECLINED_OPTION });
  },
});

/** As many mentees as most mentors. */
const USUAL_WEIGHT = '2';

const setStatus = ({ write }: Session, ready: Ready, state: 'optout' | 'enabled') =>
  write(ready, {
    params: { action: 'growthsetmenteestatus', state },
    done: (answer) => readAt(answer, 'growthsetmenteestatus')?.status === 'ok',
    already: 'growthexperiments-setmenteestatus-no-change',
  });

const setOption = ({ write }: Session, ready: Ready, option: { optionname: string; optionvalue?: string }) =>
  write(ready, {
    params: { action: 'options', ...option },
    done: (answer) => answer.options === 'success',
  });

async function setExplicit(session: Session, ready: Ready): Promise<void> {
  if (!ready.options[EXPLICIT_OPTION])
    await setOption(session, ready, { optionname: EXPLICIT_OPTION, optionvalue: '1' });
}

const setMentor = ({ write, viewer }: Session, ready: Ready, choice: { mentor: string; reason?: string }) =>
  write(ready, {
    params: { action: 'growthsetmentor', mentee: viewer, ...choice },
    done: (answer) => readAt(answer, 'growthsetmentor')?.status === 'ok',
    already: 'growthexperiments-homepage-claimmentee-already-mentor',
  });

const mentorOf = ({ read, viewer }: Session): Promise<string | null> =>
  read(async (get) =>
    mentorNameOf(await get({ action: 'expandtemplates', prop: 'wikitext', text: `{{#mentor:${viewer}}}` })),
  );
type People = Pick<MentorshipActions, 'getMentors' | 'getProfiles'>;

/** The mentors of a wiki with GrowthExperiments. */
export const people = (open: Open, options: WikiActionsOptions, now: () => Date): People => ({
  async getMentors(snapshot, { signal }) {
    const { read, viewer, url } = open(snapshot, signal);
    const answer = await read((get) => get({ ...LIST, meta: 'siteinfo' }));
    const links = linksOf(answer, url);
    return takersIn(listIn(answer), { except: viewer, now: now() }).map(listedWith(links));
  },

  getProfiles: profilesOf(options, now),
});

export const LIST = { action: 'query', list: 'growthmentorlist' };

/** @throws {MentorshipError} `unsupported` */
export function listIn(answer: OutsideRecord): ListEntry[] {
  const list = readRecord(answer.growthmentorlist);
  // PHP writes an empty list as `[]`.
  if (!list && !Array.isArray(answer.growthmentorlist))
    throw new MentorshipError('unsupported', 'The wiki has no list of mentors.', { cause: { answer } });
  return entriesOf(list ?? {});
}

/** What a viewer can do on a MediaWiki that has the GrowthExperiments extension. */
export function growthActions(options: WikiActionsOptions): MentorshipActions {
  const { now = () => new Date(), random = Math.random } = options;
  const open = sessionsOf(options);
  return {
    ...asking(open),
    refreshQuestions: questionsFor(open),
    ...mentoring(open, { now, random }),
    ...people(open, options, now),
  };
}
