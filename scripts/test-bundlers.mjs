// Installs the packed package with each bundler, builds an application (test/bundlers), and opens it in Chromium:
// `npm run test:bundlers`, or with some of the names, of which `next` means both of Next.js: `npm run test:bundlers -- next`.
// The applications are in a temporary folder, because one inside of the repository would resolve packages from there.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import puppeteer from 'puppeteer-core';
import { checkPage, serveFiles } from './check-page.mjs';
import { CHROMIUM_FLAGS } from './chromium-path.mjs';
import { freePort } from './free-port.ts';
import { installChromium } from './setup.mjs';
import { runQuietly, temporaryFolder } from './testing.mjs';

/**
 * `folder` of test/bundlers, the `package` whose version is printed, and scripts of its package.json: `build`, and `start`,
 * which serves. Without the latter the folder `dist` is served as files. `pages` beside the first one.
 */
const APPS = {
  'vite-dev': { folder: 'vite', package: 'vite', start: 'dev' },
  'vite-build': { folder: 'vite', package: 'vite', build: 'build' },
  'next-webpack': { folder: 'next', package: 'next', build: 'build:webpack', start: 'start' },
  'next-turbopack': { folder: 'next', package: 'next', build: 'build:turbopack', start: 'start' },
  webpack: { folder: 'webpack', package: 'webpack', build: 'build' },
  rollup: { folder: 'rollup', package: 'rollup', build: 'build' },
  parcel: { folder: 'parcel', package: 'parcel', build: 'build' },
  esbuild: {
    folder: 'esbuild',
    package: 'esbuild',
    build: 'build',
    pages: ['localized.html?first=application', 'localized.html?first=element'],
  },
};

const TIMEOUT = 40_000;

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** Returns the apps that the arguments name. */
function chosenApps(names) {
  const matches = (app, name) => app === name || app.startsWith(`${name}-`);
  const apps = Object.keys(APPS);
  const unknown = names.find((name) => !apps.some((app) => matches(app, name)));
  if (unknown !== undefined) throw new Error(`Unknown bundler “${unknown}”. Known: ${apps.join(', ')}.`);
  return apps.filter((app) => names.length === 0 || names.some((name) => matches(app, name)));
}

/** Packs the package, and returns a function that installs an application once and resolves with its folder. */
async function packPackage(temporary) {
  await runQuietly('npm', ['pack', '--pack-destination', temporary]);
  const tarball = readdirSync(temporary).find((name) => name.endsWith('.tgz'));
  const installed = new Map();
  return async (folder) => {
    const target = path.join(temporary, folder);
    if (!installed.has(folder)) {
      // Files of the application replace the shared ones.
      for (const source of ['shared', folder]) cpSync(`test/bundlers/${source}`, target, { recursive: true });
      cpSync(path.join(temporary, tarball), path.join(target, 'mentorship-module.tgz'));
      const flags = ['--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline'];
      installed.set(folder, runQuietly('npm', ['install', ...flags], { cwd: target }));
    }
    await installed.get(folder);
    // With a second copy of a library, the test would not show that the application's own is undisturbed.
    if (existsSync(path.join(target, 'node_modules/mentorship-module/node_modules')))
      throw new Error('A library is installed twice.');
    return target;
  };
}

/** Starts a server of the bundler. */
async function startApp(folder, script) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const child = spawn('npm', ['run', script, '--', '--port', port], {
    cwd: folder,
    // npm starts a shell, which starts the server. A process group allows to stop all of them.
    detached: true,
    stdio: 'ignore',
  });
  const close = () => process.kill(-child.pid, 'SIGKILL');
  const isUp = () =>
    fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
  for (const end = Date.now() + TIMEOUT; !(await isUp()); await delay(200)) {
    if (child.exitCode !== null) throw new Error(`npm run ${script} exited.`);
    if (Date.now() < end) continue;
    close();
    throw new Error(`GET ${url} failed for ${TIMEOUT / 1_000} s after npm run ${script}.`);
  }
  return { url, close };
}

async function testApp(name, install, browser) {
  const { folder, build, start, pages = [] } = APPS[name];
  const target = await install(folder);
  if (build) await runQuietly('npm', ['run', build], { cwd: target });
  const { url, close } = start ? await startApp(target, start) : await serveFiles(path.join(target, 'dist'));
  try {
    for (const page of ['', ...pages]) await checkPage(browser, url + page);
  } finally {
    await close();
  }
}

const names = chosenApps(parseArgs({ allowPositionals: true }).positionals);
const temporary = temporaryFolder('bundlers');
const install = await packPackage(temporary);
const browser = await puppeteer.launch({ executablePath: await installChromium(), args: CHROMIUM_FLAGS });
let failed = 0;
for (const name of names) {
  const since = Date.now();
  const problem = await testApp(name, install, browser).catch((error) => error);
  if (problem) failed++;
  const { folder, package: bundler } = APPS[name];
  const version = readJson(`test/bundlers/${folder}/package.json`).dependencies[bundler];
  const seconds = ((Date.now() - since) / 1000).toFixed(1);
  console.log(
    `${problem ? '✗' : '✓'} ${name.padEnd(15)} ${bundler} ${version}`.padEnd(40) + `${seconds.padStart(6)} s`,
  );
  if (problem) console.log(problem.message.replaceAll(temporary, '…'));
}
await browser.close();
console.log(`\n${names.length - failed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
