// Runs actions on the snapshot of an earlier page, after another device has changed the wiki.
import assert from 'node:assert/strict';
import test from 'node:test';
import { FakeMediaWiki, type PersonaId } from './fake-mediawiki/index.ts';
import { autoSource, parseSnapshot } from '../src/sdk/index.ts';
import type { Client } from '../src/sdk/client.ts';
import { createWikiClient, postsTo, rejection } from './fake-wiki-client.ts';

const QUESTION = 'What is a stub?';

interface Earlier {
  viewer?: PersonaId;
  software?: 'growth-1.43' | 'core-1.39';
  prepare?: (wiki: FakeMediaWiki) => void;
}

/** Returns a client that begins with the snapshot which an earlier client has loaded, as the browser keeps it. */
async function laterPage(
  change: (wiki: FakeMediaWiki) => void,
  { viewer = 'q_kim', software = 'growth-1.43', prepare = () => {} }: Earlier = {},
): Promise<{ wiki: FakeMediaWiki; client: Client }> {
  const wiki = new FakeMediaWiki({ software });
  prepare(wiki);
  const options = { source: autoSource };
  const kept = JSON.stringify(await createWikiClient(wiki, viewer, options).load());
  change(wiki);
  const client = createWikiClient(wiki, viewer, options);
  client.set(parseSnapshot(JSON.parse(kept)));
  return { wiki, client };
}

test('a question goes to the mentor whom the viewer has now, whose name the dialog and the result have', async () => {
  const { wiki, client } = await laterPage((changed) => changed.setMentor('q_kim', 'Mentor Marcus'));
  const terms = await client.prepareQuestion();
  assert.equal(terms.mentor, 'Mentor Marcus');
  assert.equal((await client.load()).mentor?.name, 'Mentor Marcus');
  assert.equal((await client.ask(QUESTION)).recipient, 'Mentor Marcus');
  assert.equal(wiki.questionsOf('q_kim').at(-1)?.page, 'User talk:Mentor Marcus');
});

test('a viewer who has left on another device asks nobody, and the card says so', async () => {
  const { wiki, client } = await laterPage((changed) => changed.setUser('q_kim', { status: 'optout' }));
  const before = wiki.questionsOf('q_kim').length;
  assert.equal((await rejection(client.ask(QUESTION))).code, 'no-mentor');
  assert.equal(wiki.questionsOf('q_kim').length, before);
  assert.equal((await client.load()).viewer?.status, 'opted-out');
});

for (const software of ['growth-1.43', 'core-1.39'] as const)
  test(`a viewer who has been blocked changes nothing (${software})`, async () => {
    const viewer = software === 'core-1.39' ? 'n_ana' : 'q_kim';
    const { wiki, client } = await laterPage((changed) => changed.setUser(viewer, { block: {} }), {
      viewer,
      software,
      prepare: (earlier) => {
        if (software === 'core-1.39') earlier.setMentor(viewer, 'Mentor Olga');
      },
    });
    const before = wiki.questionsOf(viewer).length;
    assert.equal((await rejection(client.ask(QUESTION))).code, 'blocked');
    assert.equal(wiki.questionsOf(viewer).length, before);
  });

test('a viewer who became a mentor on another device is not added twice', async () => {
  const { wiki, client } = await laterPage(
    (changed) =>
      changed.setMentors([{ name: 'Mentor Olga' }, { name: 'Experienced Hal', message: 'My own words' }]),
    { viewer: 'e_hal' },
  );
  const snapshot = await client.enroll({ introduction: 'Other words' });
  assert.equal(snapshot.viewer?.isMentor, true);
  assert.equal(postsTo(wiki, 'growthmanagementorlist').length, 1);
});

test('a mentor who has left the list cannot be chosen, and the card keeps the current one', async () => {
  const { client } = await laterPage((changed) => changed.setMentors([{ name: 'Mentor Olga' }]));
  assert.equal((await rejection(client.chooseMentor('Mentor Marcus'))).code, 'denied');
  assert.equal((await client.load()).mentor?.name, 'Mentor Fatima');
});

test('nothing is written for another account', async () => {
  const { wiki } = await laterPage(() => {});
  const client = createWikiClient(wiki, 'n_ana', { source: autoSource });
  client.set(
    parseSnapshot({ viewer: { name: 'Questioner Kim', id: 19 }, mentor: { name: 'Mentor Fatima' } }),
  );
  for (const action of [() => client.ask(QUESTION), () => client.leave(), () => client.declineInvite()])
    assert.equal((await rejection(action())).code, 'session');
  assert.deepEqual(postsTo(wiki), []);
});
