import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { words } from '../e2e/message-text.ts';
import { launch, Visitor } from './wiki-page.ts';
import { host, type Host } from './host-page.ts';
import { startWiki, type Wiki } from './start-wiki.ts';

const OWN = 'What the host wrote.';
/** Chromium says of each request that it was refused. */
const REFUSED = /CORS policy|Failed to load resource/;

describe('a page of another origin', () => {
  let wiki: Wiki;
  let page: Host;
  let browser: Browser;
  let close = async () => {};

  before(async () => {
    wiki = await startWiki();
    page = await host(wiki);
    ({ browser, close } = await launch());
  });
  afterEach(() => wiki.reset());
  after(async () => {
    await close();
    await page.close();
    await wiki.close();
  });

  const visit = (test: Parameters<typeof Visitor.begin>[0], user: string | null, expected?: RegExp) =>
    Visitor.begin(test, { browser, wiki, user, ...(expected && { expected }) });

  it('shows somebody’s card as a preview: nothing can be pressed, and no cookie is sent', async (test) => {
    const visitor = await visit(test, 'n_ana');
    const { card } = await visitor.go(
      page.with(`<mentorship-module api="${wiki.api}" viewer="Experienced Hal">`),
    );
    assert.equal(card, 'invite');
    assert.ok((await visitor.text()).includes(words('preview-of', 'Experienced Hal')));
    const buttons = await visitor.page.$$eval('mentorship-module >>> button', (all) =>
      all.map(({ disabled }) => disabled),
    );
    assert.ok(buttons.length > 1 && buttons.every(Boolean));
    const asked = visitor.asked(wiki.api);
    assert.equal(asked.length, 1);
    assert.equal(asked[0]?.url.searchParams.get('origin'), '*');
    assert.equal(asked[0].headers['cookie'], undefined);
  });

  it('without cookies nobody is signed in: no card, and no space', async (test) => {
    const visitor = await visit(test, 'n_ana');
    const { card } = await visitor.go(page.with(`<mentorship-module api="${wiki.api}">${OWN}`));
    assert.equal(card, 'none');
    const height = await visitor.page.$eval('mentorship-module', (element) => element.offsetHeight);
    assert.equal(height, 0);
    assert.ok(visitor.asked(wiki.api).every(({ headers }) => headers['cookie'] === undefined));
  });

  it('that the wiki trusts reads and acts as whoever is signed in', async (test) => {
    wiki.set({ wgCrossSiteAJAXdomains: [page.name] });
    const visitor = await visit(test, 'n_ana');
    const seen = await visitor.go(page.with('<mentorship-module>', { credentials: true }));
    assert.equal(seen.card, 'mentored');
    await visitor.choose(words('leave'));
    await visitor.press(words('leave'));
    await visitor.until(({ card, dialog }) => card === 'opt-in' && dialog === null);
    assert.equal((await wiki.optionsOf('n_ana'))['userjs-mentorship-status'], 'opted-out');
    await visitor.press(words('dialog-common-undo'));
    await visitor.until(({ card, note }) => card === 'mentored' && note === words('dialog-common-undone'));
    const options = await wiki.optionsOf('n_ana');
    assert.equal(options['userjs-mentorship-status'], undefined);
    assert.equal(options['userjs-mentorship-mentor'], 'Mentor Fatima');
    for (const { url, headers } of visitor.asked(wiki.api)) {
      assert.equal(url.searchParams.get('origin'), page.origin);
      assert.ok(headers['cookie']);
    }
  });

  it('that the wiki trusts asks a question as whoever is signed in', async (test) => {
    wiki.set({ wgCrossSiteAJAXdomains: [page.name] });
    const visitor = await visit(test, 'n_ana');
    await visitor.go(page.with('<mentorship-module>', { credentials: true }));
    await visitor.write('Hello from elsewhere');
    await visitor.press(words('dialog-ask-send'));
    const { link } = await visitor.until((seen) => seen.link);
    assert.ok(link?.startsWith(wiki.pageUrl('User talk:Mentor Fatima')));
    assert.match((await wiki.read('User talk:Mentor Fatima')) ?? '', /Hello from elsewhere/);
  });

  it('that the wiki does not trust is told so, and the host’s own content stays', async (test) => {
    const visitor = await visit(test, 'n_ana', REFUSED);
    await visitor.page.goto(page.with(`<mentorship-module>${OWN}`, { credentials: true }));
    await visitor.page.waitForFunction('window.heard.includes("mentorship-error")');
    const { card } = await visitor.now();
    assert.equal(card, null);
    assert.ok(await visitor.page.$eval('mentorship-module', (element) => element.innerText.length > 0));
    assert.equal(await visitor.page.$eval('mentorship-module', (element) => element.innerText.trim()), OWN);
  });

  it('with a token, each request names it, and no cookie', async (test) => {
    const visitor = await visit(test, 'n_ana');
    const seen = await visitor.go(page.with(`<mentorship-module>`, { token: 'secret' }));
    assert.equal(seen.card, 'mentored');
    await visitor.choose(words('leave'));
    await visitor.press(words('leave'));
    await visitor.until(({ card, dialog }) => card === 'opt-in' && dialog === null);
    assert.equal((await wiki.optionsOf('n_ben'))['userjs-mentorship-status'], 'opted-out');
    assert.ok(page.carried.some(({ method }) => method === 'POST'));
    for (const { url, authorization, cookie } of page.carried) {
      assert.equal(authorization, 'Bearer secret');
      assert.equal(cookie, undefined);
      assert.equal(url.searchParams.get('crossorigin'), '');
      assert.equal(url.searchParams.has('origin'), false);
    }
  });
});
