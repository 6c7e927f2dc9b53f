import { isMentorshipError, MentorshipError } from './errors.js';
import {
  toBoolean,
  toEnum,
  toGender,
  toHttpUrl,
  toInteger,
  toIsoDate,
  toList,
  toRecord,
  toRecordOrEmpty,
  toText,
} from './coerce.js';
import type { Mentor, Program, Question, Snapshot, Viewer } from './snapshot.js';

/** Maximum lengths of an introduction, a question and a user name, in characters. */
const INTRO = 240;
const QUESTION = 2_000;
const NAME = 255;

/** Indexes of the questions that are read: the newest three. */
const QUESTIONS = [0, 1, 2];

const LEARN_MORE = 'https://www.mediawiki.org/wiki/Help:Growth/Mentorship';

/**
 * Validates untrusted data and returns a frozen snapshot. Drops unknown keys, fills in defaults, clamps numbers and
 * texts, and replaces URLs that are not http(s) or have credentials with null.
 *
 * @param data - parsed JSON document, or an object of the host
 * @param base - URL against which relative URLs are resolved; without it they become null
 * @throws {MentorshipError} `bad-data` if both `viewer` and `program` are missing, or the viewer has no name
 */
export function parseSnapshot(data: unknown, base?: string): Snapshot {
  if (isParsed(data)) return data;
  try {
    return markParsed(read(data, base));
  } catch (cause) {
    if (isMentorshipError(cause) && cause.code === 'bad-data') throw cause;
    throw badData('it cannot be read', cause);
  }
}

/** Validated snapshots. They are frozen, so none has to be validated again. */
const parsed = new WeakSet<object>();

const isParsed = (data: unknown): data is Snapshot =>
  typeof data === 'object' && data !== null && parsed.has(data);

function markParsed(snapshot: Snapshot): Snapshot {
  parsed.add(snapshot);
  return deepFreeze(snapshot);
}

function deepFreeze<T extends object>(value: T): T {
  for (const inner of Object.values(value) as unknown[])
    if (typeof inner === 'object' && inner !== null && !Object.isFrozen(inner)) deepFreeze(inner);
  return Object.freeze(value);
}

/** Returns the snapshot with another mentor and stand-in, after validating both. */
export const withMentors = (
  snapshot: Snapshot,
  { mentor, standIn }: { mentor?: unknown; standIn?: unknown },
): Snapshot => markParsed({ ...snapshot, mentor: parseMentor(mentor), standIn: parseMentor(standIn) });

function read(data: unknown, base: string | undefined): Snapshot {
  const document = toRecord(data);
  if (!document || !('viewer' in document || 'program' in document))
    throw badData('“viewer” and “program” are missing', { answer: data });
  return {
    viewer: viewer(document.viewer),
    mentor: parseMentor(document.mentor, base),
    standIn: parseMentor(document.standIn, base),
    mentorsAvailable: toBoolean(document.mentorsAvailable, null),
    questions: parseQuestions(document.questions, base),
    program: program(document.program, base),
  };
}

const badData = (what: string, cause?: unknown) =>
  new MentorshipError('bad-data', `Invalid snapshot: ${what}.`, { cause });

function viewer(data: unknown): Viewer | null {
  if (data === null || data === undefined) return null;
  const fields = toRecord(data);
  const name = toText(fields?.name, NAME);
  if (!fields || !name) throw badData('“viewer.name” is missing', { answer: data });
  const mentoring = toRecord(fields.mentoring);
  return {
    name,
    id: toInteger(fields.id) ?? 0,
    gender: toGender(fields.gender),
    registered: toIsoDate(fields.registered),
    editCount: toInteger(fields.editCount),
    status: toEnum(fields.status ?? 'enabled', ['enabled', 'explicit', 'opted-out', 'disabled'], 'disabled'),
    temporary: toBoolean(fields.temporary, false),
    blocked: toBoolean(fields.blocked, false),
    blockedUntil: toIsoDate(fields.blockedUntil),
    mayEnroll: toBoolean(fields.mayEnroll, null),
    isMentor: toBoolean(fields.isMentor, false),
    inviteDeclined: toBoolean(fields.inviteDeclined, false),
    inviteSnoozedUntil: toIsoDate(fields.inviteSnoozedUntil),
    email: toEnum(fields.email, ['confirmed', 'unconfirmed', 'none'], null),
    mentoring: mentoring && {
      pausedUntil: toEnum(mentoring.pausedUntil, ['unknown'], null) ?? toIsoDate(mentoring.pausedUntil),
      waitingQuestions: toInteger(mentoring.waitingQuestions),
    },
  };
}

/** Validates a mentor; null: the data has no name. */
export function parseMentor(data: unknown, base?: string): Mentor | null {
  if (data === null || data === undefined) return null;
  const fields = toRecord(data);
  const name = toText(fields?.name, NAME);
  if (!fields || !name) return null;
  const away = toRecord(fields.away);
  return {
    name,
    gender: toGender(fields.gender),
    editCount: toInteger(fields.editCount),
    lastActive: toIsoDate(fields.lastActive),
    intro: toText(fields.intro, INTRO),
    talkUrl: toHttpUrl(fields.talkUrl, base),
    askUrl: toHttpUrl(fields.askUrl, base),
    away: away && { until: toIsoDate(away.until) },
    retired: toBoolean(fields.retired, false),
    typicalReplyHours: toInteger(fields.typicalReplyHours),
  };
}

/** Validates the newest three questions. Reads by index, because the host's array may be of any length. */
export const parseQuestions = (data: unknown, base?: string): Question[] => {
  const list = toList(data);
  return QUESTIONS.flatMap((index) => (index in list ? question(list[index], base) : []));
};

function question(data: unknown, base: string | undefined): Question[] {
  const fields = toRecord(data);
  const text = toText(fields?.text, QUESTION);
  if (!fields || !text) return [];
  return [
    {
      text,
      url: toHttpUrl(fields.url, base),
      askedAt: toIsoDate(fields.askedAt),
      state: toEnum(fields.state, ['waiting', 'answered', 'archived'], 'unknown'),
    },
  ];
}

function program(data: unknown, base: string | undefined): Program {
  const fields = toRecordOrEmpty(data);
  const thresholds = toRecordOrEmpty(fields.graduation);
  return {
    enabled: toBoolean(fields.enabled, false),
    automaticEligibility: toBoolean(fields.automaticEligibility, true),
    minimumEditCount: toInteger(fields.minimumEditCount) ?? 500,
    minimumAgeDays: toInteger(fields.minimumAgeDays) ?? 90,
    openWikiMinimumEditCount: toInteger(fields.openWikiMinimumEditCount) ?? 500,
    openWikiMinimumAgeDays: toInteger(fields.openWikiMinimumAgeDays) ?? 90,
    inviteSnoozeDays: toInteger(fields.inviteSnoozeDays) || 90,
    graduation: {
      enabled: toBoolean(thresholds.enabled, false),
      minimumEditCount: toInteger(thresholds.minimumEditCount) ?? 500,
      minimumAgeDays: toInteger(thresholds.minimumAgeDays) ?? 30,
    },
    learnMoreUrl: toHttpUrl(fields.learnMoreUrl === undefined ? LEARN_MORE : fields.learnMoreUrl, base),
    enrollUrl: toHttpUrl(fields.enrollUrl, base),
    dashboardUrl: toHttpUrl(fields.dashboardUrl, base),
    homepageUrl: toHttpUrl(fields.homepageUrl, base),
    helpDeskUrl: toHttpUrl(fields.helpDeskUrl, base),
  };
}
