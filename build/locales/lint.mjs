/** Reads a whole locale as a translator's friend would; rules.mjs has what is asked of each text. */
import { tagOf, toJson } from './files.mjs';
import { flat, parse } from './message.mjs';
import { findingsIn, kindOf, limitOf } from './rules.mjs';

const AUTHORS = 'mentorship-module contributors';

const finding = (key, problem, mend) => ({ key, problem, mend });

/** A key that stands twice is no mistake to JSON.parse: the last one counts. */
function twice(json) {
  const keys = [...json.matchAll(/^\s+"([^"]+)":/gm)].map(([, key]) => key);
  return keys.filter((key, index) => keys.indexOf(key) !== index);
}

/** What is wrong with the English texts and what is said of them. */
export function checkSource({ en, qqq }) {
  const found = [];
  for (const [key, text] of Object.entries(en.texts)) {
    const note = qqq.texts[key];
    if (note === undefined) {
      found.push(finding(key, 'is not in qqq.json', 'say there where it stands'));
      continue;
    }
    if (limitOf(note) === null)
      found.push(finding(key, 'has no limit in qqq.json', 'end its note with “At most N characters.”'));
    for (const { index } of flat(parse(text)).filter((piece) => piece.index))
      if (kindOf(note, index) === 'nothing')
        found.push(finding(key, `has a $${index} that qqq.json does not explain`, `add “$${index}: …”`));
    for (const [, other] of note.matchAll(/\{\{msg\|([^}]*)\}\}/g))
      if (!(other in en.texts))
        found.push(finding(key, `speaks in qqq.json of “${other}”`, 'name a key that there is'));
    for (const { problem, mend } of findingsIn({ key, text, source: text, note, code: 'en', language: 'en' }))
      found.push(finding(key, problem, mend));
  }
  for (const key of Object.keys(qqq.texts))
    if (!(key in en.texts)) found.push(finding(key, 'is in qqq.json only', 'take it away there'));
  return found;
}

const METADATA_FIELDS = ['authors', 'review', 'same-as-english', 'numbers'];

function metadataFindings(metadata, en) {
  const found = [];
  const add = (problem, mend) => found.push(finding('@metadata', problem, mend));
  for (const name of Object.keys(metadata))
    if (!METADATA_FIELDS.includes(name))
      add(`has “${name}”, which nobody reads`, `take it away, or write one of ${METADATA_FIELDS.join(', ')}`);
  const { numbers, 'same-as-english': same } = metadata;
  if (numbers !== undefined && !isLanguage(numbers))
    add(`has numbers of “${String(numbers)}”, which is no language`, 'write a code, such as "numbers": "es"');
  if (same !== undefined && !Array.isArray(same))
    add('has "same-as-english" without brackets', 'write a list, such as ["retry"]');
  for (const key of Array.isArray(same) ? same : [])
    if (!Object.hasOwn(en.texts, key)) add(`names “${String(key)}”, which is no key`, 'take it away');
  return found;
}

function isLanguage(code) {
  try {
    return Intl.NumberFormat.supportedLocalesOf(code).length > 0;
  } catch {
    return false;
  }
}

const MISSING = 'is missing';

/** Nothing is wrong: a missing text is shown in the language that the locale falls back on. */
export const isNotice = ({ problem }) => problem === MISSING;

/** What is wrong with one locale, and what is missing in it. */
export function checkLocale({ code, locale: { metadata, texts }, json, en, qqq }) {
  const found = [];
  const language = tagOf(code);
  if (!Array.isArray(metadata.authors) || !metadata.authors.includes(AUTHORS))
    found.push(finding('@metadata', 'does not name its authors', `write "authors": ["${AUTHORS}"]`));
  if (typeof metadata.review !== 'string')
    found.push(
      finding(
        '@metadata',
        'does not say who has reviewed it',
        'write "review": "drafted, not yet reviewed by a native speaker"',
      ),
    );
  found.push(...metadataFindings(metadata, en));
  for (const key of twice(json)) found.push(finding(key, 'stands twice', 'leave one'));
  if (json !== toJson({ metadata, texts }))
    found.push(finding('the file', 'is laid out in another way', 'run “npm run format”'));
  for (const key of Object.keys(en.texts))
    if (!Object.hasOwn(texts, key)) found.push(finding(key, MISSING, 'translate it'));
  for (const [key, text] of Object.entries(texts)) {
    const source = en.texts[key];
    if (source === undefined) {
      found.push(finding(key, 'is not in en.json', 'take it away'));
      continue;
    }
    const note = qqq.texts[key] ?? '';
    for (const { problem, mend } of findingsIn({ key, text, source, note, code, language, metadata }))
      found.push(finding(key, problem, mend));
  }
  return found;
}
