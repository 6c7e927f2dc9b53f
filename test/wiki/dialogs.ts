import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { messageText } from '../e2e/message-text.ts';
import { until } from './check-lines.ts';
import { SCRIPT_PAGES } from './install-gadget.ts';
import type { WikiPage } from './wiki-page.ts';
import type { GadgetContext } from './gadget.wiki.ts';
import type { Wiki } from './start-wiki.ts';

const { CARD: FIRST, DIALOGS: SECOND } = SCRIPT_PAGES;

/** Counts the requests of a wiki page. */
const fetched = (wikiPage: WikiPage, title: string) =>
  wikiPage.sent.filter(({ url }) => url.searchParams.get('title') === title).length;

/** Saves a page of a later version, in which the first script exports another name that the second one imports. */
async function pasteLater(wiki: Wiki, title: string): Promise<void> {
  const text = (await wiki.read(title)) ?? '';
  const later =
    title === FIRST
      ? text.replace(/\bexport ?\{/, 'const addedLater=1;export{addedLater,')
      : text.replace(/\bimport ?\{/, 'import{addedLater,');
  assert.notEqual(later, text);
  await wiki.edit(title, later.replace(/\+\w{8},/, '+01234567,'));
}

const snoozed = ({ controls }: { controls: string[] }) =>
  controls.includes(messageText('dialog-common-undo'));

export const dialogTests = (getContext: () => GadgetContext) =>
  describe('page with the dialogs', () => {
    it('is loaded once, with the first dialog, and cached for the next page', async (test) => {
      const { wiki, openPage } = getContext();
      const wikiPage = await openPage(test, 'e_hal');
      await wikiPage.go(wiki.pageUrl('Mentorship'));
      assert.deepEqual([fetched(wikiPage, FIRST), fetched(wikiPage, SECOND)], [1, 0]);
      await wikiPage.openFromMenu(messageText('mentor-keep'));
      await wikiPage.press(messageText('dialog-common-close'));
      await wikiPage.until(({ dialog }) => dialog === null);
      await wikiPage.openFromMenu(messageText('mentor-keep'));
      assert.equal(fetched(wikiPage, SECOND), 1);
      await wikiPage.go(wiki.pageUrl('Mentorship'));
      await wikiPage.openFromMenu(messageText('mentor-keep'));
      assert.deepEqual([fetched(wikiPage, FIRST), fetched(wikiPage, SECOND)], [1, 1]);
    });

    it('is loaded once for a card that requests the states of questions, or the mentor’s reply time', async (test) => {
      const { wiki, openPage } = getContext();
      const wikiPage = await openPage(test, 'q_kim');
      await wikiPage.go(wiki.pageUrl('Mentorship'));
      await wikiPage.until((seen) => seen.questions.every(({ state }) => state));
      assert.equal(fetched(wikiPage, SECOND), 1);
    });

    for (const [what, change, refused] of [
      [
        'of another version',
        (wiki: Wiki) => pasteLater(wiki, SECOND),
        /-dialogs\.js: version \S+\+01234567, but the card’s is \S+\. Import import\.xml again\./,
      ],
      [
        'without its text',
        (wiki: Wiki) => wiki.edit(SECOND, '/* To be done. */'),
        /-dialogs\.js: the page is not our script\. Import import\.xml again\./,
      ],
    ] as const)
      it(`${what}, is rejected; the card remains, and works with the right one`, async (test) => {
        const { wiki, openPage } = getContext();
        const right = (await wiki.read(SECOND)) ?? '';
        await change(wiki);
        const wikiPage = await openPage(test, 'e_hal', { expected: refused });
        await wikiPage.go(wiki.pageUrl('Mentorship'));
        await wikiPage.press(messageText('not-now'));
        await until('the complaint', () => wikiPage.consoleMessages.some((text) => refused.test(text)));
        assert.equal((await wikiPage.state()).card, 'invite');
        await wiki.edit(SECOND, right);
        const other = await openPage(test, 'e_hal');
        await other.go(wiki.pageUrl('Mentorship'));
        await other.press(messageText('not-now'));
        await other.until(snoozed);
      });

    it('both new scripts are loaded with the next page after an update', async (test) => {
      const { wiki, openPage } = getContext();
      const refused = /-dialogs\.js: the browser’s cache had one of another version\. Reload the page\./;
      const wikiPage = await openPage(test, 'e_hal', { expected: refused });
      await wikiPage.go(wiki.pageUrl('Mentorship'));
      await pasteLater(wiki, FIRST);
      await pasteLater(wiki, SECOND);
      await wikiPage.go(wiki.pageUrl('Mentorship'));
      assert.equal(fetched(wikiPage, FIRST), 1, 'the older one, from the cache');
      await wikiPage.press(messageText('not-now'));
      await until('both anew', () => fetched(wikiPage, FIRST) === 2 && fetched(wikiPage, SECOND) === 2);
      await wikiPage.page.waitForNetworkIdle();
      assert.ok(wikiPage.consoleMessages.some((text) => refused.test(text)));
      await wikiPage.go(wiki.pageUrl('Mentorship'));
      await wikiPage.press(messageText('not-now'));
      await wikiPage.until(snoozed);
      assert.equal(wikiPage.consoleMessages.length, 1);
    });
  });
