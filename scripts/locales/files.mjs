import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** LOCALES: another folder than this package's, for tests. */
export const FOLDER = process.env.LOCALES
  ? pathToFileURL(`${path.resolve(process.env.LOCALES)}/`)
  : new URL('../../locales/', import.meta.url);
const SOURCES = new URL('../../src/', import.meta.url);

const readJson = (name) => JSON.parse(readFileSync(new URL(name, SOURCES), 'utf8'));
const TAGS = readJson('language-tags.json');
const CHAINS = readJson('fallback-chains.json');

export const fileOf = (code) => new URL(`${code}.json`, FOLDER);

/** Every locale but the source and its documentation. */
export const codes = () =>
  readdirSync(FOLDER)
    .map((file) => path.basename(file, '.json'))
    .filter((code) => code !== 'en' && code !== 'qqq')
    .sort();

/** @returns {{ metadata: Record<string, unknown>, texts: Record<string, string> }} */
export function readLocale(code) {
  const { '@metadata': metadata = {}, ...texts } = JSON.parse(readFileSync(fileOf(code), 'utf8'));
  return { metadata, texts };
}

/** BCP 47, for Intl and `lang`. */
export const tagOf = (code) => TAGS[code] ?? Intl.getCanonicalLocales(code)[0];

/** What MediaWiki falls back to, but for English. */
export const chainOf = (code) =>
  CHAINS.find((chain) => chain.startsWith(`${code} `))
    ?.split(' ')
    .slice(1) ?? [];

/** The names by which src/language.ts looks for a file: the longer first, and none that src/fallbacks.ts has to find. */
export function writeLocaleList() {
  const names = codes().filter((code) => !(code in TAGS));
  writeFileSync(new URL('locales.json', SOURCES), `${JSON.stringify(names.sort().reverse().join(' '))}\n`);
}
