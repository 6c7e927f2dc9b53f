import { MentorshipError, warnOnce } from '../errors.js';
import {
  type JsonObject,
  type OutsideRecord,
  parseJson,
  toRecord,
  toRecordOrEmpty,
  toRecords,
  toStringOrEmpty,
} from '../coerce.js';
import type { Get } from './action-api.js';
import {
  isAvailable,
  isSameUser,
  type ListEntry,
  type MentorList,
  parseMentorsPage,
  toListEntry,
  toUserIdentity,
  toUserName,
} from './mentor-list.js';
import {
  CONTENT,
  findPage,
  hasGrowth,
  isCount,
  isLink,
  isPositive,
  loadBatch,
  MENTORS_PAGE,
  OWN_FIELDS,
  SETTINGS_PAGE,
  SETTINGS_PAGES,
  toGrowthList,
} from './queries.js';

const isFlag = (value: unknown) => typeof value === 'boolean';
export const isText = (value: unknown): value is string => typeof value === 'string';
const isTitle = (value: unknown) => typeof value === 'string' && /^[^[\]{}|#<>\n\p{Cs}]{1,255}$/u.test(value);
const isNames = (value: unknown) =>
  Array.isArray(value) && value.every((name) => typeof name === 'string' && name !== '');

/** Expected values by validator of `OWN_FIELDS`. */
const EXPECTED = new Map([
  [isCount, 'a whole number from 0 on'],
  [isPositive, 'a whole number from 1 on'],
  [isLink, 'an http(s) URL or a path such as "/wiki/Help", or null'],
]);

/** Validation rule of a field. */
interface FieldRule {
  is: (value: unknown) => boolean;
  must: string;
}

function ruleOf(is: FieldRule['is']): FieldRule {
  return { is, must: EXPECTED.get(is) ?? 'valid' };
}

/** Validation rules by name. */
export type Rules = Readonly<Record<string, FieldRule>>;

/** Rule of a field that is true or false. */
export const FLAG: FieldRule = { is: isFlag, must: 'true or false' };
const COUNT = ruleOf(isCount);

/** Rules of the fields that count on every wiki. */
const OWN_RULES: Rules = Object.fromEntries(
  Object.entries(OWN_FIELDS).map(([name, is]) => [name, ruleOf(is)]),
);

const THRESHOLD_FIELDS: Rules = { enabled: FLAG, minEditcount: COUNT, minTenureInDays: COUNT };

const THRESHOLDS = 'GEMentorshipStartOptedOutThresholds';

/** Validation rules by field of the settings. */
const FIELDS: Rules = {
  GEMentorshipEnabled: FLAG,
  GEMentorshipAutomaticEligibility: FLAG,
  GEMentorshipMinimumAge: COUNT,
  GEMentorshipMinimumEditcount: COUNT,
  [THRESHOLDS]: { is: (value) => toRecord(value ?? {}) !== null, must: 'an object' },
  ...OWN_RULES,
  mentorsPage: { is: isTitle, must: 'the title of a page' },
  enrolGroups: { is: isNames, must: 'a list of user groups, such as ["autoconfirmed"]' },
};

/** Validation rules by field of an entry in the list of mentors. The entry is valid without any of them. */
const MENTOR_FIELDS: Rules = {
  username: { is: (value) => toUserName(value) !== null, must: 'the name of an account' },
  message: { is: (value) => value === null || isText(value), must: 'a text or null' },
  weight: { is: (value) => [0, 1, 2, 4].some((weight) => weight === value), must: '0, 1, 2 or 4' },
  awayTimestamp: {
    is: (value) => value === null || (isText(value) && /^\s*(?:$|\d{8}|\d{4}-\d\d-\d\d)/.test(value)),
    must: 'a time in UTC, such as "20261224000000"',
  },
  automaticallyAssigned: FLAG,
};

/** Returns the valid text of a page, as an object. @throws {MentorshipError} `bad-data` */
function toObject(text: string, example: string): OutsideRecord {
  let data: unknown;
  try {
    data = parseJson(text);
  } catch (cause) {
    throw settingsError(`the page is not valid JSON (${String(cause)}). Correct it.`);
  }
  const record = toRecord(data);
  if (!record) throw settingsError(`the page must be a JSON object, such as ${example}.`);
  return record;
}

const settingsError = (what: string) => new MentorshipError('bad-data', `${SETTINGS_PAGE}: ${what}`);

/**
 * Parses the page `MediaWiki:Mentorship.json`, the program's settings on a MediaWiki without GrowthExperiments. Logs its
 * unknown fields.
 *
 * @param text - text of the page; null: the page does not exist, so there is no program
 * @throws {MentorshipError} `bad-data`; the message names the field and the expected value
 */
export function parseSettings(text: string | null): OutsideRecord {
  if (text === null) return toRecordOrEmpty(null);
  const settings = toObject(text, '{"GEMentorshipEnabled": true}');
  const [invalid] = invalidFields(settings);
  if (invalid) throw settingsError(invalid);
  warn(SETTINGS_PAGE, unknownFields(settings));
  return settings;
}

/**
 * Logs the mistakes on the settings page of a wiki with GrowthExperiments, which are ignored.
 *
 * @param settings - null: the page has no JSON object
 */
export function warnOfOwnSettings(settings: OutsideRecord | null): void {
  if (!settings) return warn(SETTINGS_PAGE, ['the page must be a JSON object, so it is ignored.']);
  const invalid = Object.entries(OWN_RULES).flatMap(([name, { is, must }]) =>
    settings[name] === undefined || is(settings[name])
      ? []
      : [`“${name}” must be ${must}, so it is ignored.`],
  );
  warn(SETTINGS_PAGE, [...invalid, ...unknownFields(settings)]);
}

/** Number of mentors that are checked when a card is loaded, because the card has to wait. */
const MOST_CHECKED = 500;

/** Logs the mistakes on the page that lists the mentors, which is read all the same. */
export const warnOfMentorsPage = (title: string, text: string | null): void =>
  warn(title, mentorsPageMistakes(text, MOST_CHECKED));

/** Number of mistakes of a page that are logged, because a list of mentors may have the same one in each entry. */
const MOST_WARNINGS = 10;

const warn = (title: string, mistakes: readonly string[]) => {
  for (const mistake of mistakes.slice(0, MOST_WARNINGS)) warnOnce(`${title}: ${mistake}`);
};

const thresholdsOf = (settings: OutsideRecord) => toRecordOrEmpty(settings[THRESHOLDS]);

/** Returns the mistakes in an object: invalid values, and names without a rule. */
export const mistakesIn = (record: OutsideRecord, rules: Rules, owner = ''): string[] => [
  ...invalidValues(record, rules, { owner }),
  ...unknownNames(record, rules, { owner }),
];

/** Returns the mistakes in values. */
const invalidFields = (settings: OutsideRecord): string[] => [
  ...invalidValues(settings, FIELDS),
  ...invalidValues(thresholdsOf(settings), THRESHOLD_FIELDS, { prefix: `${THRESHOLDS}.` }),
];

function invalidValues(record: OutsideRecord, rules: Rules, { prefix = '', owner = '' } = {}): string[] {
  return Object.entries(rules).flatMap(([name, { is, must }]) => {
    const value = record[name];
    return value === undefined || is(value)
      ? []
      : [`“${prefix}${name}”${owner} must be ${must}, not ${show(value)}.`];
  });
}

/** Returns the beginning of a value as JSON. A gadget's setting may be a value that JSON does not have. */
function show(value: unknown): string {
  try {
    const text = JSON.stringify(value);
    return text.length > 40 ? `${text.slice(0, 39)}…` : text;
  } catch {
    return `a value of type ${typeof value}`;
  }
}

const unknownFields = (settings: OutsideRecord): string[] => [
  ...unknownNames(settings, FIELDS),
  ...unknownNames(thresholdsOf(settings), THRESHOLD_FIELDS, { prefix: `${THRESHOLDS}.` }),
];

/**
 * Returns the mistakes in names. Skips names that do not begin with a letter, such as `$schema` or `//`, and others of
 * GrowthExperiments, because the page may be a copy of that extension's.
 */
function unknownNames(record: OutsideRecord, rules: Rules, { prefix = '', owner = '' } = {}): string[] {
  const known = Object.keys(rules);
  return Object.keys(record)
    .filter((name) => /^[a-z]/i.test(name) && !known.includes(name))
    .flatMap((name) => {
      const meant = closest(name, known);
      if (!meant && name.startsWith('GE')) return [];
      const remedy = meant ? `Write “${meant}”.` : 'Remove it, or correct its name.';
      return [`“${prefix}${name}”${owner} is no field, so it is ignored. ${remedy}`];
    });
}

/** Returns the most similar name, if it has few differences. Of two, prefers the one with the same beginning. */
function closest(name: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((other) => {
      const distance = editDistance(name.toLowerCase(), other.toLowerCase());
      return { other, distance, rank: distance - samePrefix(name, other) / 2 };
    })
    .sort((a, b) => a.rank - b.rank);
  return best && best.distance <= Math.max(2, name.length / 4) ? best.other : undefined;
}

function samePrefix(a: string, b: string): number {
  const first = Array.from(a).findIndex((sign, index) => sign !== b[index]);
  return first < 0 ? a.length : first;
}

/** Counts the characters to insert, remove or replace (Levenshtein). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, sign] of Array.from(from).entries()) {
    const next = [index + 1];
    for (const [column, other] of Array.from(to).entries())
      next.push(
        Math.min(
          (row[column + 1] ?? 0) + 1,
          (next[column] ?? 0) + 1,
          (row[column] ?? 0) + Number(sign !== other),
        ),
      );
    row = next;
  }
  return row.at(-1) ?? 0;
}

/**
 * Returns the mistakes on the page that lists the mentors. A missing page (null) is an empty list.
 *
 * @param most - number of entries that are checked
 */
function mentorsPageMistakes(text: string | null, most = Infinity): string[] {
  if (text === null) return [];
  let page: OutsideRecord | null;
  try {
    page = toRecord(parseJson(text));
  } catch (cause) {
    return [
      `the page is not valid JSON (${String(cause)}). Correct it, and change its content model to JSON on Special:ChangeContentModel.`,
    ];
  }
  if (!page || !parseMentorsPage({ text }))
    return [
      ...(page ? unknownNames(page, { Mentors: FLAG }) : []),
      '“Mentors” must be an object by user ID, such as {"Mentors": {"17": {"username": "Sasha"}}}.',
    ];
  const entries = Object.entries(toRecordOrEmpty(page.Mentors)).slice(0, most);
  return entries.flatMap(([key, entry]) => {
    const fields = toRecord(entry);
    if (!fields) return [`“${key}” must be an object, such as {"username": "Sasha"}.`];
    return [
      ...(/^[1-9]\d*$/.test(key) ? [] : [`“${key}” must be a user ID, such as "17".`]),
      ...mistakesIn(fields, MENTOR_FIELDS, ` of “${key}”`),
    ];
  });
}

/** Returns the title of the page that lists the mentors. */
export const mentorsPageTitle = ({ mentorsPage }: OutsideRecord): string =>
  toStringOrEmpty(mentorsPage) || MENTORS_PAGE;

/** Logs that a mentor on the list has no account. */
export const warnOfUnknownMentor = (title: string, entry: ListEntry): void =>
  warn(title, [unknownMentor(entry)]);

const unknownMentor = ({ id, name }: ListEntry): string =>
  `“${id || name}”${id && name ? ` (${name})` : ''} has no account on this wiki. Correct the user ID, or remove the entry.`;

/** Set-up of a wiki, as its administrators have written it. */
export interface SetUp {
  isGrowth: boolean;
  /** Pages with settings or mentors. */
  pages: { title: string; exists: boolean }[];
  /** Number of mentors; null: the wiki does not say. */
  mentors: { listed: number; available: number } | null;
  /** Sentences that name page, field and remedy. */
  mistakes: string[];
}

/**
 * Reads and checks the pages that administrators write. Sends two requests, or three after a change; on a
 * wiki without GrowthExperiments one more for each 50 mentors, one for the content model, and one if the list of mentors
 * has a title of its own.
 */
export async function readSetUp(get: Get, now: Date): Promise<SetUp> {
  const batch = await loadBatch(get);
  const isGrowth = hasGrowth(batch);
  const text = findPage(batch, SETTINGS_PAGE)?.text ?? null;
  const { settings, mistakes } = checkSettings(text);
  const count = (list: MentorList) => {
    const options = { except: { id: '', name: '' }, now };
    const entries = entriesOf(list);
    return {
      listed: entries.length,
      available: entries.filter((entry) => isAvailable(entry, options)).length,
    };
  };
  const page = (title: string, answer = batch) => ({ title, exists: Boolean(findPage(answer, title)) });
  if (isGrowth) {
    const list = toGrowthList(batch);
    return {
      isGrowth,
      pages: [...SETTINGS_PAGES, SETTINGS_PAGE].map((title) => page(title)),
      mentors: list && count(list),
      mistakes,
    };
  }
  const title = mentorsPageTitle(settings);
  const answer = findPage(batch, title) === undefined ? await get({ ...CONTENT, titles: title }) : batch;
  const mentorsPage = findPage(answer, title);
  const list = parseMentorsPage(mentorsPage);
  const onPage = mentorsPageMistakes(mentorsPage?.text ?? null).concat(
    list ? await checkMentors(get, title, entriesOf(list)) : [],
  );
  return {
    isGrowth,
    pages: [page(SETTINGS_PAGE), page(title, answer)],
    mentors: list && count(list),
    mistakes: [...mistakes, ...onPage.map((mistake) => `${title}: ${mistake}`)],
  };
}

const entriesOf = (list: MentorList): ListEntry[] =>
  Object.keys(list).flatMap((key) => toListEntry(key, list[key]) ?? []);

/** Returns the settings, empty if they are no object, and their mistakes. */
function checkSettings(text: string | null): { settings: OutsideRecord; mistakes: string[] } {
  try {
    const settings = text === null ? toRecordOrEmpty(null) : toObject(text, '{"GEMentorshipEnabled": true}');
    const mistakes = [...invalidFields(settings), ...unknownFields(settings)];
    return { settings, mistakes: mistakes.map((mistake) => `${SETTINGS_PAGE}: ${mistake}`) };
  } catch (error) {
    return {
      settings: toRecordOrEmpty(null),
      mistakes: [error instanceof Error ? error.message : String(error)],
    };
  }
}

/** Accounts that a request may name. */
const MOST_ACCOUNTS = 50;

/** Returns the mistakes that only the wiki's accounts and the properties of the page can show. */
async function checkMentors(get: Get, title: string, list: readonly ListEntry[]): Promise<string[]> {
  const mistakes: string[] = [];
  for (const key of ['ususerids', 'ususers'] as const) {
    const entries = list.filter(({ id }) => (key === 'ususerids') === (id !== ''));
    for (let from = 0; from < entries.length; from += MOST_ACCOUNTS) {
      const some = entries.slice(from, from + MOST_ACCOUNTS);
      const names = some.map(({ id, name }) => id || name).join('|');
      const answer = await get({ action: 'query', list: 'users', [key]: names });
      const users = toRecords(answer.query?.users);
      mistakes.push(...some.flatMap((entry) => checkMentor(entry, users)));
    }
  }
  return [...mistakes, ...(await checkContentModel(get, title))];
}

function checkMentor(entry: ListEntry, users: readonly JsonObject[]): string[] {
  const user = users.find((one) => isSameUser(entry, toUserIdentity(one)));
  if (!user || user.missing === true || user.userid === undefined) return [unknownMentor(entry)];
  const name = toStringOrEmpty(user.name);
  return entry.name === '' || entry.name === name
    ? []
    : [`“${entry.id}” is the account “${name}”, not “${entry.name}”. Correct the user ID, or the name.`];
}

async function checkContentModel(get: Get, title: string): Promise<string[]> {
  const answer = await get({ action: 'query', prop: 'info', titles: title });
  const [page] = toRecords(answer.query?.pages);
  return page?.contentmodel === 'wikitext' && page.missing !== true
    ? [
        'the content model is wikitext, so the wiki saves invalid JSON. Change it to JSON on Special:ChangeContentModel.',
      ]
    : [];
}
