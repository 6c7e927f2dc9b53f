import { parseSnapshot } from '../parse-snapshot.js';
import {
  type OutsideRecord,
  readAt,
  readFields,
  readJsonText,
  readList,
  readRecord,
  readWord,
} from '../coerce.js';
import type { Snapshot } from '../snapshot.js';
import type { ActionApi } from '../mediawiki/action-api.js';
import {
  accountIn,
  EXPLICIT_OPTION,
  type Links,
  linksOf,
  profileQuery,
  rulesOf,
  SETTINGS_PAGE,
} from '../mediawiki/queries.js';
import { mentorMatters } from '../sources/mentor-matters.js';
import { entriesOf, isAway, type ListEntry, readUserName, takersIn } from '../mediawiki/mentor-list.js';
import { mentorsPageIn, pageIn, readSettings } from './settings.js';
import type { Load } from '../http.js';

/** What a viewer has chosen, in the viewer's own options. */
export const STATUS_OPTION = 'userjs-mentorship-status';
export const MENTOR_OPTION = 'userjs-mentorship-mentor';
export const QUESTIONS_OPTION = 'userjs-mentorship-questions';

/** Where and when something is read. */
export interface Place {
  wiki: ActionApi;
  load: Load;
  now: Date;
}

/** A snapshot of a wiki without GrowthExperiments, from the batched answer and what more it takes. */
export async function readMediawiki(batch: OutsideRecord, { wiki, load, now }: Place): Promise<Snapshot> {
  const account = accountIn(batch);
  // Whoever sees nothing anyway is not told of mistakes in the settings.
  if (!account || account.viewer.temporary) return parseSnapshot({ viewer: account?.viewer ?? null });
  const settings = readSettings(pageIn(batch, SETTINGS_PAGE)?.text ?? null);
  const links = linksOf(batch, wiki.url);
  const program = programOf(settings, links);
  if (!settings.GEMentorshipEnabled) return parseSnapshot({ viewer: account.viewer, program });

  const list = await mentorsFor(batch, settings, { wiki, load });
  const { viewer, options, user } = account;
  const name = readWord(viewer.name);
  const document = {
    viewer: {
      ...viewer,
      status: statusOf(options),
      mayEnroll: mayEnroll(user.groups, settings),
      isMentor: list?.some((mentor) => mentor.name === name) ?? false,
    },
    mentorsAvailable: list && takersIn(list, { except: name, now }).length > 0,
    questions: storedQuestions(options).map((question) => ({
      ...question,
      url: questionUrl(question, links),
      state: 'unknown',
    })),
    program,
  };
  const snapshot = parseSnapshot(document);
  const mentor = readUserName(options[MENTOR_OPTION]);
  if (!mentor || !mentorMatters(snapshot, now)) return snapshot;
  const profile = await wiki.get(profileQuery(mentor), load);
  const questionTitle = `${name} (${now.toISOString().slice(0, 10)})`;
  const entry = list?.find((candidate) => candidate.name === mentor) ?? null;
  return parseSnapshot({
    ...document,
    mentor: mentorFrom(profile, { name: mentor, entry, links, now, questionTitle }),
  });
}

/** The list of mentors, from the answer at hand if that page is in it; null: it is no list. */
export async function mentorsFor(
  batch: OutsideRecord,
  settings: OutsideRecord,
  { wiki, load }: Omit<Place, 'now'>,
): Promise<ListEntry[] | null> {
  const title = mentorsPageIn(settings);
  const listed =
    pageIn(batch, title) ??
    (isAnswered(batch, title) ? null : pageIn(await wiki.get({ ...CONTENT, titles: title }, load), title));
  return listIn(listed?.text ?? null);
}

export const CONTENT = { action: 'query', prop: 'revisions', rvprop: 'ids|content', rvslots: 'main' };

/** Whether an answer says anything of a page, be it that there is none. */
const isAnswered = (answer: OutsideRecord, title: string) =>
  readList(readAt(answer, 'query')?.pages)
    .map(readFields)
    .some((page) => page.title === title) ||
  readList(readAt(answer, 'query')?.normalized)
    .map(readFields)
    .some(({ from }) => from === title);

export function programOf(settings: OutsideRecord, links: Links): object {
  const { learnMoreUrl, helpDeskUrl } = settings;
  return {
    ...rulesOf(settings),
    learnMoreUrl: typeof learnMoreUrl === 'string' ? links.resolve(learnMoreUrl) : learnMoreUrl,
    helpDeskUrl: links.resolve(helpDeskUrl),
  };
}

/** null: it is no list. Of a page that is missing: nobody. */
export function listIn(text: string | null): ListEntry[] | null {
  if (text === null) return [];
  const mentors = readRecord(readJsonText(text))?.Mentors;
  // PHP writes an empty list as `[]`.
  const list = Array.isArray(mentors) && mentors.length === 0 ? {} : readRecord(mentors);
  return list && entriesOf(list);
}

const statusOf = (options: OutsideRecord) => {
  const status = options[STATUS_OPTION];
  if (status === 'opted-out' || status === 'disabled') return status;
  return options[EXPLICIT_OPTION] ? 'explicit' : 'enabled';
};

/** null: the thresholds decide. */
export function mayEnroll(
  memberOf: unknown,
  { enrolGroups, GEMentorshipAutomaticEligibility }: OutsideRecord,
): boolean | null {
  if (!Array.isArray(enrolGroups)) return null;
  const groups = readList(memberOf);
  if (enrolGroups.some((group) => groups.includes(group))) return true;
  return GEMentorshipAutomaticEligibility === false ? false : null;
}

/** A question of the viewer's, as the viewer's options keep it. */
export interface StoredQuestion {
  /** Its beginning. */
  text: string;
  page: string;
  /** The heading above it. */
  section: string;
  revision: number;
  /** ISO 8601 in UTC. */
  askedAt: string;
}

/** Newest first. */
export const storedQuestions = (options: OutsideRecord): StoredQuestion[] =>
  readList(readJsonText(options[QUESTIONS_OPTION]))
    .map(readFields)
    .map(({ text, page, section, revision, askedAt }) => ({
      text: readWord(text),
      page: readWord(page),
      section: readWord(section),
      revision: Number(revision) || 0,
      askedAt: readWord(askedAt),
    }))
    .filter(({ text, page }) => text && page)
    .slice(0, 3);

export function questionUrl({ page, section }: Pick<StoredQuestion, 'page' | 'section'>, links: Links) {
  const url = links.page(page);
  // As the wiki makes an anchor of a heading.
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

/** null: the account is gone, or was renamed. */
export function mentorFrom(profile: OutsideRecord, known: Known): object | null {
  const { name, entry, links, now, questionTitle } = known;
  const query = readAt(profile, 'query');
  const user = readFields(readList(query?.users)[0]);
  if (user.userid === undefined) return null;
  const until = entry?.awayUntil ?? null;
  return {
    name,
    gender: user.gender,
    editCount: user.editcount,
    lastActive: readRecord(readList(query?.usercontribs)[0])?.timestamp,
    intro: entry?.message,
    talkUrl: links.page(`User talk:${name}`),
    askUrl: links.newSection(`User talk:${name}`, questionTitle),
    away: entry && isAway(entry, now) ? { until: until && new Date(until).toJSON() } : null,
  };
}
