// PHP’s own web server, with several workers.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { php } from './folder.mjs';

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

// The shell waits for the end of its input. That comes with close(), but also when this process is killed: neither the
// server nor the folder is left behind. A seed that is still at work may write between the files and their folder.
const REMOVE = 'rm -rf "$WIKI_DIR" || { sleep 2; rm -rf "$WIKI_DIR"; }';
const WATCH = `"$@" & trap "" TERM INT; cat >/dev/null; kill -TERM 0; wait; ${REMOVE}`;

/** A port that nobody listens at. */
export async function freePort(port = 0) {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return free;
}

/**
 * Starts a server for the folder. It answers once the folder is filled; `close()` ends it and removes the folder.
 */
export function startServer({ dir, env, server }) {
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
    async answers() {
      const url = `${server}/w/api.php?action=query&meta=siteinfo&format=json`;
      const response = await patiently(() => fetch(url)).catch(() => null);
      if (!response?.ok)
        throw new Error(`The wiki does not answer. ${readFileSync(join(dir, 'server.log'), 'utf8')}`);
      await response.text();
    },
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}

async function patiently(attempt, tries = 100) {
  try {
    return await attempt();
  } catch (error) {
    if (tries === 0) throw error;
    await new Promise((resolve) => setTimeout(resolve, 50));
    return patiently(attempt, tries - 1);
  }
}
