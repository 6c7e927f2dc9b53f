// Measures the requests of the gadget for each card: `npx tsx scripts/wiki/bench.ts`, after `npm run build`.
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { CHROMIUM_FLAGS } from '../chromium-path.mjs';
import { installChromium } from '../setup.mjs';
import { builtGadget, installGadget } from './gadget.ts';
import { startWiki, type Wiki } from './start.ts';

/** One account for each card. null: not logged in. */
const ACCOUNTS = ['n_ana', 'q_kim', 'n_eli', 'e_gus', 'e_hal', 'm_fatima', 'n_flo', 'b_ivy', null];

const isOurs = (url: string) => /entorship-module/.test(url) || url.includes('/api.php');

/** Opens a page, and counts the requests of the gadget and their bytes until the network is idle. */
async function measure(page: Page, address: string) {
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
  const element = await page.$('mentorship-module');
  const card = (await element?.evaluate((one) => one.getAttribute('variant'))) ?? '(no element)';
  await session.detach();
  const sent = [...ours.values()].filter(({ cached }) => !cached);
  return { card, requests: sent.length, bytes: sent.reduce((sum, { bytes }) => sum + bytes, 0) };
}

async function bench(wiki: Wiki, browser: Browser, account: string | null) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  if (account) await context.setCookie(...(await wiki.browserCookies(account)));
  const address = wiki.pageUrl('Mentorship');
  const cold = await measure(page, address);
  const warm = await measure(page, address);
  await context.close();
  return [account ?? '(nobody)', cold.card, cold.requests, cold.bytes, warm.requests, warm.bytes];
}

const HEAD = ['account', 'card', 'cold: requests', 'bytes', 'warm: requests', 'bytes'];

function print(rows: (string | number)[][]): void {
  const all = [HEAD, ...rows].map((row) => row.map(String));
  const widths = HEAD.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  for (const row of all)
    console.log(
      row
        .map((cell, column) =>
          column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    );
}

const built = builtGadget();
if (!built) throw new Error('dist/gadget is missing. Run npm run build first.');
const wiki = await startWiki();
const browser = await puppeteer.launch({ executablePath: await installChromium(), args: CHROMIUM_FLAGS });
try {
  await installGadget(wiki, built);
  // The first visit fills the caches of the wiki.
  await bench(wiki, browser, 'admin');
  const rows = [];
  for (const account of ACCOUNTS) rows.push(await bench(wiki, browser, account));
  print(rows);
} finally {
  await browser.close();
  await wiki.close();
}
