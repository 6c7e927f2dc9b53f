import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { OpenGallery } from './gallery-page.ts';
import { messageText } from './message-text.ts';

const KIM = '?case=mentored-questions';
const ASK = messageText('ask');
const TEXT = 'Which river is the longest?';
const CHOOSE = messageText('choose');
const PHONE = { width: 320, height: 640 };

/** Each dialog with a case whose card opens it, and its heading. */
const DIALOGS = [
  ['ask', 'mentored-hostile-introduction', ASK],
  ['leave', 'mentored-hostile-introduction', messageText('dialog-leave-heading')],
  ['choose', 'mentored-hostile-introduction', CHOOSE],
  ['about', 'mentored-hostile-introduction', messageText('how-it-works')],
  ['join', 'opt-in-opted-out', messageText('get-mentor')],
  ['enroll', 'invite-thresholds', messageText('become-mentor')],
] as const;

export const dialogTests = (openGallery: OpenGallery) =>
  describe('dialogs', () => {
    it('have URLs', async (test) => {
      const gallery = await openGallery(test, { address: KIM });
      for (const [name, id, heading] of DIALOGS) {
        await gallery.go(`?case=${id}&dialog=${name}`);
        await gallery.until(({ dialog, events }) => dialog !== null && events.includes(`${name}, start`));
        const { dialog } = await gallery.until(({ focus }) => /^(textarea|h2|input)/.test(focus));
        assert.ok(dialog?.startsWith(heading), `${name}: ${dialog}`);
      }
    });

    it('Escape closes, restores the focus and keeps the text', async (test) => {
      const gallery = await openGallery(test, { address: KIM });
      await gallery.press(ASK);
      await gallery.until(({ focus }) => focus.startsWith('textarea'));
      await gallery.type(TEXT);
      await gallery.key('Escape');
      const { focus } = await gallery.until(({ dialog, address }) => dialog === null && address === KIM);
      assert.equal(focus, `button ${ASK}`);
      await gallery.press(ASK);
      await gallery.until(({ draft }) => draft === TEXT);
    });

    it('a question can be asked by keyboard', async (test) => {
      const gallery = await openGallery(test, { address: KIM });
      const tabTo = async (name: string) => {
        for (let steps = 0; (await gallery.state()).focus !== name; steps += 1) {
          assert.ok(steps < 60, `${name} cannot be reached`);
          await gallery.key('Tab');
        }
      };
      await tabTo(`button ${ASK}`);
      await gallery.key('Enter');
      await gallery.until(({ focus }) => focus.startsWith('textarea'));
      await gallery.type(TEXT);
      await tabTo(`button ${messageText('dialog-ask-send')}`);
      await gallery.key('Enter');
      await gallery.until(({ focus }) => focus === `a ${messageText('dialog-ask-see')}`);
      // Backwards, because Firefox leaves the page after the last control of a dialog.
      await gallery.page.keyboard.down('Shift');
      await tabTo(`button ${messageText('dialog-common-done')}`);
      await gallery.page.keyboard.up('Shift');
      await gallery.key('Enter');
      const { questions, focus } = await gallery.until(({ dialog }) => dialog === null);
      assert.equal(questions[0]?.text, TEXT);
      assert.equal(focus, `button ${ASK}`);
    });

    it('on a phone, Back closes the dialog and stays on the page', async (test) => {
      const gallery = await openGallery(test, { address: KIM, ...PHONE });
      for (const name of [ASK, messageText('how-it-works')]) {
        await gallery.press(name);
        await gallery.until(({ dialog, focus }) => dialog !== null && /^(textarea|h2)/.test(focus));
        await gallery.page.evaluate(() => (document.title = 'the same page'));
        await gallery.back();
        await gallery.until(({ dialog, address }) => dialog === null && address === KIM);
        assert.equal(await gallery.page.title(), 'the same page');
      }
    });

    it('#mentorship-ask opens the dialog, also after a reload', async (test) => {
      const gallery = await openGallery(test, { address: `${KIM}#mentorship-ask` });
      await gallery.until(({ draft }) => draft === '');
      await gallery.reload();
      await gallery.until(({ draft }) => draft === '');
      await gallery.type(TEXT);
      await gallery.reload();
      await gallery.until(({ draft }) => draft === TEXT);
      await gallery.press(messageText('dialog-common-cancel'));
      await gallery.until(({ dialog, address }) => dialog === null && address === KIM);
    });

    it('leaving shows a card that offers to return; undo restores the mentor', async (test) => {
      const gallery = await openGallery(test, { address: `${KIM}&dialog=leave` });
      await gallery.press(messageText('leave'));
      const left = await gallery.until(({ card, dialog }) => card === 'opt-in' && dialog === null);
      assert.equal(left.note, messageText('dialog-leave-done'));
      await gallery.press(messageText('dialog-common-undo'));
      const { controls } = await gallery.until(
        ({ card, note }) => card === 'mentored' && note === messageText('dialog-common-undone'),
      );
      assert.ok(controls.includes('Mentor Fatima'));
    });

    it('choosing another mentor assigns that mentor', async (test) => {
      const gallery = await openGallery(test, { address: `${KIM}&dialog=choose` });
      await gallery.until(({ controls }) => controls.includes(CHOOSE));
      await gallery.press('Mentor Marcus');
      await gallery.press(messageText('dialog-choose-submit', 'Mentor Marcus'));
      const { note, controls } = await gallery.until(({ dialog }) => dialog === null);
      assert.equal(note, messageText('dialog-choose-done', 'Mentor Marcus'));
      assert.ok(controls.includes('Mentor Marcus'));
    });

    it('an invitation can be snoozed and restored, or accepted in place', async (test) => {
      const gallery = await openGallery(test, { address: '?case=invite-thresholds' });
      await gallery.press(messageText('not-now'));
      await gallery.until(
        ({ card, controls }) => card === 'invite' && controls.includes(messageText('dialog-common-undo')),
      );
      await gallery.press(messageText('dialog-common-undo'));
      await gallery.until(({ controls }) => controls.includes(messageText('not-now')));
      await gallery.go('?case=invite-thresholds&dialog=enroll');
      await gallery.until(({ draft }) => draft === '');
      await gallery.type('I like bridges.');
      await gallery.press(messageText('become-mentor'));
      await gallery.until(({ dialog }) => dialog?.startsWith(messageText('dialog-enroll-done')));
      await gallery.press(messageText('dialog-common-done'));
      await gallery.until(({ dialog, card }) => dialog === null && card === 'mentor');
    });

    it('a viewer who gets a mentor can ask at once', async (test) => {
      const gallery = await openGallery(test, { address: '?case=opt-in-opted-out&dialog=join' });
      await gallery.press(messageText('get-mentor'));
      await gallery.until(({ card, dialog }) => card === 'mentored' && dialog === null);
      await gallery.ask(TEXT);
      await gallery.until(({ link, stored }) => link && stored.length === 1);
    });
  });
