import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import UPNG from 'upng-js';

/** Distance in OKLab (1 is black against white) up to which pixels are equal. The palette moves colors by less. */
const THRESHOLD = 0.02;

/** Side of a square in pixels, and the pixels in it that may differ. */
const SQUARE = 32;
const TOLERATED = 8;

const COLORS = 128;

export interface Difference {
  /** The largest number of different pixels in a square, or why pictures cannot be compared. */
  reason: string;
  /** Different pixels in red; null if the sizes differ. */
  picture: PNG | null;
}

/** Compares two pictures. Returns null if nobody would see a difference. */
export function compare(expected: PNG, actual: PNG): Difference | null {
  const { width, height } = expected;
  if (width !== actual.width || height !== actual.height)
    return { reason: `${width} × ${height} px became ${actual.width} × ${actual.height} px`, picture: null };
  const picture = new PNG({ width, height });
  const options = { threshold: THRESHOLD, windowSize: SQUARE };
  const pixels = pixelmatch(expected.data, actual.data, picture.data, width, height, options);
  return pixels > TOLERATED ? { reason: `${pixels} pixels of a square differ`, picture } : null;
}

/** Returns a PNG with a palette, which is half as large as one without. */
export function compress({ data, width, height }: PNG): Uint8Array {
  return new Uint8Array(UPNG.encode([new Uint8Array(data).buffer], width, height, COLORS));
}

/** Returns a part of a picture. */
export function crop(picture: PNG, { x, y, width, height }: DOMRectReadOnlyLike): PNG {
  const part = new PNG({ width, height });
  PNG.bitblt(picture, part, x, y, width, height, 0, 0);
  return part;
}

type DOMRectReadOnlyLike = Pick<DOMRectReadOnly, 'x' | 'y' | 'width' | 'height'>;

/** Puts pictures side by side. */
export function sideBySide(pictures: readonly PNG[]): PNG {
  const width = pictures.reduce((sum, picture) => sum + picture.width, 0);
  const joined = new PNG({ width, height: Math.max(...pictures.map(({ height }) => height)), fill: true });
  joined.data.fill(255);
  let x = 0;
  for (const picture of pictures) {
    PNG.bitblt(picture, joined, 0, 0, picture.width, picture.height, x, 0);
    x += picture.width;
  }
  return joined;
}
