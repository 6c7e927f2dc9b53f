/** Locales that are made of English, to look at layouts and keys. */
import { flat, parse } from './message.mjs';

export const PSEUDO = ['en-x-long', 'en-x-rtl', 'qqx'];

const PLAIN = 'aceginorsuyACEGINORSUY';
const ACCENTED = 'àçéğíñöŕšüýÀÇÉĞÍÑÖŔŠÜÝ';

/** 40 % longer, within the words, as German is; each text looks different from one that was forgotten. */
function long(text) {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  let owed = 0;
  return text.replaceAll(/\p{L}/gu, (letter) => {
    const accented = ACCENTED[PLAIN.indexOf(letter)] ?? letter;
    owed += (0.4 * text.length) / letters;
    const more = Math.floor(owed);
    owed -= more;
    return accented + accented.toLowerCase().repeat(more);
  });
}

/** Each word runs from right to left, as those of Arabic do. */
const mirrored = (text) => text.replaceAll(/[\p{L}\p{M}’]+/gu, (word) => `\u202e${word}\u202c`);

function rewritten(pieces, change) {
  const write = (piece) => {
    if (piece.kind === 'text') return change(piece.text);
    if (piece.kind === 'param') return `$${piece.index}`;
    const forms = piece.forms.map(
      ({ exact, pieces }) => (exact === null ? '' : `${exact}=`) + rewritten(pieces, change),
    );
    return `{{${piece.kind.toUpperCase()}:${piece.index ? `$${piece.index}` : ''}|${forms.join('|')}}}`;
  };
  return pieces.map(write).join('');
}

/** As MediaWiki's own qqx: the key and what it is given. */
function keyed(key, pieces) {
  const params = [...new Set(flat(pieces).flatMap(({ index }) => index || []))].sort();
  return `(${key}${params.length ? `: ${params.map((index) => `$${index}`).join(', ')}` : ''})`;
}

const MAKE = {
  'en-x-long': (_, pieces) => rewritten(pieces, long),
  'en-x-rtl': (_, pieces) => rewritten(pieces, mirrored),
  qqx: keyed,
};

export const pseudoTexts = (code, texts) =>
  Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, MAKE[code](key, parse(text))]));
