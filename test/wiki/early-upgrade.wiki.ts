import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it, type TestContext } from 'node:test';
import type { Browser, HTTPRequest } from 'puppeteer-core';
import { startWikiAndBrowser, WikiPage } from './wiki-page.ts';
import { environment, type Wiki } from './start-wiki.ts';

/** Records the globals that the element finds when it is upgraded, and upgrades it. */
const SCRIPTS = `<script type="module">
  window.found = { mw: typeof mw, RLCONF: { ...RLCONF }, RLQ: Array.isArray(RLQ) };
</script><script type="module" src="/dist/mentorship-module.js"></script>`;

/** Delays of the wiki's script in milliseconds. */
const DELAYS = [0, 50, 150, 300, 500, 800, 1_200, 2_000];

interface Found {
  mw: string;
  RLCONF: Record<string, unknown>;
  RLQ: boolean;
}

describe('an element that is upgraded before the wiki’s own script', () => {
  let wiki: Wiki;
  let browser: Browser;
  let close = async () => {};

  before(async () => {
    ({ wiki, browser, close } = await startWikiAndBrowser());
    // The first view of a page compiles the wiki's scripts, which takes seconds on a busy machine.
    const page = await browser.newPage();
    await page.goto(wiki.pageUrl('Main Page'));
    await page.waitForFunction('mw.user.options.get', { timeout: 60_000 });
    await page.close();
  });
  after(() => close());

  /** Opens a page of the wiki with an element in its HTML. */
  async function visit(
    test: TestContext,
    { user, element, delay }: { user: string | null; element: string; delay: number },
  ) {
    const wikiPage = await WikiPage.open(test, { browser, wiki, user });
    const address = wiki.pageUrl('Main Page');
    const answer = async (request: HTTPRequest) => {
      const url = new URL(request.url());
      if (url.href === address) {
        const cookie = user ? await wiki.login(user) : '';
        const html = await (await fetch(url, { headers: { cookie } })).text();
        const body = html
          .replace('</head>', `${SCRIPTS}</head>`)
          .replace(/<body[^>]*>/, (tag) => tag + element);
        return request.respond({ contentType: 'text/html; charset=utf-8', body });
      }
      if (url.pathname.startsWith('/dist/')) {
        const body = await readFile(new URL(`.${url.pathname}`, environment.root));
        return request.respond({ contentType: 'text/javascript', body });
      }
      if (url.searchParams.get('modules') === 'startup')
        await new Promise((resolve) => setTimeout(resolve, delay));
      return request.continue();
    };
    await wikiPage.page.setRequestInterception(true);
    // A request that the closed page has given up cannot be answered.
    wikiPage.page.on('request', (request) => void answer(request).catch(() => {}));
    const { card } = await wikiPage.go(address);
    const found = await wikiPage.page.evaluate(() => (window as unknown as { found: Found }).found);
    return { card, found, asked: wikiPage.asked(wiki.api) };
  }

  it('finds the variables of page and viewer in the HTML, but not those of the site', async (test) => {
    const { found } = await visit(test, {
      user: 'n_ana',
      element: '<mentorship-module></mentorship-module>',
      delay: 500,
    });
    assert.equal(found.mw, 'undefined');
    assert.equal(found.RLQ, true);
    assert.equal(found.RLCONF['wgUserName'], wiki.accounts['n_ana']?.name);
    assert.ok(Array.isArray(found.RLCONF['wgUserGroups']));
    assert.equal(found.RLCONF['wgScriptPath'], undefined);
  });

  for (const attributes of ['', ' api="/w/api.php"'])
    it(`shows the card in each load: <mentorship-module${attributes}>`, async (test) => {
      const element = `<mentorship-module${attributes}></mentorship-module>`;
      for (const delay of DELAYS) {
        const { card, asked } = await visit(test, { user: 'n_ana', element, delay });
        assert.equal(card, 'mentored', `${delay} ms`);
        assert.ok(asked.length <= 3);
      }
    });

  it('sends no request for a reader who is signed out', async (test) => {
    for (const attributes of ['', ' api="/w/api.php"'])
      for (const delay of [0, 800]) {
        const element = `<mentorship-module${attributes}></mentorship-module>`;
        const { card, asked } = await visit(test, { user: null, element, delay });
        assert.deepEqual([card, asked.length], ['none', 0], `${delay} ms`);
      }
  });
});
