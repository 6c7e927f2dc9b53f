/** Texts are handed to the element with marks around them, so that they are found again wherever it draws them. */

const START = '\uE000';
const END = '\uE001';
const FIRST_KEY = 0xe100;
const MARK = /\uE000([\uE100-\uF8FF])|\uE001/g;

export interface Turn {
  /** In the text without marks. */
  at: number;
  /** Of the key that begins there; null: one ends. */
  key: number | null;
}

/** @param key - its number */
export const marked = (key: number, text: string): string =>
  `${START}${String.fromCharCode(FIRST_KEY + key)}${text}${END}`;

export const isMarked = (text: string): boolean => text.search(MARK) >= 0;

/** What a person reads, and where in it keys begin and end. */
export function unmarked(text: string): { plain: string; turns: Turn[] } {
  const turns: Turn[] = [];
  let gone = 0;
  const plain = text.replaceAll(MARK, (mark, key: string | undefined, at: number) => {
    turns.push({ at: at - gone, key: key === undefined ? null : key.charCodeAt(0) - FIRST_KEY });
    gone += mark.length;
    return '';
  });
  return { plain, turns };
}
