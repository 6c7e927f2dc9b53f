/** Texts are handed to the element with marks around them, so that they are found again wherever it draws them. */

const START = '\uE000';
const END = '\uE001';
const FIRST_KEY = 0xe100;
const MARKER = /\uE000([\uE100-\uF8FF])|\uE001/g;

export interface Boundary {
  /** In the text without marks. */
  at: number;
  /** Of the key that begins there; null: one ends. */
  key: number | null;
}

/** @param key - its number */
export const addMarkers = (key: number, text: string): string =>
  `${START}${String.fromCharCode(FIRST_KEY + key)}${text}${END}`;

export const hasMarkers = (text: string): boolean => text.search(MARKER) >= 0;

/** What a person reads, and where in it keys begin and end. */
export function removeMarkers(text: string): { plain: string; boundaries: Boundary[] } {
  const boundaries: Boundary[] = [];
  let removed = 0;
  const plain = text.replaceAll(MARKER, (marker, key: string | undefined, at: number) => {
    boundaries.push({ at: at - removed, key: key === undefined ? null : key.charCodeAt(0) - FIRST_KEY });
    removed += marker.length;
    return '';
  });
  return { plain, boundaries };
}
