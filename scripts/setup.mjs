// Brings a fresh clone to where everything runs: packages first, browsers where they are needed. Only Node's own modules
// here, since nothing else is there yet.
import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, statSync } from 'node:fs';
import { CHROMIUMS, onPath } from './chromium-path.mjs';

const run = (command, args) =>
  execFileSync(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });

export function installPackages() {
  const installed = 'node_modules/.package-lock.json';
  // Packages that belong to another work tree are its own business: npm would empty them there.
  if (existsSync('node_modules') && lstatSync('node_modules').isSymbolicLink()) return;
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync('package-lock.json').mtimeMs) return;
  console.log('Installing packages…');
  run('npm', ['ci', '--no-fund', '--no-audit']);
}

/** The path of a Chromium that starts; installs what it lacks where this user may. */
export const installChromium = () =>
  firstThatStarts(
    [...CHROMIUMS, () => fromDebian('chromium')],
    'There is no Chromium that starts. Install one, or its libraries (Debian: libnss3 libnspr4), or set CHROME_PATH.',
  );

/** The same for Firefox, which no npm package brings along. */
export const installFirefox = () =>
  firstThatStarts(
    [
      () => process.env.FIREFOX_PATH,
      () => onPath('firefox-esr'),
      () => onPath('firefox'),
      () => fromDebian('firefox-esr'),
    ],
    'There is no Firefox that starts. Install one (Debian: firefox-esr), or set FIREFOX_PATH, or leave it out: BROWSERS=chromium npm test.',
  );

async function firstThatStarts(candidates, problem) {
  for (const find of candidates) {
    const path = await find();
    if (path && starts(path)) return path;
  }
  throw new Error(problem);
}

function starts(path) {
  try {
    execFileSync(path, ['--version', '--no-sandbox'], { stdio: 'ignore', timeout: 30_000 });
    return true;
  } catch {
    return false;
  }
}

/** As root on Debian, the package brings all libraries along. */
function fromDebian(name) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null;
  console.log(`Installing Debian’s ${name}…`);
  const apt = (...args) => run('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', ...args]);
  try {
    apt('update');
    apt('install', '-y', '--no-install-recommends', name);
    return `/usr/bin/${name}`;
  } catch (error) {
    console.error(error.message);
    return null;
  }
}
