import {
  type OutsideRecord,
  parseJsonOrNull,
  toIsoTime,
  toRecord,
  toStringOrEmpty,
  toText,
} from '../coerce.js';

/** Identity of a user. The id identifies the account, because the name changes with a rename. */
export interface UserIdentity {
  /** User id; empty: unknown, so the name identifies the account. */
  id: string;
  name: string;
}

/** Entry of a wiki's list of mentors, which people may edit by hand. Its name may be stale, or empty if it is missing. */
export interface ListEntry extends UserIdentity {
  /** Share of new mentees, relative to other mentors: 0, 1, 2 or 4. */
  weight: number;
  message: unknown;
  /** End of the absence in milliseconds since 1970; NaN: invalid date; null: not away. */
  awayUntil: number | null;
}

/**
 * List of mentors in GrowthExperiments' format, an object by user id. Its entries are parsed only where they are needed,
 * because a wiki may have thousands.
 */
export type MentorList = OutsideRecord;

/** Finds the entry of a user, and parses no entry with the id of another one; null: not listed. */
export function findListed(list: MentorList, user: UserIdentity): ListEntry | null {
  for (const key of Object.keys(list)) {
    const isOther = user.id && key !== user.id && /^[1-9]\d*$/.test(key);
    const entry = isOther ? null : toListEntry(key, list[key]);
    if (entry && isSameUser(entry, user)) return entry;
  }
  return null;
}

/** Returns the list in a response; null: the response has none. PHP encodes an empty list as `[]`. */
export const toMentorList = ({ growthmentorlist }: OutsideRecord): MentorList | null =>
  toRecord(Array.isArray(growthmentorlist) ? {} : growthmentorlist);

/** Returns the list in a page's JSON; null: not a list. A missing page is an empty list. */
export function parseMentorsPage(page: { text: string } | null | undefined): MentorList | null {
  if (!page) return {};
  const mentors = toRecord(parseJsonOrNull(page.text))?.Mentors;
  // PHP encodes an empty list as `[]`.
  if (Array.isArray(mentors) && mentors.length === 0) return {};
  return toRecord(mentors);
}

/** Returns the user id in the key of an entry; empty: the key is none. */
const toId = (key: string): string => /^\s*0*([1-9]\d*)\s*$/.exec(key)?.[1] ?? '';

/** Parses an entry of a list, of which only the id is required; null: its name is invalid, or it is not an object. */
export function toListEntry(key: string, entry: unknown): ListEntry | null {
  const fields = toRecord(entry);
  if (!fields) return null;
  const { username, weight, message, awayTimestamp, automaticallyAssigned } = fields;
  const id = toId(key);
  const name = username === undefined && id ? '' : toUserName(username ?? key);
  if (name === null) return null;
  return {
    id,
    name,
    // Older lists have this field, which the weight 0 has replaced.
    weight: automaticallyAssigned === undefined || automaticallyAssigned ? toWeight(weight) : 0,
    message,
    awayUntil: toTime(toStringOrEmpty(awayTimestamp)),
  };
}

/** Returns the highest valid weight up to the value, so that nobody gets more mentees than the wiki intends. */
function toWeight(value: unknown): number {
  if (value === undefined) return 2;
  const weight = Number(toStringOrEmpty(value) || NaN);
  return [4, 2, 1].find((valid) => weight >= valid) ?? 0;
}

/** Returns a name, as people type it, in the wiki's form; null: no account can have this name. */
export function toUserName(value: unknown): string | null {
  const typed = typeof value === 'string' ? value.replace(/^[^:]*:/, '') : '';
  const name = toText(normalizeUserName(typed), 255);
  return name !== null && !/[\p{Cc}#<>[\]|{}/:@]/u.test(name) ? name : null;
}

/** Normalizes spaces, invisible marks and the first letter, as the wiki does. */
export function normalizeUserName(text: string): string {
  const name = text
    .normalize()
    .replace(/[\u200E\u200F\u202A-\u202E]/gu, '')
    .replace(/[ _]+/gu, ' ')
    .trim();
  const [first = ''] = name;
  const upper = first.toUpperCase();
  // A letter such as “ß” has no single capital letter, so the wiki keeps it.
  return upper.length === first.length ? upper + name.slice(first.length) : name;
}

const DATE = /^(\d{4})-?(\d\d)-?(\d\d)(?:[T ]?(\d\d):?(\d\d)(?::?(\d\d))?)?Z?$/;

function toTime(word: string): number | null {
  const text = word.trim();
  if (text === '') return null;
  const [, year, month, day, hours = '00', minutes = '00', seconds = '00'] = DATE.exec(text) ?? [];
  // Without a time zone, the wiki means UTC.
  return Date.parse(year ? `${year}-${month}-${day}T${hours}:${minutes}:${seconds}Z` : text);
}

/** Returns true if the mentor is away at `now`. An invalid date counts as away. */
export const isAway = ({ awayUntil }: ListEntry, now: Date): boolean =>
  awayUntil !== null && !(awayUntil <= now.getTime());

/** Returns the absence of a mentor on the list; null: not away. */
export const toAbsence = (entry: ListEntry, now: Date): { until: string | null } | null =>
  isAway(entry, now) ? { until: toLaterDay(entry.awayUntil ?? NaN, now) } : null;

/** Returns a time as ISO 8601; null: invalid, or not later than today in UTC and in the viewer's time zone. */
export function toLaterDay(time: number, now: Date): string | null {
  const iso = toIsoTime(time);
  const offset = Math.max(0, -now.getTimezoneOffset() * 60_000);
  const today = new Date(now.getTime() + offset).toISOString().slice(0, 10);
  return iso !== null && iso.slice(0, 10) > today ? iso : null;
}

/** Returns the identity of a user in a response, who may be unknown to the wiki. */
export const toUserIdentity = ({ userid, id = userid, name }: OutsideRecord): UserIdentity => ({
  id: id ? toStringOrEmpty(id) : '',
  name: toStringOrEmpty(name),
});

/** Returns true if both are the same account: by id, or by name if one of the ids is unknown. */
export const isSameUser = (a: UserIdentity, b: UserIdentity): boolean =>
  a.id && b.id ? a.id === b.id : a.name !== '' && a.name === b.name;

export interface Availability {
  /** User who is not one's own mentor. */
  except: UserIdentity;
  now: Date;
}

/** Returns true for a mentor, but not for `except`, who takes new mentees now. */
export const isAvailable = (entry: ListEntry | null, { except, now }: Availability): entry is ListEntry =>
  entry !== null && !isSameUser(entry, except) && entry.weight > 0 && !isAway(entry, now);

/** Returns true if a mentor takes new mentees now. Parses the entries up to the first of them. */
export const hasAvailable = (list: MentorList, options: Availability): boolean =>
  Object.keys(list).some((key) => isAvailable(toListEntry(key, list[key]), options));
