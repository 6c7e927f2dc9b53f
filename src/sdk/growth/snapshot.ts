import { parseSnapshot, withMentors } from '../parse-snapshot.js';
import {
  getPath,
  type OutsideRecord,
  parseJsonOrNull,
  toGender,
  toInteger,
  toList,
  toRecord,
  toRecordOrEmpty,
  toStringOrEmpty,
  toText,
} from '../coerce.js';
import type { Gender, Snapshot } from '../snapshot.js';
import { type ActionApi, actionApi, type WikiPage, type WikiSourceOptions } from '../mediawiki/action-api.js';
import {
  EXPLICIT_OPTION,
  type Links,
  profileQuery,
  SETTINGS_PAGES,
  SETTINGS_QUERY,
  STATUS_OPTION,
  toAccount,
  toLinks,
  toPageViewer,
  toProgramRules,
  VIEWER_QUERY,
  mentorNameQuery,
  questionTitle,
} from '../mediawiki/queries.js';
import { type RequestBudget, withDeadline } from '../http.js';
import type { MentorshipSource } from '../source.js';
import { needsMentor } from '../decide.js';
import { MentorshipError } from '../errors.js';

/** Loads the snapshot if the batched response comes from a wiki without GrowthExperiments. @internal */
export interface Fallback {
  /** Titles of further pages to request in the batch. */
  titles: readonly string[];
  isOtherWiki: (batch: OutsideRecord) => boolean;
  read: (
    batch: OutsideRecord,
    place: { wiki: ActionApi; budget: RequestBudget; now: Date },
  ) => Promise<Snapshot>;
}

/** Creates the `load` method of a source for a wiki with GrowthExperiments. @internal */
export function createGrowthLoad(
  { page, now = () => new Date(), ...access }: WikiSourceOptions,
  otherwise?: Fallback,
): MentorshipSource['load'] {
  const titles = [...SETTINGS_PAGES, ...(otherwise?.titles ?? [])].join('|');
  const read = async (budget: RequestBudget): Promise<Snapshot> => {
    const wiki = actionApi(access);
    const known = page ? toPageViewer(page) : null;
    if (known?.kind === 'nobody') return parseSnapshot({ viewer: known.viewer });
    if (known?.kind === 'disabled') {
      const settings = await wiki.get(SETTINGS_QUERY, budget);
      const program = toGrowthProgram(settings, toLinks(settings, wiki.url));
      return parseSnapshot({ viewer: known.viewer, program });
    }
    const getMentorName = async (viewer: string) =>
      toMentorName(await wiki.get(mentorNameQuery(viewer), budget));
    // Requests the mentor at once if the page names one, because then the wiki's program is enabled.
    const pageMentor = page ? toPageMentor(page) : null;
    const early = known && pageMentor ? getMentorName(known.name) : null;
    // Prevents an unhandled rejection: the error is thrown below if the mentor is needed.
    early?.catch(() => {});
    const batch = await wiki.get({ ...VIEWER_QUERY, list: 'growthmentorlist', titles }, budget);
    if (otherwise?.isOtherWiki(batch)) return otherwise.read(batch, { wiki, budget, now: now() });
    const links = toLinks(batch, wiki.url);
    const snapshot = parseSnapshot(toDocument(batch, links));
    if (!snapshot.viewer || !needsMentor(snapshot, now())) return snapshot;

    const name = await (early ?? getMentorName(snapshot.viewer.name));
    if (!name) return snapshot;
    const sameMentor = pageMentor?.name === name ? pageMentor : null;
    const profiles = await wiki.get(profileQuery(name, sameMentor?.standIn?.name), budget);
    const mentors = toMentors(profiles, {
      batch,
      links,
      name,
      page: sameMentor,
      questionTitle: questionTitle(snapshot.viewer.name, now()),
    });
    return withMentors(snapshot, mentors);
  };
  return ({ signal }) => withDeadline(signal, read);
}

const STATUS = new Map([
  ['1', 'enabled'],
  ['2', 'opted-out'],
  ['50', 'explicit'],
]);

/** Converts the batched response into a snapshot document without a mentor. */
export function toDocument(answer: OutsideRecord, links: Links): OutsideRecord {
  return {
    viewer: toViewer(answer),
    mentorsAvailable: mentorsAvailable(answer),
    questions: toQuestions(answer, links),
    program: toGrowthProgram(answer, links),
  };
}

function toViewer(answer: OutsideRecord): object | null {
  const account = toAccount(answer);
  if (!account) return null;
  const { user, options, viewer } = account;
  const status = STATUS.get(toStringOrEmpty(options[STATUS_OPTION])) ?? 'disabled';
  return {
    ...viewer,
    status: status === 'enabled' && options[EXPLICIT_OPTION] ? 'explicit' : status,
    mayEnroll: Array.isArray(user.rights) ? user.rights.includes('enrollasmentor') : null,
    isMentor: toRecord(mentorList(answer)?.[toStringOrEmpty(user.id)]) !== null,
  };
}

/** Returns the mentors by user id; null if the response has none. PHP encodes an empty list as `[]`. */
function mentorList({ growthmentorlist }: OutsideRecord): OutsideRecord | null {
  return Array.isArray(growthmentorlist) ? {} : toRecord(growthmentorlist);
}

export function mentorsAvailable(
  answer: OutsideRecord,
  own = toStringOrEmpty(getPath(answer, 'query', 'userinfo')?.id),
): boolean | null {
  const mentors = mentorList(answer);
  return (
    mentors &&
    Object.entries(mentors).some(
      ([id, mentor]) => id !== own && (toInteger(toRecord(mentor)?.weight) ?? 0) > 0,
    )
  );
}

/** Returns the questions with the state `unknown`, because the option is stale. Archived ones link to the archive. */
function toQuestions(answer: OutsideRecord, links: Links): object[] {
  const stored = getPath(answer, 'query', 'userinfo', 'options')?.['growthexperiments-mentor-questions'];
  return toList(parseJsonOrNull(stored))
    .map(toRecordOrEmpty)
    .filter(({ isVisible }) => isVisible !== false)
    .map((item) => ({
      text: item.questionText,
      url: links.resolve(item.isArchived === true ? item.archiveUrl : item.resultUrl),
      askedAt: typeof item.timestamp === 'number' ? new Date(item.timestamp * 1000).toJSON() : null,
      state: 'unknown',
    }));
}

export function toGrowthProgram(answer: OutsideRecord, links: Links): object {
  const settings = toSettings(answer);
  const helpDesk = toText(settings.GEHelpPanelHelpDeskTitle, 255);
  return {
    ...toProgramRules(settings),
    enrollUrl: links.page('Special:EnrollAsMentor'),
    dashboardUrl: links.page('Special:MentorDashboard'),
    homepageUrl: links.page('Special:Homepage'),
    helpDeskUrl: helpDesk && links.page(helpDesk),
  };
}

function toSettings(answer: OutsideRecord): OutsideRecord {
  const pages = new Map(
    toList(getPath(answer, 'query')?.pages)
      .map(toRecordOrEmpty)
      .map((page) => [baseName(page.title), page]),
  );
  return Object.assign(
    Object.create(null) as object,
    ...SETTINGS_PAGES.map((title) => {
      const revision = toRecord(toList(pages.get(baseName(title))?.revisions)[0]);
      return toRecord(parseJsonOrNull(getPath(revision, 'slots', 'main')?.content));
    }),
  ) as OutsideRecord;
}

/** Returns a title without its namespace, because the response has namespaces in the wiki's language. */
const baseName = (title: unknown) => toStringOrEmpty(title).split(':').pop();

/** Returns the mentor's name from the response to `mentorNameQuery`; null: no mentor. */
export function toMentorName(answer: OutsideRecord): string | null {
  const name = getPath(answer, 'expandtemplates')?.wikitext;
  if (typeof name !== 'string')
    throw new MentorshipError('bad-data', 'GET …/api.php: “wikitext” is missing.', { cause: { answer } });
  return toText(name, 255);
}

interface MentorContext {
  /** Batched response. */
  batch: OutsideRecord;
  links: Links;
  name: string;
  /** Data about the same mentor from the page's variables. */
  page: PageMentor | null;
  /** Title of the section that `askUrl` opens. */
  questionTitle: string;
}

/** Returns the mentor and the stand-in, unvalidated, from the response to `profileQuery`. */
export function toMentors(
  profiles: OutsideRecord,
  { batch, links, name, page, questionTitle }: MentorContext,
): object {
  const query = getPath(profiles, 'query');
  const users = toList(query?.users).map(toRecordOrEmpty);
  const entries = Object.values(toRecordOrEmpty(mentorList(batch))).map(toRecordOrEmpty);
  const profile = (username: string, gender: string | undefined) => {
    const user = users.find((candidate) => candidate.name === username);
    return {
      name: username,
      gender: user?.gender ?? gender,
      editCount: user?.editcount,
      intro: entries.find((entry) => entry.username === username)?.message,
      talkUrl: links.page(`User talk:${username}`),
      askUrl: links.newSection(`User talk:${username}`, questionTitle),
    };
  };
  const standIn = page?.standIn ?? null;
  return {
    mentor: {
      ...profile(name, page?.gender),
      lastActive: toRecord(toList(query?.usercontribs)[0])?.timestamp,
      away: standIn && { until: page?.until },
    },
    standIn: standIn && profile(standIn.name, standIn.gender),
  };
}

interface NameAndGender {
  name: string;
  gender: Gender;
}

/** Mentor in the page's `mw.config`, used only if the API names the same one: the page may be cached. @internal */
export interface PageMentor extends NameAndGender {
  /** Mentor who answers during the absence; null: not away. */
  standIn: NameAndGender | null;
  until: string | null;
}

/** Reads the mentor from the variables of Special:Homepage or, without them, of the help panel. @internal */
export function toPageMentor({ config }: WikiPage): PageMentor | null {
  const panel = toRecord(config.get('wgGEHelpPanelMentorData'));
  const homepage = (field: string) => config.get(`GEHomepageMentorship${field}`);
  const mentor =
    toPerson(homepage('MentorName'), homepage('MentorGender')) ?? toPerson(panel?.name, panel?.gender);
  if (!mentor) return null;
  const effective =
    toPerson(homepage('EffectiveMentorName'), homepage('EffectiveMentorGender')) ??
    toPerson(panel?.effectiveName, panel?.effectiveGender);
  const standIn = effective && effective.name !== mentor.name ? effective : null;
  return { ...mentor, standIn, until: standIn && toDay(homepage('BackAt') ?? panel?.backAt) };
}

function toPerson(name: unknown, gender: unknown): NameAndGender | null {
  const text = toText(name, 255);
  return text === null ? null : { name: text, gender: toGender(gender) };
}

/** Parses a day such as “3 May 2026”. Returns null in other languages, because the wiki localizes the month. */
const toDay = (value: unknown): string | null =>
  // `toJSON()` returns null for an invalid date.
  typeof value === 'string' && /^\d{1,2} \p{L}+ \d{4}$/u.test(value)
    ? new Date(`${value} UTC`).toJSON()
    : null;
