// @ts-check
// Installs packages and browsers in a fresh clone. Imports Node's own modules only, because packages may be missing.
import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, statSync } from 'node:fs';
import { CHROMIUMS, onPath } from './chromium-path.mjs';

/** @param {string} command @param {string[]} args */
const run = (command, args) =>
  execFileSync(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });

/** Runs `npm ci` if package-lock.json is newer than the installed packages. */
export function installPackages() {
  const installed = 'node_modules/.package-lock.json';
  // A symbolic link leads to the packages of another work tree, which npm would remove.
  if (existsSync('node_modules') && lstatSync('node_modules').isSymbolicLink()) return;
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync('package-lock.json').mtimeMs) return;
  console.log('Installing packages…');
  run('npm', ['ci', '--no-fund', '--no-audit']);
}

/** Returns the path of a Chromium that starts, and installs one if needed. */
export const installChromium = () =>
  firstThatStarts(
    [...CHROMIUMS, () => fromDebian('chromium')],
    'No Chromium starts. Install one, or its libraries (Debian: libnss3 libnspr4), or set CHROME_PATH.',
  );

/** Returns the path of a Firefox that starts, and installs one if needed. No npm package contains Firefox. */
export const installFirefox = () =>
  firstThatStarts(
    [
      () => process.env['FIREFOX_PATH'],
      () => onPath('firefox-esr'),
      () => onPath('firefox'),
      () => fromDebian('firefox-esr'),
    ],
    'No Firefox starts. Install one (Debian: firefox-esr), or set FIREFOX_PATH, or omit it: BROWSERS=chromium npm test.',
  );

/** Installs the driver of WebKitGTK and a virtual display if needed. */
export async function installWebKit() {
  const programs = ['WebKitWebDriver', 'Xvfb'];
  if (!programs.every(onPath)) fromDebian('webkit2gtk-driver', 'xvfb');
  const missing = programs.filter((name) => !onPath(name));
  if (missing.length > 0)
    throw new Error(`Not found: ${missing.join(', ')}. Install Debian’s webkit2gtk-driver and xvfb.`);
}

/**
 * @param {import('./chromium-path.mjs').FindPath[]} candidates
 * @param {string} problem - message of the error if none starts
 */
async function firstThatStarts(candidates, problem) {
  for (const find of candidates) {
    const path = await find();
    if (path && starts(path)) return path;
  }
  throw new Error(problem);
}

/** @param {string} path */
function starts(path) {
  try {
    execFileSync(path, ['--version', '--no-sandbox'], { stdio: 'ignore', timeout: 30_000 });
    return true;
  } catch {
    return false;
  }
}

/** Returns true if apt can install packages. */
export const isDebianRoot = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** @param {string[]} args */
export const runApt = (...args) => run('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', ...args]);

/** Installs Debian's packages with all of their libraries. Returns the path of the first one's program. @param {string[]} names */
function fromDebian(...names) {
  if (!isDebianRoot()) return null;
  console.log(`Installing Debian’s ${names.join(', ')}…`);
  try {
    runApt('update');
    runApt('install', '-y', '--no-install-recommends', ...names);
    return `/usr/bin/${names[0]}`;
  } catch (error) {
    console.error(error);
    return null;
  }
}
