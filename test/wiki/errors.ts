import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { messageText } from '../e2e/message-text.ts';
import type { GadgetContext } from './gadget.wiki.ts';
import { countIn, MENTORS } from './start-wiki.ts';

const TALK = 'User talk:Mentor Fatima';
const TEXT = 'May I write about my own village? 🏘️';

export const errorTests = (getContext: () => GadgetContext) =>
  describe('errors of the wiki', () => {
    it('blocked meanwhile: shows the wiki’s reason and keeps the draft', async (test) => {
      const { wiki, openPage } = getContext();
      const wikiPage = await openPage(test, 'n_ana');
      await wikiPage.go(wiki.pageUrl('Mentorship'));
      await wikiPage.write(TEXT);
      await wiki.block('n_ana', { reason: 'Shouting at [[River|rivers]]' });
      await wikiPage.press(messageText('dialog-ask-send'));
      const { dialog, draft } = await wikiPage.until((seen) =>
        seen.dialog?.includes(messageText('dialog-ask-blocked')),
      );
      assert.ok(dialog?.includes('Shouting at rivers'));
      assert.equal(draft, TEXT);
      assert.equal(countIn(await wiki.read(TALK), TEXT), 0);
    });

    it('read-only: shows the wiki’s reason; sends the same draft afterwards', async (test) => {
      const { wiki, openPage } = getContext();
      const wikiPage = await openPage(test, 'n_ana', { expected: /503|Failed to load resource/ });
      await wikiPage.go(wiki.pageUrl('Mentorship'));
      await wikiPage.write(TEXT);
      wiki.setReadOnly('We are moving house.');
      await wikiPage.press(messageText('dialog-ask-send'));
      const { dialog } = await wikiPage.until((seen) =>
        seen.dialog?.includes(messageText('dialog-ask-read-only')),
      );
      assert.ok(dialog?.includes('We are moving house.'));
      wiki.setReadOnly(null);
      await wikiPage.page.reload();
      await wikiPage.until(({ draft }) => draft === TEXT);
      await wikiPage.press(messageText('dialog-ask-send'));
      await wikiPage.until(({ link }) => link);
      assert.equal(countIn(await wiki.read(TALK), TEXT), 1);
    });

    it('signed out meanwhile: publishes nothing and keeps the draft for the next session', async (test) => {
      const { wiki, openPage } = getContext();
      const wikiPage = await openPage(test, 'n_ana');
      await wikiPage.go(wiki.pageUrl('Mentorship'));
      await wikiPage.write(TEXT);
      await wikiPage.context.deleteCookie(...(await wikiPage.context.cookies()));
      await wikiPage.press(messageText('dialog-ask-send'));
      const { draft } = await wikiPage.until((seen) =>
        seen.dialog?.includes(messageText('dialog-ask-session')),
      );
      assert.equal(draft, TEXT);
      assert.equal(countIn(await wiki.read(TALK), TEXT), 0);
      await wikiPage.context.setCookie(...(await wiki.browserCookies('n_ana')));
      await wikiPage.press(messageText('dialog-ask-reload'));
      await wikiPage.until(
        (seen) => seen.draft === TEXT && !seen.dialog?.includes(messageText('dialog-ask-session')),
      );
      await wikiPage.press(messageText('dialog-ask-send'));
      await wikiPage.until(({ link }) => link);
      assert.equal(countIn(await wiki.read(TALK), TEXT), 1);
    });

    it('another user signed in meanwhile: publishes nothing in that name', async (test) => {
      const { wiki, openPage } = getContext();
      const wikiPage = await openPage(test, 'n_ana');
      await wikiPage.go(wiki.pageUrl('Mentorship'));
      await wikiPage.write(TEXT);
      await wikiPage.context.setCookie(...(await wiki.browserCookies('n_ben')));
      await wikiPage.press(messageText('dialog-ask-send'));
      await wikiPage.until((seen) => seen.dialog?.includes(messageText('dialog-ask-session')));
      assert.equal(countIn(await wiki.read(TALK), TEXT), 0);
    });

    it('signed out before leaving: reports it and changes nothing', async (test) => {
      const { wiki, openPage } = getContext();
      const wikiPage = await openPage(test, 'n_ana');
      await wikiPage.go(wiki.pageUrl('Mentorship'));
      await wikiPage.openFromMenu(messageText('leave'));
      await wikiPage.context.deleteCookie(...(await wikiPage.context.cookies()));
      await wikiPage.press(messageText('leave'));
      await wikiPage.until(({ dialog }) => dialog?.includes(messageText('dialog-common-session')));
      assert.equal((await wiki.optionsOf('n_ana'))['userjs-mentorship-status'], undefined);
    });

    it('protected list of mentors: shows the wiki’s message and keeps the introduction', async (test) => {
      const { wiki, openPage } = getContext();
      const wikiPage = await openPage(test, 'e_hal');
      await wiki
        .as('admin')
        .post({ action: 'protect', title: MENTORS, protections: 'edit=sysop', expiry: 'never' });
      await wikiPage.go(wiki.pageUrl('Mentorship'));
      await wikiPage.press(messageText('become-mentor'));
      await wikiPage.until(({ draft }) => draft === '');
      await wikiPage.page.keyboard.type('I like bridges.');
      await wikiPage.press(messageText('become-mentor'));
      const { draft } = await wikiPage.until(({ dialog }) => dialog?.includes('protected'));
      assert.equal(draft, 'I like bridges.');
    });

    it('a draft survives closing the dialog', async (test) => {
      const { wiki, openPage } = getContext();
      const wikiPage = await openPage(test, 'n_ana');
      await wikiPage.go(wiki.pageUrl('Mentorship'));
      await wikiPage.write(TEXT);
      await wikiPage.page.keyboard.press('Escape');
      await wikiPage.until(({ dialog }) => dialog === null);
      await wikiPage.press(messageText('ask'));
      await wikiPage.until(({ draft }) => draft === TEXT);
    });

    it('invalid settings: the mount point keeps its content', async (test) => {
      const { wiki, openPage } = getContext();
      await wiki.edit(
        'MediaWiki:Mentorship.json',
        '{"GEMentorshipEnabled": true, "GEMentorshipMinimumAge": "x"}',
      );
      await wiki.edit('Mentorship', '<div class="mentorship-module">Ask at the [[Project:Help desk]].</div>');
      const wikiPage = await openPage(test, 'n_ana', { expected: /GEMentorshipMinimumAge/ });
      await wikiPage.page.goto(wiki.pageUrl('Mentorship'));
      await wikiPage.page.waitForSelector('mentorship-module:state(failed)');
      const text = await wikiPage.page.$eval('mentorship-module', (element) => element.innerText.trim());
      assert.equal(text, 'Ask at the Project:Help desk.');
    });
  });
