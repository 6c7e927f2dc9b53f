import type { PNG } from 'pngjs';
import { sideBySide } from './compare.ts';
import type { SheetPicture } from './sheet.ts';

interface ReadmePicture {
  states: readonly string[];
  /** Receives the pictures of the states in their order. */
  draw: (pictures: readonly SheetPicture[]) => PNG;
}

const LIGHT = { theme: 'light', dir: 'ltr' } as const;
const DARK = { theme: 'dark', dir: 'rtl' } as const;

/** Pictures of the README, made of parts of the other pictures. */
export const README_PICTURES: Record<string, ReadmePicture> = {
  'docs/cards.png': {
    states: ['card mentored', 'card opt-in', 'card invite'],
    draw: ([mentored, optIn, invite]) =>
      sideBySide([
        ...[mentored, optIn, invite].map((one) => one!.frame({ ...LIGHT, width: 320 })),
        mentored!.frame({ ...DARK, width: 320 }),
      ]),
  },
  'docs/dialog.png': {
    states: ['ask: writing'],
    draw: ([ask]) => ask!.frame({ ...LIGHT, width: 640 }),
  },
  'docs/phone.png': {
    states: ['choose'],
    draw: ([choose]) =>
      sideBySide([choose!.frame({ ...LIGHT, width: 320 }), choose!.frame({ ...DARK, width: 320 })]),
  },
};

export const README_STATES: ReadonlySet<string> = new Set(
  Object.values(README_PICTURES).flatMap(({ states }) => states),
);
