// Serves the gallery with @web/dev-server, which loads each source file as a module and transforms it with esbuild.
import path from 'node:path';
import { PassThrough } from 'node:stream';
import type { DevServerConfig } from '@web/dev-server';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { codes, FOLDER } from '../build/locales/files.ts';
import { generateTexts } from '../build/locales/generate.ts';
import { translationFor } from '../build/locales/translation.ts';
import { startServer } from './dev-server.ts';

type Middleware = NonNullable<DevServerConfig['middleware']>[number];
type Plugin = NonNullable<DevServerConfig['plugins']>[number];

/** Forbids inline scripts and styles and other origins, and allows requests to any wiki. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  'connect-src *',
  "img-src 'self' data:",
  "require-trusted-types-for 'script'",
  "trusted-types lit-html 'allow-duplicates'",
].join('; ');

/** Adds headers, renews `src/generated/` for each page load, and maps the addresses of the gallery to files. */
const gallery: Middleware = (ctx, next) => {
  ctx.set({ 'content-security-policy': POLICY, 'x-content-type-options': 'nosniff' });
  // A redirect, because imports are relative to the address of the module.
  if (ctx.path === '/gallery.js') {
    ctx.redirect('/demo/gallery.ts');
    return;
  }
  // The texts of a test's own folder must not change src/generated/.
  if (ctx.path === '/' && !process.env['LOCALES']) generateTexts();
  ctx.path = ctx.path
    .replace(/^\/(?:index\.html)?$/, '/demo/index.html')
    .replace(/^\/\w+\.css$/, '/demo$&')
    .replace(/^\/previews\//, '/src$&');
  return next();
};

/** Serves the codes of all locales, and each locale with its sources. */
const translations: Middleware = (ctx, next) => {
  const code = /^\/translations\/([\w-]+)\.json$/.exec(ctx.path)?.[1] ?? '';
  if (ctx.path === '/translations.json') ctx.body = codes();
  else if (codes().includes(code)) ctx.body = translationFor(code);
  else return next();
};

/** Reports the code of each saved locale as a server-sent event at `/changes`. */
function localeChanges(): { plugin: Plugin; middleware: Middleware } {
  const pages = new Set<PassThrough>();
  return {
    plugin: {
      name: 'locale-changes',
      serverStart({ fileWatcher }) {
        fileWatcher.add(FOLDER).on('all', (_, file) => {
          if (path.resolve(file, '..') !== path.resolve(FOLDER)) return;
          for (const page of pages) page.write(`data: ${path.basename(file, '.json')}\n\n`);
        });
      },
    },
    middleware(ctx, next) {
      if (ctx.path !== '/changes') return next();
      const page = new PassThrough();
      pages.add(page.on('close', () => pages.delete(page)));
      page.write(': listening\n\n');
      ctx.type = 'text/event-stream';
      ctx.body = page;
    },
  };
}

interface Options {
  /** Default: 8000, or the next free port. */
  port?: number | undefined;
  host?: string;
}

/** Serves the gallery until `close()`. */
export function serve({ port, host }: Options = {}) {
  const changes = localeChanges();
  return startServer({
    ...(port !== undefined && { port }),
    ...(host !== undefined && { hostname: host }),
    nodeResolve: { exportConditions: ['production', 'default'] },
    middleware: [gallery, translations, changes.middleware],
    plugins: [esbuildPlugin({ ts: true, target: 'esnext', tsconfig: './tsconfig.json' }), changes.plugin],
    // An editor saves a file in several steps.
    chokidarOptions: { ignoreInitial: true, awaitWriteFinish: { stabilityThreshold: 100, pollInterval: 20 } },
  });
}
