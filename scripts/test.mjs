// Everything that a change must pass. Each check counts as one, each test as one; the last line counts them all.
import { CHROMIUM_FLAGS } from './chromium-path.mjs';
import { generateTexts } from './locales/generate.mjs';
import { installChromium, installFirefox, installPackages } from './setup.mjs';
import { counted, failure, run, testsInNode } from './testing.mjs';

const bin = (name) => `node_modules/.bin/${name}`;

const check =
  (...command) =>
  async () => {
    const { ok } = await run(command[0], command.slice(1));
    return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  };

async function browserTests() {
  process.env.CHROME_PATH = await installChromium();
  if (/firefox/i.test(process.env.BROWSERS ?? '')) process.env.FIREFOX_PATH = await installFirefox();
  const { ok, output } = await run(bin('wtr'), []);
  const count = (name) => Number(new RegExp(`^counted: .*?(\\d+) ${name}`, 'm').exec(output)?.[1] ?? 0);
  return counted(ok, count('passed'), count('failed'));
}

const BROWSERS = {
  chromium: { find: installChromium, flags: CHROMIUM_FLAGS },
  firefox: { find: installFirefox, flags: [] },
};

/** `BROWSERS=chromium` leaves the others out. */
function wanted() {
  const names = (process.env.BROWSERS ?? Object.keys(BROWSERS).join()).toLowerCase().split(',');
  const unknown = names.find((name) => !(name in BROWSERS));
  if (unknown !== undefined)
    throw new Error(`BROWSERS has “${unknown}”; known are ${Object.keys(BROWSERS)}.`);
  return names.map((name) => [name, BROWSERS[name]]);
}

/** A browser that cannot be had is a failure. */
async function endToEnd() {
  const browsers = wanted();
  const { serve } = await import('./serve.mjs');
  const { url: gallery, close } = await serve({ port: 0, build: 'once' });
  const total = { passed: 0, failed: 0 };
  try {
    for (const [name, { find, flags }] of browsers) {
      const ended = await find()
        .then((path) =>
          testsInNode('test/e2e', '.e2e.ts', { E2E: JSON.stringify({ name, path, flags, gallery }) }),
        )
        .catch(failure);
      total.passed += ended.passed;
      total.failed += ended.failed;
    }
  } finally {
    await close();
  }
  return total;
}

const STEPS = {
  format: check(bin('prettier'), '--check', '--log-level', 'warn', '.'),
  lint: check(bin('eslint'), '.'),
  types: check(bin('tsc'), '-p', 'tsconfig.json'),
  locales: check(process.execPath, 'scripts/locales/check.mjs'),
  'generated files': check(process.execPath, 'scripts/generate.mjs', '--check'),
  build: check('npm', 'run', '--silent', 'build'),
  size: check(process.execPath, 'scripts/size.mjs'),
  'package (publint)': check(bin('publint'), '--strict'),
  'package types (attw)': check(
    bin('attw'),
    '--pack',
    '.',
    '--profile',
    'esm-only',
    '--format',
    'ascii',
    '--exclude-entrypoints',
    'custom-elements.json',
    'snapshot.schema.json',
  ),
  'API report of index': check(bin('api-extractor'), 'run', '--config', 'api/index.json'),
  'API report of sdk': check(bin('api-extractor'), 'run', '--config', 'api/sdk.json'),
  'types of frameworks': check(process.execPath, 'scripts/check-types.mjs'),
  'samples of the documentation': check(process.execPath, 'scripts/check-samples.mjs'),
  'tests in Node': () => testsInNode('test', '.node.test.ts'),
  'tests in browsers': browserTests,
  'end to end': endToEnd,
};

installPackages();
generateTexts();
const total = { passed: 0, failed: 0 };
const only = process.argv.slice(2);
for (const [name, step] of Object.entries(STEPS).filter(
  ([name]) => only.length === 0 || only.some((word) => name.includes(word)),
)) {
  const since = Date.now();
  console.log(`\n── ${name}`);
  const { passed, failed } = await step().catch(failure);
  total.passed += passed;
  total.failed += failed;
  console.log(
    `${failed ? '✗' : '✓'} ${name}: ${passed} passed, ${failed} failed (${((Date.now() - since) / 1000).toFixed(1)} s)`,
  );
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed ? 1 : 0;
