import { option, setOption } from './options.ts';
import { isRecord, readJson, settings, writeJson } from './settings.ts';
import type { User, WikiState } from './state.ts';
import { fromCompact } from './times.ts';

const statusOption = 'growthexperiments-homepage-mentorship-enabled';

/** The preference with the end of a mentor's absence. */
export const awayOption = 'growthexperiments-mentor-away-timestamp';

/** Longer introductions are refused, and hidden if they were added to the page by hand. */
export const introMaximum = 240;

/** An entry of the mentor list. */
export interface ListedMentor {
  readonly id: number;
  readonly username: string;
  readonly message: string | null;
  readonly weight: number;
  /** End of the absence in fourteen digits; only on the page of a wiki without the extension. */
  readonly awayTimestamp?: string;
}

/** A mentee's status, as named by the API. */
export type MenteeStatus = 'enabled' | 'optout' | 'disabled';

const statusValues = { enabled: '1', optout: '2', disabled: '0' } as const;

/** Returns the status of a user; everybody is a mentee by default. */
export function menteeStatus(user: User): MenteeStatus {
  const value = Number(option(user, statusOption));
  return value === 2 ? 'optout' : value === 0 ? 'disabled' : 'enabled';
}

/** Changes a mentee's status: leaving removes the mentor, returning assigns one. */
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

/** Returns the mentor list. Like the wiki, treats a page with any invalid entry as an empty list. */
export function mentors(wiki: WikiState): ListedMentor[] {
  const list = readJson(wiki, wiki.software.mentorsPage)?.['Mentors'];
  if (!isRecord(list)) return [];
  const all = Object.entries(list).map(([id, value]) => readMentor(wiki, Number(id), value));
  const valid = all.filter((mentor) => mentor !== null);
  return valid.length === all.length ? valid : [];
}

/** Serializes the mentor list; built by hand, because object keys would be sorted by ID. */
export function mentorsText(list: readonly ListedMentor[]): string {
  const lines = list.map(({ id, ...entry }) => {
    const { message, weight, username, awayTimestamp } = entry;
    const mentor = writeJson({ message, weight, username, awayTimestamp }).replace(/\n/g, '\n\t\t');
    return `\t\t"${id}": ${mentor}`;
  });
  return `{\n\t"Mentors": {${lines.length > 0 ? `\n${lines.join(',\n')}\n\t` : ''}}\n}`;
}

/** Returns true if a user is in the mentor list. */
export const isMentor = (wiki: WikiState, user: User): boolean =>
  mentors(wiki).some((mentor) => mentor.id === user.id);

/** Returns the end of a mentor's absence; null if the mentor is present. */
export function awayUntil(wiki: WikiState, user: User): Date | null {
  const until = fromCompact(String(option(user, awayOption) ?? ''));
  return until > wiki.now() ? until : null;
}

function draw(wiki: WikiState, names: readonly string[]): string | null {
  return names.length === 0 ? null : (wiki.draw(names) ?? null);
}

/** Picks a mentor by weight, possibly one who is away. Null if no mentor takes mentees. */
export function drawMentor(wiki: WikiState, mentee: User): string | null {
  const pool = mentors(wiki).filter((mentor) => mentor.id !== mentee.id);
  return draw(
    wiki,
    pool.flatMap((mentor) => Array.from({ length: mentor.weight }, () => mentor.username)),
  );
}

/** Returns the mentor, or a remembered stand-in while the mentor is away. */
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

/** Returns true if the program is enabled. */
export const isProgramOn = (wiki: WikiState): boolean => settings(wiki).enabled;

/** Assigns another mentor and adds an entry to the public log. Returns the previous mentor. */
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
