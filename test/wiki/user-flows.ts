import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { messageText } from '../e2e/message-text.ts';
import type { GadgetContext } from './gadget.wiki.ts';
import { countIn, mentorsOf, questionsOf } from './start-wiki.ts';

const TALK = 'User talk:Mentor Fatima';
const TEXT = 'May I write about my own village? 🏘️';
const STATUS = 'userjs-mentorship-status';
const MENTOR = 'userjs-mentorship-mentor';

export const userFlowTests = (getContext: () => GadgetContext) =>
  describe('user flows', () => {
    it('asks by clicking and typing; the talk page contains the question once', async (test) => {
      const { wiki, openPage } = getContext();
      const wikiPage = await openPage(test, 'n_ana');
      await wikiPage.go(wiki.pageUrl('Mentorship'));
      await wikiPage.write(TEXT);
      await wikiPage.press(messageText('dialog-ask-send'));
      const sent = await wikiPage.until(
        (seen) => seen.dialog?.includes(messageText('dialog-ask-sent')) && seen.link,
      );
      await wikiPage.press(messageText('dialog-common-done'));
      const { questions } = await wikiPage.until(({ dialog }) => dialog === null);
      assert.deepEqual(
        questions.map(({ text, url }) => [text, url]),
        [[TEXT, sent.link]],
      );
      assert.equal(countIn(await wiki.read(TALK), TEXT), 1);
      assert.equal((await questionsOf(wiki, 'n_ana')).length, 1);
      await wikiPage.page.goto(sent.link ?? '');
      const hash = decodeURIComponent(new URL(sent.link ?? '').hash.slice(1));
      assert.ok(await wikiPage.page.evaluate((id) => document.getElementById(id) !== null, hash));
      const reloaded = await wikiPage.go(wiki.pageUrl('Mentorship'));
      assert.deepEqual(reloaded.questions[0]?.text, TEXT);
      await wikiPage.until(({ questions: [newest] }) => newest?.state === messageText('question-waiting'));
    });

    it('asks once when the button is pressed twice', async (test) => {
      const { wiki, openPage } = getContext();
      const wikiPage = await openPage(test, 'n_ana');
      await wikiPage.go(wiki.pageUrl('Mentorship'));
      await wikiPage.write(TEXT);
      await wikiPage.press(messageText('dialog-ask-send'), 2);
      await wikiPage.until((seen) => seen.link);
      assert.equal(countIn(await wiki.read(TALK), TEXT), 1);
      assert.equal((await questionsOf(wiki, 'n_ana')).length, 1);
    });

    it('shows the reply', async (test) => {
      const { wiki, openPage } = getContext();
      const wikiPage = await openPage(test, 'q_kim');
      await wikiPage.go(wiki.pageUrl('Mentorship'));
      const { questions } = await wikiPage.until((seen) => seen.questions.every(({ state }) => state));
      assert.deepEqual(
        questions.map(({ state }) => state),
        [messageText('question-waiting'), messageText('question-answered'), messageText('question-archived')],
      );
    });

    it('leaves and undoes it', async (test) => {
      const { wiki, openPage } = getContext();
      const wikiPage = await openPage(test, 'n_ana');
      await wikiPage.go(wiki.pageUrl('Mentorship'));
      await wikiPage.openFromMenu(messageText('leave'));
      await wikiPage.press(messageText('leave'));
      await wikiPage.until(({ card, dialog }) => card === 'opt-in' && dialog === null);
      assert.equal((await wiki.optionsOf('n_ana'))[STATUS], 'opted-out');
      await wikiPage.press(messageText('dialog-common-undo'));
      await wikiPage.until(
        ({ card, note }) => card === 'mentored' && note === messageText('dialog-common-undone'),
      );
      const options = await wiki.optionsOf('n_ana');
      assert.deepEqual([options[STATUS], options[MENTOR]], [undefined, 'Mentor Fatima']);
    });

    it('leaves, is still out after a reload, and rejoins', async (test) => {
      const { wiki, openPage } = getContext();
      const wikiPage = await openPage(test, 'n_ana');
      await wikiPage.go(wiki.pageUrl('Mentorship'));
      await wikiPage.openFromMenu(messageText('leave'));
      await wikiPage.press(messageText('leave'));
      await wikiPage.until(({ card, dialog }) => card === 'opt-in' && dialog === null);
      assert.equal((await wikiPage.go(wiki.pageUrl('Mentorship'))).card, 'opt-in');
      await wikiPage.press(messageText('get-mentor'));
      await wikiPage.until(({ dialog, focus }) => dialog !== null && focus.startsWith('h2'));
      await wikiPage.press(messageText('get-mentor'));
      await wikiPage.until(({ card, dialog }) => card === 'mentored' && dialog === null);
      const options = await wiki.optionsOf('n_ana');
      assert.equal(options[STATUS], undefined);
      assert.ok((await wikiPage.text()).includes(options[MENTOR] ?? '?'));
    });

    it('chooses another mentor, in private', async (test) => {
      const { wiki, openPage } = getContext();
      const wikiPage = await openPage(test, 'n_ana');
      await wikiPage.go(wiki.pageUrl('Mentorship'));
      await wikiPage.openFromMenu(messageText('choose'));
      const { dialog } = await wikiPage.until((seen) =>
        ['60,500 edits', '2,048 edits'].every((known) => seen.dialog?.includes(known)),
      );
      assert.ok(!dialog?.includes(messageText('dialog-choose-public')));
      await wikiPage.press('Mentor Marcus');
      await wikiPage.press(messageText('dialog-choose-submit', 'Mentor Marcus'));
      const { note } = await wikiPage.until((seen) => seen.dialog === null);
      assert.equal(note, messageText('dialog-choose-done', 'Mentor Marcus'));
      assert.equal((await wiki.optionsOf('n_ana'))[MENTOR], 'Mentor Marcus');
    });

    it('becomes a mentor', async (test) => {
      const { wiki, openPage } = getContext();
      const wikiPage = await openPage(test, 'e_hal');
      await wikiPage.go(wiki.pageUrl('Mentorship'));
      await wikiPage.press(messageText('become-mentor'));
      await wikiPage.until(({ draft }) => draft === '');
      await wikiPage.page.keyboard.type('I like bridges.');
      await wikiPage.press(messageText('become-mentor'));
      await wikiPage.until(({ dialog }) => dialog?.startsWith(messageText('dialog-enroll-done')));
      await wikiPage.press(messageText('dialog-common-done'));
      await wikiPage.until(({ dialog, card }) => dialog === null && card === 'mentor');
      const own = Object.values(await mentorsOf(wiki)).filter(
        ({ username }) => username === 'Experienced Hal',
      );
      assert.deepEqual(
        own.map(({ message, weight }) => [message, weight]),
        [['I like bridges.', 2]],
      );
      assert.equal((await wikiPage.go(wiki.pageUrl('Mentorship'))).card, 'mentor');
    });

    it('snoozes with “not now”, also for other browsers, and restores the invite', async (test) => {
      const { wiki, openPage } = getContext();
      const wikiPage = await openPage(test, 'e_hal');
      await wikiPage.go(wiki.pageUrl('Mentorship'));
      await wikiPage.press(messageText('not-now'));
      await wikiPage.until(
        ({ card, controls }) => card === 'invite' && controls.includes(messageText('dialog-common-undo')),
      );
      const elsewhere = await openPage(test, 'e_hal');
      assert.equal((await elsewhere.go(wiki.pageUrl('Mentorship'))).card, 'mentored');
      await wikiPage.press(messageText('dialog-common-undo'));
      await wikiPage.until(({ note }) => note === messageText('dialog-common-undone'));
      // The other browser has kept its own card, until the reload.
      await elsewhere.go(wiki.pageUrl('Mentorship'));
      await elsewhere.until(({ card }) => card === 'invite');
    });
  });
