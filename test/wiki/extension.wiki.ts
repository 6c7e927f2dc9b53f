// Installs examples/extension as its documentation describes.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { messageText } from '../e2e/message-text.ts';
import { copyElement, expectCard, expectNothingForReaders, SKINS } from './example-pages.ts';
import { startWiki, type Wiki } from './start-wiki.ts';
import { launch, WikiPage } from './wiki-page.ts';

describe('the example of an extension', () => {
  let wiki: Wiki;
  let browser: Browser;
  let close = async () => {};

  before(async () => {
    wiki = await startWiki({ settings: { wgCSPHeader: true } });
    copyElement(`${wiki.copy('examples/extension', 'extensions/MentorshipModule')}/resources/dist`);
    ({ browser, close } = await launch());
  });
  afterEach(() => wiki.reset());
  after(async () => {
    await close();
    await wiki.close();
  });

  it('is tested with a Content Security Policy', async () => {
    const { headers } = await fetch(wiki.pageUrl('River'));
    assert.match(headers.get('content-security-policy') ?? '', /script-src [^;]*'self'/);
  });

  const inPlaces = (...places: string[]) => wiki.set({ wgMentorshipModulePlaces: places });

  for (const skin of SKINS) {
    it(`${skin}: shows a card on the reader’s own user page only`, async (test) => {
      inPlaces('userPage');
      const options = { browser, wiki, user: 'q_kim' };
      const { name = '' } = wiki.accounts['q_kim'] ?? {};
      const own = wiki.pageUrl(`User:${name}`, { useskin: skin });
      const { page } = await expectCard(test, options, own, 'mentored');
      assert.ok(await page.$('#mw-content-text > mentorship-module:first-child'));
      await page.goto(wiki.pageUrl('Main Page', { useskin: skin }), { waitUntil: 'networkidle0' });
      assert.equal(await page.$('mentorship-module'), null);
    });

    it(`${skin}: shows a short card beside the content`, async (test) => {
      inPlaces('sidebar');
      const options = { browser, wiki, user: 'e_hal', ...(skin === 'minerva' && { width: 390 }) };
      const wikiPage = await expectCard(test, options, wiki.pageUrl('River', { useskin: skin }), 'invite');
      await wikiPage.press(messageText('see-more'));
      await wikiPage.until(({ controls }) => controls.includes(messageText('become-mentor')));
    });
  }

  it('works with ?debug=true, and in another language', async (test) => {
    inPlaces('sidebar');
    for (const more of [{ debug: 'true' }, { uselang: 'ar' }] as Record<string, string>[]) {
      const address = wiki.pageUrl('River', { useskin: 'vector', ...more });
      const wikiPage = await expectCard(test, { browser, wiki, user: 'q_kim' }, address, 'mentored');
      const direction = await wikiPage.page.$eval(
        'mentorship-module >>> section',
        (section) => getComputedStyle(section).direction,
      );
      assert.equal(direction, 'uselang' in more ? 'rtl' : 'ltr');
      await wikiPage.close();
    }
  });

  it('downloads nothing for readers who are signed out', async (test) => {
    inPlaces('sidebar');
    await expectNothingForReaders(test, { browser, wiki }, wiki.pageUrl('River'));
  });

  it('replaces the card of Special:Homepage in its very place, and keeps it for a reader without a card', async (test) => {
    inPlaces('Homepage');
    // The wiki of the tests has no GrowthExperiments, so a page stands in for its homepage.
    await wiki.edit(
      'MediaWiki:Common.js',
      `if ( mw.config.get( 'wgPageName' ) === 'River' ) {
  mw.config.set( 'wgCanonicalSpecialPageName', 'Homepage' );
  $( '#mw-content-text' ).html( '<div class="growthexperiments-homepage-module-mentorship" style="margin: 8px 16px">Original</div>' );
}`,
    );
    const original = '.growthexperiments-homepage-module-mentorship';
    for (const [user, variant] of [
      ['q_kim', 'mentored'],
      ['b_ivy', 'none'],
    ] as const) {
      const wikiPage = await WikiPage.open(test, { browser, wiki, user });
      const seen = await wikiPage.go(wiki.pageUrl('River'));
      assert.equal(seen.card, variant);
      const places = await wikiPage.page.evaluate((selector) => {
        const [card, theirs] = [
          document.querySelector('mentorship-module'),
          document.querySelector<HTMLElement>(selector),
        ];
        if (!card || !theirs) throw new Error('An element is missing.');
        const place = (element: Element) => {
          const { left, top, width } = element.getBoundingClientRect();
          return { left, top, width };
        };
        const [ours, shown] = [place(card), theirs.checkVisibility()];
        card.hidden = true;
        theirs.style.display = '';
        return { ours, shown, theirs: place(theirs) };
      }, original);
      assert.equal(places.shown, variant === 'none');
      if (variant !== 'none') assert.deepEqual(places.ours, places.theirs);
      await wikiPage.close();
    }
  });
});
