import {
  getPath,
  type OutsideRecord,
  toEnum,
  toHttpUrl,
  toInteger,
  toIsoDate,
  toList,
  toRecordOrEmpty,
  toStringOrEmpty,
  toText,
} from '../coerce.js';
import type { Snapshot } from '../snapshot.js';
import type { ListedMentor, MentorProfile, MentorshipActions } from '../source.js';
import { isBlocked, type ListEntry } from './mentor-list.js';
import { type Links, toLinks } from './queries.js';
import { type ReadSession, type Sessions, readPublic, type WikiActionsOptions } from './session.js';

/**
 * Creates the action that reads the wiki's license and the mentor's talk page before a question is written.
 *
 * @param loadMentorName - loads the name of the viewer's mentor, who may have changed since the snapshot was loaded
 */
export const createPrepareQuestion =
  (
    openReader: Sessions['openReader'],
    loadMentorName?: (reader: ReadSession) => Promise<string | null>,
  ): MentorshipActions['prepareQuestion'] =>
  async (snapshot, { signal }) => {
    const reader = openReader(snapshot, signal);
    const { read, url } = reader;
    const answerer = snapshot.standIn ?? snapshot.mentor;
    const [answer, mentor] = await Promise.all([
      read((get) =>
        get({
          action: 'query',
          meta: 'siteinfo',
          siprop: 'general|rightsinfo',
          ...(answerer && { prop: 'info', titles: `User talk:${answerer.name}` }),
        }),
      ),
      loadMentorName?.(reader),
    ]);
    const query = getPath(answer, 'query');
    const page = toRecordOrEmpty(toList(query?.pages)[0]);
    const links = toLinks(answer, url);
    const rights = getPath(query, 'rightsinfo');
    const license = toText(rights?.text, 255);
    return {
      writable: page.missing === true || (page.contentmodel ?? 'wikitext') === 'wikitext',
      copyright: license === null ? null : { name: license, url: toHttpUrl(links.resolve(rights?.url)) },
      emailUrl: emailUrlOf(snapshot, links),
      ...(mentor !== undefined && { mentor }),
    };
  };
function emailUrlOf({ viewer }: Snapshot, links: Links): string | null {
  if (viewer?.email === 'unconfirmed') return toHttpUrl(links.page('Special:ConfirmEmail'));
  return viewer?.email === 'none' ? toHttpUrl(links.page('Special:ChangeEmail')) : null;
}

export const DAY_MS = 86400000;

/** Creates a function that turns an entry of the list into a `ListedMentor`. */
export const toListedMentor =
  (links: Links) =>
  ({ name, message }: ListEntry): ListedMentor => ({
    name,
    intro: toText(message, 240),
    talkUrl: toHttpUrl(links.page(`User talk:${name}`)),
  });

/** Creates the action that reads mentors' accounts, from core's API alone. */
export const createGetProfiles =
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
    const query = getPath(answer, 'query');
    const contributions = toList(query?.usercontribs).map(toRecordOrEmpty);
    return toList(query?.users)
      .map(toRecordOrEmpty)
      .filter(({ userid }) => userid !== undefined)
      .map((user) => toProfile(user, contributions));
  };
/** Takes the user's first contribution, which is the newest. The response may lack it, because it is limited. */
function toProfile(user: OutsideRecord, contributions: readonly OutsideRecord[]): MentorProfile {
  return {
    name: toStringOrEmpty(user.name),
    gender: toEnum(user.gender, ['male', 'female'], 'unknown'),
    editCount: toInteger(user.editcount),
    lastActive: toIsoDate(contributions.find((edit) => edit.user === user.name)?.timestamp),
    blocked: isBlocked(user),
  };
}
