import { isMentorshipError, MentorshipError } from './errors.js';
import {
  readCount,
  readDate,
  readFields,
  readFlag,
  readGender,
  readList,
  readOneOf,
  readRecord,
  readText,
  readUrl,
} from './coerce.js';
import type { Mentor, Program, Question, Snapshot, Viewer } from './snapshot.js';

/** The longest introduction and question, and the longest user name that MediaWiki has, in characters. */
const INTRO = 240;
const QUESTION = 2_000;
const NAME = 255;

/** The newest three are read. */
const QUESTIONS = [0, 1, 2];

const LEARN_MORE = 'https://www.mediawiki.org/wiki/Help:Growth/Mentorship';

/**
 * Reads a snapshot from data that may be partial, wrong or hostile. Unknown keys are dropped, missing ones
 * default, numbers and texts are clamped, and a URL that is not http(s), or that has credentials, is null.
 *
 * @param data - a parsed JSON document, or an object of the host's own
 * @param base - the address against which relative URLs are resolved; without it they are null
 * @throws {MentorshipError} `bad-data` where there is no viewer and no program to be found in it
 */
export function parseSnapshot(data: unknown, base?: string): Snapshot {
  try {
    return read(data, base);
  } catch (cause) {
    if (isMentorshipError(cause) && cause.code === 'bad-data') throw cause;
    throw badData('unreadable', cause);
  }
}

function read(data: unknown, base: string | undefined): Snapshot {
  const document = readRecord(data);
  if (!document || !('viewer' in document || 'program' in document))
    throw badData('neither viewer nor program', { answer: data });
  return {
    viewer: viewer(document.viewer),
    mentor: mentor(document.mentor, base),
    standIn: mentor(document.standIn, base),
    mentorsAvailable: readFlag(document.mentorsAvailable, null),
    // By index: a list of the host's own may have other methods, or no end.
    questions: QUESTIONS.flatMap((index) => question(readList(document.questions)[index], base)),
    program: program(document.program, base),
  };
}

const badData = (what: string, cause?: unknown) =>
  new MentorshipError('bad-data', `Not a snapshot: ${what}.`, { cause });

function viewer(data: unknown): Viewer | null {
  if (data === null || data === undefined) return null;
  const fields = readRecord(data);
  const name = readText(fields?.name, NAME);
  if (!fields || !name) throw badData('the viewer has no name', { answer: data });
  const mentoring = readRecord(fields.mentoring);
  return {
    name,
    id: readCount(fields.id) ?? 0,
    gender: readGender(fields.gender),
    registered: readDate(fields.registered),
    editCount: readCount(fields.editCount),
    status: readOneOf(
      fields.status ?? 'enabled',
      ['enabled', 'explicit', 'opted-out', 'disabled'],
      'disabled',
    ),
    temporary: readFlag(fields.temporary, false),
    blocked: readFlag(fields.blocked, false),
    blockedUntil: readDate(fields.blockedUntil),
    mayEnroll: readFlag(fields.mayEnroll, null),
    isMentor: readFlag(fields.isMentor, false),
    inviteDeclined: readFlag(fields.inviteDeclined, false),
    inviteSnoozedUntil: readDate(fields.inviteSnoozedUntil),
    email: readOneOf(fields.email, ['confirmed', 'unconfirmed', 'none'], null),
    mentoring: mentoring && {
      pausedUntil: readDate(mentoring.pausedUntil),
      waitingQuestions: readCount(mentoring.waitingQuestions),
    },
  };
}

function mentor(data: unknown, base: string | undefined): Mentor | null {
  const fields = readRecord(data);
  const name = readText(fields?.name, NAME);
  if (!fields || !name) return null;
  const away = readRecord(fields.away);
  return {
    name,
    gender: readGender(fields.gender),
    editCount: readCount(fields.editCount),
    lastActive: readDate(fields.lastActive),
    intro: readText(fields.intro, INTRO),
    talkUrl: readUrl(fields.talkUrl, base),
    askUrl: readUrl(fields.askUrl, base),
    away: away && { until: readDate(away.until) },
    retired: readFlag(fields.retired, false),
    typicalReplyHours: readCount(fields.typicalReplyHours),
  };
}

function question(data: unknown, base: string | undefined): Question[] {
  const fields = readRecord(data);
  const text = readText(fields?.text, QUESTION);
  if (!fields || !text) return [];
  return [
    {
      text,
      url: readUrl(fields.url, base),
      askedAt: readDate(fields.askedAt),
      state: readOneOf(fields.state, ['waiting', 'answered', 'archived'], 'unknown'),
    },
  ];
}

function program(data: unknown, base: string | undefined): Program {
  const fields = readFields(data);
  const thresholds = readFields(fields.graduation);
  return {
    enabled: readFlag(fields.enabled, false),
    automaticEligibility: readFlag(fields.automaticEligibility, true),
    minimumEditCount: readCount(fields.minimumEditCount) ?? 500,
    minimumAgeDays: readCount(fields.minimumAgeDays) ?? 90,
    openWikiMinimumEditCount: readCount(fields.openWikiMinimumEditCount) ?? 500,
    openWikiMinimumAgeDays: readCount(fields.openWikiMinimumAgeDays) ?? 90,
    inviteSnoozeDays: readCount(fields.inviteSnoozeDays) ?? 90,
    graduation: {
      enabled: readFlag(thresholds.enabled, false),
      minimumEditCount: readCount(thresholds.minimumEditCount) ?? 500,
      minimumAgeDays: readCount(thresholds.minimumAgeDays) ?? 30,
    },
    learnMoreUrl: readUrl(fields.learnMoreUrl === undefined ? LEARN_MORE : fields.learnMoreUrl, base),
    enrollUrl: readUrl(fields.enrollUrl, base),
    dashboardUrl: readUrl(fields.dashboardUrl, base),
    homepageUrl: readUrl(fields.homepageUrl, base),
    helpDeskUrl: readUrl(fields.helpDeskUrl, base),
  };
}
