// The wiki’s temporary folder: a MediaWiki installed and filled in it, and the copy to which a test goes back.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { MEDIAWIKI } from './debian.mjs';
import { PASSWORD } from './people.mjs';
import { seed } from './seed.mjs';

/** Found from the repository’s folder, so that a test that is bundled finds it too. */
export const php = (name) => resolve('scripts/wiki/php', name);

/** An empty folder for a wiki that will be served at `server`, and what PHP must be told to work in it. */
export function createFolder(server) {
  const dir = mkdtempSync(join(tmpdir(), 'mentorship-wiki-'));
  for (const name of ['data', 'cache', 'images', 'tmp', 'kept', 'www']) mkdirSync(join(dir, name));
  symlinkSync(MEDIAWIKI, join(dir, 'www/w'));
  const env = {
    ...process.env,
    WIKI_DIR: dir,
    WIKI_SERVER: server,
    MW_INSTALL_PATH: MEDIAWIKI,
    MW_CONFIG_FILE: php('LocalSettings.php'),
    TMPDIR: join(dir, 'tmp'),
  };
  return { dir, env, server };
}

/** Installs MediaWiki in the folder and fills it. */
export async function fill(folder) {
  const { dir, server } = folder;
  const noSettingsYet = { MW_CONFIG_FILE: join(dir, 'none.php') };
  const where = ['--dbtype=sqlite', '--dbname=wiki', `--dbpath=${dir}/data`, `--confpath=${dir}/tmp`];
  const what = ['--scriptpath=/w', `--server=${server}`, `--pass=${PASSWORD}`, 'Testwiki', 'Admin'];
  await runPhp(folder, [`${MEDIAWIKI}/maintenance/install.php`, ...where, ...what], { env: noSettingsYet });
  await runPhp(folder, [php('seed.php')], { input: JSON.stringify(seed()) });
}

/** Keeps the databases as they are now, for `restore`. */
export const keep = (folder) => runPhp(folder, ['-n', ...SQLITE, php('snapshot.php'), 'keep', folder.dir]);

/** Brings the databases back to what was kept, and ends what `setReadOnly` began. */
export async function restore(folder) {
  setReadOnly(folder, null);
  await runPhp(folder, ['-n', ...SQLITE, php('snapshot.php'), 'restore', folder.dir]);
}

// Without php.ini and all that it loads, PHP starts in half the time.
const SQLITE = ['-d', 'extension=sqlite3'];

/** Values for MediaWiki’s settings, which it reads on each request. */
export const setSettings = (folder, settings) => write(folder, 'settings.json', JSON.stringify(settings));

/** Makes the wiki read-only for the reason given; `null` ends it. */
export function setReadOnly(folder, reason) {
  if (reason === null) rmSync(join(folder.dir, 'read-only'), { force: true });
  else write(folder, 'read-only', reason);
}

/** A request that comes meanwhile reads the old text or the new one, never half of it. */
function write({ dir }, name, text) {
  const file = join(dir, name);
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

function runPhp({ dir, env }, args, { input = '', env: more = {} } = {}) {
  return new Promise((succeed, reject) => {
    // Detached: Ctrl-C is for this process, which ends the wiki in its own way.
    const child = spawn('php', args, {
      cwd: dir,
      env: { ...env, ...more },
      detached: true,
      // What ends without having read a pipe that is written to would end this process with EPIPE.
      stdio: [input ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) succeed(output);
      else reject(new Error(`php ${args.join(' ')} ended with ${code}:\n${output}`));
    });
    child.stdin?.end(input);
  });
}
