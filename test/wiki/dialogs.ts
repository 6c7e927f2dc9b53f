import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { words } from '../e2e/message-text.ts';
import type { Visitor } from './wiki-page.ts';
import type { Stage } from './gadget.wiki.ts';
import type { Wiki } from './start-wiki.ts';

const FIRST = 'MediaWiki:Gadget-mentorship-module.js';
const SECOND = 'MediaWiki:Gadget-mentorship-module-dialogs.js';
const REFUSED = /Gadget-mentorship-module-dialogs\.js is missing, or of another version/;

/** How often a page of the wiki went over the wire. */
const fetched = (visitor: Visitor, title: string) =>
  visitor.sent.filter(({ url }) => url.searchParams.get('title') === title).length;

/** Pastes a page of a later version, in which the first script exports something more, and the second imports it. */
async function pasteLater(wiki: Wiki, title: string): Promise<void> {
  const text = (await wiki.read(title)) ?? '';
  const later =
    title === FIRST
      ? text.replace(/\bexport ?\{/, 'const addedLater=1;export{addedLater,')
      : text.replace(/\bimport ?\{/, 'import{addedLater,');
  assert.notEqual(later, text);
  await wiki.edit(title, later);
}

async function until(what: string, isSo: () => boolean): Promise<void> {
  for (const end = Date.now() + 8_000; !isSo(); await new Promise((resolve) => setTimeout(resolve, 40)))
    if (Date.now() > end) throw new Error(`Not in time: ${what}`);
}

const declined = ({ controls }: { controls: string[] }) => controls.includes(words('dialog-common-undo'));

export const dialogs = (here: () => Stage) =>
  describe('the page with the dialogs', () => {
    it('is fetched with the first dialog, once, and kept for the next page', async (test) => {
      const { wiki, visit } = here();
      const visitor = await visit(test, 'n_ana');
      await visitor.go(wiki.pageUrl('Mentorship'));
      assert.deepEqual([fetched(visitor, FIRST), fetched(visitor, SECOND)], [1, 0]);
      await visitor.choose(words('leave'));
      await visitor.press(words('dialog-common-close'));
      await visitor.until(({ dialog }) => dialog === null);
      await visitor.choose(words('choose'));
      assert.equal(fetched(visitor, SECOND), 1);
      await visitor.go(wiki.pageUrl('Mentorship'));
      await visitor.choose(words('leave'));
      assert.deepEqual([fetched(visitor, FIRST), fetched(visitor, SECOND)], [1, 1]);
    });

    it('is fetched once for a card that has to find out how its questions stand', async (test) => {
      const { wiki, visit } = here();
      const visitor = await visit(test, 'q_kim');
      await visitor.go(wiki.pageUrl('Mentorship'));
      await visitor.until((seen) => seen.questions.every(({ state }) => state));
      assert.equal(fetched(visitor, SECOND), 1);
    });

    for (const [what, change] of [
      ['of another version', (wiki: Wiki) => pasteLater(wiki, SECOND)],
      ['without its text', (wiki: Wiki) => wiki.edit(SECOND, '/* To be done. */')],
    ] as const)
      it(`${what}, is refused; the card stays, and all is well with the right one`, async (test) => {
        const { wiki, visit } = here();
        const right = (await wiki.read(SECOND)) ?? '';
        await change(wiki);
        const visitor = await visit(test, 'e_hal', { expected: REFUSED });
        await visitor.go(wiki.pageUrl('Mentorship'));
        await visitor.press(words('not-now'));
        await until('the complaint', () => visitor.complaints.some((text) => REFUSED.test(text)));
        assert.equal((await visitor.now()).card, 'invite');
        await wiki.edit(SECOND, right);
        const other = await visit(test, 'e_hal');
        await other.go(wiki.pageUrl('Mentorship'));
        await other.press(words('not-now'));
        await other.until(declined);
      });

    it('after an update, a browser with the older script has both new ones with the next page', async (test) => {
      const { wiki, visit } = here();
      const visitor = await visit(test, 'e_hal', { expected: REFUSED });
      await visitor.go(wiki.pageUrl('Mentorship'));
      await pasteLater(wiki, FIRST);
      await pasteLater(wiki, SECOND);
      await visitor.go(wiki.pageUrl('Mentorship'));
      assert.equal(fetched(visitor, FIRST), 1, 'the older one, from the cache');
      await visitor.press(words('not-now'));
      await until('both anew', () => fetched(visitor, FIRST) === 2 && fetched(visitor, SECOND) === 2);
      await visitor.page.waitForNetworkIdle();
      assert.ok(visitor.complaints.some((text) => REFUSED.test(text)));
      await visitor.go(wiki.pageUrl('Mentorship'));
      await visitor.press(words('not-now'));
      await visitor.until(declined);
      assert.equal(visitor.complaints.length, 1);
    });
  });
