import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import chains from '../../src/i18n/fallback-chains.json' with { type: 'json' };
import tags from '../../src/i18n/language-tags.json' with { type: 'json' };
import { chainIn, isCode } from './codes.ts';

export { isCode };

export interface LocaleFile {
  metadata: Record<string, unknown>;
  texts: Record<string, string>;
}

/** Folder of the locales, relative to the root, where npm runs scripts. Tests set LOCALES to another one. */
export const FOLDER = process.env['LOCALES'] ?? 'locales';

/** BCP 47 tags of the locales whose name is not one. */
export const TAGS: Readonly<Record<string, string>> = tags;

export const METADATA = '@metadata';

export const fileOf = (code: string): string => `${FOLDER}/${code}.json`;

export const hasLocale = (code: string): boolean => isCode(code) && existsSync(fileOf(code));

/** Returns every locale except English and its documentation. */
export const codes = (): string[] =>
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .map((file) => path.basename(file, '.json'))
    .filter((code) => !['en', 'qqq', 'glossary'].includes(code))
    .sort();

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parseFile(code: string): unknown {
  // Some editors write a byte order mark at the start.
  const json = readFileSync(fileOf(code), 'utf8').replace(/^\ufeff/, '');
  try {
    return JSON.parse(json);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`${fileOf(code)} is not JSON${placeOf(message, json)}`, { cause: error });
  }
}

/** Converts Node's character position to a line, because editors show lines. */
function placeOf(message: string, json: string): string {
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position === undefined) return `: ${message}`;
  const before = json.slice(0, Number(position)).split('\n');
  const line = json.split('\n')[before.length - 1] ?? '';
  return `, in line ${before.length}: “${line.trim().slice(0, 60)}”`;
}

const isText = (entry: [string, unknown]): entry is [string, string] => typeof entry[1] === 'string';

/** @throws {Error} if the file is not JSON, or has a text that is not a string */
export function readLocale(code: string): LocaleFile {
  const data = parseFile(code);
  if (!isRecord(data)) throw new Error(`${fileOf(code)} is not an object`);
  const { [METADATA]: metadata = {}, ...texts } = data;
  if (!isRecord(metadata)) throw new Error(`${fileOf(code)}: “${METADATA}” is not an object`);
  const entries = Object.entries(texts);
  const wrong = entries.find((entry) => !isText(entry));
  if (wrong) throw new Error(`${fileOf(code)}: “${wrong[0]}” is not a string`);
  return { metadata, texts: Object.fromEntries(entries.filter(isText)) };
}

/** Established words of one language. Each word is a stem that all inflected forms contain, in lower case. */
export interface Glossary {
  mentor: readonly string[];
  'talk-page': readonly string[];
  /** Title of GrowthExperiments' dashboard for mentors. */
  dashboard: string;
  /** Keys of texts that say it without these words. */
  rephrased: readonly string[];
}

const toWords = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((word) => typeof word === 'string') : [];

/** Content of `locales/glossary.json`; undefined: not read yet. */
let glossaries: unknown;

/** Returns the words of the glossary for a language; null: it has none. */
export function readGlossary(code: string): Glossary | null {
  const file = `${FOLDER}/glossary.json`;
  glossaries ??= existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const words = isRecord(glossaries) ? glossaries[code] : null;
  if (!isRecord(words)) return null;
  return {
    mentor: toWords(words.mentor),
    'talk-page': toWords(words['talk-page']),
    dashboard: String(words.dashboard),
    rephrased: toWords(words.rephrased),
  };
}

/** Formats a locale file as Prettier does, with a short list on one line. */
export const toJson = ({ metadata, texts }: LocaleFile): string =>
  `${JSON.stringify({ [METADATA]: metadata, ...texts }, null, 2).replaceAll(/\[\s+("[^"]*")\s+\]/g, '[$1]')}\n`;

/** Returns the BCP 47 tag of a locale, for Intl and `lang`. */
export const tagOf = (code: string): string => TAGS[code] ?? Intl.getCanonicalLocales(code)[0] ?? code;

export const chainOf = (code: string): string[] => chainIn(chains, code);
