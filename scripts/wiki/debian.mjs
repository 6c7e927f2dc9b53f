// PHP and MediaWiki, as Debian packs them; installed where they are missing and this user may.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { onPath } from '../chromium-path.mjs';

/** Where Debian puts MediaWiki. */
export const MEDIAWIKI = '/usr/share/mediawiki';

const EXTENSIONS = ['pdo_sqlite', 'sqlite3', 'mbstring', 'xml', 'intl'];

// In two steps, or apt takes Apache along: MediaWiki asks for some PHP that works with a web server and for some web server.
// PHP’s own serves the wiki; these two are small, and Debian leaves them switched off.
const INSTALLS = [
  ['php-cli', 'php-sqlite3', 'php-mbstring', 'php-xml', 'php-intl', 'php-cgi', 'mini-httpd', 'diffutils'],
  ['mediawiki'],
];

/** Makes sure that there is a PHP that can run a MediaWiki, or says what is missing. */
export function installMediaWiki() {
  if (missing().length > 0 && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) fromDebian();
  const still = missing();
  if (still.length === 0) return;
  throw new Error(
    `For a wiki this machine lacks ${still.join(', ')}. On Debian 12, as root:\n` +
      INSTALLS.map((names) => `  apt-get install --no-install-recommends ${names.join(' ')}\n`).join('') +
      'Or use a wiki that exists, and nothing is set up: WIKI_API=https://wiki.example/w/api.php npm run wiki',
  );
}

function missing() {
  const php = onPath('php');
  const loaded = php ? execFileSync(php, ['-m'], { encoding: 'utf8' }).toLowerCase().split('\n') : [];
  return [
    ...(php ? EXTENSIONS.filter((name) => !loaded.includes(name)).map((name) => `PHP’s ${name}`) : ['PHP']),
    ...(existsSync(`${MEDIAWIKI}/includes`) ? [] : [`MediaWiki in ${MEDIAWIKI}`]),
    ...(onPath('diff3') ? [] : ['diff3']),
  ];
}

function fromDebian() {
  console.log('Installing Debian’s PHP and MediaWiki…');
  const apt = (...args) =>
    execFileSync('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', ...args], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  try {
    apt('update');
    for (const packages of INSTALLS) apt('install', '-y', '--no-install-recommends', ...packages);
  } catch (error) {
    console.error(error.message);
  }
}
