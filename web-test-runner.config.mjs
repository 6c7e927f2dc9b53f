import { readdirSync } from 'node:fs';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { CHROMIUM_FLAGS, chromiumPath, onPath } from './scripts/chromium-path.mjs';
import { temporaryFolder } from './scripts/testing.mjs';
import { tsImport } from 'tsx/esm/api';
import { driverCommands } from './test/driver-commands.mjs';
import { servers } from './test/test-servers.mjs';
import { webkitLauncher } from './test/webkit-launcher.mjs';

const { generateTexts } = await tsImport('./build/locales/generate.ts', import.meta.url);

generateTexts();

const BROWSERS = {
  Chromium: async () =>
    chromeLauncher({
      launchOptions: {
        executablePath: process.env.CHROME_PATH ?? (await chromiumPath()),
        args: CHROMIUM_FLAGS,
      },
    }),
  Firefox: async () =>
    chromeLauncher({
      concurrency: 1,
      launchOptions: {
        browser: 'firefox',
        executablePath: process.env.FIREFOX_PATH ?? (onPath('firefox-esr') || onPath('firefox')),
        // Firefox does not start as root in the home of another user, as in some containers.
        env: { ...process.env, HOME: temporaryFolder('firefox') },
      },
    }),
  WebKit: async () => webkitLauncher(),
};

/** Browsers in BROWSERS, such as `chromium,firefox`. Case does not matter. */
const wanted = (process.env.BROWSERS ?? 'chromium').toLowerCase().split(',');

const browsers = await Promise.all(
  Object.entries(BROWSERS)
    .filter(([name]) => wanted.includes(name.toLowerCase()))
    .map(async ([name, launcher]) => Object.assign(await launcher(), { name })),
);

/** `TARGET=dist` tests the built package: public modules come from `dist/`, and with them the dialogs and sources. */
const BUILT = {
  '/src/define.js': '/dist/define.js',
  '/src/events.js': '/dist/index.js',
  '/src/index.js': '/dist/index.js',
  '/src/sdk/index.js': '/dist/sdk-shared.js',
};

const builtFiles = {
  name: 'built-files',
  resolveImport({ source, context }) {
    const { pathname } = new URL(source, `http://localhost${context.path}`);
    if (BUILT[pathname]) return BUILT[pathname];
    // A test that preloads a module that is loaded on first use gets its chunk.
    const name = /^\/src\/(?:controllers|dialogs|sdk)\/([\w/-]+)\.js$/.exec(pathname)?.[1]?.replace('/', '-');
    const chunk = readdirSync('dist/shared').find((file) => file.replace(/-[\w-]{8}\.js$/, '') === name);
    return chunk && `/dist/shared/${chunk}`;
  },
};

const testsIn = ({ tests = [], suites = [] } = {}) => [...tests, ...suites.flatMap(testsIn)];

/** Matches the names that `itNeeding` of test/driver-features.ts gives to tests that it skips. */
const HAS_REASON = /\(skipped: .+\)$/;

/**
 * Prints the totals and the skipped tests for scripts/browser-tests.mjs. A failure outside of any test counts as one
 * per file, and a test that is skipped without a reason is a failure.
 */
const counter = {
  stop({ sessions }) {
    let [passed, failed] = [0, 0];
    const skipped = [];
    for (const session of [...sessions]) {
      const tests = testsIn(session.testResults);
      const failures = tests.filter((test) => (test.skipped ? !HAS_REASON.test(test.name) : !test.passed));
      const excused = tests.filter((test) => test.skipped && HAS_REASON.test(test.name));
      passed += tests.length - failures.length - excused.length;
      failed += failures.length || (session.passed ? 0 : 1);
      skipped.push(...excused.map(({ name }) => `${session.browser.name}: ${name}`));
    }
    console.log(`\ncounted: ${passed} passed, ${failed} failed`);
    for (const name of skipped) console.log(`skipped: ${name}`);
  },
};

export default {
  // The routers come first, because Chromium keeps 50 entries of a tab, and removes those without a click or key first.
  files: ['test/routers.test.ts', 'test/*.test.ts', '!test/*.node.test.ts'],
  nodeResolve: { exportConditions: ['production', 'default'] },
  plugins: [
    ...(process.env.TARGET === 'dist' ? [builtFiles] : []),
    esbuildPlugin({ ts: true, tsconfig: './tsconfig.json' }),
    driverCommands,
  ],
  middleware: await servers(),
  concurrency: 2,
  concurrentBrowsers: 1,
  browserStartTimeout: 120_000,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 600_000,
  browsers,
  testFramework: { config: { timeout: 10_000 } },
  reporters: [defaultReporter(), counter],
  coverageConfig: { include: ['src/**/*.ts'], reporters: ['text', 'lcovonly'] },
};
