import { expand, flat, parse, type Piece } from '../../../build/locales/message.ts';
import { kindOf } from '../../../build/locales/rules.ts';
import { conventionsOf } from '../../../src/i18n/conventions.js';
import { type MessageId, Messages, type Person } from '../../../src/i18n/messages.js';
import type { Gender } from '../../../src/sdk/snapshot.js';
import type { Entry, Translation } from './translation.js';

type Value = string | number | Person;

export interface MessageForm {
  /** The selected forms, such as “$1 = 3 (few)”. */
  chosen: string[];
  /** The text as formatted by the element. */
  text: string;
  /** The text as formatted by build/locales/message.ts, which the linter uses; null if it is the same. */
  linterText: string | null;
}

const NAME = 'Sasha';
const NOW = new Date('2026-11-22T11:00:00Z');
const DAY = '2026-12-24T00:00:00Z';
const THREE_DAYS_AGO = '2026-11-19T11:00:00Z';
const NUMBER = 5;

const isGender = (value: unknown): value is Gender =>
  value === 'male' || value === 'female' || value === 'unknown';

/** Returns all forms of a message, formatted by the element's own class. Empty if the message cannot be parsed. */
export function formsOf({ key, note, shown }: Entry, translation: Translation): MessageForm[] {
  const { language, filled } = translation;
  let pieces;
  try {
    pieces = parse(shown);
  } catch {
    return [];
  }
  const templates = { ...filled, [key]: shown };
  const conventions = conventionsOf(language, templates);
  const usual = usualIn(pieces, language);
  const indexes = flat(pieces).map(({ index }) => index ?? 0);
  return expand(pieces, language).map(({ values: given, text }) => {
    const values = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, usual(value)]));
    const { 'GENDER 0': reader } = values;
    const gender = isGender(reader) ? reader : 'unknown';
    const messages = new Messages({ language, conventions, templates, now: NOW, gender });
    const params = Array.from({ length: Math.max(0, ...indexes) }, (_, index) =>
      sampleFor(index + 1, { values, note, messages }),
    );
    const elementText = messages.t(key as MessageId, ...params);
    const numbers = new Intl.NumberFormat([language, filled['@numbers'] ?? 'en']);
    const expected = text.replaceAll(/\$(\d)/g, (whole, index: string) => {
      const param = params[Number(index) - 1];
      if (typeof param === 'number') return numbers.format(param);
      return typeof param === 'object' ? `\u2068${param.name}\u2069` : (param ?? whole);
    });
    return {
      chosen: formLabels(values, language),
      text: elementText,
      linterText: elementText === expected ? null : expected,
    };
  });
}

/**
 * Replaces numbers of the category “other” that have no form of their own by 5, because “5 edits” is clearer than “0
 * edits”.
 *
 * @returns a function that replaces such numbers
 */
function usualIn(pieces: Piece[], language: string) {
  const rules = new Intl.PluralRules(language);
  const exact = flat(pieces).flatMap((piece) =>
    piece.kind === 'plural' ? piece.forms.map((form) => form.exact) : [],
  );
  const isPlainOther = (value: number) => rules.select(value) === 'other' && !exact.includes(value);
  return (value: string | number) =>
    typeof value === 'number' && isPlainOther(value) && isPlainOther(NUMBER) ? NUMBER : value;
}

interface Given {
  values: Readonly<Record<string, string | number>>;
  note: string;
  messages: Messages;
}

/** Returns a sample value for a parameter, of the kind that qqq.json documents. */
function sampleFor(index: number, { values, note, messages }: Given): Value {
  const count = values[`PLURAL ${index}`];
  const gender = values[`GENDER ${index}`];
  if (typeof count === 'number') return count;
  if (isGender(gender)) return { name: NAME, gender };
  switch (kindOf(note, index)) {
    case 'number':
      return NUMBER;
    case 'time':
      return /\$\d - a date/.test(note) ? messages.day(DAY) : messages.ago(THREE_DAYS_AGO);
    default:
      return { name: NAME, gender: 'unknown' };
  }
}

function formLabels(values: Readonly<Record<string, string | number>>, language: string): string[] {
  const rules = new Intl.PluralRules(language);
  return Object.entries(values).map(([name, value]) => {
    const [, index] = name.split(' ');
    if (typeof value === 'number') return `$${index} = ${value} (${rules.select(value)})`;
    return index === '0' ? `reader: ${value}` : `$${index}: ${value}`;
  });
}
