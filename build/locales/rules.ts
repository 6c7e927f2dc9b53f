/** Rules for translations. Each rule yields the mistakes of one text, and how to correct them. */
import {
  categoriesOf,
  choicesIn,
  expand,
  type Expansion,
  flat,
  known,
  parse,
  type Piece,
  rulesOf,
} from './message.ts';

import type { Glossary } from './files.ts';

export interface Finding {
  problem: string;
  mend: string;
}

interface Subject {
  key: string;
  /** Anything, because it comes from a file. */
  text: unknown;
  /** English text. */
  source: string;
  /** Text in qqq.json. */
  note: string;
  code: string;
  /** BCP 47 tag. */
  language: string;
  metadata?: Record<string, unknown>;
  /** Established words of the language; null: unknown. */
  glossary?: Glossary | null;
}

/** Parsed subject of a rule. */
interface Given extends Required<Subject> {
  text: string;
  pieces: Piece[];
  english: Piece[];
  readings: Expansion[];
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** Counts visible characters, without parameters and word joiners. */
export const lengthOf = (text: string): number =>
  [...graphemes.segment(text.replaceAll(/\$\d+|\u2060/g, ''))].length;

/** Returns the longest allowed length, which qqq.json states. */
export const limitOf = (note: string): number | null => {
  const limit = /At most (\d+) characters\./.exec(note)?.[1];
  return limit === undefined ? null : Number(limit);
};

/** Returns the kind of a parameter, which qqq.json describes. */
export function kindOf(note: string, index: number): 'nothing' | 'number' | 'time' | 'person' {
  const about = new RegExp(`^\\* \\$${index} - (.*)`, 'm').exec(note)?.[1];
  if (about === undefined) return 'nothing';
  if (/^(?:number|how many|days|edits|the viewer's edits)/.test(about)) return 'number';
  return /^a (?:date|time|day)/.test(about) ? 'time' : 'person';
}

export const UNTRANSLATED = 'is the English text';

const LETTERS = /\p{L}/u;
/** Directional marks, embeddings and isolates, but not joiners, which belong to letters. */
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const MARKUP = /<[^>]*>|&#?\w+;|\[\[|\]\]|'{2,}|\[https?:/;
const FULL_STOP = /[.。।॥۔։።။]\s*$/u;

const say = (problem: string, mend: string): Finding => ({ problem, mend });

/** Returns the parameters of a text, in all of its forms. */
const shownIn = (pieces: readonly Piece[]): Set<number> =>
  new Set(flat(pieces).flatMap((piece) => (piece.kind === 'param' ? piece.index : [])));

/**
 * Returns true for the only number of its category, such as 1 of “one” in English and 2 of “two” in Arabic, because
 * its form may omit the number. Numbers with forms of their own do not count.
 */
function isAlone(language: string, number: number, exact: readonly number[]): boolean {
  const others = membersOf(language).get(rulesOf(language).select(number)) ?? [];
  return others.every((one) => one === number || exact.includes(one));
}

/** Returns the first numbers of each category. Eight of them show if a number is alone. */
const membersOf = known((language) => {
  const rules = rulesOf(language);
  const members = new Map<string, number[]>();
  for (let n = 0; n <= 1_000; n++) {
    const category = rules.select(n);
    const found = members.get(category) ?? [];
    if (found.length < 8) members.set(category, [...found, n]);
  }
  return members;
});

const exactOf = (pieces: readonly Piece[], index: number): number[] =>
  choicesIn(pieces).flatMap((choice) =>
    choice.kind === 'plural' && choice.index === index
      ? choice.forms.flatMap(({ exact }) => exact ?? [])
      : [],
  );

/** Describes a choice: “PLURAL 1” and 0 become “$1 is 0”. */
const whereOf = ([name, value]: [string, string | number]): string => {
  const index = name.split(' ')[1];
  return `${index === '0' ? 'the viewer' : `$${index ?? ''}`} is ${value}`;
};

type Rule = (given: Given) => Generator<Finding>;

const RULES: Record<string, Rule> = {
  *spaces({ text, readings }) {
    const all = [text, ...readings.map((one) => one.text)];
    if (all.some((one) => one !== one.trim())) yield say('has a space at its start or end', 'remove it');
    if (all.some((one) => / {2}|[\t\n\r]/.test(one)))
      yield say('has two spaces, a tab or a new line', 'leave one space');
  },

  *signs({ text }) {
    if (BIDI.test(text))
      yield say(
        'has an invisible sign of direction',
        'remove it, because the element isolates names and sets the direction',
      );
    if (/[\p{Cc}\p{Zl}\p{Zp}\ufeff\ufffd]/u.test(text)) yield say('has a control character', 'remove it');
    if (text !== text.normalize()) yield say('is not in Unicode’s form NFC', 'save it as NFC');
    if (MARKUP.test(text)) yield say('has markup', 'write plain text, because markup is not rendered');
    if (text.includes('...')) yield say('has three dots', 'write one “…”');
    if (/["]|(?<=\p{L})'(?!')/u.test(text))
      yield say(
        'has straight quotation marks',
        'write the quotation marks of the language, and ’ as apostrophe',
      );
  },

  *forms({ pieces, language, note }) {
    const { all, whole } = categoriesOf(language);
    for (const { kind, index, forms } of choicesIn(pieces)) {
      const name = index ? `$${index}` : 'the viewer';
      const is = index ? kindOf(note, index) : 'person';
      const plain = forms.filter(({ exact }) => exact === null).length;
      if (kind === 'gender') {
        if (is !== 'person')
          yield say(`asks for the gender of ${name}, which is a ${is}`, 'use PLURAL, or no choice');
        if (forms.length !== 3)
          yield say(`has ${forms.length} forms of GENDER`, 'write three: he|she|unknown');
      } else {
        if (is !== 'number') yield say(`counts ${name}, which is a ${is}`, 'use GENDER, or no choice');
        if (plain !== whole.length && plain !== all.length)
          yield say(`has ${plain} forms of PLURAL for ${name}`, `write ${whole.length}: ${whole.join('|')}`);
      }
    }
  },

  *counted({ pieces, english, language }) {
    if (categoriesOf(language).whole.length === 1) return;
    const counted = (each: readonly Piece[]) =>
      new Set(choicesIn(each).flatMap(({ kind, index }) => (kind === 'plural' ? index : [])));
    for (const index of counted(english))
      if (!counted(pieces).has(index))
        yield say(
          `has no {{PLURAL:$${index}|…}}`,
          `write ${categoriesOf(language).whole.join('|')}, even if some are equal`,
        );
  },

  *params({ pieces, readings, english, language }) {
    const wanted = shownIn(english);
    for (const index of shownIn(pieces))
      if (!wanted.has(index))
        yield say(`shows $${index}`, 'remove it, because the English text does not have it');
    for (const index of wanted)
      for (const { values, shown } of readings) {
        if (shown.includes(index)) continue;
        const number = values[`PLURAL ${index}`];
        if (typeof number === 'number' && isAlone(language, number, exactOf(pieces, index))) continue;
        if (hasExact(english, index, number) || hasExact(pieces, index, number)) continue;
        const where = Object.entries(values).map(whereOf).join(' and ');
        yield say(`lacks $${index}${where && ` where ${where}`}`, 'add it to the sentence');
        break;
      }
  },

  *empty({ readings }) {
    if (readings.some(({ text }) => !LETTERS.test(text) && !text.includes('$')))
      yield say('can become empty', 'write words in every form');
  },

  *copies({ code, text, source, metadata, key }) {
    const same: unknown = metadata['same-as-english'];
    if (
      code.startsWith('en') ||
      text !== source ||
      !LETTERS.test(source.replaceAll(/\$\d+/g, '')) ||
      (Array.isArray(same) && same.includes(key))
    )
      return;
    yield say(UNTRANSLATED, `translate it, or name the key in @metadata’s "same-as-english"`);
  },

  *length({ readings, note }) {
    const limit = limitOf(note);
    const longest = Math.max(...readings.map(({ text }) => lengthOf(text)));
    if (limit !== null && longest > limit)
      yield say(`has ${longest} characters`, `shorten it to ${limit}, which is the available space`);
  },

  *terms({ key, text, source, glossary }) {
    if (!glossary || glossary.rephrased.includes(key)) return;
    // A word joiner prevents a line break within a Thai word.
    const written = text.replaceAll('\u2060', '').toLowerCase();
    for (const [term, english] of TERMS) {
      const words = [glossary[term]].flat();
      if (english.test(source) && !words.some((word) => written.includes(word.toLowerCase())))
        yield say(
          `has another word for “${term}” than the glossary`,
          `write “${words.join('” or “')}”, or name the key in "rephrased" of locales/glossary.json`,
        );
    }
  },

  *ending({ text, source, note }) {
    if (/No full stop\./.test(note) && FULL_STOP.test(text)) yield say('ends in a full stop', 'remove it');
    for (const [sign, ending] of ENDINGS)
      if (source.endsWith(sign) && !ending.test(text))
        yield say(`does not end in ${sign}`, 'end it as the English text ends');
  },
};

/** English words whose translations the glossary has. */
const TERMS = [
  ['mentor', /\bmentors?\b/i],
  ['talk-page', /\btalk pages?\b/i],
  ['dashboard', /\bmentor dashboard\b/i],
] as const;

const ENDINGS = new Map([
  ['…', /(?:…|……|᠁)\s*$/u],
  ['?', /[?？؟;]\s*$|՞/u],
]);

const hasExact = (pieces: readonly Piece[], index: number, number: unknown): boolean =>
  exactOf(pieces, index).some((exact) => exact === number);

export function findingsIn({ key, text, source, note, code, language, metadata = {}, glossary = null }: Subject): Finding[] {
  if (typeof text !== 'string') return [say('is no text', 'write it in quotation marks')];
  let pieces: Piece[];
  try {
    pieces = parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return [say(error.message, 'write it as in the English text')];
    throw error;
  }
  const readings = expand(pieces, language);
  const english = parse(source);
  const given = { key, text, pieces, readings, source, english, note, code, language, metadata, glossary };
  return Object.values(RULES).flatMap((rule) => [...rule(given)]);
}
