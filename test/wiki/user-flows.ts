import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { words } from '../e2e/message-text.ts';
import type { Stage } from './gadget.wiki.ts';
import { countIn, mentorsOf, questionsOf } from './start-wiki.ts';

const TALK = 'User talk:Mentor Fatima';
const TEXT = 'May I write about my own village? 🏘️';
const STATUS = 'userjs-mentorship-status';
const MENTOR = 'userjs-mentorship-mentor';

export const writing = (here: () => Stage) =>
  describe('what a person does', () => {
    it('asks, by clicking and typing; it stands on the talk page once', async (test) => {
      const { wiki, visit } = here();
      const visitor = await visit(test, 'n_ana');
      await visitor.go(wiki.pageUrl('Mentorship'));
      await visitor.write(TEXT);
      await visitor.press(words('dialog-ask-send'));
      const sent = await visitor.until(
        (seen) => seen.dialog?.includes(words('dialog-ask-sent')) && seen.link,
      );
      await visitor.press(words('dialog-common-done'));
      const { questions } = await visitor.until(({ dialog }) => dialog === null);
      assert.deepEqual(
        questions.map(({ text, url }) => [text, url]),
        [[TEXT, sent.link]],
      );
      assert.equal(countIn(await wiki.read(TALK), TEXT), 1);
      assert.equal((await questionsOf(wiki, 'n_ana')).length, 1);
      await visitor.page.goto(sent.link ?? '');
      const hash = decodeURIComponent(new URL(sent.link ?? '').hash.slice(1));
      assert.ok(await visitor.page.evaluate((id) => document.getElementById(id) !== null, hash));
      const reloaded = await visitor.go(wiki.pageUrl('Mentorship'));
      assert.deepEqual(reloaded.questions[0]?.text, TEXT);
      await visitor.until(({ questions: [newest] }) => newest?.state === words('question-waiting'));
    });

    it('presses twice, and has asked once', async (test) => {
      const { wiki, visit } = here();
      const visitor = await visit(test, 'n_ana');
      await visitor.go(wiki.pageUrl('Mentorship'));
      await visitor.write(TEXT);
      await visitor.press(words('dialog-ask-send'), 2);
      await visitor.until((seen) => seen.link);
      assert.equal(countIn(await wiki.read(TALK), TEXT), 1);
      assert.equal((await questionsOf(wiki, 'n_ana')).length, 1);
    });

    it('sees the answer', async (test) => {
      const { wiki, visit } = here();
      const visitor = await visit(test, 'q_kim');
      await visitor.go(wiki.pageUrl('Mentorship'));
      const { questions } = await visitor.until((seen) => seen.questions.every(({ state }) => state));
      assert.deepEqual(
        questions.map(({ state }) => state),
        [words('question-waiting'), words('question-answered'), words('question-archived')],
      );
    });

    it('leaves, and takes it back', async (test) => {
      const { wiki, visit } = here();
      const visitor = await visit(test, 'n_ana');
      await visitor.go(wiki.pageUrl('Mentorship'));
      await visitor.choose(words('leave'));
      await visitor.press(words('leave'));
      await visitor.until(({ card, dialog }) => card === 'opt-in' && dialog === null);
      assert.equal((await wiki.optionsOf('n_ana'))[STATUS], 'opted-out');
      await visitor.press(words('dialog-common-undo'));
      await visitor.until(({ card, note }) => card === 'mentored' && note === words('dialog-common-undone'));
      const options = await wiki.optionsOf('n_ana');
      assert.deepEqual([options[STATUS], options[MENTOR]], [undefined, 'Mentor Fatima']);
    });

    it('leaves, and is still gone after a reload; comes back', async (test) => {
      const { wiki, visit } = here();
      const visitor = await visit(test, 'n_ana');
      await visitor.go(wiki.pageUrl('Mentorship'));
      await visitor.choose(words('leave'));
      await visitor.press(words('leave'));
      await visitor.until(({ card, dialog }) => card === 'opt-in' && dialog === null);
      assert.equal((await visitor.go(wiki.pageUrl('Mentorship'))).card, 'opt-in');
      await visitor.press(words('get-mentor'));
      await visitor.until(({ dialog, focus }) => dialog !== null && focus.startsWith('h2'));
      await visitor.press(words('get-mentor'));
      await visitor.until(({ card, dialog }) => card === 'mentored' && dialog === null);
      const options = await wiki.optionsOf('n_ana');
      assert.equal(options[STATUS], undefined);
      assert.ok((await visitor.text()).includes(options[MENTOR] ?? '?'));
    });

    it('chooses another mentor, in private', async (test) => {
      const { wiki, visit } = here();
      const visitor = await visit(test, 'n_ana');
      await visitor.go(wiki.pageUrl('Mentorship'));
      await visitor.choose(words('choose'));
      const { dialog } = await visitor.until((seen) =>
        ['60,500 edits', '2,048 edits'].every((known) => seen.dialog?.includes(known)),
      );
      assert.ok(!dialog?.includes(words('dialog-choose-public')));
      await visitor.press('Mentor Marcus');
      await visitor.press(words('dialog-choose-submit', 'Mentor Marcus'));
      const { note } = await visitor.until((seen) => seen.dialog === null);
      assert.equal(note, words('dialog-choose-done', 'Mentor Marcus'));
      assert.equal((await wiki.optionsOf('n_ana'))[MENTOR], 'Mentor Marcus');
    });

    it('becomes a mentor', async (test) => {
      const { wiki, visit } = here();
      const visitor = await visit(test, 'e_hal');
      await visitor.go(wiki.pageUrl('Mentorship'));
      await visitor.press(words('become-mentor'));
      await visitor.until(({ draft }) => draft === '');
      await visitor.page.keyboard.type('I like bridges.');
      await visitor.press(words('become-mentor'));
      await visitor.until(({ dialog }) => dialog?.startsWith(words('dialog-enroll-done')));
      await visitor.press(words('dialog-common-done'));
      await visitor.until(({ dialog, card }) => dialog === null && card === 'mentor');
      const own = Object.values(await mentorsOf(wiki)).filter(
        ({ username }) => username === 'Experienced Hal',
      );
      assert.deepEqual(
        own.map(({ message, weight }) => [message, weight]),
        [['I like bridges.', 2]],
      );
      assert.equal((await visitor.go(wiki.pageUrl('Mentorship'))).card, 'mentor');
    });

    it('says “not now”: it is gone, also in another browser; and can be had back', async (test) => {
      const { wiki, visit } = here();
      const visitor = await visit(test, 'e_hal');
      await visitor.go(wiki.pageUrl('Mentorship'));
      await visitor.press(words('not-now'));
      await visitor.until(
        ({ card, controls }) => card === 'mentored' && controls.includes(words('dialog-common-undo')),
      );
      const elsewhere = await visit(test, 'e_hal');
      assert.equal((await elsewhere.go(wiki.pageUrl('Mentorship'))).card, 'mentored');
      await visitor.press(words('dialog-common-undo'));
      await visitor.until(({ card }) => card === 'invite');
      assert.equal((await elsewhere.go(wiki.pageUrl('Mentorship'))).card, 'invite');
    });
  });
