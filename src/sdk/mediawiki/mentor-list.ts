import { MentorshipError } from '../errors.js';
import {
  getPath,
  type OutsideRecord,
  toInteger,
  toList,
  toRecord,
  toRecordOrEmpty,
  toStringOrEmpty,
  toText,
} from '../coerce.js';
import type { Get } from './session.js';

/** Entry of a wiki's list of mentors, which people may edit by hand. */
export interface ListEntry {
  id: string;
  name: string;
  /** Share of new mentees, relative to other mentors; 0: none. */
  weight: number;
  message: unknown;
  /** End of the absence in milliseconds since 1970; NaN: invalid date; null: not away. */
  awayUntil: number | null;
}

/** Parses a list in GrowthExperiments' format, an object by user id. Skips entries without a valid name. */
export const parseMentorList = (list: OutsideRecord): ListEntry[] =>
  Object.entries(list)
    .map(([id, entry]) => ({ id, fields: toRecord(entry) }))
    .flatMap(({ id, fields }) => (fields ? [toListEntry(id, fields)] : []))
    .filter(({ name }) => name !== '');

const toListEntry = (id: string, { username, weight, message, awayTimestamp }: OutsideRecord): ListEntry => ({
  id,
  name: toUserName(username) ?? '',
  weight: toInteger(weight) ?? 0,
  message,
  awayUntil: awayUntil(toStringOrEmpty(awayTimestamp)),
});

/** Returns the value as a user name; null: no account can have this name. */
export function toUserName(value: unknown): string | null {
  const name = toText(typeof value === 'string' ? value.replaceAll('_', ' ') : null, 255);
  return name !== null && !/[\p{Cc}#<>[\]|{}/:@]/u.test(name) ? name : null;
}

function awayUntil(word: string): number | null {
  if (word === '') return null;
  const compact = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(word);
  const [, year, month, day, ...time] = compact ?? [];
  return Date.parse(compact ? `${year}-${month}-${day}T${time.join(':')}Z` : word);
}

/** Returns true if the mentor is away at `now`. An invalid date counts as away. */
export const isAway = ({ awayUntil }: ListEntry, now: Date): boolean =>
  awayUntil !== null && !(awayUntil <= now.getTime());

/** Returns the mentors, without `except`, who take new mentees now. */
export const availableMentors = (
  entries: readonly ListEntry[],
  { except, now }: { except: string; now: Date },
): ListEntry[] => entries.filter((entry) => entry.name !== except && entry.weight > 0 && !isAway(entry, now));

export const isBlocked = ({ blockid, blockpartial }: OutsideRecord): boolean =>
  blockid !== undefined && blockpartial !== true;

/**
 * Picks a mentor at random, by weight, as GrowthExperiments does. Skips mentors who have no account or are blocked.
 *
 * @param takers - mentors to pick from
 * @param options.except - the viewer's name, compared again after normalization, because the list may differ
 * @param options.random - replaces `Math.random`
 * @returns the name as the wiki normalizes it
 * @throws {MentorshipError} `no-mentor` if no mentor is left
 */
export async function pickMentor(
  get: Get,
  takers: readonly ListEntry[],
  { except, random }: { except: string; random: () => number },
): Promise<string> {
  let pool = takers;
  for (;;) {
    const drawn = weightedPick(pool, random());
    if (!drawn) throw new MentorshipError('no-mentor', 'No mentor takes new mentees.');
    const answer = await get({
      action: 'query',
      list: 'users',
      ususers: drawn.name,
      usprop: 'blockinfo',
    });
    const user = toRecordOrEmpty(toList(getPath(answer, 'query')?.users)[0]);
    const name = toText(user.name, 255);
    if (user.userid !== undefined && name && name !== except && !isBlocked(user)) return name;
    pool = pool.filter((mentor) => mentor !== drawn);
  }
}

/** @param chance - random number from 0 (inclusive) to 1 (exclusive) */
function weightedPick(pool: readonly ListEntry[], chance: number): ListEntry | undefined {
  let rest = chance * pool.reduce((sum, { weight }) => sum + weight, 0);
  return pool.find(({ weight }) => (rest -= weight) < 0) ?? pool.at(-1);
}
