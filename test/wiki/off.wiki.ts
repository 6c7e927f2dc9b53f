// Turns all cards off and on again with a page of the wiki.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it, type TestContext } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { untilShown } from './check-lines.ts';
import { installGadget } from './install-gadget.ts';
import type { Wiki } from './start-wiki.ts';
import { startWikiAndBrowser, WikiPage } from './wiki-page.ts';

const SWITCH = 'MediaWiki:Gadget-mentorship-module-off.js';

const isSwitch = (url: string) => url.includes('mentorship-module-off.js');

describe('the page that turns all cards off, on a real wiki', () => {
  let wiki: Wiki;
  let browser: Browser;
  let close = async () => {};

  before(async () => {
    ({ wiki, browser, close } = await startWikiAndBrowser());
    await installGadget(wiki);
  });
  afterEach(() => wiki.reset());
  after(() => close());

  const openBrowser = (test: TestContext) => WikiPage.open(test, { browser, wiki, user: 'n_ana' });

  /** Views the page with a card. Returns the variant, null without a card, and the requests of this view to the API. */
  async function view({ page, sent, asked }: WikiPage) {
    sent.length = 0;
    // Waits for the request that renews the browser's copy of the switch, too.
    await page.goto(wiki.pageUrl('Mentorship'), { waitUntil: 'networkidle0' });
    const card = await page.$('mentorship-module');
    return {
      card: card && (await card.evaluate((element) => element.getAttribute('variant'))),
      requests: asked.call({ sent }, wiki.api).length,
    };
  }
  const OFF = { card: null, requests: 0 };

  it('is requested without cookies, and proxies may keep the response, also if the page is missing', async (test) => {
    const wikiPage = await openBrowser(test);
    for (const text of [null, 'false']) {
      if (text) await wiki.edit(SWITCH, text);
      const [response] = await Promise.all([
        wikiPage.page.waitForResponse((one) => isSwitch(one.url())),
        view(wikiPage),
      ]);
      assert.equal(response.status(), 200);
      const { 'cache-control': cache = '' } = response.headers();
      assert.match(cache, /^public, s-maxage=300, max-age=\d+$/);
      const requests = wikiPage.sent.filter(({ url }) => isSwitch(url.href));
      assert.ok(requests.length > 0);
      for (const { headers } of requests) assert.equal(headers['cookie'], undefined);
    }
  });

  it('is kept by proxies, unlike the scripts, which only the browser of a signed-in reader keeps', async (test) => {
    const { page } = await openBrowser(test);
    const [response] = await Promise.all([
      page.waitForResponse((one) => one.url().includes('Gadget-mentorship-module.js')),
      page.goto(wiki.pageUrl('Mentorship')),
    ]);
    assert.equal(response.headers()['cache-control'], 'private, s-maxage=300, max-age=18000');
  });

  it('acts at once in a browser without a copy, and from the second page view on in others', async (test) => {
    const reader = await openBrowser(test);
    assert.equal((await view(reader)).card, 'mentored');
    await wiki.edit(SWITCH, 'true');
    assert.deepEqual(await view(await openBrowser(test)), OFF, 'without a copy');
    assert.equal((await view(reader)).card, 'mentored', 'with a copy');
    for (let count = 0; count < 2; count++) assert.deepEqual(await view(reader), OFF);
    await wiki.edit(SWITCH, 'false');
    assert.deepEqual(await view(reader), OFF, 'turned on');
    assert.equal((await view(reader)).card, 'mentored');
  });

  it('makes no card wait for the network once the browser has a copy', async (test) => {
    const reader = await openBrowser(test);
    await view(reader);
    const session = await reader.page.createCDPSession();
    const order: string[] = [];
    session.on('Network.requestWillBeSent', ({ request: { url } }) => {
      if (/Gadget-mentorship-module\.js/.test(url)) order.push('card');
    });
    session.on('Network.responseReceived', ({ response: { url, fromDiskCache } }) => {
      if (isSwitch(url)) order.push(fromDiskCache ? 'copy' : 'network');
    });
    await session.send('Network.enable');
    await view(reader);
    assert.deepEqual(
      [order[0], order.indexOf('card') < order.indexOf('network')],
      ['copy', true],
      order.join(),
    );
  });

  it('is named in the report for administrators', async (test) => {
    await wiki.edit(SWITCH, 'true');
    const admin = await WikiPage.open(test, { browser, wiki, user: 'admin' });
    await admin.page.goto(wiki.pageUrl('Mentorship', { 'mentorship-check': '1' }));
    await untilShown(admin, `${SWITCH}: all cards are turned off. Write false.`);
  });
});
