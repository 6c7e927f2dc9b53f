import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Begin } from './gallery-page.ts';
import { words } from './message-text.ts';

const KIM = '?case=mentored-questions';
const ASK = words('ask');
const TEXT = 'Which river is the longest?';
const CHOOSE = words('choose');
const PHONE = { width: 320, height: 640 };

/** Each dialog, a case whose card opens it, and what it is called. */
const DIALOGS = [
  ['ask', 'mentored-hostile-introduction', ASK],
  ['leave', 'mentored-hostile-introduction', words('dialog-leave-heading')],
  ['choose', 'mentored-hostile-introduction', CHOOSE],
  ['about', 'mentored-hostile-introduction', words('how-it-works')],
  ['join', 'opt-in-opted-out', words('get-mentor')],
  ['enroll', 'invite-thresholds', words('become-mentor')],
] as const;

export const dialogs = (begin: Begin) =>
  describe('dialogs', () => {
    it('each has an address', async (test) => {
      const visit = await begin(test, { address: KIM });
      for (const [name, id, heading] of DIALOGS) {
        await visit.go(`?case=${id}&dialog=${name}`);
        await visit.until(({ dialog, events }) => dialog !== null && events.includes(`${name}, start`));
        const { dialog } = await visit.until(({ focus }) => /^(textarea|h2|input)/.test(focus));
        assert.ok(dialog?.startsWith(heading), `${name}: ${dialog}`);
      }
    });

    it('Esc closes, the button has the focus again, and the text is kept', async (test) => {
      const visit = await begin(test, { address: KIM });
      await visit.press(ASK);
      await visit.until(({ focus }) => focus.startsWith('textarea'));
      await visit.type(TEXT);
      await visit.key('Escape');
      const { focus } = await visit.until(({ dialog, address }) => dialog === null && address === KIM);
      assert.equal(focus, `button ${ASK}`);
      await visit.press(ASK);
      await visit.until(({ draft }) => draft === TEXT);
    });

    it('a question is asked by keyboard alone', async (test) => {
      const visit = await begin(test, { address: KIM });
      const tabTo = async (name: string) => {
        for (let steps = 0; (await visit.now()).focus !== name; steps += 1) {
          assert.ok(steps < 60, `${name} cannot be reached`);
          await visit.key('Tab');
        }
      };
      await tabTo(`button ${ASK}`);
      await visit.key('Enter');
      await visit.until(({ focus }) => focus.startsWith('textarea'));
      await visit.type(TEXT);
      await tabTo(`button ${words('dialog-ask-send')}`);
      await visit.key('Enter');
      await visit.until(({ focus }) => focus === `a ${words('dialog-ask-see')}`);
      await tabTo(`button ${words('dialog-common-done')}`);
      await visit.key('Enter');
      const { questions, focus } = await visit.until(({ dialog }) => dialog === null);
      assert.equal(questions[0]?.text, TEXT);
      assert.equal(focus, `button ${ASK}`);
    });

    it('on a phone, Back closes the sheet and stays on the page', async (test) => {
      const visit = await begin(test, { address: KIM, ...PHONE });
      for (const name of [ASK, words('how-it-works')]) {
        await visit.press(name);
        await visit.until(({ dialog, focus }) => dialog !== null && /^(textarea|h2)/.test(focus));
        await visit.page.evaluate(() => (document.title = 'the same page'));
        await visit.back();
        await visit.until(({ dialog, address }) => dialog === null && address === KIM);
        assert.equal(await visit.page.title(), 'the same page');
      }
    });

    it('#mentorship-ask opens the dialog, and survives a reload', async (test) => {
      const visit = await begin(test, { address: `${KIM}#mentorship-ask` });
      await visit.until(({ draft }) => draft === '');
      await visit.reload();
      await visit.until(({ draft }) => draft === '');
      await visit.type(TEXT);
      await visit.reload();
      await visit.until(({ draft }) => draft === TEXT);
      await visit.press(words('dialog-common-cancel'));
      await visit.until(({ dialog, address }) => dialog === null && address === KIM);
    });

    it('who leaves has a card that offers to come back; undoing brings the mentor back', async (test) => {
      const visit = await begin(test, { address: `${KIM}&dialog=leave` });
      await visit.press(words('leave'));
      const left = await visit.until(({ card, dialog }) => card === 'opt-in' && dialog === null);
      assert.equal(left.note, words('dialog-leave-done'));
      await visit.press(words('dialog-common-undo'));
      const { controls } = await visit.until(
        ({ card, note }) => card === 'mentored' && note === words('dialog-common-undone'),
      );
      assert.ok(controls.includes('Mentor Fatima'));
    });

    it('who chooses another mentor has that one', async (test) => {
      const visit = await begin(test, { address: `${KIM}&dialog=choose` });
      await visit.until(({ controls }) => controls.includes(CHOOSE));
      await visit.press('Mentor Marcus');
      await visit.press(words('dialog-choose-submit', 'Mentor Marcus'));
      const { note, controls } = await visit.until(({ dialog }) => dialog === null);
      assert.equal(note, words('dialog-choose-done', 'Mentor Marcus'));
      assert.ok(controls.includes('Mentor Marcus'));
    });

    it('an invitation is put away and taken out again, or accepted in place', async (test) => {
      const visit = await begin(test, { address: '?case=invite-thresholds' });
      await visit.press(words('not-now'));
      await visit.until(
        ({ card, controls }) => card === 'opt-in' && controls.includes(words('dialog-common-undo')),
      );
      await visit.press(words('dialog-common-undo'));
      await visit.until(({ card }) => card === 'invite');
      await visit.go('?case=invite-thresholds&dialog=enroll');
      await visit.until(({ draft }) => draft === '');
      await visit.type('I like bridges.');
      await visit.press(words('become-mentor'));
      await visit.until(({ dialog }) => dialog?.startsWith(words('dialog-enroll-done')));
      await visit.press(words('dialog-common-done'));
      await visit.until(({ dialog, card }) => dialog === null && card === 'mentor');
    });

    it('who gets a mentor can ask at once', async (test) => {
      const visit = await begin(test, { address: '?case=opt-in-opted-out&dialog=join' });
      await visit.press(words('get-mentor'));
      await visit.until(({ card, dialog }) => card === 'mentored' && dialog === null);
      await visit.ask(TEXT);
      await visit.until(({ link, stored }) => link && stored.length === 1);
    });
  });
