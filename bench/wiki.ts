// Measures the gadget on a real wiki (MediaWiki 1.39 from Debian), for each kind of viewer, without and with a cache.
import type { Browser, Page } from 'puppeteer-core';
import { installMediaWiki } from '../scripts/wiki/debian.ts';
import { builtGadget, installGadget } from '../scripts/wiki/gadget.ts';
import { startWiki, type Wiki } from '../scripts/wiki/start.ts';
import { median } from './median.ts';

/** One account for each kind of viewer. null: signed out. */
const VIEWERS = { 'signed out': null, newcomer: 'n_ana', experienced: 'e_hal', mentor: 'm_fatima' };
const VIEWS = 15;

const isOurs = (url: string) => /entorship-module/.test(url) || url.includes('/api.php');

/** Opens a page, and counts the requests of the gadget and their bytes until the network is idle. */
async function view(page: Page, address: string) {
  const session = await page.createCDPSession();
  const ours = new Map<string, { bytes: number; cached: boolean }>();
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (isOurs(request.url)) ours.set(requestId, { bytes: 0, cached: false });
  });
  session.on('Network.requestServedFromCache', ({ requestId }) => {
    const request = ours.get(requestId);
    if (request) request.cached = true;
  });
  session.on('Network.responseReceived', ({ requestId, response }) => {
    const request = ours.get(requestId);
    if (request && (response.fromDiskCache || response.fromPrefetchCache)) request.cached = true;
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const request = ours.get(requestId);
    if (request) request.bytes += encodedDataLength;
  });
  await session.send('Network.enable');
  await page.goto(address, { waitUntil: 'networkidle0' });
  const readyAt = await page.evaluate(() => (window as { readyAt?: number }).readyAt ?? 0);
  await session.detach();
  const sent = [...ours.values()].filter(({ cached }) => !cached);
  return { ms: readyAt, requests: sent.length, bytes: sent.reduce((sum, { bytes }) => sum + bytes, 0) };
}

async function benchViewer(wiki: Wiki, browser: Browser, account: string | null) {
  const address = wiki.pageUrl('Mentorship');
  const [cold, warm] = [[], []] as Awaited<ReturnType<typeof view>>[][];
  for (let count = 0; count < VIEWS; count++) {
    const context = await browser.createBrowserContext();
    if (account) await context.setCookie(...(await wiki.browserCookies(account)));
    const page = await context.newPage();
    await page.evaluateOnNewDocument(() =>
      addEventListener(
        'mentorship-ready',
        () => ((window as { readyAt?: number }).readyAt ??= performance.now()),
      ),
    );
    cold?.push(await view(page, address));
    warm?.push(await view(page, address));
    await context.close();
  }
  const summary = (views: Awaited<ReturnType<typeof view>>[] = []) => ({
    ms: median(views.map(({ ms }) => ms)),
    requests: median(views.map(({ requests }) => requests)),
    bytes: median(views.map(({ bytes }) => bytes)),
  });
  return { cold: summary(cold), warm: summary(warm) };
}

export async function benchWiki(browser: Browser) {
  installMediaWiki();
  const built = builtGadget();
  if (!built) throw new Error('dist/gadget is missing. Run npm run build first.');
  const wiki = await startWiki();
  try {
    await installGadget(wiki, built);
    // The first view fills the caches of the wiki.
    await benchViewer(wiki, browser, 'admin');
    const results: Record<string, Awaited<ReturnType<typeof benchViewer>>> = {};
    for (const [name, account] of Object.entries(VIEWERS))
      results[name] = await benchViewer(wiki, browser, account);
    return results;
  } finally {
    await wiki.close();
  }
}
