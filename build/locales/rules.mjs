/** What is asked of a translation. Each rule yields what is wrong with one text, and how to mend it. */
import { categoriesOf, expand, flat, known, parse, rulesOf } from './message.mjs';

/** @typedef {{ problem: string, mend: string }} Finding */

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
export const lengthOf = (text) => [...graphemes.segment(text.replaceAll(/\$\d/g, ''))].length;

/** The words of qqq that say how long a text may be. */
export const limitOf = (note) => {
  const limit = /At most (\d+) characters\./.exec(note)?.[1];
  return limit === undefined ? null : Number(limit);
};

/** What a parameter is, by the words of qqq. */
export function kindOf(note, index) {
  const words = new RegExp(`\\$${index}(?: and \\$\\d)?: ([^$]*)`).exec(note)?.[1];
  const beside = new RegExp(`\\$\\d and \\$${index}: ([^$]*)`).exec(note)?.[1];
  const about = words ?? beside;
  if (about === undefined) return 'nothing';
  if (/^(?:number|how many|days|edits|the viewer's edits)/.test(about)) return 'number';
  return /^a (?:date|time|day)/.test(about) ? 'time' : 'person';
}

const LETTERS = /\p{L}/u;
/** Directional marks, embeddings, isolates; not the joiners, which are letters' own. */
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const MARKUP = /<[^>]*>|&#?\w+;|\[\[|\]\]|'{2,}|\[https?:/;
const FULL_STOP = /[.。।॥۔։።။]\s*$/u;

const say = (problem, mend) => ({ problem, mend });

/** Which parameters stand in a text, whatever is chosen. */
const shownIn = (text) =>
  new Set(flat(parse(text)).flatMap(({ kind, index }) => (kind === 'param' ? index : [])));

/**
 * The only number of its category, such as 1 of “one” in English and 2 of “two” in Arabic: a form may do without it.
 * Numbers that have forms of their own do not count.
 */
function isAlone(language, number, exact) {
  const others = membersOf(language)[rulesOf(language).select(number)] ?? [];
  return others.every((one) => one === number || exact.includes(one));
}

/** By category its first numbers, which are enough to tell. */
const membersOf = known((language) => {
  const rules = rulesOf(language);
  const members = {};
  for (let n = 0; n <= 1_000; n++) {
    const found = (members[rules.select(n)] ??= []);
    if (found.length < 8) found.push(n);
  }
  return members;
});

const exactOf = (pieces, index) =>
  flat(pieces).flatMap((piece) =>
    piece.kind === 'plural' && piece.index === index ? piece.forms.flatMap(({ exact }) => exact ?? []) : [],
  );

/** “PLURAL 1” and 0: “$1 is 0”. */
const whereOf = ([name, value]) => {
  const index = name.split(' ')[1];
  return `${index === '0' ? 'the viewer' : `$${index}`} is ${value}`;
};

const RULES = {
  *spaces({ text, readings }) {
    const all = [text, ...readings.map((one) => one.text)];
    if (all.some((one) => one !== one.trim())) yield say('has a space at its start or end', 'take it away');
    if (all.some((one) => / {2}|[\t\n\r]/.test(one)))
      yield say('has two spaces, a tab or a new line', 'leave one space');
  },

  *signs({ text }) {
    if (BIDI.test(text))
      yield say(
        'has an invisible sign of direction',
        'take it away: names are isolated, and direction is the language’s',
      );
    if (/[\p{Cc}\p{Zl}\p{Zp}\ufeff\ufffd]/u.test(text)) yield say('has a control character', 'take it away');
    if (text !== text.normalize()) yield say('is not in Unicode’s form NFC', 'save it as NFC');
    if (MARKUP.test(text)) yield say('has markup', 'write plain words: texts are shown as they stand');
    if (text.includes('...')) yield say('has three dots', 'write one “…”');
    if (/["]|(?<=\p{L})'(?!')/u.test(text))
      yield say('has straight quotation marks', 'write those of the language, and ’ as apostrophe');
  },

  *forms({ pieces, language, note }) {
    const { all, whole } = categoriesOf(language);
    for (const { kind, index, forms } of flat(pieces).filter((piece) => piece.forms)) {
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
    const counted = (each) =>
      new Set(flat(each).flatMap(({ kind, index }) => (kind === 'plural' ? index : [])));
    for (const index of counted(english))
      if (!counted(pieces).has(index))
        yield say(
          `has no {{PLURAL:$${index}|…}}`,
          `write ${categoriesOf(language).whole.join('|')}, even if some are alike`,
        );
  },

  *params({ pieces, readings, text, english, source, language }) {
    const wanted = shownIn(source);
    for (const index of shownIn(text))
      if (!wanted.has(index)) yield say(`shows $${index}`, 'leave it out: English has none');
    for (const index of wanted)
      for (const { values, shown } of readings) {
        if (shown.includes(index)) continue;
        const number = values[`PLURAL ${index}`];
        if (number !== undefined && isAlone(language, number, exactOf(pieces, index))) continue;
        if (hasExact(english, index, number) || hasExact(pieces, index, number)) continue;
        const where = Object.entries(values).map(whereOf).join(' and ');
        yield say(`lacks $${index}${where && ` where ${where}`}`, 'put it where the sentence wants it');
        break;
      }
  },

  *empty({ readings }) {
    if (readings.some(({ text }) => !LETTERS.test(text) && !text.includes('$')))
      yield say('can become empty', 'write words in every form');
  },

  *copies({ code, text, source, metadata, key }) {
    const same = Array.isArray(metadata['same-as-english']) ? metadata['same-as-english'] : [];
    if (
      code.startsWith('en') ||
      text !== source ||
      !LETTERS.test(source.replaceAll(/\$\d/g, '')) ||
      same.includes(key)
    )
      return;
    yield say('is the English text', `translate it, or name the key in @metadata’s "same-as-english"`);
  },

  *length({ readings, note }) {
    const limit = limitOf(note);
    const longest = Math.max(...readings.map(({ text }) => lengthOf(text)));
    if (limit !== null && longest > limit)
      yield say(`has ${longest} characters`, `say it in ${limit}, which is what its place takes`);
  },

  *ending({ text, source, note }) {
    if (/No full stop\./.test(note) && FULL_STOP.test(text)) yield say('ends in a full stop', 'leave it out');
    for (const sign of ['…', '?'])
      if (source.endsWith(sign) && !ENDINGS[sign].test(text))
        yield say(`does not end in ${sign}`, 'end it as English does');
  },
};

const ENDINGS = { '…': /(?:…|……|᠁)\s*$/u, '?': /[?？؟;]\s*$|՞/u };

const hasExact = (pieces, index, number) => exactOf(pieces, index).includes(number);

/** @returns {Finding[]} */
export function findingsIn({ key, text, source, note, code, language, metadata = {} }) {
  if (typeof text !== 'string') return [say('is no text', 'write it in quotation marks')];
  let pieces;
  try {
    pieces = parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return [say(error.message, 'write it as in English')];
    throw error;
  }
  const readings = expand(pieces, language);
  const english = parse(source);
  const given = { key, text, pieces, readings, source, english, note, code, language, metadata };
  return Object.values(RULES).flatMap((rule) => [...rule(given)]);
}
