/** Checks a whole locale. rules.ts has the rules for one text. */
import { type LocaleFile, tagOf, toJson } from './files.ts';
import { flat, parse } from './message.ts';
import { type Finding, findingsIn, kindOf, limitOf } from './rules.ts';

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
  /** Content of the file, whose layout and duplicate keys are checked. */
  json: string;
}

const AUTHORS = 'mentorship-module contributors';

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
        found.push(finding(key, `has a $${index} that qqq.json does not explain`, `add “$${index}: …”`));
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
  const { numbers, 'same-as-english': same } = metadata;
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

function isLanguage(code: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(code).length > 0;
  } catch {
    return false;
  }
}

const MISSING = 'is missing';

/** Returns true for a missing text, which is not an error because the fallback language is shown. */
export const isNotice = ({ problem }: Pick<Finding, 'problem'>): boolean => problem === MISSING;

/** Returns the mistakes and the missing texts of one locale. */
export function checkLocale({ code, locale: { metadata, texts }, json, en, qqq }: Subject): KeyFinding[] {
  const found: KeyFinding[] = [];
  const language = tagOf(code);
  const { authors, review } = metadata;
  if (!Array.isArray(authors) || !authors.includes(AUTHORS))
    found.push(finding('@metadata', 'does not name its authors', `write "authors": ["${AUTHORS}"]`));
  if (typeof review !== 'string')
    found.push(
      finding(
        '@metadata',
        'does not say who has reviewed it',
        'write "review": "drafted, not yet reviewed by a native speaker"',
      ),
    );
  found.push(...metadataFindings(metadata, en));
  for (const key of twice(json)) found.push(finding(key, 'stands twice', 'remove one'));
  if (json !== toJson({ metadata, texts }))
    found.push(finding('the file', 'is laid out in another way', 'run “npm run format”'));
  for (const key of Object.keys(en.texts))
    if (!Object.hasOwn(texts, key)) found.push(finding(key, MISSING, 'translate it'));
  for (const [key, text] of Object.entries(texts)) {
    const source = en.texts[key];
    if (source === undefined) {
      found.push(finding(key, 'is not in en.json', 'remove it'));
      continue;
    }
    const note = qqq.texts[key] ?? '';
    for (const { problem, mend } of findingsIn({ key, text, source, note, code, language, metadata }))
      found.push(finding(key, problem, mend));
  }
  return found;
}
