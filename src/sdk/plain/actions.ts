import { MentorshipError } from '../errors.js';
import type { Snapshot } from '../snapshot.js';
import type { MentorshipActions } from '../source.js';
import {
  availableMentors,
  createGetProfiles,
  createInviteActions,
  createReadTalkPage,
  isOneOf,
  pickMentor,
  resolveMentors,
  toListedMentors,
} from '../mediawiki/shared-actions.js';
import {
  MENTOR_OPTION,
  type MentorsPage,
  PLAIN_STATUS_OPTION,
  readMentorsPage,
  readStoredMentor,
} from './snapshot.js';
import {
  createSessions,
  editPage,
  type Get,
  type EditSession,
  retryAfterConflict,
  type Sessions,
  setOptions,
  type WikiActionsOptions,
} from '../mediawiki/session.js';
import { type UserIdentity, findListed, type MentorList, toUserIdentity } from '../mediawiki/mentor-list.js';
import { EXPLICIT_OPTION, toLinks } from '../mediawiki/queries.js';
import { type OutsideRecord, parseJsonOrNull, stringify, toRecord, toRecordOrEmpty } from '../coerce.js';
import { createPlainAsk, createPlainRefresh } from './questions.js';

type PlainMembership = Pick<
  MentorshipActions,
  | 'leave'
  | 'join'
  | 'undoLeave'
  | 'chooseMentor'
  | 'enroll'
  | 'snoozeInvite'
  | 'declineInvite'
  | 'restoreInvite'
  | 'pause'
  | 'resume'
  | 'resign'
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
  const getAvailable = async (get: Get, except: UserIdentity) =>
    availableMentors(await readMentors(get), { except, now: now() });

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
      const mentor = await session.read(async (get) => {
        // Keeps the stored mentor only if the snapshot has it, because the account may be gone.
        const shown = snapshot.mentor?.name;
        const isStored = shown === session.options[MENTOR_OPTION];
        const own = shown === undefined || isStored ? shown : await readStoredMentor(get, session.options);
        return (
          own ?? pickMentor(get, await getAvailable(get, toUserIdentity({ ...snapshot.viewer })), { random })
        );
      });
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
      const isFree = await session.read(async (get) =>
        isOneOf(get, await getAvailable(get, toUserIdentity({ ...snapshot.viewer })), name),
      );
      if (!isFree) throw new MentorshipError('denied', 'This mentor takes no new mentees.');
      await setOptions(session, {
        [PLAIN_STATUS_OPTION]: null,
        [EXPLICIT_OPTION]: '1',
        [MENTOR_OPTION]: name,
      });
    },

    async enroll(snapshot, { introduction, signal }) {
      const session = await openSession(snapshot, signal);
      await addMentor(session, toUserIdentity({ ...snapshot.viewer }), {
        message: introduction || null,
        weight: USUAL_WEIGHT,
        username: session.viewer,
      });
    },

    async pause(snapshot, { until, signal }) {
      const session = await openSession(snapshot, signal);
      await editOwnEntry(session, snapshot, {
        action: 'pause',
        edit: (entry) => ({ ...entry, awayTimestamp: until.slice(0, 19).replace(/\D/g, '') }),
      });
    },

    async resume(snapshot, { signal }) {
      const session = await openSession(snapshot, signal);
      await editOwnEntry(session, snapshot, {
        action: 'resume',
        edit: ({ awayTimestamp: _, ...entry }) => entry,
      });
    },

    async resign(snapshot, { signal }) {
      const session = await openSession(snapshot, signal);
      await editOwnEntry(session, snapshot, { action: 'resign', edit: () => null });
    },

    async getMentors(snapshot, { signal }) {
      const session = openReader(snapshot, signal);
      return session.read(async (get) => {
        const [free, site] = await Promise.all([
          getAvailable(get, toUserIdentity({ ...snapshot.viewer })).then((free) => resolveMentors(get, free)),
          get({ action: 'query', meta: 'siteinfo' }),
        ]);
        return toListedMentors(free, toLinks(site, session.url));
      });
    },

    ...createInviteActions(openSession, now),
    getProfiles: createGetProfiles(options, now),
  };
};

/** Reads the list of mentors. @throws {MentorshipError} `bad-data` if the page is not a valid list */
async function readMentors(get: Get): Promise<MentorList> {
  const { title, list } = await readMentorsPage(get);
  return list ?? throwNoList(title);
}

const throwNoList = (title: string): never => {
  throw new MentorshipError('bad-data', `${title}: the page must be JSON such as {"Mentors": {}}.`);
};

/** Adds a mentor to the list, unless it has one already, maybe by name only. */
const addMentor = (
  session: EditSession,
  user: UserIdentity,
  entry: { username: string; message: string | null; weight: number },
): Promise<void> =>
  editMentors(session, '#mentorship-enrol', (mentors) =>
    findListed(mentors, user) ? mentors : { ...mentors, [user.id]: entry },
  );

interface EntryEdit {
  action: 'pause' | 'resume' | 'resign';
  /** Returns the changed entry; null: removes it. */
  edit: (entry: OutsideRecord) => object | null;
}

/** Edits each entry of the viewer, because a list that people edit by hand may have a second one, by name. */
const editOwnEntry = (session: EditSession, { viewer }: Snapshot, { action, edit }: EntryEdit) =>
  editMentors(session, `#mentorship-${action}`, (mentors) => {
    const isOwn = (key: string, entry: unknown) =>
      findListed({ [key]: entry }, toUserIdentity({ ...viewer })) !== null;
    const entries = Object.entries(mentors);
    if (action === 'pause' && !entries.some(([key, entry]) => isOwn(key, entry)))
      throw new MentorshipError('denied', 'The viewer is not on the list of mentors. Refresh the snapshot.');
    return Object.fromEntries(
      entries.flatMap(([key, entry]) => {
        const changed = isOwn(key, entry) ? edit(toRecordOrEmpty(entry)) : entry;
        return changed === null ? [] : [[key, changed]];
      }),
    );
  });

/**
 * Edits the list of mentors, unless it has the change already. After an edit conflict, reads the page again and retries,
 * so that no edit is lost.
 */
const editMentors = (
  session: EditSession,
  summary: string,
  edit: (mentors: OutsideRecord) => OutsideRecord,
): Promise<void> =>
  retryAfterConflict(async () => {
    const before = await session.read(readMentorsPage);
    if (!before.list) throwNoList(before.title);
    const mentors = toRecordOrEmpty(toPageObject(before).Mentors);
    const edited = edit(mentors);
    if (stringify(edited) === stringify(mentors)) return;
    await editPage(session, {
      title: before.title,
      text: toWikiSafeJson({ ...toPageObject(before), Mentors: edited }),
      summary,
      ...(before.page
        ? { baserevid: String(before.page.revision), starttimestamp: before.readAt, nocreate: '1' }
        : { createonly: '1', contentmodel: 'json' }),
    });
  });

const toPageObject = ({ page }: MentorsPage): OutsideRecord => toRecord(parseJsonOrNull(page?.text)) ?? {};

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
    readTalkPage: createReadTalkPage(options, now),
  };
}
