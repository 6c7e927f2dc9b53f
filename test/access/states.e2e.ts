// Measures every card and dialog.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'puppeteer-core';
import { codes, tagOf } from '../../build/locales/files.ts';
import { type FrameOptions, urlOf } from '../pictures/pages.ts';
import { Sheet } from '../pictures/sheet.ts';
import { findCoveredTexts, findLowContrast, findNameless, findSmallTargets } from './checks.ts';

/** The states with the most controls, for the names in each language. */
const NAMED_STATES = [
  ...['card mentored-question-states', 'card invite', 'card mentored-summary', 'the menu'],
  ...['ask: writing', 'choose: among many', 'leave: with reasons', 'enroll', 'pause'],
];

/** Values of the tokens that the element reads, as Codex 2.7.0 has them by day. */
const CODEX = `:root {
  --color-base: #202122;
  --color-subtle: #54595d;
  --color-progressive: #36c;
  --color-warning: #886425;
  --color-success: #177860;
  --color-destructive: #bf3c2c;
  --color-inverted-fixed: #fff;
  --background-color-base: #fff;
  --background-color-neutral-subtle: #f8f9fa;
  --background-color-progressive: #36c;
  --background-color-destructive: #bf3c2c;
  --background-color-error-subtle: #ffe9e5;
  --border-color-subtle: #c8ccd1;
  --border-color-interactive: #72777d;
}`;

/** Values that are others at night. */
const CODEX_AT_NIGHT = `:root {
  --color-base: #eaecf0;
  --color-subtle: #a2a9b1;
  --color-progressive: #88a3e8;
  --color-warning: #ca982e;
  --color-success: #2cb491;
  --color-destructive: #fd7865;
  --background-color-base: #101418;
  --background-color-neutral-subtle: #202122;
  --background-color-error-subtle: #3c1a13;
  --border-color-subtle: #54595d;
}`;

/**
 * Style sheets of skins. Vector 2022 and Minerva set the tokens of Codex, and others at night; Vector legacy, Timeless and
 * MonoBook set none.
 */
const SKINS = {
  'without tokens': { light: '', dark: '' },
  'with the tokens of Codex': { light: CODEX, dark: CODEX + CODEX_AT_NIGHT },
} as const;

/** Frames that are measured: both themes, directions and widths, with and without tokens. */
const MEASURED: readonly (FrameOptions & { skin: keyof typeof SKINS })[] = [
  { theme: 'light', dir: 'ltr', width: 320, skin: 'without tokens' },
  { theme: 'dark', dir: 'rtl', width: 320, skin: 'without tokens' },
  { theme: 'light', dir: 'rtl', width: 640, skin: 'with the tokens of Codex' },
  { theme: 'dark', dir: 'ltr', width: 640, skin: 'with the tokens of Codex' },
];

const CHECKS = {
  'has targets of at least 24 px': findSmallTargets,
  'has targets that cover no other text': findCoveredTexts,
  'has enough contrast': findLowContrast,
  'names every control': findNameless,
};

/** Fails with all lines, because an assertion on arrays leaves some out. */
const expectNone = (found: readonly string[]) => assert.ok(found.length === 0, found.join('\n'));

const frameOf = (sheet: Sheet, { theme, dir, width }: FrameOptions): Frame => {
  const url = urlOf({ theme, dir, width });
  return sheet.frames.find((frame) => frame.url() === url)!;
};

describe('cards and dialogs', () => {
  let sheet: Sheet;

  before(async () => {
    sheet = await Sheet.open();
  });
  after(() => sheet.close());

  describe('each of them', () => {
    const found: Record<string, string[]> = {};

    /** Shows all states in a frame, and runs all checks in each. */
    async function measure(options: (typeof MEASURED)[number]): Promise<void> {
      const { theme, dir, width, skin } = options;
      const frame = frameOf(sheet, options);
      for (const state of await frame.evaluate(() => allStateNames)) {
        await frame.evaluate((...args) => showState(...args), state, SKINS[skin][theme]);
        for (const [name, check] of Object.entries(CHECKS))
          for (const one of await frame.evaluate(check))
            (found[name] ??= []).push(`${theme}, ${dir}, ${width} px, ${skin}: ${state}: ${one}`);
      }
    }

    before(() => Promise.all(MEASURED.map(measure)));

    for (const name of Object.keys(CHECKS)) it(name, () => expectNone(found[name] ?? []));
  });

  it('name every control in every language', async () => {
    const found: string[] = [];
    const rest = ['en', ...codes()];
    await Promise.all(
      sheet.frames.map(async (frame) => {
        for (let code = rest.pop(); code !== undefined; code = rest.pop()) {
          await frame.evaluate((language) => setLanguage(language), tagOf(code));
          for (const state of NAMED_STATES) {
            await frame.evaluate((name) => showState(name, ''), state);
            for (const one of await frame.evaluate(findNameless)) found.push(`${code}: ${state}: ${one}`);
          }
        }
      }),
    );
    expectNone(found);
  });
});
