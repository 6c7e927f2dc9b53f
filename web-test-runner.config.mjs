import { readdirSync } from 'node:fs';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { CHROMIUM_FLAGS, chromiumPath, onPath } from './scripts/chromium-path.mjs';
import { tsImport } from 'tsx/esm/api';
import { devtools } from './test/devtools-commands.mjs';
import { servers } from './test/test-servers.mjs';

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
      },
    }),
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
    const name = /^\/src\/(?:dialogs|sdk)\/([\w/-]+)\.js$/.exec(pathname)?.[1]?.replace('/', '-');
    const chunk = readdirSync('dist/shared').find((file) => file.replace(/-[\w-]{8}\.js$/, '') === name);
    return chunk && `/dist/shared/${chunk}`;
  },
};

const testsIn = ({ tests = [], suites = [] } = {}) => [...tests, ...suites.flatMap(testsIn)];

/** Prints the totals for scripts/test.mjs. A failure outside of any test counts as one per file. */
const counter = {
  stop({ sessions }) {
    let [passed, failed] = [0, 0];
    for (const session of [...sessions]) {
      const results = testsIn(session.testResults).filter((test) => !test.skipped);
      const failures = results.filter((test) => !test.passed).length;
      passed += results.length - failures;
      failed += failures || (session.passed ? 0 : 1);
    }
    console.log(`\ncounted: ${passed} passed, ${failed} failed`);
  },
};

export default {
  files: ['test/*.test.ts', '!test/*.node.test.ts'],
  nodeResolve: { exportConditions: ['production', 'default'] },
  plugins: [
    ...(process.env.TARGET === 'dist' ? [builtFiles] : []),
    esbuildPlugin({ ts: true, tsconfig: './tsconfig.json' }),
    devtools,
  ],
  middleware: await servers(),
  concurrency: 2,
  concurrentBrowsers: 1,
  browserStartTimeout: 120_000,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 300_000,
  browsers,
  testFramework: { config: { timeout: 10_000 } },
  reporters: [defaultReporter(), counter],
  coverageConfig: { include: ['src/**/*.ts'], reporters: ['text', 'lcovonly'] },
};
