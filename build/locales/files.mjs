import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { chainIn, isCode } from './codes.mjs';

export { isCode };

/** From the root, where npm runs everything. LOCALES: another folder, for tests. */
export const FOLDER = process.env.LOCALES ?? 'locales';
const SOURCES = 'src/i18n';

const readJson = (name) => JSON.parse(readFileSync(`${SOURCES}/${name}`, 'utf8'));
/** BCP 47 tags of locales whose name is none. */
export const TAGS = readJson('language-tags.json');
const CHAINS = readJson('fallback-chains.json');

export const METADATA = '@metadata';

export const fileOf = (code) => `${FOLDER}/${code}.json`;

export const hasLocale = (code) => isCode(code) && existsSync(fileOf(code));

/** Every locale but the source and its documentation. */
export const codes = () =>
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .map((file) => path.basename(file, '.json'))
    .filter((code) => code !== 'en' && code !== 'qqq')
    .sort();

function parseFile(code) {
  // Some editors write an invisible mark at the start.
  const json = readFileSync(fileOf(code), 'utf8').replace(/^\ufeff/, '');
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new Error(`${fileOf(code)} is no JSON${placeOf(error.message, json)}`, { cause: error });
  }
}

/** Node says where by the number of a character, which no editor shows. */
function placeOf(message, json) {
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position === undefined) return `: ${message}`;
  const before = json.slice(0, Number(position)).split('\n');
  const line = json.split('\n')[before.length - 1] ?? '';
  return `, in line ${before.length}: “${line.trim().slice(0, 60)}”`;
}

/** @returns {{ metadata: Record<string, unknown>, texts: Record<string, string> }} */
export function readLocale(code) {
  const { [METADATA]: metadata = {}, ...texts } = parseFile(code);
  return { metadata, texts };
}

/** As locales/*.json are written: a short list on one line, as prettier has it. */
export const toJson = ({ metadata, texts }) =>
  `${JSON.stringify({ [METADATA]: metadata, ...texts }, null, 2).replaceAll(/\[\s+("[^"]*")\s+\]/g, '[$1]')}\n`;

/** BCP 47, for Intl and `lang`. */
export const tagOf = (code) => TAGS[code] ?? Intl.getCanonicalLocales(code)[0];

export const chainOf = (code) => chainIn(CHAINS, code);
