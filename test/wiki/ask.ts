import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { editsIn, fieldsOf, signIn, rejection } from './signed-in-client.ts';
import { countIn, questionsOf, type Wiki } from './start-wiki.ts';

const TALK = 'User talk:Mentor Fatima';
const TEXT = 'May I write about my own village? 🏘️';

async function sectionsOf(wiki: Wiki, page: string): Promise<string[]> {
  const answer = await wiki.as(null).get({ action: 'parse', page, prop: 'sections' });
  const { sections } = answer['parse'] as { sections: { line: string }[] };
  return sections.map(({ line }) => line);
}

export const askTests = (getWiki: () => Wiki) =>
  describe('asking', () => {
    it('adds one signed section and stores the question', async () => {
      const wiki = getWiki();
      const { client, requests } = await signIn(wiki, 'n_ana');
      const before = await sectionsOf(wiki, TALK);
      const asked = await client.ask(TEXT, { pageTitle: 'Moon' });
      const text = await wiki.read(TALK);
      assert.equal(countIn(text, TEXT), 1);
      assert.match(text ?? '', /\[\[:Moon\]\][^=]*village\? 🏘️ --\[\[User:Newcomer Ana\|/);
      const [section = '', ...more] = (await sectionsOf(wiki, TALK)).slice(before.length);
      assert.match(section, /^Newcomer Ana \(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\)$/);
      assert.deepEqual(more, []);
      const [newest] = await wiki.revisions(TALK);
      assert.equal(newest?.user, 'Newcomer Ana');
      assert.equal(newest.revid, asked.revision);
      assert.ok(newest.comment.includes(section) && newest.comment.includes('#mentorship-question'));
      const [stored, ...others] = await questionsOf(wiki, 'n_ana');
      assert.deepEqual([stored?.text, stored?.section, others], [TEXT, section, []]);
      assert.equal(asked.snapshot.questions[0]?.text, TEXT);
      assert.equal(await editsIn(requests), 1);
      const page = await (await fetch(asked.url ?? '')).text();
      assert.ok(page.includes(`id="${decodeURIComponent(new URL(asked.url ?? '').hash.slice(1))}"`));
    });

    it('markup in a question neither splits the section nor leaves it', async () => {
      const wiki = getWiki();
      const { client } = await signIn(wiki, 'n_ana');
      const before = await sectionsOf(wiki, TALK);
      await client.ask('How do I?\n== no heading ==\n  === nor this ===\n= nor this =\nthanks');
      assert.equal((await sectionsOf(wiki, TALK)).length, before.length + 1);
      const { questions } = await client.refreshQuestions();
      assert.equal(questions[0]?.state, 'waiting');
    });

    it('stores the three newest questions, newest first', async () => {
      const wiki = getWiki();
      const { client } = await signIn(wiki, 'q_kim');
      const before = await questionsOf(wiki, 'q_kim');
      await client.ask(TEXT);
      const kept = (await questionsOf(wiki, 'q_kim')).map(({ text }) => text);
      assert.deepEqual(kept, [TEXT, before[0]?.text, before[1]?.text]);
    });

    it('detects a reply', async () => {
      const wiki = getWiki();
      const { client } = await signIn(wiki, 'n_ana');
      await client.ask(TEXT);
      assert.equal((await client.refreshQuestions()).questions[0]?.state, 'waiting');
      await wiki.edit(TALK, `${(await wiki.read(TALK)) ?? ''}\n:Yes. ~~~~`, 'm_fatima');
      assert.equal((await client.refreshQuestions()).questions[0]?.state, 'answered');
    });

    it('finds the state of a question whose talk page was moved', async () => {
      const wiki = getWiki();
      const { client } = await signIn(wiki, 'n_ana');
      await client.ask(TEXT);
      await wiki.edit('User talk:Fatima Renamed', `${(await wiki.read(TALK)) ?? ''}\n:Yes. ~~~~`, 'm_fatima');
      await wiki.edit(TALK, '#REDIRECT [[User talk:Fatima Renamed]]', 'm_fatima');
      assert.equal((await client.refreshQuestions()).questions[0]?.state, 'answered');
    });

    it('finds a question after a lost response and sends nothing twice', async () => {
      const wiki = getWiki();
      const { client, requests } = await signIn(wiki, 'n_ana', {
        intercept: async (request, send) => {
          const { action } = await fieldsOf(request);
          const response = await send();
          if (action === 'edit') throw new TypeError('connection reset');
          return response;
        },
      });
      let mark = '';
      const lost = await rejection(client.ask(TEXT, { onBeforeSend: (sent) => (mark = sent) }));
      assert.equal(lost.outcomeUnknown, true);
      const asked = await client.findQuestion(TEXT, { checkpoint: mark });
      const [newest] = await wiki.revisions(TALK);
      assert.equal(asked?.revision, newest?.revid);
      assert.equal(await editsIn(requests), 1);
      assert.equal(countIn(await wiki.read(TALK), TEXT), 1);
      assert.deepEqual(
        (await questionsOf(wiki, 'n_ana')).map(({ text }) => text),
        [TEXT],
      );
    });

    it('does not store the same text from a second tab twice; later it is another question', async () => {
      const wiki = getWiki();
      const [one, other] = [await signIn(wiki, 'n_ana'), await signIn(wiki, 'n_ana')];
      await Promise.all([one.client.load(), other.client.load()]);
      const first = await one.client.ask(TEXT);
      const second = await other.client.ask(TEXT);
      assert.equal(second.url, first.url);
      assert.equal(await editsIn(other.requests), 0);
      assert.equal(countIn(await wiki.read(TALK), TEXT), 1);
      await other.client.ask(TEXT);
      assert.equal(countIn(await wiki.read(TALK), TEXT), 2);
    });

    it('deduplicates two concurrent calls', async () => {
      const wiki = getWiki();
      const { client } = await signIn(wiki, 'n_ana');
      const [one, other] = await Promise.all([client.ask(TEXT), client.ask(TEXT)]);
      assert.equal(one.revision, other.revision);
      assert.equal(countIn(await wiki.read(TALK), TEXT), 1);
    });

    it('reports the reason of a block and writes nothing', async () => {
      const wiki = getWiki();
      const { client } = await signIn(wiki, 'n_ana');
      await client.load();
      await wiki.block('n_ana', { reason: 'Shouting at [[River|rivers]]' });
      const before = await wiki.read(TALK);
      const { code, wikiMessage, outcomeUnknown } = await rejection(client.ask(TEXT));
      assert.deepEqual([code, wikiMessage, outcomeUnknown], ['blocked', 'Shouting at rivers', false]);
      assert.equal(await wiki.read(TALK), before);
    });

    it('allows asking despite a partial block of another page, but not of the talk page', async () => {
      const wiki = getWiki();
      const { client } = await signIn(wiki, 'b_jan');
      await client.ask(TEXT);
      assert.equal(countIn(await wiki.read(TALK), TEXT), 1);
      await wiki.block('b_jan', { partial: true, pagerestrictions: TALK, allowusertalk: true });
      const { code, wikiMessage } = await rejection(client.ask('And another?'));
      assert.equal(code, 'blocked');
      assert.ok(wikiMessage);
    });

    it('reports the reason of read-only mode', async () => {
      const wiki = getWiki();
      const { client } = await signIn(wiki, 'n_ana');
      await client.load();
      wiki.setReadOnly('We are moving house.');
      const { code, wikiMessage, retryable } = await rejection(client.ask(TEXT));
      assert.deepEqual([code, retryable], ['read-only', true]);
      assert.match(wikiMessage ?? '', /We are moving house\./);
      wiki.setReadOnly(null);
      await client.ask(TEXT);
      assert.equal(countIn(await wiki.read(TALK), TEXT), 1);
    });

    it('an expired session is an error, and nothing is published anonymously', async () => {
      const wiki = getWiki();
      const { client } = await signIn(wiki, 'n_ana');
      await client.load();
      await wiki.logout('n_ana');
      const before = await wiki.read(TALK);
      assert.equal((await rejection(client.ask(TEXT))).code, 'session');
      assert.equal((await rejection(client.leave())).code, 'session');
      assert.equal(await wiki.read(TALK), before);
    });

    it('reports a rate limit', async () => {
      const wiki = getWiki();
      wiki.set({ wgRateLimits: { edit: { user: [1, 60], newbie: [1, 60] } } });
      const { client } = await signIn(wiki, 'n_ana');
      await client.ask(TEXT);
      const { code, retryable } = await rejection(client.ask('And another?'));
      assert.deepEqual([code, retryable], ['rate-limited', true]);
      assert.equal(countIn(await wiki.read(TALK), 'And another?'), 0);
    });

    it('prepareQuestion returns what is known before asking', async () => {
      const { client } = await signIn(getWiki(), 'n_ana');
      await client.load();
      assert.equal((await client.prepareQuestion()).writable, true);
    });
  });
