// Serves the gallery with @web/dev-server. Scripts are bundled with esbuild, because a page of 180 modules loads slowly.
import path from 'node:path';
import { PassThrough } from 'node:stream';
import type { DevServerConfig } from '@web/dev-server';
import { context } from 'esbuild';
import { codes, FOLDER } from '../build/locales/files.ts';
import { generateTexts } from '../build/locales/generate.ts';
import { translationFor } from '../build/locales/translation.ts';
import { startServer } from './dev-server.ts';
import { GALLERY_BUNDLE } from './gallery-bundle.ts';

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

/** Adds headers, and maps the addresses of the gallery to files. */
const files: Middleware = (ctx, next) => {
  ctx.set({ 'content-security-policy': POLICY, 'x-content-type-options': 'nosniff' });
  ctx.path = ctx.path
    .replace(/^\/(?:index\.html)?$/, '/demo/index.html')
    .replace(/^\/\w+\.css$/, '/demo$&')
    .replace(/^\/previews\//, '/src$&');
  return next();
};

/** Folders whose files are bundled into the gallery. */
const SOURCES = ['demo', 'src', 'test', 'build/locales', 'locales'];

/** Serves `/gallery.js`, which is bundled again after a source file has changed, and its chunks. */
async function createScripts(): Promise<{
  plugin: Plugin;
  middleware: Middleware;
  close: () => Promise<void>;
}> {
  const bundler = await context({
    ...GALLERY_BUNDLE,
    outdir: '/',
    write: false,
    sourcemap: 'inline',
  });
  const build = async () => {
    // The texts of a test's own folder must not change src/generated/.
    if (!process.env['LOCALES']) generateTexts();
    const { outputFiles } = await bundler.rebuild();
    return new Map(outputFiles.map(({ path: name, text }) => [name, text]));
  };
  let scripts = build();
  // esbuild has logged the error, and the response to the page reports it too.
  scripts.catch(() => {});
  let isStale = false;
  return {
    plugin: {
      name: 'gallery-scripts',
      serverStart({ fileWatcher }) {
        fileWatcher.add(SOURCES).on('all', () => (isStale = true));
      },
    },
    async middleware(ctx, next) {
      if (isStale && ctx.path === '/gallery.js') {
        isStale = false;
        scripts = build();
      }
      const script = (await scripts).get(ctx.path);
      if (script === undefined) await next();
      else {
        ctx.type = 'text/javascript';
        // Pages of other origins load the element with code that was copied from the gallery.
        ctx.set('access-control-allow-origin', '*');
        ctx.body = script;
      }
    },
    close: () => bundler.dispose(),
  };
}

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
export async function serve({ port, host }: Options = {}) {
  const changes = localeChanges();
  const scripts = await createScripts();
  const { url, close } = await startServer({
    ...(port !== undefined && { port }),
    ...(host !== undefined && { hostname: host }),
    middleware: [files, scripts.middleware, translations, changes.middleware],
    plugins: [scripts.plugin, changes.plugin],
    // An editor saves a file in several steps.
    chokidarOptions: { ignoreInitial: true, awaitWriteFinish: { stabilityThreshold: 100, pollInterval: 20 } },
  });
  return {
    url,
    close: async () => {
      await close();
      await scripts.close();
    },
  };
}
