// The tests that need a real MediaWiki; the last line counts them: `npm run test:wiki`, or with the names of some files of
// test/wiki: `node scripts/test-wiki.mjs sdk`.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { CHROMIUM_FLAGS } from './chromium-path.mjs';
import { installChromium, installPackages } from './setup.mjs';
import { failure, run, sum, testsInNode } from './testing.mjs';
import { installMediaWiki } from './wiki/debian.mjs';

const FOLDER = 'test/wiki';
const OWN = ['sdk', 'crossing', 'gadget'];
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
  if (!ok) throw new Error('dist cannot be built: npm run build');
}

/** A wiki and a browser, or what is missing. */
async function prepare() {
  try {
    installMediaWiki();
  } catch (cause) {
    console.error(`${cause.message}\nThe few tests that only read: WIKI_API=… npm run test:wiki\n`);
    throw new Error('There is no wiki to test with.', { cause });
  }
  await build();
  return { chromium: await installChromium(), flags: CHROMIUM_FLAGS };
}

async function tests() {
  const names = wanted();
  const own = process.env.WIKI_API ? {} : await prepare();
  const root = new URL('../', import.meta.url).href;
  const results = [];
  for (const name of names) {
    const env = { WIKI_TESTS: JSON.stringify({ ...own, root }) };
    results.push(await testsInNode(FOLDER, `${name}.wiki.ts`, env));
  }
  return sum(results);
}

/** The files of test/wiki, without their ending. */
function wanted() {
  if (process.env.WIKI_API) return ['any'];
  const asked = process.argv.slice(2);
  const unknown = asked.find((name) => !OWN.includes(name));
  if (unknown !== undefined) throw new Error(`There is no “${unknown}”; known are ${OWN.join(', ')}.`);
  return asked.length > 0 ? asked : OWN;
}

installPackages();
const { passed, failed } = await tests().catch(failure);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
