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
} from '../coerce.js';
import type { ListedMentor, MentorProfile, MentorshipActions } from './actions.js';
import { entriesOf, isBlocked, type ListEntry, takersIn } from '../mediawiki/mentor-list.js';
import { type WikiActionsOptions, type Open, readPublic } from '../mediawiki/session.js';
import { linksOf, type Links } from './wiki-links.js';

type People = Pick<MentorshipActions, 'getMentors' | 'getProfiles'>;

const DAY_MS = 86_400_000;

/** The mentors of a wiki with GrowthExperiments. */
export const people = (open: Open, options: WikiActionsOptions, now: () => Date): People => ({
  async getMentors(snapshot, { signal }) {
    const { read, viewer, url } = open(snapshot, signal);
    const answer = await read((get) => get({ ...LIST, meta: 'siteinfo' }));
    const links = linksOf(answer, url);
    return takersIn(listIn(answer), { except: viewer, now: now() }).map(listedWith(links));
  },

  getProfiles: profilesOf(options, now),
});

/** How a dialog shows somebody of the list. */
export const listedWith =
  (links: Links) =>
  ({ name, message }: ListEntry): ListedMentor => ({
    name,
    intro: readText(message, 240),
    talkUrl: readUrl(links.page(`User talk:${name}`)),
  });

/** What any MediaWiki says of accounts. */
export const profilesOf =
  (options: WikiActionsOptions, now: () => Date): MentorshipActions['getProfiles'] =>
  async (names, { signal }) => {
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
  };

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

export const LIST = { action: 'query', list: 'growthmentorlist' };

/** @throws {MentorshipError} `unsupported` */
export function listIn(answer: OutsideRecord): ListEntry[] {
  const list = readRecord(answer.growthmentorlist);
  // PHP writes an empty list as `[]`.
  if (!list && !Array.isArray(answer.growthmentorlist))
    throw new MentorshipError('unsupported', 'The wiki has no list of mentors.', { cause: { answer } });
  return entriesOf(list ?? {});
}
