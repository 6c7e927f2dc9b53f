// Compares every form of every message in every language with the plural categories of CLDR.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { codes, readLocale, tagOf } from '../build/locales/files.ts';
import { flat, GENDERS, parse, type Piece } from '../build/locales/message.ts';
import { served, textsFor } from '../build/locales/served.ts';
import { conventionsOf } from '../src/i18n/conventions.js';
import { type MessageId, Messages, type Person } from '../src/i18n/messages.js';

interface Cldr {
  supplemental: { 'plurals-type-cardinal': Record<string, Record<string, string>> };
}

const { supplemental } = JSON.parse(
  readFileSync('node_modules/cldr-core/supplemental/plurals.json', 'utf8'),
) as Cldr;
const CARDINAL = supplemental['plurals-type-cardinal'];
const ORDER = ['zero', 'one', 'two', 'few', 'many', 'other'];

/** Returns the whole numbers among CLDR's samples, by category. */
function samplesOf(tag: string): Map<string, number[]> {
  const rules = CARDINAL[tag] ?? CARDINAL[tag.split('-')[0] ?? ''];
  assert.ok(rules, `CLDR knows ${tag}`);
  return new Map(
    ORDER.flatMap((category) => {
      const rule = rules[`pluralRule-count-${category}`];
      if (rule === undefined) return [];
      const integers = /@integer ([^@]*)/.exec(rule)?.[1] ?? '';
      const numbers = [...integers.matchAll(/(?<![\dc])(\d+)(?:~\d+)?(?![\dc])/g)].map(([, from]) =>
        Number(from),
      );
      return [[category, numbers]];
    }),
  );
}

type Choice = Extract<Piece, { forms: unknown }>;
const isChoice = (piece: object): piece is Choice => 'forms' in piece;
const choicesIn = (pieces: Piece[]): Choice[] => flat(pieces).filter(isChoice);

interface Given {
  numbers: Map<number, { category: string; number: number }>;
  genders: Map<number, (typeof GENDERS)[number]>;
}

/** Returns all arguments for a message: one number per category, and each number that it names. */
function allGiven(pieces: Piece[], samples: Map<string, number[]>): Given[] {
  let all: Given[] = [{ numbers: new Map(), genders: new Map() }];
  const counted = new Set(choicesIn(pieces).flatMap(({ kind, index }) => (kind === 'plural' ? index : [])));
  const named = new Set(choicesIn(pieces).flatMap(({ kind, index }) => (kind === 'gender' ? index : [])));
  for (const index of counted) {
    const exact = choicesIn(pieces).flatMap((choice) =>
      choice.index === index ? choice.forms.flatMap((form) => form.exact ?? []) : [],
    );
    const values = [...samples].flatMap(([category, numbers]) =>
      [numbers[0], ...numbers.filter((number) => exact.includes(number))].flatMap((number) =>
        number === undefined ? [] : [{ category, number }],
      ),
    );
    all = all.flatMap((given) =>
      values.map((value) => ({ ...given, numbers: new Map(given.numbers).set(index, value) })),
    );
  }
  for (const index of named)
    all = all.flatMap((given) =>
      GENDERS.map((gender) => ({ ...given, genders: new Map(given.genders).set(index, gender) })),
    );
  return all;
}

/** Formats a message by CLDR's table; `show` formats parameters. */
function expected(
  pieces: Piece[],
  categories: string[],
  given: Given,
  show: (index: number) => string,
): string {
  return pieces
    .map((piece): string => {
      if (piece.kind === 'text') return piece.text;
      if (piece.kind === 'param') return show(piece.index);
      const inner = (form: { pieces: Piece[] } | undefined) =>
        expected(form?.pieces ?? [], categories, given, show);
      if (piece.kind === 'gender')
        return inner(
          piece.forms[GENDERS.indexOf(given.genders.get(piece.index) ?? 'unknown')] ?? piece.forms[0],
        );
      const value = given.numbers.get(piece.index);
      const exact = piece.forms.find((form) => form.exact === value?.number);
      const plain = piece.forms.filter((form) => form.exact === null);
      return inner(exact ?? plain[categories.indexOf(value?.category ?? '')] ?? plain.at(-1));
    })
    .join('');
}

let rendered = 0;

function check(code: string): void {
  const tag = tagOf(code);
  const samples = samplesOf(tag);
  const templates = textsFor(code);
  const { metadata } = readLocale(code);
  const numbers = new Intl.NumberFormat([
    tag,
    typeof metadata.numbers === 'string' ? metadata.numbers : 'en',
  ]);
  for (const [key, text] of Object.entries(templates)) {
    if (key.startsWith('@')) continue;
    const pieces = parse(text);
    if (!choicesIn(pieces).length) continue;
    for (const given of allGiven(pieces, samples)) {
      const params = [1, 2, 3, 4].map((index): number | Person => {
        const number = given.numbers.get(index)?.number;
        return number ?? { name: `N${index}`, gender: given.genders.get(index) ?? 'unknown' };
      });
      const messages = new Messages({
        language: tag,
        conventions: conventionsOf(tag, templates),
        templates,
        now: new Date(0),
        gender: given.genders.get(0) ?? 'unknown',
      });
      const show = (index: number) => {
        const param = params[index - 1];
        assert.ok(param !== undefined, `${code}, ${key}: $${index}`);
        return typeof param === 'number' ? numbers.format(param) : `\u2068${param.name}\u2069`;
      };
      assert.equal(
        messages.t(key as MessageId, ...params),
        expected(pieces, [...samples.keys()], given, show),
        `${code}, ${key}`,
      );
      rendered++;
    }
  }
}

describe('plural and gender forms in every language', () => {
  for (const code of ['en', ...codes()]) it(code, () => check(code));

  it('include many texts', (test) => {
    test.diagnostic(`${rendered} texts of ${served().length} languages were rendered`);
    assert.ok(rendered > 100);
  });
});
