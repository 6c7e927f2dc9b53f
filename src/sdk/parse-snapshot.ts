import { isMentorshipError, MentorshipError } from './errors.js';
import {
  count,
  flag,
  oneOf,
  readFields,
  type Readers,
  record,
  recordOrNull,
  textUpTo,
  toEnum,
  toHttpUrl,
  toInteger,
  toIsoDate,
  toList,
  toRecord,
  toText,
} from './coerce.js';
import type { Gender, Mentor, Program, Question, Snapshot, Viewer } from './snapshot.js';

/** Maximum lengths of an introduction, a question and a user name, in characters. */
const INTRO = 240;
const QUESTION_LENGTH = 2_000;
const NAME = 255;

/** Number of questions of a snapshot: the newest ones. */
export const MOST_QUESTIONS = 3;

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
  return readFields(SNAPSHOT, document, base);
}

const badData = (what: string, cause?: unknown) =>
  new MentorshipError('bad-data', `Invalid snapshot: ${what}.`, { cause });

export const toGender = (value: unknown): Gender => toEnum(value, ['male', 'female'], 'unknown');

const VIEWER: Readers<Omit<Viewer, 'name' | 'talkPage'>> = {
  id: count(0),
  gender: toGender,
  registered: toIsoDate,
  editCount: toInteger,
  status: (value) => toEnum(value ?? 'enabled', ['enabled', 'explicit', 'opted-out', 'disabled'], 'disabled'),
  temporary: flag(false),
  blocked: flag(false),
  blockedUntil: toIsoDate,
  mayEnroll: flag(null),
  isMentor: flag(false),
  inviteDeclined: flag(false),
  inviteSnoozedUntil: toIsoDate,
  email: oneOf(['confirmed', 'unconfirmed', 'none'], null),
  mentoring: recordOrNull({
    pausedUntil: (value) => toEnum(value, ['unknown'], null) ?? toIsoDate(value),
    waitingQuestions: toInteger,
  }),
};

function viewer(data: unknown): Viewer | null {
  if (data === null || data === undefined) return null;
  const fields = toRecord(data);
  const name = toText(fields?.name, NAME);
  if (!fields || !name) throw badData('“viewer.name” is missing', { answer: data });
  return { name, ...readFields(VIEWER, fields) };
}

const MENTOR: Readers<Omit<Mentor, 'name'>> = {
  gender: toGender,
  editCount: toInteger,
  lastActive: toIsoDate,
  intro: textUpTo(INTRO),
  talkUrl: toHttpUrl,
  askUrl: toHttpUrl,
  away: recordOrNull({ until: toIsoDate }),
  retired: flag(false),
  typicalReplyHours: toInteger,
};

/** Validates a mentor; null: the data has no name. */
export function parseMentor(data: unknown, base?: string): Mentor | null {
  if (data === null || data === undefined) return null;
  const fields = toRecord(data);
  const name = toText(fields?.name, NAME);
  return fields && name ? { name, ...readFields(MENTOR, fields, base) } : null;
}

const QUESTION: Readers<Omit<Question, 'text'>> = {
  url: toHttpUrl,
  askedAt: toIsoDate,
  state: oneOf(['waiting', 'answered', 'archived'], 'unknown'),
};

/** Validates the newest three questions. Reads by index, because the host's array may be of any length or class. */
export function parseQuestions(data: unknown, base?: string): Question[] {
  const list = toList(data);
  const questions: Question[] = [];
  for (let index = 0; index < MOST_QUESTIONS; index++) {
    const fields = toRecord(list[index]);
    const text = fields && toText(fields.text, QUESTION_LENGTH);
    if (text) questions.push({ text, ...readFields(QUESTION, fields, base) });
  }
  return questions;
}

const PROGRAM: Readers<Program> = {
  enabled: flag(false),
  automaticEligibility: flag(true),
  minimumEditCount: count(500),
  minimumAgeDays: count(90),
  openWikiMinimumEditCount: count(500),
  openWikiMinimumAgeDays: count(90),
  inviteSnoozeDays: (value) => toInteger(value) || 90,
  graduation: record({ enabled: flag(false), minimumEditCount: count(500), minimumAgeDays: count(30) }),
  learnMoreUrl: (value, base) => toHttpUrl(value === undefined ? LEARN_MORE : value, base),
  enrollUrl: toHttpUrl,
  dashboardUrl: toHttpUrl,
  homepageUrl: toHttpUrl,
  helpDeskUrl: toHttpUrl,
};

const SNAPSHOT: Readers<Snapshot> = {
  viewer,
  mentor: parseMentor,
  standIn: parseMentor,
  mentorsAvailable: flag(null),
  questions: parseQuestions,
  program: record(PROGRAM),
};
