// Brings a fresh clone to where everything runs: packages first, a browser where one is needed. Only Node's own modules
// here, since nothing else is there yet.
import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';

const run = (command, args) => execFileSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });

export function installPackages() {
  const installed = 'node_modules/.package-lock.json';
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync('package-lock.json').mtimeMs) return;
  console.log('Installing packages…');
  run('npm', ['ci', '--no-fund', '--no-audit']);
}

/** The path of a Chromium that starts; installs what it lacks where this user may. */
export async function installBrowser() {
  const { CHROMIUMS } = await import('./chromium-path.mjs');
  for (const find of [...CHROMIUMS, installChromium]) {
    const path = await find();
    if (path && starts(path)) return path;
  }
  throw new Error(
    'There is no Chromium that starts. Install one, or its libraries (Debian: libnss3 libnspr4), or set CHROME_PATH.',
  );
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
function installChromium() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null;
  console.log('Installing Debian’s Chromium…');
  const apt = (...args) => run('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', ...args]);
  try {
    apt('update');
    apt('install', '-y', '--no-install-recommends', 'chromium');
    return '/usr/bin/chromium';
  } catch (error) {
    console.error(error.message);
    return null;
  }
}
