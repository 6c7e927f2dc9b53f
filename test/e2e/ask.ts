import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Begin } from './gallery-page.ts';
import { words } from './message-text.ts';

const NEWCOMER = '?case=mentored-hostile-introduction';
/** She has asked three questions. */
const KIM = '?case=mentored-questions';
const TEXT = 'May I write about my own village? 🏘️';

export const asking = (begin: Begin) =>
  describe('asking', () => {
    it('a first question is sent, waits, and is answered; it is stored once', async (test) => {
      const visit = await begin(test, { address: NEWCOMER });
      await visit.until(({ questions, stored }) => questions.length === 0 && stored.length === 0);
      await visit.ask(TEXT);
      const sent = await visit.until(({ dialog }) => dialog?.includes(words('dialog-ask-sent')));
      assert.match(sent.link ?? '', /User_talk:Mentor_\w+#Question/);
      await visit.press(words('dialog-common-done'));
      const { questions } = await visit.until(({ dialog, stored }) => dialog === null && stored.length === 1);
      assert.deepEqual(questions, [{ text: TEXT, state: words('question-waiting'), url: sent.link }]);
      await visit.set('reply');
      await visit.set('refresh');
      const end = await visit.until((seen) => seen.questions[0]?.state === words('question-answered'));
      assert.deepEqual(end.stored, [TEXT]);
      await visit.press(words('ask'));
      await visit.until(({ draft }) => draft === '');
    });

    it('what is lost on its way did not arrive: the draft outlives that and a reload', async (test) => {
      const visit = await begin(test, { address: KIM });
      await visit.until(({ stored, questions }) => stored.length === 3 && questions.length === 3);
      await visit.fate('offline');
      await visit.ask(TEXT);
      await visit.until(({ dialog }) => dialog?.includes(words('dialog-ask-checking')));
      // So long it looks.
      await visit.later(15);
      const lost = await visit.until(({ dialog }) => dialog?.includes(words('dialog-ask-missing')));
      assert.ok(lost.dialog?.includes(TEXT));
      assert.equal(lost.stored.length, 3);
      // The wiki in memory is a new one afterwards; the browser's memory is not.
      await visit.reload();
      await visit.until(({ draft }) => draft === TEXT);
      await visit.press(words('dialog-ask-send'));
      const { link } = await visit.until((seen) => seen.link !== null);
      await visit.press(words('dialog-common-done'));
      const end = await visit.until(({ dialog, stored }) => dialog === null && stored.length === 4);
      assert.deepEqual(end.questions[0], { text: TEXT, state: words('question-waiting'), url: link });
      assert.equal(end.questions.length, 3);
      assert.equal(end.stored.filter((text) => text === TEXT).length, 1);
    });

    it('what is stored although the answer was lost is found, not sent again', async (test) => {
      const visit = await begin(test, { address: KIM });
      for (const [index, fate] of ['reset', 'bad-gateway-after', 'garbled-after'].entries()) {
        const text = `${TEXT} ${fate}`;
        await visit.fate(fate);
        await visit.ask(text);
        await visit.until(({ dialog, link }) => dialog?.includes(words('dialog-ask-sent')) && link);
        await visit.press(words('dialog-common-done'));
        const { stored, questions } = await visit.until((seen) => seen.stored.length === 4 + index);
        assert.equal(stored.at(-1), text);
        assert.equal(questions[0]?.text, text);
      }
    });

    it('a refusal is told in the wiki’s words, and nothing is lost', async (test) => {
      const visit = await begin(test, { address: KIM });
      await visit.set('read-only');
      await visit.ask(TEXT);
      const refused = await visit.until(({ dialog }) => dialog?.includes(words('dialog-ask-read-only')));
      assert.equal(refused.draft, TEXT);
      assert.equal(refused.stored.length, 3);
      await visit.key('Escape');
      await visit.until(({ dialog }) => dialog === null);
      await visit.set('read-only');
      await visit.press(words('ask'));
      await visit.until(({ draft }) => draft === TEXT);
      await visit.press(words('dialog-ask-send'));
      await visit.until(({ link, stored }) => link && stored.length === 4);
    });

    it('the card that comes back into view after five minutes knows the answer', async (test) => {
      const visit = await begin(test, { address: KIM, height: 500 });
      const { questions } = await visit.until((seen) => seen.questions[0]?.state);
      assert.equal(questions[0]?.state, words('question-waiting'));
      await visit.set('reply');
      await visit.look('away');
      await visit.later(6 * 60);
      await visit.look('back');
      await visit.until((seen) => seen.questions[0]?.state === words('question-answered'));
    });
  });
