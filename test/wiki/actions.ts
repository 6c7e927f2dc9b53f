import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decide, type Snapshot } from '../../src/sdk/index.ts';
import { signIn, rejection } from './signed-in-client.ts';
import type { Wiki } from './start-wiki.ts';

const PREFIX = 'userjs-mentorship-';
const FATIMA = 'Mentor Fatima';
const MARCUS = 'Mentor Marcus';
const SALEM = 'مرشد سالم';

const kindOf = (snapshot: Snapshot) => decide(snapshot, new Date()).variant;

/** Returns the stored mentorship options except questions. */
async function chosen(wiki: Wiki, user: string) {
  const options = Object.entries(await wiki.optionsOf(user));
  return Object.fromEntries(
    options
      .filter(
        ([name, value]) => name.startsWith(PREFIX) && value !== undefined && !name.endsWith('questions'),
      )
      .map(([name, value]) => [name.slice(PREFIX.length).replace('module-', ''), value]),
  );
}

export const actionTests = (getWiki: () => Wiki) =>
  describe('actions', () => {
    it('leaving, and undoing it', async () => {
      const wiki = getWiki();
      const { client } = await signIn(wiki, 'n_ana');
      const before = await chosen(wiki, 'n_ana');
      const left = await client.leave({ reason: 'busy' });
      assert.deepEqual([left.viewer?.status, kindOf(left)], ['opted-out', 'opt-in']);
      assert.deepEqual(await chosen(wiki, 'n_ana'), { status: 'opted-out' });
      const back = await client.undoLeave({ mentor: FATIMA });
      assert.deepEqual([back.mentor?.name, kindOf(back)], [FATIMA, 'mentored']);
      assert.deepEqual(await chosen(wiki, 'n_ana'), before);
    });

    it('a write before the first load does not restrict the actions', async () => {
      const wiki = getWiki();
      const { client } = await signIn(wiki, 'q_kim');
      assert.equal((await client.refreshQuestions()).questions.length, 3);
      const ana = await signIn(wiki, 'n_ana');
      assert.equal((await ana.client.getMentors()).length, 3);
      await ana.client.leave();
      assert.equal((await chosen(wiki, 'n_ana'))['status'], 'opted-out');
    });

    it('joining opts in explicitly, with a mentor who takes mentees', async () => {
      const wiki = getWiki();
      const { client } = await signIn(wiki, 'n_eli');
      const joined = await client.join();
      assert.equal(kindOf(joined), 'mentored');
      assert.equal(joined.viewer?.status, 'explicit');
      const { mentor = '', status } = await chosen(wiki, 'n_eli');
      assert.deepEqual([mentor, status], [joined.mentor?.name, undefined]);
      assert.ok([FATIMA, MARCUS, SALEM].includes(mentor));
    });

    it('choosing another mentor', async () => {
      const wiki = getWiki();
      const { client } = await signIn(wiki, 'n_ana');
      await client.load();
      const listed = await client.getMentors();
      assert.deepEqual(listed.map(({ name }) => name).sort(), [FATIMA, MARCUS, SALEM].sort());
      const profiles = await client.getProfiles(listed.map(({ name }) => name));
      assert.equal(profiles.find(({ name }) => name === MARCUS)?.editCount, 60500);
      assert.equal((await client.chooseMentor(MARCUS)).mentor?.name, MARCUS);
      assert.equal((await chosen(wiki, 'n_ana'))['mentor'], MARCUS);
      assert.equal((await rejection(client.chooseMentor('Mentor Nina'))).code, 'denied');
      assert.equal((await rejection(client.chooseMentor('Mentor Olga'))).code, 'denied');
      assert.equal((await chosen(wiki, 'n_ana'))['mentor'], MARCUS);
    });

    it('“not now” is stored on the wiki and can be undone', async () => {
      const wiki = getWiki();
      const { client } = await signIn(wiki, 'e_hal');
      assert.equal(kindOf(await client.declineInvite()), 'mentored');
      const elsewhere = await signIn(wiki, 'e_hal');
      assert.equal((await elsewhere.client.load()).viewer?.inviteDeclined, true);
      assert.equal(kindOf(await client.restoreInvite()), 'invite');
      assert.equal((await (await signIn(wiki, 'e_hal')).client.load()).viewer?.inviteDeclined, false);
    });

    it('never draws a mentor who is away, blocked or takes no mentees, nor the viewer', async () => {
      const wiki = getWiki();
      await wiki.block('m_marcus');
      const drawn = new Set<string>();
      let chance = 0;
      const gus = await signIn(wiki, 'e_gus', { random: () => chance });
      for (let draw = 0; draw < 20; draw += 1) {
        chance = draw / 20;
        drawn.add((await gus.client.join()).mentor?.name ?? '');
        await wiki.setOptions('e_gus', { [`${PREFIX}mentor`]: null });
      }
      assert.deepEqual([...drawn].sort(), [FATIMA, SALEM].sort());
      const fatima = await signIn(wiki, 'm_fatima', { random: () => 0 });
      await fatima.client.join();
      assert.equal((await chosen(wiki, 'm_fatima'))['mentor'], SALEM);
    });

    it('reports that no mentor is available', async () => {
      const wiki = getWiki();
      for (const mentor of ['m_fatima', 'm_marcus', 'm_salem']) await wiki.block(mentor);
      const { client } = await signIn(wiki, 'e_gus');
      assert.equal((await rejection(client.join())).code, 'no-mentor');
      assert.deepEqual(await chosen(wiki, 'e_gus'), {});
    });

    it('read-only: changes nothing and returns the wiki’s message', async () => {
      const wiki = getWiki();
      const { client } = await signIn(wiki, 'n_ana');
      await client.load();
      const before = await chosen(wiki, 'n_ana');
      wiki.setReadOnly('We are moving house.');
      for (const doing of [
        () => client.leave(),
        () => client.chooseMentor(MARCUS),
        () => client.declineInvite(),
        () => client.enroll({ introduction: '' }),
      ]) {
        const { code, wikiMessage } = await rejection(doing());
        assert.equal(code, 'read-only');
        assert.match(wikiMessage ?? '', /We are moving house\./);
      }
      wiki.setReadOnly(null);
      assert.deepEqual(await chosen(wiki, 'n_ana'), before);
    });

    it('checks the state on the wiki after a lost response', async () => {
      const wiki = getWiki();
      let lost = 0;
      const { client } = await signIn(wiki, 'n_ana', {
        intercept: async ({ method }, send) => {
          const response = await send();
          if (method !== 'POST') return response;
          lost += 1;
          throw new TypeError('connection reset');
        },
      });
      assert.equal(kindOf(await client.leave()), 'opt-in');
      assert.equal(lost, 1);
      assert.equal((await chosen(wiki, 'n_ana'))['status'], 'opted-out');
    });
  });
