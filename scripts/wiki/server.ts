// Runs PHP’s built-in web server with several workers.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Folder, php } from './folder.ts';

const WORKERS = 4;

const INI = {
  'opcache.enable': 1,
  'opcache.memory_consumption': 192,
  'opcache.max_accelerated_files': 20000,
  'opcache.validate_timestamps': 0,
  memory_limit: '512M',
  display_errors: 0,
  log_errors: 1,
  max_execution_time: 120,
};

// The shell reads its input until close(), or until this process is killed. Then it stops the server and removes the
// folder. The removal is repeated, because a seed that still runs may write files during the first one.
const REMOVE = 'rm -rf "$WIKI_DIR" || { sleep 2; rm -rf "$WIKI_DIR"; }';
const WATCH = `"$@" & trap "" TERM INT; cat >/dev/null; kill -TERM 0; wait; ${REMOVE}`;

export interface Server {
  /** Resolves when the wiki responds. */
  ready(): Promise<void>;
  /** Stops the server and removes the folder. */
  close(): Promise<void>;
}

/** Starts a server for the folder. It responds once the folder has its content. */
export function startServer({ dir, env, server }: Folder): Server {
  const settings = Object.entries({ ...INI, error_log: join(dir, 'php.log') }).map((entry) =>
    entry.join('='),
  );
  const address = new URL(server).host;
  const command = ['php', ...settings.flatMap((setting) => ['-d', setting])];
  const where = ['-S', address, '-t', join(dir, 'www'), php('router.php')];
  const log = openSync(join(dir, 'server.log'), 'a');
  const child = spawn('sh', ['-c', WATCH, 'sh', ...command, ...where], {
    cwd: dir,
    env: { ...env, PHP_CLI_SERVER_WORKERS: String(WORKERS) },
    detached: true,
    stdio: ['pipe', log, log],
  });
  closeSync(log);
  const ended = once(child, 'close');
  return {
    async ready() {
      const url = `${server}/w/api.php?action=query&meta=siteinfo&format=json`;
      const response = await fetchWithRetries(url).catch(() => null);
      if (!response?.ok)
        throw new Error(`GET ${url} failed: ${readFileSync(join(dir, 'server.log'), 'utf8')}`);
      await response.text();
    },
    async close() {
      child.stdin?.end();
      await ended;
    },
  };
}

/** Retries for about five seconds, until the server accepts connections. */
async function fetchWithRetries(url: string, retries = 100): Promise<Response> {
  try {
    return await fetch(url);
  } catch (error) {
    if (retries === 0) throw error;
    await delay(50);
    return fetchWithRetries(url, retries - 1);
  }
}
