/** Makes pseudo-locales from English, to check layouts and keys. */
import { flat, parse, type Piece } from './message.ts';

const PLAIN = 'aceginorsuyACEGINORSUY';
const ACCENTED = 'àçéğíñöŕšüýÀÇÉĞÍÑÖŔŠÜÝ';

/** Lengthens words by 40 %, as in German, and accents letters, so that an untranslated text stands out. */
function long(text: string): string {
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

/** Makes each word run from right to left, as in Arabic. */
const mirrored = (text: string): string =>
  text.replaceAll(/[\p{L}\p{M}’]+/gu, (word) => `\u202e${word}\u202c`);

function rewritten(pieces: readonly Piece[], change: (text: string) => string): string {
  const write = (piece: Piece) => {
    if (piece.kind === 'text') return change(piece.text);
    if (piece.kind === 'param') return `$${piece.index}`;
    const forms = piece.forms.map(
      (form) => (form.exact === null ? '' : `${form.exact}=`) + rewritten(form.pieces, change),
    );
    return `{{${piece.kind.toUpperCase()}:${piece.index ? `$${piece.index}` : ''}|${forms.join('|')}}}`;
  };
  return pieces.map(write).join('');
}

/** Shows the key and its parameters, as MediaWiki's qqx does. */
function keyed(key: string, pieces: readonly Piece[]): string {
  const params = [...new Set(flat(pieces).flatMap(({ index }) => index || []))].sort();
  return `(${key}${params.length ? `: ${params.map((index) => `$${index}`).join(', ')}` : ''})`;
}

const MAKERS = {
  'en-x-long': (_: string, pieces: readonly Piece[]) => rewritten(pieces, long),
  'en-x-rtl': (_: string, pieces: readonly Piece[]) => rewritten(pieces, mirrored),
  qqx: keyed,
};

type Pseudo = keyof typeof MAKERS;

export const isPseudo = (code: string): code is Pseudo => Object.hasOwn(MAKERS, code);

export const PSEUDO: readonly string[] = Object.keys(MAKERS);

export const pseudoTexts = (code: Pseudo, texts: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, MAKERS[code](key, parse(text))]));
