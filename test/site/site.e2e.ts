// Visits every page of the built site in a browser, under the strictest Content Security Policy that it allows.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Browser, Page } from 'puppeteer-core';
import { buildSite } from '../../build/site/site.mjs';
import { CHROMIUM_FLAGS } from '../../scripts/chromium-path.mjs';
import { startServer } from '../../scripts/dev-server.ts';
import { installChromium } from '../../scripts/setup.mjs';
import { launchBrowser } from '../launch-browser.ts';

declare const reportViolation: (violation: string) => void;
declare const axe: { run(options: RunOptions): Promise<AxeResults> };

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "font-src 'self'",
].join('; ');

const AXE = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

/** The site is served from here, so that an address from the root of the server leads nowhere. */
const SUBFOLDER = 'x/y';

/** Pages of the gallery, by their query. */
const GALLERY = [
  '',
  '?card=noor&edits=499&skin=vector',
  '?card=ana&compare&b.lang=ar&b.theme=dark&b.skin=minerva',
  '?states',
  '?states=no such state',
  '?case=invite',
  '?case=mentored-question-states&dialog=ask',
  '?translate=',
  '?translate=de',
];

/** Longer than any page takes on a busy machine. */
const TIMEOUT = { timeout: 120_000 };

const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

describe('site', () => {
  let root: string;
  let folder: string;
  let server: Awaited<ReturnType<typeof startServer>>;
  let chromium: { browser: Browser; close: () => Promise<void> };
  /** The ids of each page that was visited, and all of its links. */
  const ids = new Map<string, ReadonlySet<string>>();
  const links = new Map<string, readonly string[]>();

  before(async () => {
    root = mkdtempSync(path.join(tmpdir(), 'mentorship-site-'));
    folder = path.join(root, SUBFOLDER);
    await buildSite(folder);
    server = await startServer({
      port: 0,
      rootDir: root,
      middleware: [
        (ctx, next) => {
          ctx.set('content-security-policy', POLICY);
          return next();
        },
      ],
    });
    chromium = await launchBrowser({
      browser: 'chrome',
      path: await installChromium(),
      flags: CHROMIUM_FLAGS,
    });
  });
  after(async () => {
    await chromium.close();
    await server.close();
    await rm(root, { recursive: true });
  });

  const htmlFiles = () =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.html'));

  /** Opens a page, and collects what goes wrong on it. */
  async function open(address: string): Promise<{ page: Page; problems: string[] }> {
    const page = await chromium.browser.newPage();
    const problems: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => problems.push(`error: ${String(error)}`));
    page.on('requestfailed', (request) => problems.push(`request failed: ${request.url()}`));
    page.on('response', (response) => {
      if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
    });
    await page.exposeFunction('reportViolation', (violation: string) =>
      problems.push(`policy: ${violation}`),
    );
    await page.evaluateOnNewDocument(() => {
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) =>
        reportViolation(`${effectiveDirective} ${blockedURI} ${sample}`),
      );
    });
    await page.setViewport(DESKTOP);
    const response = await page.goto(`${server.url}${SUBFOLDER}/${address}`, {
      waitUntil: 'networkidle0',
      ...TIMEOUT,
    });
    assert.equal(response?.headers()['content-security-policy'], POLICY);
    if (address.startsWith('gallery/')) await page.waitForSelector('html[data-ready]', TIMEOUT);
    else await page.waitForFunction(areCardsDrawn);
    return { page, problems };
  }

  async function checkPage(address: string): Promise<string[]> {
    const { page, problems } = await open(address);
    try {
      await page.evaluate(AXE);
      problems.push(...(await page.evaluate(findWithAxe, [])));
      const found = await page.evaluate(findIdsAndLinks);
      ids.set(address, new Set(found.ids));
      const repeated = found.ids.filter((id, index) => found.ids.indexOf(id) !== index);
      if (repeated.length > 0) problems.push(`repeated ids: ${repeated.join(', ')}`);
      links.set(address, found.links);
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
      problems.push(...(await page.evaluate(findWithAxe, ['color-contrast'])).map((one) => `dark: ${one}`));
      await page.setViewport(PHONE);
      const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (excess > 0) problems.push(`scrolls by ${excess} px at ${PHONE.width} px`);
    } finally {
      await page.close();
    }
    return problems.map((problem) => `${address}: ${problem}`);
  }

  it('has pages without dead links, errors, violations of the policy and of axe, and sideways scrolling', async () => {
    const files = htmlFiles().flatMap((file) =>
      file === 'gallery/index.html' ? GALLERY.map((query) => file + query) : [file],
    );
    assert.ok(files.length > 30, `The site has only ${files.length} pages.`);
    const problems: string[] = [];
    const waiting = files.values();
    const work = async () => {
      for (const file of waiting) problems.push(...(await checkPage(file)));
    };
    await Promise.all([work(), work()]);
    for (const [address, targets] of links)
      for (const target of new Set(targets))
        if (isDead(new URL(target))) problems.push(`${address}: dead link ${target}`);
    assert.deepEqual(problems, []);
  });

  /** Returns true if a link within the server leads out of the site, to no file, or to no element of a page. */
  function isDead(target: URL): boolean {
    if (target.origin !== new URL(server.url).origin) return false;
    const file = path.join(root, decodeURIComponent(target.pathname));
    if (!file.startsWith(folder) || !existsSync(file)) return true;
    const found = statSync(file).isDirectory() ? path.join(file, 'index.html') : file;
    if (!existsSync(found)) return true;
    const known = ids.get(path.relative(folder, found) + target.search);
    return target.hash !== '' && known !== undefined && !known.has(decodeURIComponent(target.hash.slice(1)));
  }

  // The page for translators renders anew after each click, so the links of two cards are enough there.
  for (const [address, cards] of Object.entries({
    'index.html': 'mentorship-module',
    'docs/examples.html': 'mentorship-module',
    'gallery/index.html': 'mentorship-module',
    'gallery/index.html?states': 'mentorship-module',
    'gallery/index.html?translate=de': '#preview-opt-in mentorship-module',
  }))
    it(`follows no link of a sample on ${address}`, async () => {
      const { page } = await open(address);
      const { count, leaving } = await page.evaluate(clickLinks, cards);
      assert.ok(count > 0, `No link in ${cards}.`);
      assert.deepEqual(leaving, []);
      await page.close();
    });

  it('runs every example', async () => {
    const { page, problems } = await open('docs/examples.html');
    await page.click('#event-log mentorship-module >>> a');
    const [variants, own, decision, events] = await page.evaluate(() => [
      Array.from(document.querySelectorAll('mentorship-module[preview]'), (card) =>
        card.getAttribute('variant'),
      ),
      document.querySelector('#own-data mentorship-module')?.getAttribute('variant'),
      document.getElementById('decision')?.textContent,
      document.querySelector('#event-log output')?.textContent,
    ]);
    const previews = Array.from(
      readFileSync('docs/examples.md', 'utf8').matchAll(/<mentorship-module preview="([\w-]+)"/g),
      ([, preview]) => preview,
    );
    assert.deepEqual(variants, previews);
    assert.equal(own, 'mentored');
    assert.equal(decision, 'Row 6 of the decision table: invite.');
    assert.match(String(events), /^opt-in: (?!impression)/m);
    assert.equal(page.url(), `${server.url}${SUBFOLDER}/docs/examples.html`);
    assert.deepEqual(problems, []);
    await page.close();
  });

  it('shows every case in the gallery', async () => {
    const { page, problems } = await open('gallery/index.html?states');
    const wrong = await page.$$eval('.wrong', (all) => all.map((one) => one.textContent));
    assert.deepEqual(wrong, []);
    assert.deepEqual(problems, []);
    await page.close();
  });
});

/** Clicks each link of the cards with the main and the middle button. Returns the links that the page would follow. */
function clickLinks(cards: string): { count: number; leaving: string[] } {
  const links = Array.from(document.querySelectorAll(cards), (card) => [
    ...card.shadowRoot!.querySelectorAll<HTMLAnchorElement>('a[href]'),
  ]).flat();
  const leaves = (link: HTMLAnchorElement, type: string) =>
    link.dispatchEvent(new MouseEvent(type, { bubbles: true, composed: true, cancelable: true }));
  const leaving = links.filter((link) => ['click', 'auxclick'].some((type) => leaves(link, type)));
  return { count: links.length, leaving: leaving.map(({ href }) => href) };
}

const areCardsDrawn = () =>
  Array.from(document.querySelectorAll('mentorship-module')).every((card) => card.hasAttribute('variant'));

/** A page of samples shows the same card several times, so cards may have equal names. */
async function findWithAxe(rules: string[]): Promise<string[]> {
  const { violations } = await axe.run(rules.length ? { runOnly: rules } : {});
  return violations.flatMap(({ id, nodes }) =>
    nodes
      .filter(({ html }) => id !== 'landmark-unique' || !html.includes('part="card"'))
      .map(({ html }) => `axe, ${id}: ${html.slice(0, 200)}`),
  );
}

function findIdsAndLinks() {
  return {
    ids: Array.from(document.querySelectorAll('[id]'), ({ id }) => id),
    links: Array.from(document.querySelectorAll<HTMLAnchorElement>('a[href]'), ({ href }) => href),
  };
}
