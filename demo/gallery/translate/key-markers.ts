/** Puts markers around the texts that the element receives, so that they can be found in its shadow root. */

const START = '\uE000';
const END = '\uE001';
const FIRST_KEY = 0xe100;
const MARKER = /\uE000([\uE100-\uF8FF])|\uE001/g;

export interface Boundary {
  /** Offset in the text without markers. */
  at: number;
  /** The key that begins there; null where one ends. */
  key: number | null;
}

/** @param key - index of the key */
export const addMarkers = (key: number, text: string): string =>
  `${START}${String.fromCharCode(FIRST_KEY + key)}${text}${END}`;

export const hasMarkers = (text: string): boolean => text.search(MARKER) >= 0;

/** Returns the visible text and the offsets at which keys begin and end. */
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
