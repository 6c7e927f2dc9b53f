// Runs the checks and tests that every change must pass, or the steps whose names contain one of the arguments. A check
// counts as one test. The last line has the totals.
import { parseArgs } from 'node:util';
import { browserTests } from './browser-tests.mjs';
import { CHROMIUM_FLAGS } from './chromium-path.mjs';
import { installChromium, installFirefox } from './setup.mjs';
import { buildTests, failure, runBuffered, runTests, sum, testsInNode } from './testing.mjs';

const bin = (name) => `node_modules/.bin/${name}`;

const check =
  (...command) =>
  async () => {
    const { ok, output } = await runBuffered(command[0], command.slice(1));
    return ok ? { passed: 1, failed: 0, output } : { passed: 0, failed: 1, output };
  };

const BROWSERS = {
  chromium: { find: installChromium, flags: CHROMIUM_FLAGS },
  firefox: { find: installFirefox, flags: [] },
};

/** Returns the browsers of `BROWSERS`, or all of them. */
function chosenBrowsers() {
  const names = (process.env.BROWSERS ?? Object.keys(BROWSERS).join()).toLowerCase().split(',');
  const unknown = names.find((name) => !(name in BROWSERS));
  if (unknown !== undefined)
    throw new Error(`Unknown browser “${unknown}” in BROWSERS. Known: ${Object.keys(BROWSERS).join(', ')}.`);
  return names.map((name) => [name, BROWSERS[name]]);
}

/** Runs in all browsers at the same time. A missing browser is a failure. */
async function endToEnd() {
  const browsers = chosenBrowsers();
  const { serve } = await import('./serve.ts');
  const { url: gallery, close } = await serve({ port: 0 });
  const files = await buildTests('test/e2e', '.e2e.ts');
  try {
    const results = await Promise.all(
      browsers.map(([name, { find, flags }]) =>
        find()
          .then((path) => runTests(files, { E2E: JSON.stringify({ name, path, flags, gallery }) }))
          .catch(failure),
      ),
    );
    return sum(results);
  } finally {
    await close();
  }
}

/** These checks run at the same time as the others, because they take about as long. */
const STYLE_CHECKS = {
  format: check(bin('prettier'), '--check', '--log-level', 'warn', '.'),
  lint: check(bin('eslint'), '.'),
  spelling: check(bin('cspell'), 'lint', '--no-progress', '--no-summary', '.'),
};

const OTHER_CHECKS = {
  types: check(bin('tsc'), '-p', 'tsconfig.json'),
  structure: check(process.execPath, 'tools/structure.mjs', '--check'),
  comments: check(process.execPath, 'tools/comments.mjs', '--check'),
  locales: check(bin('tsx'), 'build/locales/check.ts'),
  'generated files': check(bin('tsx'), 'build/generate.mjs', '--check'),
  build: check('npm', 'run', '--silent', 'build'),
  size: check(process.execPath, 'build/size.mjs'),
  'package (publint)': check(bin('publint'), '--strict'),
  'package types (attw)': check(process.execPath, 'scripts/check-package-types.mjs'),
  'API report of index': check(bin('api-extractor'), 'run', '--config', 'api/index.json'),
  'API report of sdk': check(bin('api-extractor'), 'run', '--config', 'api/sdk.json'),
  'types of frameworks': check(process.execPath, 'scripts/check-types.mjs'),
  'samples of the documentation': check(process.execPath, 'scripts/check-samples.mjs'),
};

const TESTS = {
  'tests in Node': () => testsInNode('test', '.node.test.ts'),
  'tests in browsers': () => browserTests('chromium'),
};

const END_TO_END = { 'end to end': endToEnd };

/** Runs at the same time as the end-to-end tests, because Firefox takes longer than Chromium and leaves a core idle. */
const SITE = { site: () => testsInNode('test/site', '.e2e.ts') };

const { positionals: only } = parseArgs({ allowPositionals: true });
const isWanted = ([name]) => only.length === 0 || only.some((word) => name.includes(word));

async function runSteps(steps) {
  const results = [];
  for (const [name, step] of Object.entries(steps).filter(isWanted)) {
    const since = Date.now();
    const result = await step().catch(failure);
    results.push(result);
    const { passed, failed, output = '' } = result;
    const seconds = ((Date.now() - since) / 1000).toFixed(1);
    console.log(`${output}${failed ? '✗' : '✓'} ${name}: ${passed} passed, ${failed} failed (${seconds} s)`);
  }
  return sum(results);
}

const names = [STYLE_CHECKS, OTHER_CHECKS, TESTS, END_TO_END, SITE].flatMap(Object.keys);
const unknown = only.find((word) => !names.some((name) => name.includes(word)));
if (unknown !== undefined)
  throw new Error(`No step has “${unknown}” in its name. Steps: ${names.join(', ')}.`);

await import('./prepare.mjs');
const { generateTexts } = await import('../build/locales/generate.ts');
generateTexts();
const { passed, failed } = sum([
  ...(await Promise.all([runSteps(STYLE_CHECKS), runSteps(OTHER_CHECKS)])),
  await runSteps(TESTS),
  ...(await Promise.all([runSteps(END_TO_END), runSteps(SITE)])),
]);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
