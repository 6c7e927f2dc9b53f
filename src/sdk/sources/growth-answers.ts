import { MentorshipError } from '../errors.js';
import {
  type OutsideRecord,
  readAt,
  readCount,
  readFields,
  readJsonText,
  readList,
  readRecord,
  readText,
  readWord,
} from '../coerce.js';
import { type PageMentor, STATUS_OPTION } from './growth-page.js';
import { accountIn, EXPLICIT_OPTION } from '../mediawiki/queries.js';
import { linksOf, type Links } from './wiki-links.js';

/** Older wikis have all settings on the first page; later ones win. */
export const SETTINGS_PAGES = ['Config', 'Mentorship', 'HelpPanel'].map(
  (name) => `MediaWiki:GrowthExperiments${name}.json`,
);

const STATUS = new Map([
  ['1', 'enabled'],
  ['2', 'opted-out'],
  ['50', 'explicit'],
]);

/** A snapshot document without a mentor, from the batched answer. */
export function documentOf(answer: OutsideRecord, api: URL): OutsideRecord {
  return {
    viewer: viewerOf(answer),
    mentorsAvailable: mentorsAvailable(answer),
    questions: questionsOf(answer, linksOf(answer, api)),
    program: programOf(answer, api),
  };
}

function viewerOf(answer: OutsideRecord): object | null {
  const account = accountIn(answer);
  if (!account) return null;
  const { user, options, viewer } = account;
  const status = STATUS.get(readWord(options[STATUS_OPTION])) ?? 'disabled';
  return {
    ...viewer,
    status: status === 'enabled' && options[EXPLICIT_OPTION] ? 'explicit' : status,
    mayEnroll: Array.isArray(user.rights) ? user.rights.includes('enrollasmentor') : null,
    isMentor: readRecord(mentorList(answer)?.[readWord(user.id)]) !== null,
  };
}

/** By user id; PHP writes an empty list as `[]`. null: the wiki does not say. */
function mentorList({ growthmentorlist }: OutsideRecord): OutsideRecord | null {
  return Array.isArray(growthmentorlist) ? {} : readRecord(growthmentorlist);
}

export function mentorsAvailable(
  answer: OutsideRecord,
  own = readWord(readAt(answer, 'query', 'userinfo')?.id),
): boolean | null {
  const mentors = mentorList(answer);
  return (
    mentors &&
    Object.entries(mentors).some(
      ([id, mentor]) => id !== own && (readCount(readRecord(mentor)?.weight) ?? 0) > 0,
    )
  );
}

/** The option's flags are stale, so nothing is said of a question's state; an archived one has a link that lasts. */
function questionsOf(answer: OutsideRecord, links: Links): object[] {
  const stored = readAt(answer, 'query', 'userinfo', 'options')?.['growthexperiments-mentor-questions'];
  return readList(readJsonText(stored))
    .map(readFields)
    .filter(({ isVisible }) => isVisible !== false)
    .map((item) => ({
      text: item.questionText,
      url: links.resolve(item.isArchived === true ? item.archiveUrl : item.resultUrl),
      askedAt: typeof item.timestamp === 'number' ? new Date(item.timestamp * 1_000).toJSON() : null,
      state: 'unknown',
    }));
}

export function programOf(answer: OutsideRecord, api: URL): object {
  const links = linksOf(answer, api);
  const settings = settingsOf(answer);
  const helpDesk = readText(settings.GEHelpPanelHelpDeskTitle, 255);
  return {
    ...rulesOf(settings),
    enrollUrl: links.page('Special:EnrollAsMentor'),
    dashboardUrl: links.page('Special:MentorDashboard'),
    homepageUrl: links.page('Special:Homepage'),
    helpDeskUrl: helpDesk && links.page(helpDesk),
  };
}

/** Of the program, as the settings say them; a wiki without GrowthExperiments has them under the same names. */
export function rulesOf(settings: OutsideRecord): object {
  const graduation = readAt(settings, 'GEMentorshipStartOptedOutThresholds');
  return {
    enabled: settings.GEMentorshipEnabled,
    automaticEligibility: settings.GEMentorshipAutomaticEligibility,
    minimumEditCount: settings.GEMentorshipMinimumEditcount,
    minimumAgeDays: settings.GEMentorshipMinimumAge,
    graduation: {
      enabled: graduation?.enabled,
      minimumEditCount: graduation?.minEditcount,
      minimumAgeDays: graduation?.minTenureInDays,
    },
  };
}

function settingsOf(answer: OutsideRecord): OutsideRecord {
  const pages = readList(readAt(answer, 'query')?.pages).map(readFields);
  // The wiki answers with the namespace in its own language, so only the name behind it is compared.
  const named = (title: unknown) => readWord(title).split(':').pop();
  return Object.assign(
    Object.create(null) as object,
    ...SETTINGS_PAGES.map((title) => {
      const page = pages.find((candidate) => named(candidate.title) === named(title));
      const revision = readFields(readList(page?.revisions)[0]);
      return readRecord(readJsonText(readAt(revision, 'slots', 'main')?.content));
    }),
  ) as OutsideRecord;
}

/** null: the viewer has no mentor. */
export function mentorNameOf(answer: OutsideRecord): string | null {
  const name = readAt(answer, 'expandtemplates')?.wikitext;
  if (typeof name !== 'string')
    throw new MentorshipError('bad-data', 'No mentor in the answer.', { cause: { answer } });
  return readText(name, 255);
}

interface Known {
  /** The batched answer. */
  batch: OutsideRecord;
  api: URL;
  name: string;
  /** What the page says of this very mentor. */
  page: PageMentor | null;
  /** The title that a question gets. */
  questionTitle: string;
}

/** The mentor and the stand-in, from the answer about their accounts. */
export function mentorsOf(profiles: OutsideRecord, { batch, api, name, page, questionTitle }: Known): object {
  const query = readAt(profiles, 'query');
  const users = readList(query?.users).map(readFields);
  const entries = Object.values(readFields(mentorList(batch))).map(readFields);
  const links = linksOf(batch, api);
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
      lastActive: readRecord(readList(query?.usercontribs)[0])?.timestamp,
      away: standIn && { until: page?.until },
    },
    standIn: standIn && profile(standIn.name, standIn.gender),
  };
}
