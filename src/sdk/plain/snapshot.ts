import { parseSnapshot, withMentors } from '../parse-snapshot.js';
import {
  type Json,
  type JsonObject,
  type OutsideRecord,
  parseJsonOrNull,
  toInteger,
  toIsoTime,
  toList,
  toRecords,
  toRecord,
  toStringOrEmpty,
  toText,
} from '../coerce.js';
import type { Snapshot } from '../snapshot.js';
import type { ActionApi, Get } from '../mediawiki/action-api.js';
import {
  type BlockState,
  CONTENT,
  EXPLICIT_OPTION,
  findPage,
  isBlockedSitewide,
  type Links,
  MENTORS_PAGE,
  NOT_BLOCKED,
  type PageText,
  profileQuery,
  profileQueryById,
  questionTitle,
  SETTINGS_PAGE,
  toAccount,
  toAccountBlock,
  toLinks,
  toProgramRules,
  usersQuery,
} from '../mediawiki/queries.js';
import { needsMentor, takesPart } from '../decide.js';
import {
  findListed,
  hasAvailable,
  isAway,
  type ListEntry,
  type MentorList,
  parseMentorsPage,
  toAbsence,
  toUserIdentity,
  toUserName,
} from '../mediawiki/mentor-list.js';
import {
  mentorsPageTitle,
  parseSettings,
  warnOfMentorsPage,
  warnOfUnknownMentor,
} from '../mediawiki/settings.js';
import type { RequestBudget } from '../http.js';

/** User options in which this SDK stores the viewer's choices and questions. */
export const PLAIN_STATUS_OPTION = 'userjs-mentorship-status';
export const MENTOR_OPTION = 'userjs-mentorship-mentor';
export const QUESTIONS_OPTION = 'userjs-mentorship-questions';

/** Wiki, request budget and time of one load. */
export interface ReadContext {
  wiki: ActionApi;
  budget: RequestBudget;
  now: Date;
}

/** Loads the snapshot of a wiki without GrowthExperiments; sends at most two requests after the batched one. */
export async function loadPlainSnapshot(
  batch: JsonObject,
  { wiki, budget, now }: ReadContext,
): Promise<Snapshot> {
  const account = toAccount(batch);
  // Skips the settings, because an error in them must not reach viewers who get no card.
  if (!account || account.viewer.temporary) return parseSnapshot({ viewer: account?.viewer ?? null });
  const settings = parseSettings(findPage(batch, SETTINGS_PAGE)?.text ?? null);
  const links = toLinks(batch, wiki.url);
  const program = toProgramRules(settings, links);
  if (!settings.GEMentorshipEnabled) return parseSnapshot({ viewer: account.viewer, program });

  const { viewer, options, user } = account;
  const name = toStringOrEmpty(viewer.name);
  const mentor = toUserName(options[MENTOR_OPTION]);
  const isInDoubt = viewer.blocked || viewer.blockedUntil !== null;
  const people = mentor ? profileQuery(mentor, isInDoubt ? name : undefined) : isInDoubt && usersQuery(name);
  const get: Get = (params) => wiki.get(params, budget);
  const { list, answer } = await loadMentors(get, batch, { settings, more: people || {} });
  const own = list && findListed(list, toUserIdentity(user));
  const parse = (block: BlockState | null) =>
    parseSnapshot({
      viewer: {
        ...viewer,
        ...block,
        status: toStatus(options),
        mayEnroll: mayEnroll(user.groups, settings),
        isMentor: own !== null,
        mentoring: own && { pausedUntil: toPause(own, now) },
      },
      mentorsAvailable: list && hasAvailable(list, { except: toUserIdentity(user), now }),
      questions: storedQuestions(options).map((question) => ({
        ...question,
        url: questionUrl(question, links),
      })),
      program,
    });
  // Reads what a viewer needs who is not blocked, because the block may be one of the address.
  const open = parse(NOT_BLOCKED);
  const needed = needsMentor(open, now) ? mentor : null;
  if (!needed && !isInDoubt) return open;
  if (!people || !takesPart(open, now)) return parse(null);
  // The id finds a mentor who was renamed, too.
  const id = list && Object.keys(list).find((key) => toRecord(list[key])?.username === mentor);
  const byId =
    id && /^[1-9]\d*$/.test(id) && profileQueryById(id, isInDoubt ? toStringOrEmpty(user.id) : undefined);
  const profiles = answer ?? (await get(byId || people));
  const verified = isInDoubt
    ? parse(toAccountBlock(profiles, toInteger(user.id) ?? 0, { partial: 'ignored' }))
    : open;
  if (!needed || !needsMentor(verified, now)) return verified;
  const { profile, entry } = await findStoredMentor(get, profiles, { name: needed, list });
  if (entry && !firstUser(profile)) warnOfUnknownMentor(mentorsPageTitle(settings), entry);
  const known = { list, entry, links, now, questionTitle: questionTitle(name, now) };
  return withMentors(verified, { mentor: toMentor(profile, known) });
}

/**
 * Reads the list of mentors from the batched response or, if it lacks the page, by a request. `list` is null if the
 * page is not a list, `answer` if there was no request.
 *
 * @param options.more - parameters to add to the request
 */
export async function loadMentors(
  get: Get,
  batch: JsonObject,
  { settings, more = {} }: { settings: OutsideRecord; more?: Record<string, string> },
): Promise<{ list: MentorList | null; answer: JsonObject | null }> {
  const title = mentorsPageTitle(settings);
  const known = findPage(batch, title);
  const answer = known === undefined ? await get({ ...more, ...CONTENT, titles: title }) : null;
  const page = answer ? findPage(answer, title) : known;
  warnOfMentorsPage(title, page?.text ?? null);
  return { list: parseMentorsPage(page), answer };
}

/**
 * Finds the stored mentor in the response to `profileQuery` and in the list. If the name is stale, because the mentor
 * was renamed, the list has it with the user id, and the account is requested by the id.
 */
async function findStoredMentor(
  get: Get,
  profile: JsonObject,
  { name, list }: { name: string; list: MentorList | null },
): Promise<{ profile: JsonObject; entry: ListEntry | null }> {
  const user = firstUser(profile);
  const entry = user && list && findListed(list, toUserIdentity(user));
  if (entry) return { profile, entry };
  const listed = list && findListed(list, { id: '', name });
  return listed?.id
    ? { profile: await get(profileQueryById(listed.id)), entry: listed }
    : { profile, entry: null };
}

/** Returns the mentor's account in the response to `profileQuery`; null: no such account. */
function firstUser(profile: JsonObject): JsonObject | null {
  const [user] = toRecords(profile.query?.users);
  return user?.userid === undefined || user.missing === true ? null : user;
}

/** Returns the current name of the viewer's mentor, who may have been renamed; null: no mentor, or no account. */
export async function readStoredMentor(get: Get, options: JsonObject): Promise<string | null> {
  const name = toUserName(options[MENTOR_OPTION]);
  if (!name) return null;
  const [profile, { list }] = [await get(profileQuery(name)), await readMentorsPage(get)];
  return toText(firstUser((await findStoredMentor(get, profile, { name, list })).profile)?.name, 255);
}

export interface MentorsPage {
  title: string;
  /** null: the page does not exist. */
  page: PageText | null;
  /** null: the page is not a list. */
  list: MentorList | null;
  /** Server time of the read, which the edit sends as `starttimestamp`. */
  readAt: string;
}

/** Reads the page that lists the mentors, after the settings, which may name another page than the default. */
export async function readMentorsPage(get: Get): Promise<MentorsPage> {
  const ask = (...titles: string[]) => get({ ...CONTENT, curtimestamp: '1', titles: titles.join('|') });
  const answer = await ask(SETTINGS_PAGE, MENTORS_PAGE);
  const title = mentorsPageTitle(parseSettings(findPage(answer, SETTINGS_PAGE)?.text ?? null));
  const last = title === MENTORS_PAGE ? answer : await ask(title);
  const page = findPage(last, title) ?? null;
  return {
    title,
    page,
    list: parseMentorsPage(page),
    readAt: toStringOrEmpty(last.curtimestamp),
  };
}

/** Returns `Viewer.mentoring.pausedUntil`. An invalid date counts as a break, as it does for the mentor's mentees. */
const toPause = (own: ListEntry, now: Date): string | null =>
  isAway(own, now) ? (toIsoTime(own.awayUntil ?? NaN) ?? 'unknown') : null;

const toStatus = (options: JsonObject) => {
  const status = options[PLAIN_STATUS_OPTION];
  if (status === 'opted-out' || status === 'disabled') return status;
  return options[EXPLICIT_OPTION] ? 'explicit' : 'enabled';
};

/** Returns `Viewer.mayEnroll`; null: edit count and account age decide. */
export function mayEnroll(
  memberOf: unknown,
  { enrolGroups, GEMentorshipAutomaticEligibility }: OutsideRecord,
): boolean | null {
  const groups = toList(memberOf);
  if (toList(enrolGroups).some((group) => groups.includes(group))) return true;
  return GEMentorshipAutomaticEligibility === false ? false : null;
}

/** Question in the viewer's options. */
export interface StoredQuestion {
  /** First 200 characters of the question. */
  text: string;
  page: string;
  /** Heading of the question's section. */
  section: string;
  revision: number;
  /** ISO 8601 in UTC. */
  askedAt: string;
}

/** Returns at most three questions, newest first. */
export const storedQuestions = (options: Json): StoredQuestion[] =>
  toRecords(parseJsonOrNull(options?.[QUESTIONS_OPTION]))
    .map(({ text, page, section, revision, askedAt }) => ({
      text: toStringOrEmpty(text),
      page: toStringOrEmpty(page),
      section: toStringOrEmpty(section),
      revision: toInteger(revision) ?? 0,
      askedAt: toStringOrEmpty(askedAt),
    }))
    .filter(({ text, page }) => text && page)
    .slice(0, 3);

export function questionUrl({ page, section }: Pick<StoredQuestion, 'page' | 'section'>, links: Links) {
  const url = links.page(page);
  // Encodes the heading like the wiki's anchor. A lone surrogate cannot be encoded.
  const anchor = section.replace(/'{2,}|\p{Cs}/gu, '').replaceAll(' ', '_');
  return url && `${url}#${encodeURIComponent(anchor).replaceAll('%3A', ':')}`;
}

interface Known {
  list: MentorList | null;
  entry: ListEntry | null;
  links: Links;
  now: Date;
  questionTitle: string;
}

/** Returns the mentor, unvalidated, from the response to `profileQuery`; null: no account. */
function toMentor(profile: JsonObject, { list, entry, links, now, questionTitle }: Known): object | null {
  const user = firstUser(profile);
  if (!user) return null;
  const talkPage = `User talk:${toStringOrEmpty(user.name)}`;
  return {
    name: user.name,
    gender: user.gender,
    editCount: user.editcount,
    lastActive: profile.query?.usercontribs?.[0]?.timestamp,
    intro: entry?.message,
    talkUrl: links.page(talkPage),
    askUrl: links.newSection(talkPage, questionTitle),
    // A blocked mentor comes back on no known day, whatever the list says.
    away: isBlockedSitewide(user) ? { until: null } : entry && toAbsence(entry, now),
    retired: list !== null && entry === null,
  };
}
