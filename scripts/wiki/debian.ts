// Finds PHP and MediaWiki, and installs Debian’s packages if they are missing and this user is root.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { onPath } from '../chromium-path.mjs';
import { isDebianRoot, runApt } from '../setup.mjs';

/** Folder of Debian’s MediaWiki. */
export const MEDIAWIKI = '/usr/share/mediawiki';

const EXTENSIONS = ['pdo_sqlite', 'sqlite3', 'mbstring', 'xml', 'intl'];

// Two steps, because MediaWiki depends on a web server with PHP: apt would install Apache. php-cgi and mini-httpd satisfy
// the dependency and are not started, because PHP’s built-in server serves the wiki.
const INSTALLS = [
  ['php-cli', 'php-sqlite3', 'php-mbstring', 'php-xml', 'php-intl', 'php-cgi', 'mini-httpd', 'diffutils'],
  ['mediawiki'],
];

/** @throws {Error} with the missing packages, if they cannot be installed */
export function installMediaWiki(): void {
  if (missing().length > 0 && isDebianRoot()) fromDebian();
  const still = missing();
  if (still.length === 0) return;
  throw new Error(
    `A wiki needs ${still.join(', ')}. On Debian 12, as root:\n` +
      INSTALLS.map((names) => `  apt-get install --no-install-recommends ${names.join(' ')}\n`).join('') +
      'Or use an existing wiki: WIKI_API=https://wiki.example/w/api.php npm run wiki',
  );
}

function missing(): string[] {
  const php = onPath('php');
  const loaded = php ? execFileSync(php, ['-m'], { encoding: 'utf8' }).toLowerCase().split('\n') : [];
  return [
    ...(php ? EXTENSIONS.filter((name) => !loaded.includes(name)).map((name) => `PHP’s ${name}`) : ['PHP']),
    ...(existsSync(`${MEDIAWIKI}/includes`) ? [] : [`MediaWiki in ${MEDIAWIKI}`]),
    ...(onPath('diff3') ? [] : ['diff3']),
  ];
}

function fromDebian(): void {
  console.log('Installing Debian’s PHP and MediaWiki…');
  try {
    runApt('update');
    for (const packages of INSTALLS) runApt('install', '-y', '--no-install-recommends', ...packages);
  } catch (error) {
    console.error(error);
  }
}
