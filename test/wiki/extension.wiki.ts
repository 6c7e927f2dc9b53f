// Installs examples/extension as its documentation describes.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { messageText } from '../e2e/message-text.ts';
import {
  copyElement,
  expectCard,
  expectNothingForReaders,
  MESSAGES_OF_SKINS,
  SKINS,
} from './example-pages.ts';
import { luminance, measureCard } from './measure-card.ts';
import { screenshot } from './screenshot.ts';
import type { Wiki } from './start-wiki.ts';
import { startWikiAndBrowser, WikiPage } from './wiki-page.ts';

describe('the example of an extension', () => {
  let wiki: Wiki;
  let browser: Browser;
  let close = async () => {};

  before(async () => {
    ({ wiki, browser, close } = await startWikiAndBrowser({ settings: { wgCSPHeader: true } }));
    copyElement(`${wiki.copy('examples/extension', 'extensions/MentorshipModule')}/resources/dist`);
  });
  afterEach(() => wiki.reset());
  after(() => close());

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

  /** Layouts of a homepage, with the styles of the container and of the original card. */
  const LAYOUTS = {
    'with margins': ['', 'margin: 8px 16px'],
    'in a grid': ['display: grid; grid-template-columns: 1fr 1fr; align-items: start', 'grid-area: 2 / 2'],
    'in another order': ['display: flex; flex-direction: column', 'order: 1; margin: 8px 0'],
  } as const;
  const ORIGINAL = '.growthexperiments-homepage-module-mentorship';

  /** Shows a homepage on a page, because the wiki of the tests has no GrowthExperiments. */
  const standInForHomepage = (layout: keyof typeof LAYOUTS) =>
    wiki.edit(
      'MediaWiki:Common.js',
      `if ( mw.config.get( 'wgPageName' ) === 'River' ) {
  mw.config.set( 'wgCanonicalSpecialPageName', 'Homepage' );
  $( '#mw-content-text' ).html( '<div style="${LAYOUTS[layout][0]}"><div class="${ORIGINAL.slice(1)}" style="${LAYOUTS[layout][1]}">Original</div><p>Impact</p></div>' );
}`,
    );

  /** Measures our card, then the original that it replaced. */
  const measurePlaces = ({ page }: WikiPage) =>
    page.evaluate((selector) => {
      const [card, original] = [
        document.querySelector('mentorship-module'),
        document.querySelector<HTMLElement>(selector),
      ];
      if (!card || !original) throw new Error('An element is missing.');
      const place = (element: Element) => {
        const { left, top, width } = element.getBoundingClientRect();
        return { left, top, width };
      };
      const [ours, shown] = [place(card), original.checkVisibility()];
      card.hidden = true;
      original.style.display = '';
      return { ours, shown, theirs: place(original) };
    }, ORIGINAL);

  for (const skin of SKINS)
    for (const theme of ['light', 'dark'] as const)
      it(`${skin}, ${theme}: stands on Special:Homepage where the original stood`, async (test) => {
        inPlaces('Homepage');
        for (const layout of Object.keys(LAYOUTS) as (keyof typeof LAYOUTS)[]) {
          await standInForHomepage(layout);
          const wikiPage = await WikiPage.open(test, {
            browser,
            wiki,
            user: 'q_kim',
            expected: MESSAGES_OF_SKINS,
            ...(skin === 'minerva' && { width: 390 }),
          });
          await wikiPage.page.evaluateOnNewDocument(setTheme, theme);
          const seen = await wikiPage.go(wiki.pageUrl('River', { useskin: skin }));
          assert.equal(seen.card, 'mentored');
          const { background } = await measureCard(wikiPage.page);
          assert.equal(luminance(background) > 0.5, theme === 'light');
          await screenshot(wikiPage, `${skin}-homepage-${theme}-${layout}`);
          const { ours, shown, theirs } = await measurePlaces(wikiPage);
          assert.equal(shown, false);
          assert.deepEqual(ours, theirs, layout);
          await wikiPage.close();
        }
      });

  it('keeps the original on Special:Homepage for a reader without a card', async (test) => {
    inPlaces('Homepage');
    await standInForHomepage('with margins');
    const wikiPage = await WikiPage.open(test, { browser, wiki, user: 'b_ivy' });
    const seen = await wikiPage.go(wiki.pageUrl('River'));
    assert.equal(seen.card, 'none');
    assert.equal((await measurePlaces(wikiPage)).shown, true);
  });
});

/** Sets the color scheme as MediaWiki's night mode does from version 1.43 on. */
function setTheme(theme: string): void {
  document.addEventListener('DOMContentLoaded', () => {
    document.documentElement.style.colorScheme = theme;
    if (theme === 'dark') document.body.style.cssText = 'background: #101418; color: #eaecf0';
  });
}
