import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fieldsOf, signIn } from './signed-in-client.ts';
import { countIn, type Wiki } from './start-wiki.ts';

const TALK = 'User talk:Mentor Fatima';
const TEXT = 'May I ask this once?';

/** Delivers each POST request twice, as a browser does whose connection was interrupted, and returns the second response. */
const repeating =
  (between: (fields: Record<string, string>) => Promise<unknown> = async () => null) =>
  async (request: Request, send: () => Promise<Response>): Promise<Response> => {
    if (request.method !== 'POST') return send();
    const fields = await fieldsOf(request);
    await fetch(request.clone());
    await between(fields);
    return send();
  };

export const repeatedWriteTests = (getWiki: () => Wiki) =>
  describe('requests that the browser repeats', () => {
    it('store a question once on an existing talk page', async () => {
      const wiki = getWiki();
      const { client } = await signIn(wiki, 'n_ana', { intercept: repeating() });
      const asked = await client.ask(TEXT);
      assert.equal(countIn(await wiki.read(TALK), TEXT), 1);
      assert.deepEqual([asked.recipient, asked.duplicateUrl], ['Mentor Fatima', null]);
      const [newest] = await wiki.revisions(TALK);
      assert.equal(asked.revision, newest?.revid);
    });

    it('store a question once right after another edit of the talk page', async () => {
      const wiki = getWiki();
      const { client } = await signIn(wiki, 'n_ana', { intercept: repeating() });
      await client.load();
      await wiki.edit(TALK, `${(await wiki.read(TALK)) ?? ''}\n\n== Other ==\nHello ~~~~`, 'm_fatima');
      await client.ask(TEXT);
      assert.equal(countIn(await wiki.read(TALK), TEXT), 1);
    });

    it('store a question once after another user’s edit since its base was read', async () => {
      const wiki = getWiki();
      let edits = 0;
      const twice = repeating();
      const { client } = await signIn(wiki, 'n_ana', {
        intercept: async (request, send) => {
          const { action } = await fieldsOf(request);
          if (action === 'edit' && edits++ === 0)
            await wiki.edit(TALK, `${(await wiki.read(TALK)) ?? ''}\n\n== Other ==\nHello ~~~~`, 'm_fatima');
          return twice(request, send);
        },
      });
      await client.ask(TEXT);
      assert.equal(countIn(await wiki.read(TALK), TEXT), 1);
    });

    it('store a question once on a talk page that does not exist', async () => {
      const wiki = getWiki();
      const { client } = await signIn(wiki, 'n_ana', { intercept: repeating() });
      await client.chooseMentor('Mentor Marcus');
      const talk = 'User talk:Mentor Marcus';
      await wiki.as('admin').post({ action: 'delete', title: talk });
      assert.equal(await wiki.read(talk), null);
      const asked = await client.ask(TEXT);
      assert.equal(countIn(await wiki.read(talk), TEXT), 1);
      assert.equal(asked.recipient, 'Mentor Marcus');
    });

    it('store a question twice if another user edits the page in between, and return both links', async () => {
      const wiki = getWiki();
      const { client } = await signIn(wiki, 'n_ana', {
        intercept: repeating(async ({ action }) => {
          if (action === 'edit')
            await wiki.edit(TALK, `${(await wiki.read(TALK)) ?? ''}\n\n== Other ==\nHello ~~~~`, 'm_fatima');
        }),
      });
      const asked = await client.ask(TEXT);
      assert.equal(countIn(await wiki.read(TALK), TEXT), 2);
      const html = await (await fetch(asked.url ?? '')).text();
      for (const url of [asked.url, asked.duplicateUrl])
        assert.ok(
          html.includes(`id="${decodeURIComponent(new URL(url ?? '').hash.slice(1))}"`),
          url ?? 'no URL',
        );
    });

    it('have the same effect on options and on the list of mentors', async () => {
      const wiki = getWiki();
      const { client } = await signIn(wiki, 'n_ana', { intercept: repeating() });
      assert.equal((await client.leave()).viewer?.status, 'opted-out');
      assert.equal((await client.join()).viewer?.status, 'explicit');
      assert.equal((await client.chooseMentor('Mentor Marcus')).mentor?.name, 'Mentor Marcus');
      const hal = await signIn(wiki, 'e_hal', { intercept: repeating() });
      assert.equal((await hal.client.enroll({ introduction: 'Hi!' })).viewer?.isMentor, true);
      const mentors = await (await signIn(wiki, 'n_ana')).client.getMentors();
      assert.equal(mentors.filter(({ name }) => name === 'Experienced Hal').length, 1);
    });
  });
