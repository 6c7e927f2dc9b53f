import { parseSnapshot, withMentors } from '../parse-snapshot.js';
import {
  getPath,
  type OutsideRecord,
  parseJsonOrNull,
  toList,
  toRecord,
  toRecordOrEmpty,
  toStringOrEmpty,
} from '../coerce.js';
import type { Snapshot } from '../snapshot.js';
import type { ActionApi } from '../mediawiki/action-api.js';
import {
  EXPLICIT_OPTION,
  type Links,
  profileQuery,
  SETTINGS_PAGE,
  toAccount,
  toLinks,
  toProgramRules,
  questionTitle,
} from '../mediawiki/queries.js';
import { needsMentor } from '../decide.js';
import {
  availableMentors,
  isAway,
  type ListEntry,
  parseMentorList,
  toUserName,
} from '../mediawiki/mentor-list.js';
import { findPage, mentorsPageTitle, parseSettings } from './settings.js';
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
  batch: OutsideRecord,
  { wiki, budget, now }: ReadContext,
): Promise<Snapshot> {
  const account = toAccount(batch);
  // Skips the settings, because an error in them must not reach viewers who get no card.
  if (!account || account.viewer.temporary) return parseSnapshot({ viewer: account?.viewer ?? null });
  const settings = parseSettings(findPage(batch, SETTINGS_PAGE)?.text ?? null);
  const links = toLinks(batch, wiki.url);
  const program = toPlainProgram(settings, links);
  if (!settings.GEMentorshipEnabled) return parseSnapshot({ viewer: account.viewer, program });

  const list = await loadMentors(batch, settings, { wiki, budget });
  const { viewer, options, user } = account;
  const name = toStringOrEmpty(viewer.name);
  const snapshot = parseSnapshot({
    viewer: {
      ...viewer,
      status: toStatus(options),
      mayEnroll: mayEnroll(user.groups, settings),
      isMentor: list?.some((mentor) => mentor.name === name) ?? false,
    },
    mentorsAvailable: list && availableMentors(list, { except: name, now }).length > 0,
    questions: storedQuestions(options).map((question) => ({
      ...question,
      url: questionUrl(question, links),
      state: 'unknown',
    })),
    program,
  });
  const mentor = toUserName(options[MENTOR_OPTION]);
  if (!mentor || !needsMentor(snapshot, now)) return snapshot;
  const profile = await wiki.get(profileQuery(mentor), budget);
  const entry = list?.find((candidate) => candidate.name === mentor) ?? null;
  return withMentors(snapshot, {
    mentor: toMentor(profile, { name: mentor, entry, links, now, questionTitle: questionTitle(name, now) }),
  });
}

/** Reads the list of mentors from the batched response or, if it lacks the page, by a request; null: not a list. */
export async function loadMentors(
  batch: OutsideRecord,
  settings: OutsideRecord,
  { wiki, budget }: Omit<ReadContext, 'now'>,
): Promise<ListEntry[] | null> {
  const title = mentorsPageTitle(settings);
  const listed =
    findPage(batch, title) ??
    (mentionsPage(batch, title)
      ? null
      : findPage(await wiki.get({ ...CONTENT, titles: title }, budget), title));
  return parseMentorsPage(listed?.text ?? null);
}

export const CONTENT = { action: 'query', prop: 'revisions', rvprop: 'ids|content', rvslots: 'main' };

/** Returns true if the response mentions the page, even as missing. */
const mentionsPage = (answer: OutsideRecord, title: string) =>
  toList(getPath(answer, 'query')?.pages)
    .map(toRecordOrEmpty)
    .some((page) => page.title === title) ||
  toList(getPath(answer, 'query')?.normalized)
    .map(toRecordOrEmpty)
    .some(({ from }) => from === title);

export function toPlainProgram(settings: OutsideRecord, links: Links): object {
  const { learnMoreUrl, helpDeskUrl } = settings;
  return {
    ...toProgramRules(settings),
    learnMoreUrl: typeof learnMoreUrl === 'string' ? links.resolve(learnMoreUrl) : learnMoreUrl,
    helpDeskUrl: links.resolve(helpDeskUrl),
  };
}

/** Parses the page that lists the mentors; null: not a list. A missing page (null) is an empty list. */
export function parseMentorsPage(text: string | null): ListEntry[] | null {
  if (text === null) return [];
  const mentors = toRecord(parseJsonOrNull(text))?.Mentors;
  // PHP encodes an empty list as `[]`.
  const list = Array.isArray(mentors) && mentors.length === 0 ? {} : toRecord(mentors);
  return list && parseMentorList(list);
}

const toStatus = (options: OutsideRecord) => {
  const status = options[PLAIN_STATUS_OPTION];
  if (status === 'opted-out' || status === 'disabled') return status;
  return options[EXPLICIT_OPTION] ? 'explicit' : 'enabled';
};

/** Returns `Viewer.mayEnroll`; null: edit count and account age decide. */
export function mayEnroll(
  memberOf: unknown,
  { enrolGroups, GEMentorshipAutomaticEligibility }: OutsideRecord,
): boolean | null {
  if (!Array.isArray(enrolGroups)) return null;
  const groups = toList(memberOf);
  if (enrolGroups.some((group) => groups.includes(group))) return true;
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
export const storedQuestions = (options: OutsideRecord): StoredQuestion[] =>
  toList(parseJsonOrNull(options[QUESTIONS_OPTION]))
    .map(toRecordOrEmpty)
    .map(({ text, page, section, revision, askedAt }) => ({
      text: toStringOrEmpty(text),
      page: toStringOrEmpty(page),
      section: toStringOrEmpty(section),
      revision: Number(revision) || 0,
      askedAt: toStringOrEmpty(askedAt),
    }))
    .filter(({ text, page }) => text && page)
    .slice(0, 3);

export function questionUrl({ page, section }: Pick<StoredQuestion, 'page' | 'section'>, links: Links) {
  const url = links.page(page);
  // Encodes the heading like the wiki's anchor.
  const anchor = section.replace(/'{2,}/g, '').replaceAll(' ', '_');
  return url && `${url}#${encodeURIComponent(anchor).replaceAll('%3A', ':')}`;
}

interface Known {
  name: string;
  entry: ListEntry | null;
  links: Links;
  now: Date;
  questionTitle: string;
}

/** Returns the mentor, unvalidated; null: no account of this name, such as after a rename. */
export function toMentor(profile: OutsideRecord, known: Known): object | null {
  const { name, entry, links, now, questionTitle } = known;
  const query = getPath(profile, 'query');
  const user = toRecordOrEmpty(toList(query?.users)[0]);
  if (user.userid === undefined) return null;
  const until = entry?.awayUntil ?? null;
  return {
    name,
    gender: user.gender,
    editCount: user.editcount,
    lastActive: toRecord(toList(query?.usercontribs)[0])?.timestamp,
    intro: entry?.message,
    talkUrl: links.page(`User talk:${name}`),
    askUrl: links.newSection(`User talk:${name}`, questionTitle),
    away: entry && isAway(entry, now) ? { until: until && new Date(until).toJSON() } : null,
  };
}
