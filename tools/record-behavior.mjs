// Records what the element shows, tells and requests: `node tools/record-behavior.mjs OUT [CHECKOUT]`.
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import puppeteer from 'puppeteer-core';
import { tsImport } from 'tsx/esm/api';
import { CHROMIUM_FLAGS, chromiumPath } from '../scripts/chromium-path.mjs';
import { writeBehavior } from './behavior/file.mjs';

const TOOLS = path.dirname(fileURLToPath(import.meta.url));
const ORIGIN = 'https://host.example';
const PAGE = `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <title>Behavior</title>
  <style>main { position: absolute; inset: 0 auto auto 0; width: 600px; opacity: 0 }</style>
  <body></body>
</html>`;

/** In the page, files of the checkout are read over HTTP. */
const NODE_IN_PAGE = {
  'node:fs': `export function readFileSync(name) {
    const request = new XMLHttpRequest();
    request.open('GET', '/' + name, false);
    request.send();
    if (request.status !== 200) throw new Error(name + ': HTTP ' + request.status);
    return request.responseText;
  }`,
  'node:path': `const join = (...names) => names.join('/');
  export default { join, resolve: join };`,
};

/** Modules of the page whose files or names differ in checkouts that have the wiki in memory in `demo/`. */
const OLDER = {
  'test/fake-mediawiki/index.js': `export * from './demo/wiki.ts';
  export { MemoryWiki as FakeMediaWiki } from './demo/wiki.ts';`,
  'test/card-cases.js': `export * from './test/cases.ts';`,
  'test/recorded-wiki.js': `export * from './test/recorded-wiki.ts';
  export { recorded as readRecording } from './test/recorded-wiki.ts';`,
  'test/scenarios.js': `import { forget, steps } from './test/steps.ts';
  export const clearDrafts = forget;
  export const scenarios = steps.map((step) => ({ ...step, run: step.go }));`,
};

/** Takes what the page imports from outside of `tools/` from the checkout. */
const fromCheckout = (checkout) => ({
  name: 'from-checkout',
  setup({ onLoad, onResolve, resolve }) {
    const isOlder = !existsSync(path.join(checkout, 'test/fake-mediawiki/index.ts'));
    onResolve({ filter: /^\.\.\/\.\.\// }, ({ path: from, importer, kind }) => {
      if (path.dirname(importer) !== path.join(TOOLS, 'behavior')) return undefined;
      const name = from.slice(6);
      return isOlder && name in OLDER
        ? { path: name, namespace: 'older' }
        : resolve(`./${name}`, { resolveDir: checkout, kind });
    });
    onLoad({ filter: /./, namespace: 'older' }, ({ path: name }) => ({
      contents: OLDER[name],
      resolveDir: checkout,
    }));
    onResolve({ filter: /^node:(?:fs|path)$/ }, ({ path: name }) => ({ path: name, namespace: 'node' }));
    onLoad({ filter: /./, namespace: 'node' }, ({ path: name }) => ({ contents: NODE_IN_PAGE[name] }));
  },
});

async function bundle(checkout) {
  const { outputFiles } = await build({
    entryPoints: [path.join(TOOLS, 'behavior/page.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2023',
    conditions: ['production'],
    // package.json names the files of dist/ that have side effects, not those of src/.
    ignoreAnnotations: true,
    nodePaths: [path.join(TOOLS, '../node_modules')],
    plugins: [fromCheckout(checkout)],
    logLevel: 'warning',
  });
  return outputFiles[0].text;
}

/** Writes the files that a fresh clone lacks. Builds of 0.1.0 have the second script only. */
const GENERATORS = [
  ['build/locales/generate.ts', 'generateTexts'],
  ['scripts/locales/generate.mjs', 'generateTexts'],
  ['scripts/locales/files.mjs', 'writeLocaleList'],
];

async function generate(checkout) {
  const [file, name] = GENERATORS.find(([file]) => existsSync(path.join(checkout, file)));
  const script = await tsImport(pathToFileURL(path.join(checkout, file)).href, import.meta.url);
  script[name]();
}

async function recordings() {
  const folders = await readdir('test/recordings');
  return {
    growth: folders.filter((name) => existsSync(`test/recordings/${name}/01-userinfo.json`)).sort(),
    plain: (await readdir('test/recordings-1.39/viewers')).sort(),
  };
}

/** The page, its script, and the checkout's own data. The script is served from src/, because it looks for languages beside. */
async function answerTo(pathname, script) {
  if (pathname === '/') return { contentType: 'text/html', body: PAGE };
  if (pathname === '/src/page.js') return { contentType: 'text/javascript', body: script };
  const file = path.normalize(pathname.slice(1)).replace(/\.dialogs\.json$/, '.json');
  if (!/^(?:locales|src|test)\/.*\.json$/.test(file) || !existsSync(file)) return { status: 404 };
  return { contentType: 'application/json', body: await readFile(file, 'utf8') };
}

async function record(script, { names, executablePath }) {
  const browser = await puppeteer.launch({
    executablePath,
    args: [...CHROMIUM_FLAGS, '--lang=en-US', '--enable-blink-features=ComputedAccessibilityInfo'],
    protocolTimeout: 600_000,
  });
  try {
    const page = await browser.newPage();
    await page.setViewport({ width: 1_000, height: 1_600 });
    await page.emulateTimezone('UTC');
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }]);
    page.on('pageerror', (error) => console.error(error));
    await page.setRequestInterception(true);
    page.on('request', async (request) => {
      const { origin, pathname } = new URL(request.url());
      await request.respond(origin === ORIGIN ? await answerTo(pathname, script) : { status: 404 });
    });
    // Chromium otherwise builds the accessibility tree anew for each role that is read.
    await (await page.createCDPSession()).send('Accessibility.enable');
    await page.goto(ORIGIN);
    await page.addScriptTag({ url: '/src/page.js', type: 'module' });
    return await page.evaluate((names) => globalThis.record(names), names);
  } finally {
    await browser.close();
  }
}

const [out, checkout = process.cwd()] = process.argv.slice(2).map((name) => path.resolve(name));
if (!out) throw new Error('Usage: node tools/record-behavior.mjs OUT [CHECKOUT]');
const executablePath = await chromiumPath();
// Scripts of the checkout read its files from the working directory.
process.chdir(checkout);
await generate(checkout);
const script = await bundle(checkout);
await writeBehavior(out, await record(script, { names: await recordings(), executablePath }));
