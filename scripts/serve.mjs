// The gallery, built anew for each page load: `node scripts/serve.mjs`.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { context } from 'esbuild';
import { generateTexts } from '../build/locales/generate.mjs';
import { codes, translationFor } from '../build/locales/translation.mjs';
import { watchLocales } from '../build/locales/watch.mjs';

const ROOT = new URL('../', import.meta.url);

/** No inline script or style, nothing from elsewhere; any wiki may be asked. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  'connect-src *',
  "img-src 'self' data:",
  "require-trusted-types-for 'script'",
  "trusted-types lit-html 'allow-duplicates'",
].join('; ');

const HTML = 'text/html; charset=utf-8';
const CSS = 'text/css; charset=utf-8';
const SCRIPT = 'text/javascript; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';
const PLAIN = 'text/plain; charset=utf-8';

/** The page loads `/gallery.js`, and each language from a chunk. */
const BUNDLE = 'gallery.js';

/** For translators: a locale as it is, with all that is known of it. */
const TRANSLATION = /^\/translations\/([\w-]+)\.json$/;
const TRANSLATIONS = '/translations.json';

/** Server-sent events: the name of each locale that was saved. */
const CHANGES = '/changes';

/** Nothing but these is served. The patterns let no slash and no dot through, so that no path leads out. */
const FILES = [
  { path: /^\/(?:index\.html)?$/, file: () => 'demo/index.html', type: HTML },
  { path: /^\/(gallery|translate)\.css$/, file: (name) => `demo/${name}.css`, type: CSS },
  { path: /^\/previews\/([\w-]+)\.json$/, file: (name) => `src/previews/${name}.json`, type: JSON_TYPE },
];

async function answerTo(path, scripts) {
  if (path === TRANSLATIONS) return { status: 200, type: JSON_TYPE, body: JSON.stringify(codes()) };
  const translation = TRANSLATION.exec(path)?.[1];
  if (translation && codes().includes(translation))
    return { status: 200, type: JSON_TYPE, body: JSON.stringify(translationFor(translation)) };
  const script = path.endsWith('.js') && (await scripts(path)).get(path);
  if (script) return { status: 200, type: SCRIPT, body: script };
  for (const { path: pattern, file, type } of FILES) {
    const match = pattern.exec(path);
    if (match) return { status: 200, type, body: await readFile(new URL(file(match[1]), ROOT)) };
  }
  return { status: 404, type: PLAIN, body: 'Not found' };
}

function answerToError(error) {
  if (error.code === 'ENOENT') return { status: 404, type: PLAIN, body: 'Not found' };
  // esbuild has told the console where the mistake is.
  return { status: 500, type: PLAIN, body: error.message };
}

function listen(server, { port, host }) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve(server.address().port);
    });
  });
}

/** The port, or the next one that is free. */
async function listenNear(server, { port, host }, tries = 20) {
  try {
    return await listen(server, { port, host });
  } catch (error) {
    if (error.code !== 'EADDRINUSE' || tries === 0) throw error;
    return listenNear(server, { port: port + 1, host }, tries - 1);
  }
}

/** Serves the gallery until it is closed. `build`: for `each` page load, or `once`. */
export async function serve({ port = 8000, host = '127.0.0.1', build = 'each' } = {}) {
  const bundler = await context({
    absWorkingDir: fileURLToPath(ROOT),
    entryPoints: ['demo/gallery.ts'],
    outdir: '/',
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  const rebuild = async () => {
    // A test that changes locales has a folder of its own, which must not end up in `src/generated/`.
    if (!process.env.LOCALES) generateTexts();
    const { outputFiles } = await bundler.rebuild();
    return new Map(outputFiles.map(({ path, contents }) => [path, contents]));
  };
  let built;
  /** Builds anew when a page loads its first script; chunks are those of the last build. */
  const scripts = (path) =>
    build === 'once' || path !== `/${BUNDLE}` ? (built ??= rebuild()) : (built = rebuild());
  const watch = watchLocales();
  const server = createServer(async (request, response) => {
    const path = request.url.split('?')[0];
    if (path === CHANGES) return watch.tell(response);
    const { status, type, body } = await answerTo(path, scripts).catch(answerToError);
    response.writeHead(status, {
      'content-type': type,
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  });
  const close = async () => {
    watch.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await bundler.dispose();
  };
  try {
    const free = await listenNear(server, { port, host });
    return { url: `http://${host.includes(':') ? `[${host}]` : host}:${free}/`, close };
  } catch (error) {
    watch.close();
    await bundler.dispose();
    throw error;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { url } = await serve({ port: Number(process.env.PORT) || undefined });
  console.log(`The gallery is at ${url}`);
}
