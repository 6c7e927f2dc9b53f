// Runs the tests that need a real MediaWiki: `npm run test:wiki`, or some files of test/wiki: `npm run test:wiki -- sdk`. The
// last line has the totals.
import { parseArgs } from 'node:util';
import { buildIfStale } from './build-if-stale.mjs';
import { CHROMIUM_FLAGS } from './chromium-path.mjs';
import { installChromium } from './setup.mjs';
import { failure, sum, testsInNode } from './testing.mjs';
import { installMediaWiki } from './wiki/debian.ts';

const FOLDER = 'test/wiki';
const OWN = [
  'sdk',
  'cross-origin',
  'early-upgrade',
  'import',
  'mistakes',
  'off',
  'mixed-builds',
  'extension',
  'skin',
  'gadget',
];

/** Installs MediaWiki and a browser, and builds `dist/`. */
async function prepare() {
  try {
    installMediaWiki();
  } catch (cause) {
    console.error(`${cause.message}\nWIKI_API=… npm run test:wiki runs the few tests that only read.\n`);
    throw new Error('There is no wiki to test with.', { cause });
  }
  await buildIfStale();
  return { chromium: await installChromium(), flags: CHROMIUM_FLAGS };
}

async function tests() {
  const names = chosenFiles();
  const own = process.env.WIKI_API ? {} : await prepare();
  const root = new URL('../', import.meta.url).href;
  const results = [];
  for (const name of names) {
    const env = { WIKI_TESTS: JSON.stringify({ ...own, root }) };
    results.push(await testsInNode(FOLDER, `${name}.wiki.ts`, env));
  }
  return sum(results);
}

/** Returns the files of test/wiki, without their ending. */
function chosenFiles() {
  if (process.env.WIKI_API) return ['any'];
  const { positionals } = parseArgs({ allowPositionals: true });
  const unknown = positionals.find((name) => !OWN.includes(name));
  if (unknown !== undefined) throw new Error(`Unknown file “${unknown}”. Known: ${OWN.join(', ')}.`);
  return positionals.length > 0 ? positionals : OWN;
}

const { passed, failed } = await tests().catch(failure);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
