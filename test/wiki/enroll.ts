import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fieldsOf, signIn, rejection } from './signed-in-client.ts';
import { changeSettings, MENTORS, mentorsOf, type Wiki } from './start-wiki.ts';

const WORDS = 'Hi ~~~~ {{x}} [[y]] <b> "q" \\ 🏘️';

const names = (list: Awaited<ReturnType<typeof mentorsOf>>) =>
  Object.values(list).map(({ username }) => username);

export const enrollTests = (getWiki: () => Wiki) =>
  describe('enrolling', () => {
    it('adds an entry with the exact introduction and keeps the others', async () => {
      const wiki = getWiki();
      const before = await mentorsOf(wiki);
      const { client } = await signIn(wiki, 'e_hal');
      assert.equal((await client.enroll({ introduction: WORDS })).viewer?.isMentor, true);
      const { [String((await client.load()).viewer?.id)]: own, ...others } = await mentorsOf(wiki);
      assert.deepEqual(own, { message: WORDS, weight: 2, username: 'Experienced Hal' });
      assert.deepEqual(others, before);
      const [newest] = await wiki.revisions(MENTORS);
      assert.deepEqual([newest?.user, newest?.comment], ['Experienced Hal', '#mentorship-enrol']);
      await client.enroll({ introduction: 'again' });
      assert.equal((await wiki.revisions(MENTORS))[0]?.revid, newest?.revid);
    });

    for (let round = 1; round <= 5; round += 1)
      it(`keeps both of two concurrent entries (${round})`, async () => {
        const wiki = getWiki();
        const before = await mentorsOf(wiki);
        const [hal, gus] = [await signIn(wiki, 'e_hal'), await signIn(wiki, 'e_gus')];
        await Promise.all([hal.client.load(), gus.client.load()]);
        const both = [hal.client.enroll({ introduction: WORDS }), gus.client.enroll({ introduction: '' })];
        for (const { viewer } of await Promise.all(both)) assert.equal(viewer?.isMentor, true);
        const list = await mentorsOf(wiki);
        for (const [id, entry] of Object.entries(before)) assert.deepEqual(list[id], entry);
        const added = names(list).filter((name) => !names(before).includes(name));
        assert.deepEqual(added.sort(), ['Editor Gus', 'Experienced Hal']);
      });

    it('keeps an edit that is made between reading and saving', async () => {
      const wiki = getWiki();
      let interferences = 0;
      const { client } = await signIn(wiki, 'e_hal', {
        intercept: async (request, send) => {
          if ((await fieldsOf(request))['action'] === 'edit' && interferences < 2) {
            interferences += 1;
            const list = await mentorsOf(wiki);
            const added = {
              ...list,
              [`99${interferences}`]: { username: `By hand ${interferences}`, message: null, weight: 1 },
            };
            await wiki.edit(MENTORS, JSON.stringify({ Mentors: added }, null, '\t'));
          }
          return send();
        },
      });
      await client.enroll({ introduction: WORDS });
      assert.equal(interferences, 2);
      const list = names(await mentorsOf(wiki));
      for (const name of ['By hand 1', 'By hand 2', 'Experienced Hal', 'Mentor Fatima'])
        assert.ok(list.includes(name), name);
    });

    it('keeps a protected page and returns the wiki’s message', async () => {
      const wiki = getWiki();
      await wiki
        .as('admin')
        .post({ action: 'protect', title: MENTORS, protections: 'edit=sysop', expiry: 'never' });
      const before = await wiki.read(MENTORS);
      const { client } = await signIn(wiki, 'e_hal');
      const { code, wikiMessage, outcomeUnknown } = await rejection(client.enroll({ introduction: '' }));
      assert.ok(['denied', 'refused'].includes(code), code);
      assert.match(wikiMessage ?? '', /protected/);
      assert.equal(outcomeUnknown, false);
      assert.equal(await wiki.read(MENTORS), before);
      assert.equal((await client.refresh()).viewer?.isMentor, false);
    });

    it('does not overwrite an invalid list', async () => {
      const wiki = getWiki();
      for (const text of ['["nobody"]', '{"Mentors": "none"}', '7']) {
        await wiki.edit(MENTORS, text);
        const before = await wiki.read(MENTORS);
        const { client } = await signIn(wiki, 'e_hal');
        const { code, message } = await rejection(client.enroll({ introduction: '' }));
        assert.equal(code, 'bad-data');
        assert.match(message, /Mentors\.json/);
        assert.equal(await wiki.read(MENTORS), before);
      }
    });

    it('creates a missing list, also as wikitext and with concurrent entries', async () => {
      const wiki = getWiki();
      for (const title of ['Project:Guides.json', 'Project:Guides']) {
        await wiki.reset();
        await changeSettings(wiki, { mentorsPage: title });
        const [hal, gus] = [await signIn(wiki, 'e_hal'), await signIn(wiki, 'e_gus')];
        await Promise.all([hal.client.load(), gus.client.load()]);
        await Promise.all([
          hal.client.enroll({ introduction: WORDS }),
          gus.client.enroll({ introduction: '' }),
        ]);
        const list = Object.values(await mentorsOf(wiki, title));
        assert.deepEqual(list.map(({ username }) => username).sort(), ['Editor Gus', 'Experienced Hal']);
        assert.ok(list.some(({ message }) => message === WORDS));
      }
    });

    it('a user who was blocked meanwhile cannot enroll', async () => {
      const wiki = getWiki();
      const { client } = await signIn(wiki, 'e_hal');
      await client.load();
      await wiki.block('e_hal');
      assert.equal((await rejection(client.enroll({ introduction: '' }))).code, 'blocked');
      assert.ok(!names(await mentorsOf(wiki)).includes('Experienced Hal'));
    });
  });
