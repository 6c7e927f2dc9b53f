/** Checks a whole locale. rules.ts has the rules for one text. */
import { type Glossary, type LocaleFile, tagOf } from './files.ts';
import { flat, parse } from './message.ts';
import { type Finding, findingsIn, kindOf, limitOf, UNTRANSLATED } from './rules.ts';

export interface KeyFinding extends Finding {
  key: string;
}

interface Sources {
  en: LocaleFile;
  qqq: LocaleFile;
}

interface Subject extends Sources {
  code: string;
  locale: LocaleFile;
  glossary?: Glossary | null;
  /** Content of the file, whose duplicate keys are checked. */
  json: string;
}

const finding = (key: string, problem: string, mend: string): KeyFinding => ({ key, problem, mend });

/** Returns duplicate keys, of which JSON.parse keeps the last without an error. */
function twice(json: string): string[] {
  const keys = [...json.matchAll(/^\s+"([^"]+)":/gm)].flatMap(([, key]) => key ?? []);
  return keys.filter((key, index) => keys.indexOf(key) !== index);
}

/** Checks the English texts and their documentation. */
export function checkSource({ en, qqq }: Sources): KeyFinding[] {
  const found: KeyFinding[] = [];
  for (const [key, text] of Object.entries(en.texts)) {
    const note = qqq.texts[key];
    if (note === undefined) {
      found.push(finding(key, 'is not in qqq.json', 'describe there where it is shown'));
      continue;
    }
    if (limitOf(note) === null)
      found.push(finding(key, 'has no limit in qqq.json', 'end its note with “At most N characters.”'));
    for (const { index } of flat(parse(text)))
      if (index && kindOf(note, index) === 'nothing')
        found.push(
          finding(key, `has a $${index} that qqq.json does not explain`, `add the line “* $${index} - …”`),
        );
    for (const [, other = ''] of note.matchAll(/\{\{msg\|([^}]*)\}\}/g))
      if (!(other in en.texts))
        found.push(finding(key, `speaks in qqq.json of “${other}”`, 'name an existing key'));
    for (const { problem, mend } of findingsIn({ key, text, source: text, note, code: 'en', language: 'en' }))
      found.push(finding(key, problem, mend));
  }
  for (const key of Object.keys(qqq.texts))
    if (!(key in en.texts)) found.push(finding(key, 'is in qqq.json only', 'remove it there'));
  return found;
}

const METADATA_FIELDS = ['authors', 'review', 'same-as-english', 'numbers'];

function metadataFindings(metadata: LocaleFile['metadata'], en: LocaleFile): KeyFinding[] {
  const found: KeyFinding[] = [];
  const add = (problem: string, mend: string) => found.push(finding('@metadata', problem, mend));
  for (const name of Object.keys(metadata))
    if (!METADATA_FIELDS.includes(name))
      add(`has “${name}”, which nobody reads`, `remove it, or write one of ${METADATA_FIELDS.join(', ')}`);
  const { authors, review, numbers, 'same-as-english': same } = metadata;
  if (authors !== undefined && !isListOfText(authors))
    add('has "authors" that are no list of names', 'write a list, such as ["Ana"]');
  if (review !== undefined && typeof review !== 'string')
    add('has a "review" that is no text', 'write "review": "reviewed by a native speaker"');
  if (numbers !== undefined && !(typeof numbers === 'string' && isLanguage(numbers)))
    add(
      `has numbers of “${typeof numbers === 'string' ? numbers : JSON.stringify(numbers)}”, which is no language`,
      'write a code, such as "numbers": "es"',
    );
  if (same !== undefined && !Array.isArray(same))
    add('has "same-as-english" without brackets', 'write a list, such as ["retry"]');
  const keys: unknown[] = Array.isArray(same) ? same : [];
  for (const key of keys.map(String))
    if (!Object.hasOwn(en.texts, key)) add(`names “${key}”, which is no key`, 'remove it');
  return found;
}

const isListOfText = (value: unknown): boolean =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

function isLanguage(code: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(code).length > 0;
  } catch {
    return false;
  }
}

const MISSING = 'is missing';

/** Returns true for what is left to do, because a translation may be incomplete. */
export const isNotice = ({ problem }: Pick<Finding, 'problem'>): boolean =>
  problem === MISSING || problem === UNTRANSLATED;

/** Returns the mistakes and the missing texts of one locale. */
export function checkLocale({ code, locale: { metadata, texts }, glossary = null, json, en, qqq }: Subject): KeyFinding[] {
  const found: KeyFinding[] = [];
  const language = tagOf(code);
  found.push(...metadataFindings(metadata, en));
  for (const key of twice(json)) found.push(finding(key, 'stands twice', 'remove one'));
  for (const key of Object.keys(en.texts))
    if (!Object.hasOwn(texts, key)) found.push(finding(key, MISSING, 'translate it'));
  for (const [key, text] of Object.entries(texts)) {
    const source = en.texts[key];
    if (source === undefined) {
      found.push(finding(key, 'is not in en.json', 'remove it'));
      continue;
    }
    const note = qqq.texts[key] ?? '';
    for (const { problem, mend } of findingsIn({ key, text, source, note, code, language, metadata, glossary }))
      found.push(finding(key, problem, mend));
  }
  return found;
}
