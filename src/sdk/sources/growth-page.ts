import { readGender, readRecord, readText } from '../coerce.js';
import type { Gender } from '../snapshot.js';

/** `mw.config` and `mw.user.options` of the wiki's own page. */
export interface WikiPage {
  config: { get(name: string): unknown };
  options: { get(name: string): unknown };
}

/** GrowthExperiments' preference: 0 disabled, 1 enabled, 2 opted out, 50 explicit; newer wikis may send text. @internal */
export const STATUS_OPTION = 'growthexperiments-homepage-mentorship-enabled';

interface Person {
  name: string;
  gender: Gender;
}

/** What a page says of a mentor. Only to be believed where the wiki itself names the same one. @internal */
export interface PageMentor extends Person {
  /** null: not away. */
  standIn: Person | null;
  until: string | null;
}

type PageViewer =
  /** Nobody whom a card could be for. */
  | { kind: 'nobody'; viewer: object | null }
  | { kind: 'disabled'; viewer: object }
  | { kind: 'user'; name: string };

/** null: the page does not say, or not yet. @internal */
export function pageViewerOf({ config, options }: WikiPage): PageViewer | null {
  // A variable that is not set reads null, as a signed-out viewer's name does.
  if (!Array.isArray(config.get('wgUserGroups'))) return null;
  const name = config.get('wgUserName');
  if (typeof name !== 'string') return { kind: 'nobody', viewer: null };
  const id = config.get('wgUserId');
  if (config.get('wgUserIsTemp') === true) return { kind: 'nobody', viewer: { name, id, temporary: true } };
  const status = options.get(STATUS_OPTION);
  if (status === 0 || status === '0') return { kind: 'disabled', viewer: { name, id, status: 'disabled' } };
  return { kind: 'user', name };
}

/** From Special:Homepage's variables, else from those of the help panel. @internal */
export function pageMentorOf({ config }: WikiPage): PageMentor | null {
  const panel = readRecord(config.get('wgGEHelpPanelMentorData'));
  const homepage = (field: string) => config.get(`GEHomepageMentorship${field}`);
  const mentor =
    person(homepage('MentorName'), homepage('MentorGender')) ?? person(panel?.name, panel?.gender);
  if (!mentor) return null;
  const effective =
    person(homepage('EffectiveMentorName'), homepage('EffectiveMentorGender')) ??
    person(panel?.effectiveName, panel?.effectiveGender);
  const standIn = effective && effective.name !== mentor.name ? effective : null;
  return { ...mentor, standIn, until: standIn && dayOf(homepage('BackAt') ?? panel?.backAt) };
}

function person(name: unknown, gender: unknown): Person | null {
  const text = readText(name, 255);
  return text === null ? null : { name: text, gender: readGender(gender) };
}

/** The wiki writes a day in words of the page's language; only the English form can be read. */
const dayOf = (value: unknown): string | null =>
  // What is no date after all is null in JSON.
  typeof value === 'string' && /^\d{1,2} \p{L}+ \d{4}$/u.test(value)
    ? new Date(`${value} UTC`).toJSON()
    : null;
