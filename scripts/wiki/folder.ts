// Manages the wiki’s temporary folder: a MediaWiki with its content, and the copy that a test restores.
import { spawn } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { MEDIAWIKI } from './debian.ts';
import { PASSWORD } from './people.ts';
import { seed } from './seed.ts';

export interface Folder {
  dir: string;
  /** Environment of PHP. */
  env: NodeJS.ProcessEnv;
  /** Origin of the wiki. */
  server: string;
}

/** Settings of MediaWiki with their full names: `{ wgRateLimits: { edit: { user: [1, 60] } } }`. An object extends the default. */
export type Settings = Record<string, unknown>;

/** Returns the path of a PHP file. It is relative to the root, because tests bundle this module. */
export const php = (name: string): string => resolve('scripts/wiki/php', name);

/** Creates an empty folder for a wiki that will be served at `server`. */
export function createFolder(server: string): Folder {
  const dir = mkdtempSync(join(tmpdir(), 'mentorship-wiki-'));
  for (const name of ['data', 'cache', 'images', 'tmp', 'kept', 'www']) mkdirSync(join(dir, name));
  for (const name of ['skins', 'extensions']) {
    const files = join(MEDIAWIKI, name);
    mkdirSync(join(dir, 'www/w', name), { recursive: true });
    for (const file of readdirSync(files)) symlinkSync(join(files, file), join(dir, 'www/w', name, file));
  }
  symlinkSync(join(MEDIAWIKI, 'resources'), join(dir, 'www/w/resources'));
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

/**
 * Copies an extension or a skin to the wiki, which loads it from the next request on.
 *
 * @param name - its folder on the wiki, such as `extensions/MentorshipModule`; replaces one of the same name
 * @returns the new folder
 */
export function copyToWiki(
  { dir }: Folder,
  source: string,
  name: `${'extensions' | 'skins'}/${string}`,
): string {
  const copy = join(dir, 'www/w', name);
  rmSync(copy, { recursive: true, force: true });
  cpSync(source, copy, { recursive: true, dereference: true });
  return copy;
}

/** Installs MediaWiki in the folder. @param name - of the wiki */
export async function install(folder: Folder, name: string): Promise<void> {
  const { dir, env, server } = folder;
  const withoutSettings = { ...folder, env: { ...env, MW_CONFIG_FILE: join(dir, 'none.php') } };
  const where = ['--dbtype=sqlite', '--dbname=wiki', `--dbpath=${dir}/data`, `--confpath=${dir}/tmp`];
  const what = ['--scriptpath=/w', `--server=${server}`, `--pass=${PASSWORD}`, name, 'Admin'];
  await runPhp(withoutSettings, [`${MEDIAWIKI}/maintenance/install.php`, ...where, ...what]);
}

/** Creates accounts and pages. */
export const fill = (folder: Folder, date?: Date): Promise<string> =>
  runPhp(folder, [php('seed.php')], JSON.stringify(seed(date)));

/** Copies the databases, for `restore`. */
export const keep = (folder: Folder): Promise<string> =>
  runPhp(folder, ['-n', ...SQLITE, php('snapshot.php'), 'keep', folder.dir]);

/** Restores the databases that `keep` has copied, and makes the wiki writable. */
export async function restore(folder: Folder): Promise<void> {
  setReadOnly(folder, null);
  await runPhp(folder, ['-n', ...SQLITE, php('snapshot.php'), 'restore', folder.dir]);
}

// PHP starts in half the time without php.ini and its extensions.
const SQLITE = ['-d', 'extension=sqlite3'];

/** Writes settings, which MediaWiki reads on each request. */
export const setSettings = (folder: Folder, settings: Settings): void =>
  write(folder, 'settings.json', JSON.stringify(settings));

/** Makes the wiki read-only with a reason. `null` makes it writable. */
export function setReadOnly(folder: Folder, reason: string | null): void {
  if (reason === null) rmSync(join(folder.dir, 'read-only'), { force: true });
  else write(folder, 'read-only', reason);
}

/** Writes a file atomically, because requests read it at any time. */
function write({ dir }: Folder, name: string, text: string): void {
  const file = join(dir, name);
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

/** Runs PHP. Resolves with its output. */
function runPhp({ dir, env }: Folder, args: string[], input = ''): Promise<string> {
  return new Promise((succeed, reject) => {
    // Detached, because Ctrl-C would also end PHP before this process closes the wiki.
    const child = spawn('php', args, {
      cwd: dir,
      env,
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data: Buffer) => (output += data.toString()));
    // PHP may end without reading its input; its exit code tells if it has failed.
    child.stdin.on('error', () => undefined);
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) succeed(output);
      else reject(new Error(`php ${args.join(' ')} exited with ${String(code)}:\n${output}`));
    });
    child.stdin.end(input);
  });
}
