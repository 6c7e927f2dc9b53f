import { MentorshipError } from '../errors.js';
import type { MentorshipActions } from '../source.js';
import { createGetProfiles, toListedMentor } from '../mediawiki/shared-actions.js';
import { CONTENT, MENTOR_OPTION, parseMentorsPage, PLAIN_STATUS_OPTION } from './snapshot.js';
import {
  createSessions,
  editPage,
  type Get,
  type EditSession,
  type ReadSession,
  retryAfterConflict,
  type Sessions,
  setOptions,
  type WikiActionsOptions,
} from '../mediawiki/session.js';
import { availableMentors, type ListEntry, parseMentorList, pickMentor } from '../mediawiki/mentor-list.js';
import {
  DECLINED_OPTION,
  EXPLICIT_OPTION,
  MENTORS_PAGE,
  SETTINGS_PAGE,
  toLinks,
} from '../mediawiki/queries.js';
import { type OutsideRecord, parseJsonOrNull, stringify, toRecord, toStringOrEmpty } from '../coerce.js';
import { findPage, mentorsPageTitle, type PageText, parseSettings } from './settings.js';
import { createPlainAsk, createPlainRefresh } from './questions.js';

type PlainMembership = Pick<
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

/** Weight `normal` of GrowthExperiments, the usual share of new mentees. */
const USUAL_WEIGHT = 2;

/** Creates the actions that change the viewer's mentorship, on a wiki without GrowthExperiments. */
export const createPlainMembership = (
  { openReader, openSession }: Sessions,
  options: WikiActionsOptions,
): PlainMembership => {
  const { now = () => new Date(), random = Math.random } = options;
  const getAvailable = async (get: Get, { viewer }: ReadSession) =>
    availableMentors(await readMentors(get), { except: viewer, now: now() });
  const pick = (get: Get, from: readonly ListEntry[], { viewer }: ReadSession) =>
    pickMentor(get, from, { except: viewer, random });

  return {
    // Ignores the reason, because no option stores it.
    async leave(snapshot, { signal }) {
      const session = await openSession(snapshot, signal);
      await setOptions(session, {
        [PLAIN_STATUS_OPTION]: 'opted-out',
        [MENTOR_OPTION]: null,
      });
    },

    async join(snapshot, { signal }) {
      const session = await openSession(snapshot, signal);
      // Keeps the stored mentor only if the snapshot has it: the account may be gone or renamed.
      const own = snapshot.mentor?.name === session.options[MENTOR_OPTION] ? snapshot.mentor?.name : null;
      const mentor =
        own ?? (await session.read(async (get) => pick(get, await getAvailable(get, session), session)));
      await setOptions(session, {
        [PLAIN_STATUS_OPTION]: null,
        [EXPLICIT_OPTION]: '1',
        [MENTOR_OPTION]: mentor,
      });
    },

    async undoLeave(snapshot, { mentor, signal }) {
      const session = await openSession(snapshot, signal);
      await setOptions(session, {
        [PLAIN_STATUS_OPTION]: null,
        [MENTOR_OPTION]: mentor,
      });
    },

    async chooseMentor(snapshot, { name, signal }) {
      const session = await openSession(snapshot, signal);
      const free = await session.read((get) => getAvailable(get, session));
      const chosen = free.filter((mentor) => mentor.name === name);
      if (chosen.length === 0) throw new MentorshipError('denied', 'This mentor takes no new mentees.');
      const mentor = await session.read((get) => pick(get, chosen, session));
      await setOptions(session, {
        [PLAIN_STATUS_OPTION]: null,
        [EXPLICIT_OPTION]: '1',
        [MENTOR_OPTION]: mentor,
      });
    },

    async enroll(snapshot, { introduction, signal }) {
      const session = await openSession(snapshot, signal);
      await addMentor(session, String(snapshot.viewer?.id), {
        message: introduction || null,
        weight: USUAL_WEIGHT,
        username: session.viewer,
      });
    },

    async declineInvite(snapshot, { signal }) {
      const session = await openSession(snapshot, signal);
      await setOptions(session, {
        [DECLINED_OPTION]: now().toISOString().slice(0, 10),
      });
    },

    async restoreInvite(snapshot, { signal }) {
      const session = await openSession(snapshot, signal);
      await setOptions(session, { [DECLINED_OPTION]: null });
    },

    async getMentors(snapshot, { signal }) {
      const session = openReader(snapshot, signal);
      return session.read(async (get) => {
        const [free, site] = await Promise.all([
          getAvailable(get, session),
          get({ action: 'query', meta: 'siteinfo' }),
        ]);
        return free.map(toListedMentor(toLinks(site, session.url)));
      });
    },

    getProfiles: createGetProfiles(options, now),
  };
};

interface MentorsPage {
  title: string;
  /** null: the page does not exist. */
  page: PageText | null;
  /** Server time of the read, which the edit sends as `starttimestamp`. */
  readAt: string;
}

/** Reads the page that lists the mentors, after the settings, which may name another page than the default. */
async function readMentorsPage(get: Get): Promise<MentorsPage> {
  const ask = (...titles: string[]) => get({ ...CONTENT, curtimestamp: '1', titles: titles.join('|') });
  const answer = await ask(SETTINGS_PAGE, MENTORS_PAGE);
  const title = mentorsPageTitle(parseSettings(findPage(answer, SETTINGS_PAGE)?.text ?? null));
  const last = title === MENTORS_PAGE ? answer : await ask(title);
  return { title, page: findPage(last, title), readAt: toStringOrEmpty(last.curtimestamp) };
}

/** Reads the list of mentors. @throws {MentorshipError} `bad-data` if the page is not a valid list */
export async function readMentors(get: Get): Promise<ListEntry[]> {
  const { title, page } = await readMentorsPage(get);
  return parseMentorsPage(page?.text ?? null) ?? throwNoList(title);
}

const throwNoList = (title: string): never => {
  throw new MentorshipError('bad-data', `${title}: the page must be JSON such as {"Mentors": {}}.`);
};

/** Adds a mentor to the list. After an edit conflict, reads the page again and retries, so that no edit is lost. */
export const addMentor = (
  session: EditSession,
  id: string,
  entry: { username: string; message: string | null; weight: number },
): Promise<void> =>
  retryAfterConflict(async () => {
    const before = await session.read(readMentorsPage);
    const list = toMentorsById(before);
    const known = parseMentorList(list);
    if (known.some(({ name }) => name === entry.username)) return;
    // Replaces an invalid entry under the viewer's id, but never a valid one, which names another user.
    if (known.some((other) => other.id === id))
      throw new MentorshipError('bad-data', `${before.title}: “${id}” is the user id of ${entry.username}.`);
    const text = toWikiSafeJson({ ...toPageObject(before), Mentors: { ...list, [id]: entry } });
    await editPage(session, {
      title: before.title,
      text,
      summary: '#mentorship-enrol',
      ...(before.page
        ? { baserevid: String(before.page.revision), starttimestamp: before.readAt, nocreate: '1' }
        : { createonly: '1', contentmodel: 'json' }),
    });
  });

const toPageObject = ({ page }: MentorsPage): OutsideRecord => toRecord(parseJsonOrNull(page?.text)) ?? {};

function toMentorsById(before: MentorsPage): OutsideRecord {
  if (before.page && !parseMentorsPage(before.page.text)) throwNoList(before.title);
  return toRecord(toPageObject(before).Mentors) ?? {};
}

/** Escapes characters that a wiki would expand on save or show as markup, because the page may be wikitext. */
const toWikiSafeJson = (data: object): string =>
  stringify(data, '\t').replace(/"(?:[^"\\]|\\.)*"/g, (text) =>
    text.replace(/[~{}[\]<>]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );

/** Creates the actions for a MediaWiki without GrowthExperiments. */
export function plainActions(options: WikiActionsOptions): MentorshipActions {
  const { now = () => new Date() } = options;
  const sessions = createSessions(options);
  return {
    ...createPlainAsk(sessions, now),
    refreshQuestions: createPlainRefresh(sessions),
    ...createPlainMembership(sessions, options),
  };
}
