// Measures the built element in Chromium, and writes bench/results.json and docs/benchmarks.md: `npm run bench`, or some parts
// of it: `npm run bench -- cards pages mentors peers wiki`. A part that is not run keeps its last results.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { brotliCompressSync } from 'node:zlib';
import type { DevServerConfig } from '@web/dev-server';
import { build } from 'esbuild';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { buildIfStale } from '../scripts/build-if-stale.mjs';
import { CHROMIUM_FLAGS } from '../scripts/chromium-path.mjs';
import { startServer } from '../scripts/dev-server.ts';
import { installChromium } from '../scripts/setup.mjs';
import { run } from '../scripts/testing.mjs';
import { servers } from '../test/test-servers.mjs';
import { benchManyMentors, serveManyMentors } from './many-mentors.ts';
import { median } from './median.ts';
import { writeTable } from './table.ts';
import { benchWiki } from './wiki.ts';

type Middleware = NonNullable<DevServerConfig['middleware']>[number];

const RUNS = 15;
const THROTTLES = { quiet: 1, 'CPU 4× slower': 4 };
const COUNTS = [1, 100, 1_000];

/** Module and tag of each element; wikipedia-preview has none. */
const PEERS: Record<string, [module: string, tag: string | null]> = {
  'mentorship-module': ['./dist/define.js', 'mentorship-module'],
  'emoji-picker-element': ['./bench/node_modules/emoji-picker-element', 'emoji-picker'],
  giscus: ['./bench/node_modules/giscus', 'giscus-widget'],
  'wikipedia-preview': ['./bench/node_modules/wikipedia-preview', null],
  altcha: ['./bench/node_modules/altcha', 'altcha-widget'],
  'media-chrome': ['./bench/node_modules/media-chrome', 'media-controller'],
};

const scripts = new Map<string, Uint8Array>();
const serveScripts: Middleware = (ctx, next) => {
  const script = scripts.get(ctx.path);
  if (script) {
    ctx.type = 'text/javascript';
    ctx.body = Buffer.from(script);
    return undefined;
  }
  return next();
};

/** Bundles each element with its libraries, with the same settings, and returns the size of what it imports at once. */
async function bundlePeers(): Promise<Record<string, number>> {
  const sizes: Record<string, number> = {};
  for (const [name, [module]] of Object.entries(PEERS)) {
    const { outputFiles, metafile } = await build({
      stdin: { contents: `export * from ${JSON.stringify(module)};`, resolveDir: '.' },
      bundle: true,
      minify: true,
      splitting: true,
      format: 'esm',
      target: 'es2022',
      conditions: ['production'],
      define: { 'process.env.NODE_ENV': '"production"' },
      outdir: `/bench-peers/${name}`,
      write: false,
      metafile: true,
      logLevel: 'error',
    });
    for (const { path, contents } of outputFiles) scripts.set(path, contents);
    const outputs = new Map(
      Object.entries(metafile.outputs).map(([path, one]) => [`/${path.replace(/^(\.\.\/)+/, '')}`, one]),
    );
    const first = new Set([`/bench-peers/${name}/stdin.js`]);
    for (const path of first)
      for (const { kind, path: next } of outputs.get(path)?.imports ?? [])
        if (kind === 'import-statement') first.add(`/${next.replace(/^(\.\.\/)+/, '')}`);
    sizes[name] = [...first].reduce(
      (sum, path) => sum + brotliCompressSync(scripts.get(path) ?? '').length,
      0,
    );
  }
  return sizes;
}

async function withPage<T>(browser: Browser, use: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  try {
    return await use(page);
  } finally {
    await context.close();
  }
}

/** Milliseconds from the import of a bundle to the first frame with its element. */
async function benchPeers(browser: Browser, url: string) {
  const sizes = await bundlePeers();
  const results: Record<string, Record<string, number>> = {};
  for (const [name, [, tag]] of Object.entries(PEERS)) {
    const result: Record<string, number> = { bytes: sizes[name] ?? 0 };
    for (const [label, rate] of Object.entries(THROTTLES)) {
      const times: number[] = [];
      for (let count = 0; count < RUNS; count++)
        times.push(
          await withPage(browser, async (page) => {
            await page.emulateCPUThrottling(rate);
            await page.goto(`${url}plain/empty`);
            return page.evaluate(
              async (script, tag) => {
                const start = performance.now();
                await import(script);
                if (tag) {
                  const element = document.createElement(tag);
                  let ready: Promise<unknown> | undefined;
                  if (tag === 'mentorship-module') {
                    Object.assign(element, {
                      snapshot: { viewer: { name: 'Ana' }, program: { enabled: true } },
                    });
                    ready = new Promise((resolve) => element.addEventListener('mentorship-ready', resolve));
                  }
                  document.body.append(element);
                  await ready;
                }
                await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
                return performance.now() - start;
              },
              `/bench-peers/${name}/stdin.js`,
              tag,
            );
          }),
        );
      result[label] = median(times);
    }
    results[name] = result;
  }
  return results;
}

/** Milliseconds from data to the painted cards, memory and requests of some cards of one wiki. */
async function benchCards(browser: Browser, url: string) {
  const results: Record<string, Record<string, number>> = {};
  const data = JSON.parse(readFileSync('src/previews/mentored.json', 'utf8')) as object;
  for (const count of COUNTS) {
    const result: Record<string, number> = {};
    let kilobytes = 0;
    for (const [label, rate] of Object.entries(THROTTLES)) {
      const runs: { ms: number; bytes: number }[] = [];
      for (let index = 0; index < RUNS; index++)
        runs.push(
          await withPage(browser, async (page) => {
            await page.goto(`${url}strict/empty`);
            await page.waitForFunction(() => customElements.get('mentorship-module'));
            const session = await page.createCDPSession();
            const heap = async () => {
              await session.send('HeapProfiler.collectGarbage');
              return (await page.metrics()).JSHeapUsedSize ?? 0;
            };
            const before = await heap();
            await page.emulateCPUThrottling(rate);
            const ms = await page.evaluate(
              async (snapshot, count) => {
                const start = performance.now();
                const cards = Array.from({ length: count }, () =>
                  Object.assign(document.createElement('mentorship-module'), { snapshot }),
                );
                let ready = 0;
                const all = new Promise<void>((resolve) =>
                  document.addEventListener('mentorship-ready', () => ++ready === count && resolve()),
                );
                document.body.append(...cards);
                await all;
                await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
                return performance.now() - start;
              },
              data,
              count,
            );
            await page.emulateCPUThrottling(1);
            return { ms, bytes: (await heap()) - before };
          }),
        );
      result[label] = median(runs.map(({ ms }) => ms));
      if (rate === 1) kilobytes = Math.round(median(runs.map(({ bytes }) => bytes)) / 1_000);
    }
    result['heap kB'] = kilobytes;
    result['requests'] = await countRequests(browser, url, count);
    results[count] = result;
  }
  return results;
}

let wikis = 0;
const newWiki = () => `/faulty/none/bench-${process.pid}-${wikis++}`;

/** Requests to the wiki of some cards out of sight, so that none reads more than the first card needs. */
const countRequests = async (browser: Browser, url: string, count: number): Promise<number> =>
  withPage(browser, async (page) => {
    await page.goto(`${url}strict/empty`);
    await page.waitForFunction(() => customElements.get('mentorship-module'));
    const wiki = newWiki();
    return page.evaluate(
      async (wiki, count) => {
        let ready = 0;
        const all = new Promise<void>((resolve) =>
          document.addEventListener('mentorship-ready', () => ++ready === count && resolve()),
        );
        for (let index = 0; index < count; index++) {
          const card = document.createElement('mentorship-module');
          card.setAttribute('api', `${wiki}/w/api.php?persona=n_ana`);
          document.body.append(card);
        }
        await all;
        return ((await (await fetch(`${wiki}/stats`)).json()) as { requests: number }).requests;
      },
      wiki,
      count,
    );
  });

const PERSONAS = { newcomer: 'n_ana', experienced: 'e_hal', mentor: 'm_olga', 'signed out': 'anon' };

/** Milliseconds from the navigation to the card on a page with a wiki in memory, and requests, without and with a cache. */
async function benchPages(browser: Browser, url: string) {
  const results: Record<string, Record<string, number>> = {};
  for (const [name, persona] of Object.entries(PERSONAS)) {
    const views: Record<'cold' | 'warm', { ms: number; requests: number; bytes: number }[]> = {
      cold: [],
      warm: [],
    };
    for (let index = 0; index < RUNS; index++)
      await withPage(browser, async (page) => {
        for (const kind of ['cold', 'warm'] as const) {
          const wiki = newWiki();
          await page.goto(`${url}strict/empty`);
          views[kind].push(
            await page.evaluate(
              async (wiki, persona) => {
                const card = document.createElement('mentorship-module');
                card.setAttribute('api', `${wiki}/w/api.php?persona=${persona}`);
                const ready = new Promise((resolve) => card.addEventListener('mentorship-ready', resolve));
                document.body.append(card);
                await ready;
                const ms = performance.now();
                const bytes = performance
                  .getEntriesByType('resource')
                  .filter(({ name }) => name.includes('/api.php'))
                  .reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).decodedBodySize, 0);
                const { requests } = (await (await fetch(`${wiki}/stats`)).json()) as { requests: number };
                return { ms, requests, bytes };
              },
              wiki,
              persona,
            ),
          );
        }
      });
    results[name] = {
      'cold ms': median(views.cold.map(({ ms }) => ms)),
      'warm ms': median(views.warm.map(({ ms }) => ms)),
      requests: median(views.cold.map(({ requests }) => requests)),
      'response bytes': median(views.cold.map(({ bytes }) => bytes)),
    };
  }
  return results;
}

const RESULTS = 'bench/results.json';
const PARTS = {
  cards: benchCards,
  pages: benchPages,
  mentors: benchManyMentors,
  peers: benchPeers,
  wiki: benchWiki,
};

const { positionals } = parseArgs({ allowPositionals: true });
const unknown = positionals.find((name) => !(name in PARTS));
if (unknown !== undefined)
  throw new Error(`Unknown part “${unknown}”. Known: ${Object.keys(PARTS).join(', ')}.`);
if (!existsSync('bench/node_modules')) await run('npm', ['ci', '--prefix', 'bench', '--ignore-scripts']);
await buildIfStale();
const middleware = [serveScripts, serveManyMentors, ...((await servers()) as Middleware[])];
const { url, close } = await startServer({
  rootDir: '.',
  port: 0,
  disableFileWatcher: true,
  middleware,
});
const browser = await puppeteer.launch({ executablePath: await installChromium(), args: CHROMIUM_FLAGS });
try {
  const results = existsSync(RESULTS)
    ? (JSON.parse(readFileSync(RESULTS, 'utf8')) as Record<string, unknown>)
    : {};
  const machines = (results['machines'] ??= {}) as Record<string, string>;
  for (const [name, part] of Object.entries(PARTS)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    console.log(`${name}…`);
    machines[name] =
      `${cpus().length} × ${cpus()[0]?.model}, ${await browser.version()}, Node ${process.versions.node}, load average ${loadavg()[0]?.toFixed(1)} before`;
    results[name] = await part(browser, url);
    writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
  }
  await writeTable(results);
} finally {
  await browser.close();
  await close();
}
