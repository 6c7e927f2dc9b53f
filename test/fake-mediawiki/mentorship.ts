import { option, setOption } from './options.ts';
import { isRecord, readJson, settings, writeJson } from './settings.ts';
import type { User, WikiState } from './state.ts';
import { fromCompact } from './times.ts';

const statusOption = 'growthexperiments-homepage-mentorship-enabled';

/** The preference that holds when a mentor is back. */
export const awayOption = 'growthexperiments-mentor-away-timestamp';

/** Longer introductions are refused, and not shown when somebody wrote them onto the page by hand. */
export const introMaximum = 240;

/** A line of the mentor list. */
export interface ListedMentor {
  readonly id: number;
  readonly username: string;
  readonly message: string | null;
  readonly weight: number;
  /** Until when the mentor is away, in fourteen digits: on the page only where there is no extension. */
  readonly awayTimestamp?: string;
}

/** A mentee's status, as the API names it. */
export type MenteeStatus = 'enabled' | 'optout' | 'disabled';

const statusValues = { enabled: '1', optout: '2', disabled: '0' } as const;

/** The status of a user; everybody is a mentee until they say otherwise. */
export function menteeStatus(user: User): MenteeStatus {
  const value = Number(option(user, statusOption));
  return value === 2 ? 'optout' : value === 0 ? 'disabled' : 'enabled';
}

/** Changes a mentee's status: who leaves loses the mentor, who comes back is given one. */
export function setMenteeStatus(wiki: WikiState, user: User, status: MenteeStatus): void {
  setOption(user, statusOption, statusValues[status]);
  if (status === 'optout') Object.assign(user, { mentor: null, standIn: null });
  if (status === 'enabled') user.mentor ??= drawMentor(wiki, user);
}

function readMentor(wiki: WikiState, id: number, value: unknown): ListedMentor | null {
  if (!isRecord(value) || !Number.isInteger(id)) return null;
  const { message = null, weight } = value;
  const username = typeof value['username'] === 'string' ? value['username'] : wiki.userById(id)?.name;
  if (username === undefined || typeof weight !== 'number' || ![0, 1, 2, 4].includes(weight)) return null;
  if (message !== null && typeof message !== 'string') return null;
  return {
    id,
    username,
    weight,
    message: message !== null && message.length > introMaximum ? null : message,
  };
}

/** The mentor list. A page with anything in it that is not a mentor counts as an empty list, as on the wiki. */
export function mentors(wiki: WikiState): ListedMentor[] {
  const list = readJson(wiki, wiki.software.mentorsPage)?.['Mentors'];
  if (!isRecord(list)) return [];
  const all = Object.entries(list).map(([id, value]) => readMentor(wiki, Number(id), value));
  const valid = all.filter((mentor) => mentor !== null);
  return valid.length === all.length ? valid : [];
}

/** The text of the mentor list's page; written by hand because the order on the page is not that of the ids. */
export function mentorsText(list: readonly ListedMentor[]): string {
  const lines = list.map(({ id, ...entry }) => {
    const { message, weight, username, awayTimestamp } = entry;
    const mentor = writeJson({ message, weight, username, awayTimestamp }).replace(/\n/g, '\n\t\t');
    return `\t\t"${id}": ${mentor}`;
  });
  return `{\n\t"Mentors": {${lines.length > 0 ? `\n${lines.join(',\n')}\n\t` : ''}}\n}`;
}

/** Whether a user stands in the mentor list. */
export const isMentor = (wiki: WikiState, user: User): boolean =>
  mentors(wiki).some((mentor) => mentor.id === user.id);

/** Until when a mentor is away; null for those who are here. */
export function awayUntil(wiki: WikiState, user: User): Date | null {
  const until = fromCompact(String(option(user, awayOption) ?? ''));
  return until > wiki.now() ? until : null;
}

function draw(wiki: WikiState, names: readonly string[]): string | null {
  return names.length === 0 ? null : (wiki.draw(names) ?? null);
}

/** A mentor for somebody who has none, picked by weight; may be one who is away. Null if nobody takes mentees. */
export function drawMentor(wiki: WikiState, mentee: User): string | null {
  const pool = mentors(wiki).filter((mentor) => mentor.id !== mentee.id);
  return draw(
    wiki,
    pool.flatMap((mentor) => Array.from({ length: mentor.weight }, () => mentor.username)),
  );
}

/** Who answers for a mentor: the mentor, or while that one is away a stand-in, who is remembered. */
export function effectiveMentor(wiki: WikiState, mentee: User, mentor: User): User {
  if (awayUntil(wiki, mentor) === null) return mentor;
  const present = mentors(wiki)
    .filter(({ id, weight }) => weight > 0 && id !== mentee.id && id !== mentor.id)
    .flatMap(({ username }) => wiki.user(username) ?? [])
    .filter((user) => awayUntil(wiki, user) === null)
    .map((user) => user.name);
  const standIn =
    mentee.standIn !== null && present.includes(mentee.standIn) ? mentee.standIn : draw(wiki, present);
  if (mentee.mentor === mentor.name) mentee.standIn = standIn;
  return (standIn === null ? undefined : wiki.user(standIn)) ?? mentor;
}

/** Whether the program runs at all. */
export const isProgramOn = (wiki: WikiState): boolean => settings(wiki).enabled;

/** Gives a mentee another mentor and writes that into the public log. Returns the old mentor. */
export function assignMentor(
  wiki: WikiState,
  change: { mentee: User; mentor: User; by: User; reason: string },
): string | null {
  const { mentee, mentor, by, reason } = change;
  const previous = mentee.mentor;
  Object.assign(mentee, { mentor: mentor.name, standIn: null });
  const verb = by === mentor ? 'claimmentee' : 'setmentor';
  wiki.record({
    title: `User:${mentee.name}`,
    action: previous === null ? `${verb}-no-previous-mentor` : verb,
    params: { ...(previous === null ? {} : { 'previous-mentor': previous }), 'new-mentor': mentor.name },
    user: by.name,
    comment: reason,
  });
  return previous;
}
