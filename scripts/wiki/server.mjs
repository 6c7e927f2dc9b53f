// PHP’s own web server, with several workers.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
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
// server nor the folder is left behind.
const WATCH = '"$@" & trap "" TERM INT; cat >/dev/null; kill -TERM 0; wait; rm -rf "$WIKI_DIR"';

/** A port that nobody listens at. */
export async function freePort(port = 0) {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return free;
}

/** Serves the folder; resolves when the wiki answers. */
export async function startServer({ dir, env, server }) {
  const address = new URL(server).host;
  const ini = Object.entries({ ...INI, error_log: join(dir, 'php.log') }).flatMap(([name, value]) => [
    '-d',
    `${name}=${value}`,
  ]);
  const log = openSync(join(dir, 'server.log'), 'a');
  const command = ['php', ...ini, '-S', address, '-t', join(dir, 'www'), php('router.php')];
  const child = spawn('sh', ['-c', WATCH, 'sh', ...command], {
    cwd: dir,
    env: { ...env, PHP_CLI_SERVER_WORKERS: String(WORKERS) },
    detached: true,
    stdio: ['pipe', log, log],
  });
  const ended = once(child, 'close');
  const close = async () => {
    child.stdin.end();
    await ended;
  };
  try {
    await answering(`${server}/w/api.php?action=query&meta=siteinfo&format=json`, child);
  } catch (error) {
    const said = readFileSync(join(dir, 'server.log'), 'utf8');
    await close();
    throw new Error(`The wiki does not answer:\n${said}`, { cause: error });
  }
  return { close };
}

async function answering(url, child, tries = 200) {
  for (let left = tries; ; left -= 1) {
    try {
      const response = await fetch(url);
      if (response.ok) return;
      throw new Error(`${response.status} ${await response.text()}`);
    } catch (error) {
      if (left === 0 || child.exitCode !== null || !(error instanceof TypeError)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
