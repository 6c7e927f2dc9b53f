import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { words } from '../e2e/message-text.ts';
import type { Stage } from './gadget.wiki.ts';
import { countIn, MENTORS } from './start-wiki.ts';

const TALK = 'User talk:Mentor Fatima';
const TEXT = 'May I write about my own village? 🏘️';

export const refusals = (here: () => Stage) =>
  describe('what a wiki refuses', () => {
    it('blocked meanwhile: the wiki’s reason, and the draft is kept', async (test) => {
      const { wiki, visit } = here();
      const visitor = await visit(test, 'n_ana');
      await visitor.go(wiki.pageUrl('Mentorship'));
      await visitor.write(TEXT);
      await wiki.block('n_ana', { reason: 'Shouting at [[River|rivers]]' });
      await visitor.press(words('dialog-ask-send'));
      const { dialog, draft } = await visitor.until((seen) =>
        seen.dialog?.includes(words('dialog-ask-blocked')),
      );
      assert.ok(dialog?.includes('Shouting at rivers'));
      assert.equal(draft, TEXT);
      assert.equal(countIn(await wiki.read(TALK), TEXT), 0);
    });

    it('read-only: the wiki’s reason; after that the same draft is sent', async (test) => {
      const { wiki, visit } = here();
      const visitor = await visit(test, 'n_ana', { expected: /503|Failed to load resource/ });
      await visitor.go(wiki.pageUrl('Mentorship'));
      await visitor.write(TEXT);
      wiki.setReadOnly('We are moving house.');
      await visitor.press(words('dialog-ask-send'));
      const { dialog } = await visitor.until((seen) => seen.dialog?.includes(words('dialog-ask-read-only')));
      assert.ok(dialog?.includes('We are moving house.'));
      wiki.setReadOnly(null);
      await visitor.page.reload();
      await visitor.until(({ draft }) => draft === TEXT);
      await visitor.press(words('dialog-ask-send'));
      await visitor.until(({ link }) => link);
      assert.equal(countIn(await wiki.read(TALK), TEXT), 1);
    });

    it('signed out meanwhile: nothing is published, the draft waits for the next session', async (test) => {
      const { wiki, visit } = here();
      const visitor = await visit(test, 'n_ana');
      await visitor.go(wiki.pageUrl('Mentorship'));
      await visitor.write(TEXT);
      await visitor.context.deleteCookie(...(await visitor.context.cookies()));
      await visitor.press(words('dialog-ask-send'));
      const { draft } = await visitor.until((seen) => seen.dialog?.includes(words('dialog-ask-session')));
      assert.equal(draft, TEXT);
      assert.equal(countIn(await wiki.read(TALK), TEXT), 0);
      await visitor.context.setCookie(...(await wiki.browserCookies('n_ana')));
      await visitor.press(words('dialog-ask-reload'));
      await visitor.until(
        (seen) => seen.draft === TEXT && !seen.dialog?.includes(words('dialog-ask-session')),
      );
      await visitor.press(words('dialog-ask-send'));
      await visitor.until(({ link }) => link);
      assert.equal(countIn(await wiki.read(TALK), TEXT), 1);
    });

    it('somebody else signed in meanwhile: nothing is published in that name', async (test) => {
      const { wiki, visit } = here();
      const visitor = await visit(test, 'n_ana');
      await visitor.go(wiki.pageUrl('Mentorship'));
      await visitor.write(TEXT);
      await visitor.context.setCookie(...(await wiki.browserCookies('n_ben')));
      await visitor.press(words('dialog-ask-send'));
      await visitor.until((seen) => seen.dialog?.includes(words('dialog-ask-session')));
      assert.equal(countIn(await wiki.read(TALK), TEXT), 0);
    });

    it('signed out before leaving: says so, and nothing changes', async (test) => {
      const { wiki, visit } = here();
      const visitor = await visit(test, 'n_ana');
      await visitor.go(wiki.pageUrl('Mentorship'));
      await visitor.choose(words('leave'));
      await visitor.context.deleteCookie(...(await visitor.context.cookies()));
      await visitor.press(words('leave'));
      await visitor.until(({ dialog }) => dialog?.includes(words('dialog-common-session')));
      assert.equal((await wiki.optionsOf('n_ana'))['userjs-mentorship-status'], undefined);
    });

    it('a list of mentors that is protected: the wiki’s words, and the introduction is kept', async (test) => {
      const { wiki, visit } = here();
      const visitor = await visit(test, 'e_hal');
      await wiki
        .as('admin')
        .post({ action: 'protect', title: MENTORS, protections: 'edit=sysop', expiry: 'never' });
      await visitor.go(wiki.pageUrl('Mentorship'));
      await visitor.press(words('become-mentor'));
      await visitor.until(({ draft }) => draft === '');
      await visitor.page.keyboard.type('I like bridges.');
      await visitor.press(words('become-mentor'));
      const { draft } = await visitor.until(({ dialog }) => dialog?.includes('protected'));
      assert.equal(draft, 'I like bridges.');
    });

    it('the draft outlives a closed dialog', async (test) => {
      const { wiki, visit } = here();
      const visitor = await visit(test, 'n_ana');
      await visitor.go(wiki.pageUrl('Mentorship'));
      await visitor.write(TEXT);
      await visitor.page.keyboard.press('Escape');
      await visitor.until(({ dialog }) => dialog === null);
      await visitor.press(words('ask'));
      await visitor.until(({ draft }) => draft === TEXT);
    });

    it('settings that are wrong: the place keeps what stands in it', async (test) => {
      const { wiki, visit } = here();
      await wiki.edit(
        'MediaWiki:Mentorship.json',
        '{"GEMentorshipEnabled": true, "GEMentorshipMinimumAge": "x"}',
      );
      await wiki.edit('Mentorship', '<div class="mentorship-module">Ask at the [[Project:Help desk]].</div>');
      const visitor = await visit(test, 'n_ana', { expected: /GEMentorshipMinimumAge/ });
      await visitor.page.goto(wiki.pageUrl('Mentorship'));
      await visitor.page.waitForSelector('mentorship-module:state(failed)');
      const text = await visitor.page.$eval('mentorship-module', (element) => element.innerText.trim());
      assert.equal(text, 'Ask at the Project:Help desk.');
    });
  });
