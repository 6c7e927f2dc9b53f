import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { messageText } from '../e2e/message-text.ts';
import type { GadgetContext } from './gadget.wiki.ts';
import { builtPages, setGadget } from './install-gadget.ts';

/** Each account with its card and visible texts. */
const CARDS: [string, string, string[]][] = [
  ['admin', 'opt-in', [messageText('opt-in-no-mentor')]],
  ['m_fatima', 'mentor', [messageText('mentor-about-talk')]],
  ['m_marcus', 'mentor', [messageText('mentor-heading')]],
  ['m_salem', 'mentor', [messageText('mentor-heading')]],
  ['m_olga', 'mentor', [messageText('mentor-heading')]],
  ['m_nina', 'mentor', [messageText('mentor-heading')]],
  ['n_ana', 'mentored', ['Mentor Fatima', '12,345 edits', '<script>alert(1)</script>', messageText('ask')]],
  ['n_ben', 'mentored', ['Mentor Marcus', 'Where do I find an article that needs work?']],
  ['n_cy', 'mentored', ['مرشد سالم']],
  ['n_dee', 'mentored', ['Mentor Olga is away until']],
  ['n_eli', 'opt-in', [messageText('opt-in-opted-out'), messageText('get-mentor')]],
  ['n_flo', 'none', []],
  ['e_gus', 'opt-in', [messageText('opt-in-no-mentor')]],
  [
    'e_hal',
    'invite',
    ['1,500 edits here since ', messageText('own-mentor', 'Mentor Nina'), messageText('not-now')],
  ],
  ['b_ivy', 'none', []],
  ['b_jan', 'mentored', ['Mentor Fatima']],
  ['n_rtl', 'mentored', ['مرشد سالم', 'كيف أضيف مصدرا؟']],
  [
    'q_kim',
    'mentored',
    ['Is it OK to upload a photo', 'Can you look at my edit', 'How do I add a reference'],
  ],
  ['x_lou', 'mentored', ['Mentor Marcus']],
];

export const cardTests = (getContext: () => GadgetContext) =>
  describe('cards', () => {
    for (const [user, kind, texts] of CARDS)
      it(`${user}: ${kind}`, async (test) => {
        const { wiki, openPage } = getContext();
        const wikiPage = await openPage(test, user);
        const { card } = await wikiPage.go(wiki.pageUrl('Mentorship'));
        assert.equal(card, kind);
        const text = await wikiPage.text();
        for (const part of texts) assert.ok(text.includes(part), `“${part}” is not in: ${text}`);
        if (kind === 'none')
          assert.equal(await wikiPage.page.$eval('mentorship-module', (element) => element.offsetHeight), 0);
        const asked = wikiPage.asked(wiki.api);
        assert.ok(asked.every(({ method }) => method === 'GET'));
      });

    it('the wiki stores its pages unchanged', async () => {
      for (const { title, text } of await builtPages()) {
        const kept = (await getContext().wiki.read(title)) ?? '';
        // The wiki reformats JSON.
        if (title.endsWith('.json')) assert.deepEqual(JSON.parse(kept), JSON.parse(text), title);
        else assert.equal(kept, text.trimEnd(), title);
      }
    });

    it('an anonymous reader loads nothing', async (test) => {
      const { wiki, openPage } = getContext();
      const wikiPage = await openPage(test, null);
      await wikiPage.page.goto(wiki.pageUrl('Mentorship'), { waitUntil: 'networkidle0' });
      assert.equal(await wikiPage.page.$('mentorship-module'), null);
      assert.ok(
        !wikiPage.sent.some(({ url }) =>
          /Gadget-mentorship-module(?:-(?:dialogs|plain))?\.js/.test(url.search),
        ),
      );
      assert.deepEqual(wikiPage.asked(wiki.api), []);
    });

    it('a page without a mount point loads nothing', async (test) => {
      const { wiki, openPage } = getContext();
      const wikiPage = await openPage(test, 'n_ana');
      await wikiPage.page.goto(wiki.pageUrl('River'), { waitUntil: 'networkidle0' });
      assert.equal(await wikiPage.page.$('mentorship-module'), null);
      assert.deepEqual(wikiPage.asked(wiki.api), []);
    });

    it('is shown on the viewer’s own user page only, if the settings say so', async (test) => {
      const { wiki, openPage } = getContext();
      await setGadget(wiki, { userPage: true });
      const wikiPage = await openPage(test, 'e_hal');
      assert.equal((await wikiPage.go(wiki.pageUrl('User:Experienced Hal'))).card, 'invite');
      assert.equal(await wikiPage.page.$$eval('mentorship-module', (all) => all.length), 1);
      await wikiPage.page.goto(wiki.pageUrl('User:Mentor Fatima'), { waitUntil: 'networkidle0' });
      assert.equal(await wikiPage.page.$('mentorship-module'), null);
    });

    it('is shown once on the pages named in the settings, also if they have a mount point', async (test) => {
      const { wiki, openPage } = getContext();
      await setGadget(wiki, { pages: ['River', 'Mentorship', 'Special:Watchlist'] });
      const wikiPage = await openPage(test, 'n_ana');
      for (const title of ['River', 'Mentorship', 'Special:Watchlist']) {
        assert.equal((await wikiPage.go(wiki.pageUrl(title))).card, 'mentored');
        assert.equal(await wikiPage.page.$$eval('mentorship-module', (all) => all.length), 1);
      }
    });

    for (const skin of ['vector-2022', 'vector', 'timeless', 'monobook'])
      it(`is shown next to the content in ${skin}`, async (test) => {
        const { wiki, openPage } = getContext();
        await setGadget(wiki, { sidebar: true });
        const wikiPage = await openPage(test, 'n_ana', { width: 1500 });
        assert.equal((await wikiPage.go(wiki.pageUrl('River', { useskin: skin }))).card, 'mentored');
        const { inContent, layout, fits } = await wikiPage.page.$eval('mentorship-module', (element) => ({
          inContent: element.closest('#mw-content-text') !== null,
          layout: element.getAttribute('layout'),
          fits: element.scrollWidth <= element.clientWidth,
        }));
        assert.deepEqual([layout, fits], ['summary', true]);
        if (skin !== 'vector-2022') assert.equal(inContent, false);
      });

    it('shows the messages that administrators have written', async (test) => {
      const { wiki, openPage } = getContext();
      const title = 'MediaWiki:Mentorship-texts.json';
      await wiki.edit(title, JSON.stringify({ en: { 'mentored-heading': 'Your guide' } }));
      await setGadget(wiki, { texts: title });
      const wikiPage = await openPage(test, 'n_ana');
      await wikiPage.go(wiki.pageUrl('Mentorship'));
      const heading = async () => {
        // The card is rendered once its texts are loaded.
        const h2 = await wikiPage.page.waitForSelector('mentorship-module >>> h2');
        return h2?.evaluate(({ textContent }) => textContent.trim());
      };
      assert.equal(await heading(), 'Your guide');
      await wiki.edit(title, JSON.stringify({ en: { 'mentored-heading': 'Your companion' } }));
      await wikiPage.go(wiki.pageUrl('Mentorship', { debug: 'true' }));
      assert.equal(await heading(), 'Your companion', 'with ?debug=true nothing comes from the cache');
    });

    it('uses the language that the viewer has chosen', async (test) => {
      const { wiki, openPage } = getContext();
      const wikiPage = await openPage(test, 'n_ana');
      await wikiPage.go(wiki.pageUrl('Mentorship', { uselang: 'de' }));
      await wikiPage.page.waitForSelector('mentorship-module >>> section');
      const { lang, dir } = await wikiPage.page.$eval('mentorship-module >>> section', ({ lang, dir }) => ({
        lang,
        dir,
      }));
      assert.deepEqual([lang, dir], ['de', 'ltr']);
      await wikiPage.go(wiki.pageUrl('Mentorship', { uselang: 'ar' }));
      // The decision comes from the kept snapshot, and may be known before the texts.
      await wikiPage.page.waitForSelector('mentorship-module >>> section');
      assert.equal(await wikiPage.page.$eval('mentorship-module >>> section', ({ dir }) => dir), 'rtl');
    });
  });
