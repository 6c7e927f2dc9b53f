// What the gadget costs on a page of a wiki, for each card: `node scripts/wiki/bench.mjs`, after `npm run build`.
import puppeteer from 'puppeteer-core';
import { CHROMIUM_FLAGS } from '../chromium-path.mjs';
import { installChromium } from '../setup.mjs';
import { builtGadget, installGadget } from './gadget.mjs';
import { startWiki } from './start.mjs';

/** One account for each card. */
const ACCOUNTS = ['n_ana', 'q_kim', 'n_eli', 'e_gus', 'e_hal', 'm_fatima', 'n_flo', 'b_ivy', null];

const isOurs = (url) => /entorship-module/.test(url) || url.includes('/api.php');

/** Counts what our own requests bring over the wire while a page is opened, until nothing is on its way. */
async function measure(page, address) {
  const session = await page.createCDPSession();
  const ours = new Map();
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (isOurs(request.url)) ours.set(requestId, { bytes: 0, cached: false });
  });
  session.on('Network.requestServedFromCache', ({ requestId }) => {
    if (ours.has(requestId)) ours.get(requestId).cached = true;
  });
  session.on('Network.responseReceived', ({ requestId, response }) => {
    if (ours.has(requestId) && (response.fromDiskCache || response.fromPrefetchCache))
      ours.get(requestId).cached = true;
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (ours.has(requestId)) ours.get(requestId).bytes += encodedDataLength;
  });
  await session.send('Network.enable');
  await page.goto(address, { waitUntil: 'networkidle0' });
  const element = await page.$('mentorship-module');
  const card = (await element?.evaluate((one) => one.getAttribute('variant'))) ?? '(no element)';
  await session.detach();
  const sent = [...ours.values()].filter(({ cached }) => !cached);
  return { card, requests: sent.length, bytes: sent.reduce((sum, { bytes }) => sum + bytes, 0) };
}

async function bench(wiki, browser, account) {
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

function print(rows) {
  const all = [HEAD, ...rows].map((row) => row.map(String));
  const widths = HEAD.map((_, column) => Math.max(...all.map((row) => row[column].length)));
  for (const row of all)
    console.log(
      row
        .map((cell, column) => (column < 2 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
        .join('  '),
    );
}

const built = builtGadget();
if (!built) throw new Error('dist/gadget is missing: npm run build');
const wiki = await startWiki();
const browser = await puppeteer.launch({ executablePath: await installChromium(), args: CHROMIUM_FLAGS });
try {
  await installGadget(wiki, built);
  // Whoever comes first pays for the wiki's own caches.
  await bench(wiki, browser, 'admin');
  const rows = [];
  for (const account of ACCOUNTS) rows.push(await bench(wiki, browser, account));
  print(rows);
} finally {
  await browser.close();
  await wiki.close();
}
