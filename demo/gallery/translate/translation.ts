import { expand, flat, parse } from '../../../build/locales/message.ts';
import { type Finding, findingsIn, lengthOf, limitOf } from '../../../build/locales/rules.ts';

type Texts = Readonly<Record<string, string>>;

/** A locale, as returned by build/locales/translation.ts. */
export interface Translation {
  /** MediaWiki language code. */
  code: string;
  /** BCP 47 tag. */
  language: string;
  metadata: Readonly<Record<string, unknown>>;
  texts: Texts;
  english: Texts;
  notes: Texts;
  /** The texts, with missing ones taken from the fallbacks. */
  filled: Texts;
}

export const STATES = ['missing', 'same', 'findings', 'fine'] as const;

export type State = (typeof STATES)[number];

export interface Entry {
  key: string;
  english: string;
  /** Null if the text is missing. */
  text: string | null;
  /** The text that a viewer reads. */
  shown: string;
  note: string;
  /** Maximum number of characters of the longest form; null if there is no limit. */
  limit: number | null;
  length: number;
  /** Number of forms that `expand` returns; 1 without plurals and genders. */
  forms: number;
  findings: Finding[];
  state: State;
}

export function entriesOf(translation: Translation): Entry[] {
  const keys = new Set([...Object.keys(translation.english), ...Object.keys(translation.texts)]);
  return [...keys].map((key) => entryFor(key, translation));
}

function entryFor(key: string, translation: Translation): Entry {
  const { english: source, filled, language, notes, texts } = translation;
  const english = source[key] ?? '';
  const note = notes[key] ?? '';
  const text = texts[key] ?? null;
  const shown = text ?? filled[key] ?? english;
  const findings = findingsOf(key, translation);
  const renderedForms = formsOf(shown, language);
  return {
    key,
    english,
    text,
    shown,
    note,
    limit: limitOf(note),
    length: Math.max(...renderedForms.map(lengthOf)),
    forms: renderedForms.length,
    findings,
    state: stateOf(text, english, findings),
  };
}

function findingsOf(
  key: string,
  { code, english, language, metadata, notes, texts }: Translation,
): Finding[] {
  const source = english[key];
  const text = texts[key];
  if (text === undefined) return [{ problem: 'is missing', mend: 'translate it' }];
  if (source === undefined) return [{ problem: 'is not in en.json', mend: 'take it away' }];
  return findingsIn({ key, text, source, note: notes[key] ?? '', code, language, metadata });
}

/** Returns the state of a text. A text that is intentionally English has no findings. */
function stateOf(text: string | null, english: string, findings: Finding[]): State {
  if (text === null) return 'missing';
  if (findings.length === 0) return 'fine';
  return text === english ? 'same' : 'findings';
}

/** Returns all forms of a text; the text itself if it cannot be parsed. */
function formsOf(text: string, language: string): string[] {
  try {
    return expand(parse(text), language).map((form) => form.text);
  } catch {
    return [text];
  }
}

export const hasForms = (entry: Entry): boolean => {
  try {
    return flat(parse(entry.shown)).some(({ kind }) => kind === 'plural' || kind === 'gender');
  } catch {
    return false;
  }
};

export interface Progress {
  all: number;
  translated: number;
  /** Number of findings in translated texts only. */
  findings: number;
}

export function progressOf(entries: readonly Entry[]): Progress {
  const isDone = ({ state }: Entry) => state === 'fine' || state === 'findings';
  const done = entries.filter((entry) => isDone(entry));
  return {
    all: entries.filter(({ english }) => english).length,
    translated: done.filter(({ english }) => english).length,
    findings: done.reduce((sum, { findings }) => sum + findings.length, 0),
  };
}

/** Splits a note of qqq.json into texts and the keys that it links to. */
export const partsOf = (note: string): { words: string; key: string | null }[] => {
  const parts = note.replaceAll(/<\/?nowiki>/g, '').split(/\{\{msg\|([^}]*)\}\}/);
  return Array.from({ length: (parts.length + 1) / 2 }, (_, index) => ({
    words: parts[index * 2] ?? '',
    key: parts[index * 2 + 1] ?? null,
  }));
};
