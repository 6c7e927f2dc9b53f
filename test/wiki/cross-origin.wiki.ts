import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { messageText } from '../e2e/message-text.ts';
import { startWikiAndBrowser, WikiPage } from './wiki-page.ts';
import { startHostPage, type HostPage } from './host-page.ts';
import type { Wiki } from './start-wiki.ts';

const OWN = 'What the host wrote.';
/** Chromium logs each refused request. */
const REFUSED = /CORS policy|Failed to load resource/;

describe('page of another origin', () => {
  let wiki: Wiki;
  let page: HostPage;
  let browser: Browser;
  let close = async () => {};

  before(async () => {
    ({ wiki, browser, close } = await startWikiAndBrowser());
    page = await startHostPage(wiki);
  });
  afterEach(() => wiki.reset());
  after(async () => {
    await page.close();
    await close();
  });

  const visit = (test: Parameters<typeof WikiPage.open>[0], user: string | null, expected?: RegExp) =>
    WikiPage.open(test, { browser, wiki, user, ...(expected && { expected }) });

  it('shows a preview without usable controls, and sends no cookie', async (test) => {
    const wikiPage = await visit(test, 'n_ana');
    const { card } = await wikiPage.go(
      page.urlFor(`<mentorship-module api="${wiki.api}" viewer="Experienced Hal">`),
    );
    assert.equal(card, 'invite');
    assert.ok((await wikiPage.text()).includes(messageText('preview-of', 'Experienced Hal')));
    const usable = await wikiPage.page.$$eval('mentorship-module >>> button:enabled', (all) =>
      all.map(({ ariaLabel }) => ariaLabel),
    );
    // The menu opens, so that its entries can be seen too.
    assert.deepEqual(usable, [messageText('more')]);
    const disabled = await wikiPage.page.$$eval('mentorship-module >>> button:disabled', (all) => all.length);
    assert.ok(disabled > 1);
    const asked = wikiPage.asked(wiki.api);
    // The user, and the settings with the mentors.
    assert.equal(asked.length, 2);
    for (const { url, headers } of asked) {
      assert.equal(url.searchParams.get('origin'), '*');
      assert.equal(headers['cookie'], undefined);
    }
  });

  it('shows no card and takes no space without cookies, because the viewer is anonymous', async (test) => {
    const wikiPage = await visit(test, 'n_ana');
    const { card } = await wikiPage.go(page.urlFor(`<mentorship-module api="${wiki.api}">${OWN}`));
    assert.equal(card, 'none');
    const height = await wikiPage.page.$eval('mentorship-module', (element) => element.offsetHeight);
    assert.equal(height, 0);
    assert.ok(wikiPage.asked(wiki.api).every(({ headers }) => headers['cookie'] === undefined));
  });

  it('reads and writes as the signed-in user if the wiki trusts the origin', async (test) => {
    wiki.set({ wgCrossSiteAJAXdomains: [page.name] });
    const wikiPage = await visit(test, 'n_ana');
    const seen = await wikiPage.go(page.urlFor('<mentorship-module>', { credentials: true }));
    assert.equal(seen.card, 'mentored');
    await wikiPage.openFromMenu(messageText('leave'));
    await wikiPage.press(messageText('leave'));
    await wikiPage.until(({ card, dialog }) => card === 'opt-in' && dialog === null);
    assert.equal((await wiki.optionsOf('n_ana'))['userjs-mentorship-status'], 'opted-out');
    await wikiPage.press(messageText('dialog-common-undo'));
    await wikiPage.until(
      ({ card, note }) => card === 'mentored' && note === messageText('dialog-common-undone'),
    );
    const options = await wiki.optionsOf('n_ana');
    assert.equal(options['userjs-mentorship-status'], undefined);
    assert.equal(options['userjs-mentorship-mentor'], 'Mentor Fatima');
    for (const { url, headers } of wikiPage.asked(wiki.api)) {
      assert.equal(url.searchParams.get('origin'), page.origin);
      assert.ok(headers['cookie']);
    }
  });

  it('asks a question as the signed-in user if the wiki trusts the origin', async (test) => {
    wiki.set({ wgCrossSiteAJAXdomains: [page.name] });
    const wikiPage = await visit(test, 'n_ana');
    await wikiPage.go(page.urlFor('<mentorship-module>', { credentials: true }));
    await wikiPage.write('Hello from elsewhere');
    await wikiPage.press(messageText('dialog-ask-send'));
    const { link } = await wikiPage.until((seen) => seen.link);
    assert.ok(link?.startsWith(wiki.pageUrl('User talk:Mentor Fatima')));
    assert.match((await wiki.read('User talk:Mentor Fatima')) ?? '', /Hello from elsewhere/);
  });

  it('reports an error and keeps the host’s content if the wiki does not trust the origin', async (test) => {
    const wikiPage = await visit(test, 'n_ana', REFUSED);
    await wikiPage.page.goto(page.urlFor(`<mentorship-module>${OWN}`, { credentials: true }));
    await wikiPage.page.waitForFunction('window.heard.includes("mentorship-error")');
    const { card } = await wikiPage.state();
    assert.equal(card, null);
    assert.ok(await wikiPage.page.$eval('mentorship-module', (element) => element.innerText.length > 0));
    assert.equal(await wikiPage.page.$eval('mentorship-module', (element) => element.innerText.trim()), OWN);
  });

  it('sends a token with each request, and no cookie', async (test) => {
    const wikiPage = await visit(test, 'n_ana');
    const seen = await wikiPage.go(page.urlFor(`<mentorship-module>`, { token: 'secret' }));
    assert.equal(seen.card, 'mentored');
    await wikiPage.openFromMenu(messageText('leave'));
    await wikiPage.press(messageText('leave'));
    await wikiPage.until(({ card, dialog }) => card === 'opt-in' && dialog === null);
    assert.equal((await wiki.optionsOf('n_ben'))['userjs-mentorship-status'], 'opted-out');
    assert.ok(page.forwarded.some(({ method }) => method === 'POST'));
    for (const { url, authorization, cookie } of page.forwarded) {
      assert.equal(authorization, 'Bearer secret');
      assert.equal(cookie, undefined);
      assert.equal(url.searchParams.get('crossorigin'), '');
      assert.equal(url.searchParams.has('origin'), false);
    }
  });
});
