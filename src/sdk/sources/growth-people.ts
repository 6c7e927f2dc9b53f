import { MentorshipError } from '../errors.js';
import {
  type OutsideRecord,
  readAt,
  readCount,
  readDate,
  readFields,
  readList,
  readOneOf,
  readRecord,
  readText,
  readUrl,
  readWord,
} from '../read.js';
import type { MentorProfile, MentorshipActions } from './actions.js';
import { type Get, type GrowthActionsOptions, type Open, readPublic } from './growth-session.js';
import { linksOf } from './wiki-links.js';

type People = Pick<MentorshipActions, 'listMentors' | 'profiles'>;

const DAY_MS = 86_400_000;

/** The mentors of a wiki with GrowthExperiments. */
export const people = (open: Open, options: GrowthActionsOptions, now: () => Date): People => ({
  async listMentors(snapshot, signal) {
    const { read, viewer, url } = open(snapshot, signal);
    const answer = await read((get) => get({ ...LIST, meta: 'siteinfo' }));
    const links = linksOf(answer, url);
    return takersIn(answer, { except: viewer, now: now() }).map(({ name, message }) => ({
      name,
      intro: readText(message, 240),
      talkUrl: readUrl(links.page(`User talk:${name}`)),
    }));
  },

  async profiles(names, signal) {
    if (names.length === 0) return [];
    const all = names.join('|');
    const answer = await readPublic(options, signal, (get) =>
      get({
        action: 'query',
        list: 'users|usercontribs',
        ususers: all,
        usprop: 'editcount|gender|blockinfo',
        ucuser: all,
        ucprop: 'timestamp',
        ucend: new Date(now().getTime() - 30 * DAY_MS).toISOString(),
        uclimit: 'max',
      }),
    );
    const query = readAt(answer, 'query');
    const contributions = readList(query?.usercontribs).map(readFields);
    return readList(query?.users)
      .map(readFields)
      .filter(({ userid }) => userid !== undefined)
      .map((user) => profileOf(user, contributions));
  },
});

/** Contributions come person by person, each person's newest first; of some there may be none in this answer. */
function profileOf(user: OutsideRecord, contributions: readonly OutsideRecord[]): MentorProfile {
  return {
    name: readWord(user.name),
    gender: readOneOf(user.gender, ['male', 'female'], 'unknown'),
    editCount: readCount(user.editcount),
    lastActive: readDate(contributions.find((edit) => edit.user === user.name)?.timestamp),
    blocked: isBlocked(user),
  };
}

const isBlocked = ({ blockid, blockpartial }: OutsideRecord) =>
  blockid !== undefined && blockpartial !== true;

const LIST = { action: 'query', list: 'growthmentorlist' };

interface Taker {
  name: string;
  weight: number;
  message: unknown;
}

/** Mentors who take new mentees now. */
function takersIn(answer: OutsideRecord, { except, now }: { except: string; now: Date }): Taker[] {
  const list = readRecord(answer.growthmentorlist);
  // PHP writes an empty list as `[]`.
  if (!list && !Array.isArray(answer.growthmentorlist))
    throw new MentorshipError('unsupported', 'The wiki has no list of mentors.', { cause: { answer } });
  return Object.values(list ?? {})
    .map(readFields)
    .filter((mentor) => !isAway(mentor, now))
    .map(({ username, weight, message }) => ({
      name: readText(username, 255) ?? '',
      weight: readCount(weight) ?? 0,
      message,
    }))
    .filter(({ name, weight }) => name !== '' && name !== except && weight > 0);
}

/** Older wikis do not say. A moment that cannot be read is one that was set. */
function isAway({ awayTimestamp }: OutsideRecord, now: Date): boolean {
  const word = readWord(awayTimestamp);
  const compact = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(word);
  const [, year, month, day, ...time] = compact ?? [];
  const back = Date.parse(compact ? `${year}-${month}-${day}T${time.join(':')}Z` : word);
  return word !== '' && !(back <= now.getTime());
}

interface Draw {
  except: string;
  now: Date;
  random: () => number;
}

/**
 * Draws a mentor as the wiki does, by weight, but nobody who could not answer.
 *
 * @throws {MentorshipError} `no-mentor`
 */
export async function drawMentor(get: Get, { except, now, random }: Draw): Promise<string> {
  let pool = takersIn(await get(LIST), { except, now });
  for (;;) {
    const drawn = byWeight(pool, random());
    if (!drawn) throw new MentorshipError('no-mentor', 'Nobody takes new mentees.');
    const answer = await get({
      action: 'query',
      list: 'users',
      ususers: drawn.name,
      usprop: 'blockinfo',
    });
    if (!isBlocked(readFields(readList(readAt(answer, 'query')?.users)[0]))) return drawn.name;
    pool = pool.filter((mentor) => mentor !== drawn);
  }
}

/** @param chance - from 0 up to 1, without 1 */
function byWeight(pool: readonly Taker[], chance: number): Taker | undefined {
  let rest = chance * pool.reduce((sum, { weight }) => sum + weight, 0);
  return pool.find(({ weight }) => (rest -= weight) < 0) ?? pool.at(-1);
}
