// Takes pictures of the cards and dialogs, and compares them with the committed ones: `npm run test:pictures`. With `--update` it
// replaces the committed ones that differ; with words it takes only pictures whose names contain one of them.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { PNG } from 'pngjs';
import { generateTexts } from '../build/locales/generate.ts';
import { compare, compress, type Difference } from '../test/pictures/compare.ts';
import { type Change, writeReport } from '../test/pictures/report.ts';
import { README_PICTURES, README_STATES } from '../test/pictures/readme-pictures.ts';
import { FRAMES } from '../test/pictures/pages.ts';
import { Sheet, type SheetPicture } from '../test/pictures/sheet.ts';

const FOLDER = 'test/pictures/committed';

const ATTEMPTS = 5;

const { positionals: words, values } = parseArgs({
  allowPositionals: true,
  options: { update: { type: 'boolean' } },
});
const isWanted = (name: string) => words.length === 0 || words.some((word) => name.includes(word));

const fileOf = (state: string) => path.join(FOLDER, `${state.replaceAll(/[^\p{L}\d]+/gu, '-')}.png`);

const changes: Change[] = [];
const failures: string[] = [];
let equal = 0;

/** Compares a picture with the committed one. Returns null if they are equal. */
function compareWithFile(file: string, actual: PNG): { expected: PNG | null; difference: Difference } | null {
  if (!existsSync(file)) return { expected: null, difference: { reason: 'is new', picture: null } };
  const expected = PNG.sync.read(readFileSync(file));
  // Reduces the new picture, too, if it has so many colors that the palette moves some visibly.
  const difference =
    compare(expected, actual) && compare(expected, PNG.sync.read(Buffer.from(compress(actual))));
  return difference && { expected, difference };
}

/** Compares a picture, or replaces the committed one. */
function check(file: string, actual: PNG): void {
  const change = compareWithFile(file, actual);
  if (!change) equal++;
  else if (values.update) writeFileSync(file, compress(actual));
  else changes.push({ name: file, actual, ...change });
}

/** Takes a picture until it equals the committed one or the one before, because a busy machine may draw late. */
async function takePicture(open: Sheet, state: string): Promise<SheetPicture> {
  let last: SheetPicture | null = null;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const picture = await open.take(state);
    if (!compareWithFile(fileOf(state), picture.whole)) return picture;
    if (last && !compare(last.whole, picture.whole)) return picture;
    last = picture;
  }
  throw new Error(`The picture of “${state}” is another one each time.`);
}

/** Changes that must be noticed, as style sheets of the page. */
const NOTICED = {
  'one pixel of padding': 'mentorship-module::part(card) { padding-block-start: calc(1em + 1px) }',
  'a slightly different color of links': 'mentorship-module { --mentorship-color-link: #3a6bd0 }',
};

/** Checks that a picture equals itself with a palette, and that small changes are noticed. */
async function checkComparison(open: Sheet): Promise<void> {
  const state = 'card opt-in';
  const { whole } = await takePicture(open, state);
  const results: [name: string, isRight: boolean][] = [
    ['colors of the palette', compare(PNG.sync.read(Buffer.from(compress(whole))), whole) === null],
  ];
  for (const [name, style] of Object.entries(NOTICED))
    results.push([name, compare(whole, (await open.take(state, style)).whole) !== null]);
  for (const [name, isRight] of results) {
    if (isRight) equal++;
    else failures.push(`the comparison: ${name}`);
  }
}

generateTexts();
await mkdir(FOLDER, { recursive: true });
const since = Date.now();
const forReadme = new Map<string, SheetPicture>();
const sheets = await Promise.all([Sheet.open(), Sheet.open()]);
const [first, second] = sheets;
try {
  const waiting = first.states.filter(isWanted).values();
  const takeWaiting = async (sheet: Sheet) => {
    for (const state of waiting) {
      const picture = await takePicture(sheet, state);
      if (README_STATES.has(state)) forReadme.set(state, picture);
      check(fileOf(state), picture.whole);
    }
  };
  if (words.length === 0) {
    const [, skin] = await Promise.all([checkComparison(first), second.takeInSkin('card mentored')]);
    check('docs/skin.png', skin);
  }
  await Promise.all(sheets.map(takeWaiting));
} finally {
  await Promise.all(sheets.map((sheet) => sheet.close()));
}
for (const [file, { states, draw }] of Object.entries(README_PICTURES)) {
  const pictures = states.flatMap((state) => forReadme.get(state) ?? []);
  if (pictures.length === states.length) check(file, draw(pictures));
}

const known = new Set(first.states.map(fileOf));
for (const name of readdirSync(FOLDER)) {
  const file = path.join(FOLDER, name);
  if (known.has(file)) continue;
  if (values.update) await rm(file);
  else
    changes.push({
      name: file,
      expected: null,
      actual: null,
      difference: { reason: 'shows no state', picture: null },
    });
}
failures.push(...changes.map(({ name, difference }) => `${name}: ${difference.reason}`));
for (const failure of failures) console.log(`✗ ${failure}`);
if (changes.length > 0)
  console.log(`See ${await writeReport(changes)}. If all is well, run: npm run test:pictures -- --update`);
console.log(
  `${first.states.length} pictures of ${FRAMES.length} frames (${((Date.now() - since) / 1000).toFixed(0)} s)`,
);
if (!values.update) console.log(`\n${equal} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 ? 1 : 0;
