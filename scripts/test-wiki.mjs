// The tests that need a real MediaWiki; the last line counts them: `npm run test:wiki`, or with the names of some files of
// test/wiki: `node scripts/test-wiki.mjs sdk`.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { CHROMIUM_FLAGS } from './chromium-path.mjs';
import { installChromium, installPackages } from './setup.mjs';
import { failure, run, testsInNode } from './testing.mjs';
import { installMediaWiki } from './wiki/debian.mjs';

const FOLDER = 'test/wiki';
const SOURCES = ['src', 'locales', 'scripts', 'rollup.config.mjs', 'package.json'];
const BUILT = ['dist/sdk.js', 'dist/mentorship-module.js'];

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

/** Without a wiki of its own, the wiki that WIKI_API names is only read, by nobody. */
function checkWiki() {
  if (process.env.WIKI_API) return;
  try {
    installMediaWiki();
  } catch (error) {
    throw new Error(`${error.message}\nThe tests that only read: WIKI_API=… npm run test:wiki`, {
      cause: error,
    });
  }
}

async function tests(names) {
  checkWiki();
  await build();
  const own = { chromium: await installChromium(), flags: CHROMIUM_FLAGS };
  const root = new URL('../', import.meta.url).href;
  const ending = (name) => `${name}.wiki.ts`;
  const total = { passed: 0, failed: 0 };
  for (const name of names) {
    const { passed, failed } = await testsInNode(FOLDER, ending(name), {
      WIKI_TESTS: JSON.stringify({ ...own, root }),
    });
    total.passed += passed;
    total.failed += failed;
  }
  return total;
}

/** What stands in test/wiki, the part that only reads first. */
function wanted() {
  if (process.env.WIKI_API) return ['reading'];
  const asked = process.argv.slice(2);
  return asked.length > 0 ? asked : [''];
}

installPackages();
const { passed, failed } = await tests(wanted()).catch(failure);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
