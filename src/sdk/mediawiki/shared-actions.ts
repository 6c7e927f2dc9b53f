import {
  type OutsideRecord,
  readAt,
  readCount,
  readDate,
  readFields,
  readList,
  readOneOf,
  readText,
  readUrl,
  readWord,
} from '../coerce.js';
import type { Snapshot } from '../snapshot.js';
import type { ListedMentor, MentorProfile, MentorshipActions } from '../source.js';
import { isBlocked, type ListEntry } from './mentor-list.js';
import { type Links, linksOf } from './queries.js';
import { type Open, readPublic, type WikiActionsOptions } from './session.js';

/** What any MediaWiki says of the place where a question would stand. */
export const termsFrom =
  (open: Open): MentorshipActions['prepareQuestion'] =>
  async (snapshot, { signal }) => {
    const { read, url } = open(snapshot, signal);
    const answerer = snapshot.standIn ?? snapshot.mentor;
    const answer = await read((get) =>
      get({
        action: 'query',
        meta: 'siteinfo',
        siprop: 'general|rightsinfo',
        ...(answerer && { prop: 'info', titles: `User talk:${answerer.name}` }),
      }),
    );
    const query = readAt(answer, 'query');
    const page = readFields(readList(query?.pages)[0]);
    const links = linksOf(answer, url);
    const rights = readAt(query, 'rightsinfo');
    const license = readText(rights?.text, 255);
    return {
      writable: page.missing === true || (page.contentmodel ?? 'wikitext') === 'wikitext',
      copyright: license === null ? null : { name: license, url: readUrl(links.resolve(rights?.url)) },
      emailUrl: emailUrlOf(snapshot, links),
    };
  };
function emailUrlOf({ viewer }: Snapshot, links: Links): string | null {
  if (viewer?.email === 'unconfirmed') return readUrl(links.page('Special:ConfirmEmail'));
  return viewer?.email === 'none' ? readUrl(links.page('Special:ChangeEmail')) : null;
}

export const DAY_MS = 86400000;

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
