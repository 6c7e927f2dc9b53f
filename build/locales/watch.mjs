/** Tells pages, by server-sent events, which locale was saved. */
import { watch } from 'node:fs';
import { FOLDER } from './files.mjs';

/** An editor writes a file in several steps. */
const SETTLED_MS = 100;

export function watchLocales() {
  const listeners = new Set();
  const timers = new Map();
  const tellAll = (code) => {
    timers.delete(code);
    for (const response of listeners) response.write(`data: ${code}\n\n`);
  };
  let watcher;
  try {
    watcher = watch(FOLDER, (_, file) => {
      const code = /^([\w-]+)\.json$/.exec(file ?? '')?.[1];
      if (!code) return;
      clearTimeout(timers.get(code));
      timers.set(
        code,
        setTimeout(() => tellAll(code), SETTLED_MS),
      );
    });
    watcher.on('error', () => watcher.close());
  } catch {
    // Some file systems cannot be watched: then nothing is told, and the page is loaded again by hand.
  }
  return {
    tell(response) {
      if (!watcher) {
        response.writeHead(204).end();
        return;
      }
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write(': listening\n\n');
      listeners.add(response);
      response.on('close', () => listeners.delete(response));
    },
    close() {
      watcher?.close();
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}
