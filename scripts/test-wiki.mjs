// Runs the tests that need a real MediaWiki: `npm run test:wiki`, or some files of test/wiki: `npm run test:wiki -- sdk`. The
// last line has the totals.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { CHROMIUM_FLAGS } from './chromium-path.mjs';
import { installChromium } from './setup.mjs';
import { failure, run, sum, testsInNode } from './testing.mjs';
import { installMediaWiki } from './wiki/debian.ts';

const FOLDER = 'test/wiki';
const OWN = ['sdk', 'cross-origin', 'early-upgrade', 'gadget'];
const SOURCES = ['src', 'locales', 'build', 'rollup.config.mjs', 'package.json'];
const BUILT = ['dist/sdk.js', 'dist/mentorship-module.js', 'dist/gadget/mentorship-module-dialogs.js'];

const changedAt = (path) =>
  Math.max(
    statSync(path).mtimeMs,
    ...(statSync(path).isDirectory() ? readdirSync(path).map((name) => changedAt(`${path}/${name}`)) : []),
  );

async function build() {
  const isFresh =
    BUILT.every((file) => existsSync(file)) &&
    Math.min(...BUILT.map((file) => statSync(file).mtimeMs)) >= Math.max(...SOURCES.map(changedAt));
  if (isFresh) return;
  console.log('Building dist…');
  const { ok } = await run('node_modules/.bin/rollup', ['-c', '--silent']);
  if (!ok) throw new Error('The build failed: npm run build');
}

/** Installs MediaWiki and a browser, and builds `dist/`. */
async function prepare() {
  try {
    installMediaWiki();
  } catch (cause) {
    console.error(`${cause.message}\nWIKI_API=… npm run test:wiki runs the few tests that only read.\n`);
    throw new Error('There is no wiki to test with.', { cause });
  }
  await build();
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
