import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { OpenGallery } from './gallery-page.ts';
import { messageText } from './message-text.ts';

const NEWCOMER = '?case=mentored-hostile-introduction';
/** A viewer with three questions. */
const KIM = '?case=mentored-questions';
const TEXT = 'May I write about my own village? 🏘️';

export const askTests = (openGallery: OpenGallery) =>
  describe('asking', () => {
    it('sends a first question, shows it as waiting, then as answered, and stores it once', async (test) => {
      const gallery = await openGallery(test, { address: NEWCOMER });
      await gallery.until(({ questions, stored }) => questions.length === 0 && stored.length === 0);
      await gallery.ask(TEXT);
      const sent = await gallery.until(({ dialog }) => dialog?.includes(messageText('dialog-ask-sent')));
      assert.match(sent.link ?? '', /User_talk:Mentor_\w+#Question/);
      await gallery.press(messageText('dialog-common-done'));
      const { questions } = await gallery.until(
        ({ dialog, stored }) => dialog === null && stored.length === 1,
      );
      assert.deepEqual(questions, [{ text: TEXT, state: messageText('question-waiting'), url: sent.link }]);
      await gallery.toggle('reply');
      await gallery.toggle('refresh');
      const end = await gallery.until(
        (seen) => seen.questions[0]?.state === messageText('question-answered'),
      );
      assert.deepEqual(end.stored, [TEXT]);
      await gallery.press(messageText('ask'));
      await gallery.until(({ draft }) => draft === '');
    });

    it('keeps the draft of a lost question, also after a reload', async (test) => {
      const gallery = await openGallery(test, { address: KIM });
      await gallery.until(({ stored, questions }) => stored.length === 3 && questions.length === 3);
      await gallery.failNextWrite('offline');
      await gallery.ask(TEXT);
      await gallery.until(({ dialog }) => dialog?.includes(messageText('dialog-ask-checking')));
      // Polling ends by then.
      await gallery.advance(15);
      const lost = await gallery.until(({ dialog }) => dialog?.includes(messageText('dialog-ask-missing')));
      assert.ok(lost.dialog?.includes(TEXT));
      assert.equal(lost.stored.length, 3);
      // A reload creates a new fake wiki but keeps the browser's storage.
      await gallery.reload();
      await gallery.until(({ draft }) => draft === TEXT);
      await gallery.press(messageText('dialog-ask-send'));
      const { link } = await gallery.until((seen) => seen.link !== null);
      await gallery.press(messageText('dialog-common-done'));
      const end = await gallery.until(({ dialog, stored }) => dialog === null && stored.length === 4);
      assert.deepEqual(end.questions[0], { text: TEXT, state: messageText('question-waiting'), url: link });
      assert.equal(end.questions.length, 3);
      assert.equal(end.stored.filter((text) => text === TEXT).length, 1);
    });

    it('finds a question that was stored although the response was lost, and does not resend it', async (test) => {
      const gallery = await openGallery(test, { address: KIM });
      for (const [index, fault] of ['reset', 'bad-gateway-after', 'garbled-after'].entries()) {
        const text = `${TEXT} ${fault}`;
        await gallery.failNextWrite(fault);
        await gallery.ask(text);
        await gallery.until(({ dialog, link }) => dialog?.includes(messageText('dialog-ask-sent')) && link);
        await gallery.press(messageText('dialog-common-done'));
        const { stored, questions } = await gallery.until((seen) => seen.stored.length === 4 + index);
        assert.equal(stored.at(-1), text);
        assert.equal(questions[0]?.text, text);
      }
    });

    it('shows the wiki’s reason for a refusal and keeps the draft', async (test) => {
      const gallery = await openGallery(test, { address: KIM });
      await gallery.toggle('read-only');
      await gallery.ask(TEXT);
      const refused = await gallery.until(({ dialog }) =>
        dialog?.includes(messageText('dialog-ask-read-only')),
      );
      assert.equal(refused.draft, TEXT);
      assert.equal(refused.stored.length, 3);
      await gallery.key('Escape');
      await gallery.until(({ dialog }) => dialog === null);
      await gallery.toggle('read-only');
      await gallery.press(messageText('ask'));
      await gallery.until(({ draft }) => draft === TEXT);
      await gallery.press(messageText('dialog-ask-send'));
      await gallery.until(({ link, stored }) => link && stored.length === 4);
    });

    it('updates the states of questions when the card becomes visible after five minutes', async (test) => {
      const gallery = await openGallery(test, { address: KIM, height: 500 });
      await gallery.until(({ card }) => card === 'mentored');
      await gallery.scrollCard('back');
      const { questions } = await gallery.until((seen) => seen.questions[0]?.state);
      assert.equal(questions[0]?.state, messageText('question-waiting'));
      await gallery.toggle('reply');
      await gallery.scrollCard('away');
      await gallery.advance(6 * 60);
      await gallery.scrollCard('back');
      await gallery.until((seen) => seen.questions[0]?.state === messageText('question-answered'));
    });
  });
