import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { messageText } from '../e2e/message-text.ts';
import { SKINS } from './example-pages.ts';
import type { GadgetContext } from './gadget.wiki.ts';
import { contrast, luminance, measureCard } from './measure-card.ts';
import { screenshot } from './screenshot.ts';

const CARDS = { q_kim: 'mentored', e_hal: 'invite', n_eli: 'opt-in', m_fatima: 'mentor' };

/** Color names of Codex, which MediaWiki 1.39 does not have yet. */
const NIGHT = `.skin-theme-clientpref-night {
  --color-base: #eaecf0; --color-subtle: #a2a9b1; --color-progressive: #88a3e8;
  --background-color-base: #101418; --background-color-neutral-subtle: #202122; --border-color-interactive: #72777d;
  --background-color-progressive: #36c; --color-inverted-fixed: #fff; --border-color-subtle: #54595d;
}
body { background: #101418 }`;

export const skinTests = (getContext: () => GadgetContext) =>
  describe('appearance', () => {
    for (const skin of SKINS)
      it(`in ${skin}: is in its place, uses the page’s font, and does not overflow`, async (test) => {
        const { wiki, openPage } = getContext();
        const isPhone = skin === 'minerva';
        for (const [user, kind] of Object.entries(CARDS)) {
          const wikiPage = await openPage(test, user, isPhone ? { width: 390, height: 844 } : {});
          const { card } = await wikiPage.go(wiki.pageUrl('Mentorship', { useskin: skin }));
          assert.equal(card, kind);
          assert.ok(await wikiPage.page.$('#mw-content-text div.mentorship-module > mentorship-module'));
          const { overflowX, outside, font, around, width, height } = await measureCard(wikiPage.page);
          assert.deepEqual([overflowX, outside], [0, []], `${kind} sticks out`);
          assert.equal(font, around);
          assert.ok(width > 200 && height > 60, `${width} × ${height}`);
          await screenshot(wikiPage, `${skin}-${kind}`);
          await wikiPage.close();
        }
      });

    it('a dialog fits on a phone, above everything of the skin', async (test) => {
      const { wiki, openPage } = getContext();
      for (const skin of SKINS) {
        const wikiPage = await openPage(test, 'n_ana', { width: 390, height: 844 });
        await wikiPage.go(wiki.pageUrl('Mentorship', { useskin: skin }));
        await wikiPage.press(messageText('ask'));
        await wikiPage.until(({ focus }) => focus.startsWith('textarea'));
        const isOnTop = await wikiPage.page.evaluate(() => {
          const root = document.querySelector('mentorship-module')?.shadowRoot;
          const box = root?.querySelector('dialog[open] textarea')?.getBoundingClientRect();
          if (!root || !box || box.left < 0 || box.right > innerWidth) return false;
          const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
          return document.elementFromPoint(x, y)?.localName === 'mentorship-module';
        });
        assert.ok(isOnTop, skin);
        await screenshot(wikiPage, `${skin}-ask`);
        await wikiPage.close();
      }
    });

    it('is dark and readable in night mode', async (test) => {
      const { wiki, openPage } = getContext();
      const wikiPage = await openPage(test, 'q_kim');
      await wikiPage.go(wiki.pageUrl('Mentorship'));
      const day = await measureCard(wikiPage.page);
      await wikiPage.page.addStyleTag({ content: NIGHT });
      await wikiPage.page.evaluate(() =>
        document.documentElement.classList.add('skin-theme-clientpref-night'),
      );
      const night = await measureCard(wikiPage.page);
      assert.ok(luminance(day.background) > 0.8 && luminance(night.background) < 0.1);
      for (const { color, background } of [day, night]) assert.ok(contrast(color, background) >= 7);
      await screenshot(wikiPage, 'vector-2022-night');
    });

    it('stays light without night mode, whatever the system prefers', async (test) => {
      const { wiki, openPage } = getContext();
      const wikiPage = await openPage(test, 'q_kim');
      await wikiPage.page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
      await wikiPage.go(wiki.pageUrl('Mentorship'));
      const { color, background } = await measureCard(wikiPage.page);
      assert.ok(luminance(background) > 0.8 && contrast(color, background) >= 7);
    });
  });
