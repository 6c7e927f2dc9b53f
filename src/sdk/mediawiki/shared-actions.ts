import { mapInTasks } from '../concurrency.js';
import { isMentorshipError, MentorshipError, warnOnce } from '../errors.js';
import {
  type JsonObject,
  toEnum,
  toInteger,
  toIsoDate,
  toRecords,
  toStringOrEmpty,
  toText,
} from '../coerce.js';
import { absoluteUrl } from '../http.js';
import type { Snapshot } from '../snapshot.js';
import type { ListedMentor, MentorProfile, MentorshipActions } from '../source.js';
import {
  type Availability,
  isAvailable,
  isSameUser,
  type ListEntry,
  type MentorList,
  toListEntry,
  toUserIdentity,
  toUserName,
} from './mentor-list.js';
import { countWaitingQuestions, loadThreads, type RecentThreads, typicalReplyHours } from './talk-page.js';
import { DECLINED_OPTION, isBlockedSitewide, type Links, SNOOZED_OPTION, toLinks } from './queries.js';
import {
  type Get,
  type ReadSession,
  readPublic,
  type Sessions,
  setOptions,
  type WikiActionsOptions,
} from './session.js';

/** Creates the actions that store in the viewer's options that the invitation was dismissed. */
export const createInviteActions = (
  openSession: Sessions['openSession'],
  now: () => Date,
): Pick<MentorshipActions, 'snoozeInvite' | 'declineInvite' | 'restoreInvite'> => ({
  async snoozeInvite(snapshot, { until, signal }) {
    await setOptions(await openSession(snapshot, signal), { [SNOOZED_OPTION]: until });
  },

  async declineInvite(snapshot, { signal }) {
    const today = now().toISOString().slice(0, 10);
    await setOptions(await openSession(snapshot, signal), { [DECLINED_OPTION]: today });
  },

  async restoreInvite(snapshot, { signal }) {
    const reset = { [DECLINED_OPTION]: null, [SNOOZED_OPTION]: null };
    await setOptions(await openSession(snapshot, signal), reset);
  },
});

/**
 * Creates the action that reads the wiki's license and the mentor's talk page before a question is written.
 *
 * @param loadMentorName - loads the name of the viewer's mentor, who may have changed since the snapshot was loaded
 */
export const createPrepareQuestion =
  (
    openReader: Sessions['openReader'],
    loadMentorName: (reader: ReadSession) => Promise<string | null>,
  ): MentorshipActions['prepareQuestion'] =>
  async (snapshot, { signal }) => {
    const reader = openReader(snapshot, signal);
    const { read, url } = reader;
    const answerer = snapshot.standIn ?? snapshot.mentor;
    const [answer, mentor] = await Promise.all([
      read((get) =>
        get({
          action: 'query',
          meta: 'siteinfo',
          siprop: 'general|rightsinfo|specialpagealiases',
          ...(answerer && { prop: 'info', titles: `User talk:${answerer.name}` }),
        }),
      ),
      loadMentorName(reader),
    ]);
    const query = answer.query;
    const page = query?.pages?.[0];
    const links = toLinks(answer, url);
    const rights = query?.rightsinfo;
    const license = toText(rights?.text, 255);
    const specialPages = toRecords(query?.specialpagealiases).map(({ realname }) =>
      toStringOrEmpty(realname),
    );
    // Echo sends the e-mails, too. A wiki that sends none lacks the page to enter an address.
    const notifies = specialPages.includes('Notifications');
    const sendsEmail = notifies && specialPages.includes('ChangeEmail');
    return {
      writable: page?.missing === true || (page?.contentmodel ?? 'wikitext') === 'wikitext',
      copyright: license === null ? null : { name: license, url: links.resolve(rights?.url) },
      notifies,
      sendsEmail,
      emailUrl: sendsEmail ? emailUrlOf(snapshot, links) : null,
      mentor,
    };
  };

function emailUrlOf({ viewer }: Snapshot, links: Links): string | null {
  if (viewer?.email === 'unconfirmed') return links.page('Special:ConfirmEmail');
  return viewer?.email === 'none' ? links.page('Special:ChangeEmail') : null;
}

/** Resolves with the mentors, without `except`, who take new mentees now. */
export async function availableMentors(list: MentorList, options: Availability): Promise<ListEntry[]> {
  const entries = await mapInTasks(Object.keys(list), (key) => toListEntry(key, list[key]));
  return entries.filter((entry) => isAvailable(entry, options));
}

/** Resolves with the mentors in the form in which the client lists them. */
export const toListedMentors = (entries: readonly ListEntry[], links: Links): Promise<ListedMentor[]> =>
  mapInTasks(entries, ({ name, message }) => ({
    name,
    intro: toText(message, 240),
    talkUrl: links.page(`User talk:${name}`),
  }));

/** Age up to which the edits of all users are read in one request. */
const RECENT_EDITS_MS = 30 * 86_400_000;

/** Creates the action that reads mentors' accounts, from core's API alone. */
export const createGetProfiles =
  (options: WikiActionsOptions, now: () => Date): MentorshipActions['getProfiles'] =>
  async (names, { signal }) => {
    if (names.length === 0) return [];
    const all = names.join('|');
    return readPublic(options, signal, async (get) => {
      const answer = await get({
        action: 'query',
        list: 'users|usercontribs',
        ususers: all,
        usprop: 'editcount|gender|blockinfo',
        ucuser: all,
        ucprop: 'timestamp',
        ucend: new Date(now().getTime() - RECENT_EDITS_MS).toISOString(),
        uclimit: 'max',
      });
      const edits = toRecords(answer.query?.usercontribs);
      const profiles = toRecords(answer.query?.users)
        .filter(({ userid }) => userid !== undefined)
        .map((user) => toProfile(user, edits));
      return addLastActivity(get, profiles);
    });
  };

/** Takes the user's first contribution, which is the newest. The response may lack it, because it is limited. */
function toProfile(user: JsonObject, contributions: readonly JsonObject[]): MentorProfile {
  return {
    name: toStringOrEmpty(user.name),
    gender: toEnum(user.gender, ['male', 'female'], 'unknown'),
    editCount: toInteger(user.editcount),
    lastActive: toIsoDate(contributions.find((edit) => edit.user === user.name)?.timestamp),
    blocked: isBlockedSitewide(user),
  };
}

/** Number of concurrent requests that Wikimedia accepts. */
const MOST_AT_ONCE = 3;

/**
 * Reads the last edit of each user who lacks it, one request each, because the wiki sorts the edits of several users by
 * account. Leaves it unknown if that fails.
 */
async function addLastActivity(get: Get, profiles: readonly MentorProfile[]): Promise<MentorProfile[]> {
  const lastActive = new Map<string, string | null>();
  const queue = profiles.filter((profile) => profile.lastActive === null && profile.editCount !== 0);
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const params = { list: 'usercontribs', ucuser: next.name, ucprop: 'timestamp', uclimit: '1' };
      const answer = await get({ action: 'query', ...params }).catch(() => null);
      const edit = answer?.query?.usercontribs?.[0];
      lastActive.set(next.name, toIsoDate(edit?.timestamp));
    }
  };
  await Promise.all(Array.from({ length: MOST_AT_ONCE }, work));
  return profiles.map((profile) => ({
    ...profile,
    lastActive: profile.lastActive ?? lastActive.get(profile.name) ?? null,
  }));
}

/**
 * Creates the action that reads a user's talk page with DiscussionTools. Without it, all figures are unknown.
 *
 * @param recent - threads that need no request
 */
export const createReadTalkPage =
  (options: WikiActionsOptions, now: () => Date, recent?: RecentThreads): MentorshipActions['readTalkPage'] =>
  async ({ viewer }, { name, signal }) => {
    const page = `User talk:${name}`;
    const isOwn = name === viewer?.name;
    const [threads, site] = await readPublic(options, signal, (get) =>
      Promise.all([
        // Questions may have been asked on the own page since.
        (isOwn ? null : recent?.get(page)) ?? loadThreads(get, page).catch(toNullIfRefused),
        // The snapshot has the URLs of all other talk pages.
        isOwn ? get({ action: 'query', meta: 'siteinfo' }) : null,
      ]),
    );
    return {
      typicalReplyHours:
        threads && typicalReplyHours(threads, { owner: name, except: viewer?.name, now: now() }),
      waitingQuestions: threads && countWaitingQuestions(threads, name),
      talkUrl: site && toLinks(site, absoluteUrl(options.api)).page(page),
    };
  };

/** Returns null for an error that would recur, such as without DiscussionTools or without the page. */
const toNullIfRefused = (error: unknown): null => {
  if (isMentorshipError(error) && error.code === 'refused' && !error.retryable) return null;
  throw error;
};

/** Number of users that the wiki accepts in one request. */
const MOST_USERS = 50;

/** Number of mentors up to which their accounts are requested before they are listed: at most ten requests. */
const MOST_RESOLVED = 500;

/**
 * Replaces the names in the list by those of the accounts. Leaves out mentors who have no account or are blocked. If
 * the wiki does not answer, or the list is long, returns the entries with a name as they are, because a choice is checked
 * later.
 */
export async function resolveMentors(get: Get, entries: readonly ListEntry[]): Promise<ListEntry[]> {
  const isLong = entries.length > MOST_RESOLVED;
  const resolved = isLong ? entries.filter(({ name }) => name) : [];
  const unresolved = isLong ? entries.filter(({ name }) => !name).slice(0, MOST_RESOLVED) : entries;
  for (const key of ['ususerids', 'ususers'] as const) {
    const isById = key === 'ususerids';
    const asked = unresolved.filter(({ id }) => isById === (id !== ''));
    for (let from = 0; from < asked.length; from += MOST_USERS) {
      const some = asked.slice(from, from + MOST_USERS);
      const values = some.map(({ id, name }) => (isById ? id : name)).join('|');
      const users = await readUsers(get, { [key]: values }).catch(toNullIfRetryable);
      resolved.push(...some.flatMap((entry) => (users ? resolve(entry, users) : entry.name ? [entry] : [])));
    }
  }
  return resolved;
}

function resolve(entry: ListEntry, users: readonly JsonObject[]): ListEntry[] {
  const user = users.find((one) => isSameUser(entry, toUserIdentity(one)));
  const name = toText(user?.name, 255);
  if (user && !isAccount(user))
    warnOnce(
      `The list of mentors: “${entry.id || entry.name}” has no account on this wiki. Correct the user ID, or remove the entry.`,
    );
  return user && name && isAccount(user) && !isBlockedSitewide(user) ? [{ ...entry, name }] : [];
}

const isAccount = ({ userid, missing }: JsonObject): boolean => userid !== undefined && missing !== true;

async function readUsers(get: Get, who: Record<string, string>): Promise<JsonObject[]> {
  const answer = await get({ action: 'query', list: 'users', ...who, usprop: 'blockinfo' });
  return toRecords(answer.query?.users);
}

/** Returns null for a request that may succeed later. */
const toNullIfRetryable = (error: unknown): null => {
  if (isMentorshipError(error) && error.retryable) return null;
  throw error;
};

/** Returns true if an account of this name exists, is not blocked, and is one of the entries. */
export async function isOneOf(get: Get, entries: readonly ListEntry[], name: string): Promise<boolean> {
  if (toUserName(name) !== name) return false;
  const [user] = await readUsers(get, { ususers: name });
  return user !== undefined && entries.some((entry) => resolve(entry, [user]).length > 0);
}

/**
 * Picks a mentor at random, by weight, as GrowthExperiments does. Skips mentors who have no account or are blocked.
 *
 * @param takers - mentors to pick from
 * @param options.random - replaces `Math.random`
 * @returns the name of the account
 * @throws {MentorshipError} `no-mentor` if no mentor is left
 */
export async function pickMentor(
  get: Get,
  takers: readonly ListEntry[],
  { random }: { random: () => number },
): Promise<string> {
  let pool = takers;
  for (;;) {
    const drawn = weightedPick(pool, random());
    if (!drawn) throw new MentorshipError('no-mentor', 'No mentor takes new mentees.');
    const [mentor] = await resolveMentors(get, [drawn]);
    if (mentor) return mentor.name;
    pool = pool.filter((other) => other !== drawn);
  }
}

/** @param chance - random number from 0 (inclusive) to 1 (exclusive) */
function weightedPick(pool: readonly ListEntry[], chance: number): ListEntry | undefined {
  let rest = chance * pool.reduce((sum, { weight }) => sum + weight, 0);
  return pool.find(({ weight }) => (rest -= weight) < 0) ?? pool.at(-1);
}
