import assert from 'node:assert/strict';
import test from 'node:test';
import { type Fault, FakeMediaWiki, type PersonaId } from './fake-mediawiki/index.ts';
import { type Client, decide, type Snapshot } from '../src/sdk/index.js';
import { growthActions } from '../src/sdk/growth/actions.ts';
import { createWikiClient, rejection, NOW, postsTo, distinctParams } from './fake-wiki-client.ts';
import { neverAborted } from './recorded-writes.ts';

const kindOf = (snapshot: Snapshot) => decide(snapshot, NOW).variant;
const sent = (wiki: FakeMediaWiki) => postsTo(wiki).map(({ params }) => distinctParams(params));
const optionsOf = (wiki: FakeMediaWiki, viewer: PersonaId) => {
  const { options } = wiki.pageVariables(viewer, 'article');
  return (name: string) => options.get(`userjs-mentorship-module-${name}`);
};

const EXPLICIT = { action: 'options', change: '\u001Fuserjs-mentorship-module-explicit=1' };

test('undoing leave restores the mentor even if the wiki has drawn another one', async () => {
  const wiki = new FakeMediaWiki({ draw: () => 'Mentor Marcus' });
  const client = createWikiClient(wiki, 'n_ana');
  const left = await client.leave({ reason: 'busy' });
  assert.deepEqual([left.viewer?.status, left.mentor, kindOf(left)], ['opted-out', null, 'opt-in']);
  const back = await client.undoLeave({ mentor: 'Mentor Fatima' });
  assert.deepEqual(
    [back.viewer?.status, back.mentor?.name, kindOf(back)],
    ['enabled', 'Mentor Fatima', 'mentored'],
  );
  assert.deepEqual(sent(wiki), [
    { action: 'growthsetmenteestatus', state: 'optout' },
    { action: 'growthsetmenteestatus', state: 'enabled' },
    { action: 'growthsetmentor', mentee: 'Newcomer Ana', mentor: 'Mentor Fatima' },
  ]);
});

test('undoing leave writes nothing more if the wiki has drawn the former mentor', async () => {
  const wiki = new FakeMediaWiki({ draw: () => 'Mentor Fatima' });
  const client = createWikiClient(wiki, 'n_ana');
  await client.leave();
  await client.undoLeave({ mentor: 'Mentor Fatima' });
  assert.equal(postsTo(wiki).length, 2);
});

test('undoing leave keeps the drawn mentor if the former one has left the list', async () => {
  const wiki = new FakeMediaWiki();
  const client = createWikiClient(wiki, 'n_ana');
  await client.leave();
  wiki.setMentors([{ name: 'Mentor Marcus' }]);
  assert.equal((await client.undoLeave({ mentor: 'Mentor Fatima' })).mentor?.name, 'Mentor Marcus');
});

test('a viewer who has opted out can choose a mentor', async () => {
  for (const viewer of ['n_eli', 'n_flo'] as const) {
    // The wiki draws another mentor first.
    const wiki = new FakeMediaWiki({ draw: () => 'Mentor Fatima' });
    const client = createWikiClient(wiki, viewer);
    const chosen = await client.chooseMentor('Mentor Olga');
    assert.deepEqual([chosen.viewer?.status, chosen.mentor?.name], ['explicit', 'Mentor Olga']);
    const name = String(chosen.viewer?.name);
    assert.deepEqual(sent(wiki), [
      { action: 'growthsetmenteestatus', state: 'enabled' },
      { action: 'growthsetmentor', mentee: name, mentor: 'Mentor Olga' },
      EXPLICIT,
    ]);
  }
});

test('leaving succeeds if the viewer has already left elsewhere', async () => {
  const wiki = new FakeMediaWiki();
  const client = createWikiClient(wiki, 'n_ana');
  await client.load();
  wiki.setUser('n_ana', { status: 'optout' });
  assert.equal((await client.leave()).viewer?.status, 'opted-out');
  assert.equal(postsTo(wiki).length, 1);
});

test('joining opts in explicitly, and the wiki draws the mentor', async () => {
  const wiki = new FakeMediaWiki({ draw: () => 'Mentor Marcus' });
  const joined = await createWikiClient(wiki, 'n_eli').join();
  assert.deepEqual([joined.viewer?.status, joined.mentor?.name], ['explicit', 'Mentor Marcus']);
  assert.deepEqual(sent(wiki), [{ action: 'growthsetmenteestatus', state: 'enabled' }, EXPLICIT]);
});

/** Joins with a fixed random number. */
async function join(wiki: FakeMediaWiki, viewer: PersonaId, chance: number) {
  const snapshot = await createWikiClient(wiki, viewer).load();
  const { api } = wiki;
  const actions = growthActions({ api, fetch: wiki.fetchAs(viewer), now: () => NOW, random: () => chance });
  await actions.join(snapshot, neverAborted());
  return (await createWikiClient(wiki, viewer).load()).mentor?.name;
}

test('draws a mentor by weight and assigns that one to an enabled viewer without a mentor', async () => {
  // Fatima has 4 of 10 shares, the others 2 each.
  const drawn: [string, number][] = [
    ['Mentor Fatima', 0],
    ['Mentor Fatima', 0.39],
    ['Mentor Marcus', 0.41],
    ['Mentor Marcus', 0.59],
    ['مرشد سالم', 0.61],
    ['Mentor Olga', 0.81],
    ['Mentor Olga', 0.999_999],
  ];
  for (const [name, chance] of drawn) {
    const wiki = new FakeMediaWiki();
    assert.equal(await join(wiki, 'e_gus', chance), name, String(chance));
    assert.deepEqual(sent(wiki), [
      { action: 'growthsetmentor', mentee: 'Editor Gus', mentor: name },
      EXPLICIT,
    ]);
  }
});

test('never draws mentors with weight 0, the viewer, or blocked users', async () => {
  for (const chance of [0, 0.5, 0.99]) {
    const wiki = new FakeMediaWiki();
    wiki.setMentors([
      { name: 'Mentor Nina', weight: 0 },
      { name: 'Editor Gus', weight: 4 },
      { name: 'Mentor Fatima' },
      { name: 'Mentor Marcus' },
    ]);
    wiki.setUser('Mentor Fatima', { block: {} });
    await join(wiki, 'e_gus', chance);
    const assigned = postsTo(wiki, 'growthsetmentor').map(({ params }) => params.mentor);
    assert.deepEqual(assigned, ['Mentor Marcus'], String(chance));
  }
});

test('reports that no mentor can be drawn, and updates the card', async () => {
  const wiki = new FakeMediaWiki();
  const client = createWikiClient(wiki, 'e_gus');
  await client.load();
  wiki.setMentors([{ name: 'Mentor Nina', weight: 0 }]);
  const error = await rejection(client.join());
  assert.deepEqual([error.code, error.outcomeUnknown], ['no-mentor', false]);
  assert.equal(postsTo(wiki, 'growthsetmentor').length, 0);
  assert.equal(kindOf(await client.load()), 'unavailable');
});

test('does not invite an experienced editor again who has asked for a mentor', async () => {
  const wiki = new FakeMediaWiki();
  const client = createWikiClient(wiki, 'e_hal');
  assert.equal(kindOf(await client.load()), 'invite');
  const joined = await client.join();
  assert.deepEqual([kindOf(joined), joined.mentor?.name], ['mentored', 'Mentor Nina']);
  assert.deepEqual(sent(wiki), [EXPLICIT]);
  await client.join();
  assert.equal(postsTo(wiki).length, 1, 'what is so already is not written');
});

test('choosing opts in explicitly with a reason, and succeeds for the same mentor again', async () => {
  const wiki = new FakeMediaWiki();
  const client = createWikiClient(wiki, 'n_ana');
  const chosen = await client.chooseMentor('Mentor Marcus', { reason: 'rivers' });
  assert.deepEqual([chosen.viewer?.status, chosen.mentor?.name], ['explicit', 'Mentor Marcus']);
  assert.equal((await client.chooseMentor('Mentor Marcus')).mentor?.name, 'Mentor Marcus');
  assert.deepEqual(sent(wiki), [
    { action: 'growthsetmentor', mentee: 'Newcomer Ana', mentor: 'Mentor Marcus', reason: 'rivers' },
    EXPLICIT,
    { action: 'growthsetmentor', mentee: 'Newcomer Ana', mentor: 'Mentor Marcus' },
  ]);
});

test('enrolling', async () => {
  const wiki = new FakeMediaWiki();
  const client = createWikiClient(wiki, 'e_hal');
  assert.equal(kindOf(await client.enroll({ introduction: 'Rivers & bridges' })), 'mentor');
  await client.enroll({ introduction: '' });
  assert.deepEqual(sent(wiki), [
    { action: 'growthmanagementorlist', geaction: 'add', weight: '2', message: 'Rivers & bridges' },
    { action: 'growthmanagementorlist', geaction: 'add', weight: '2' },
  ]);
  const [hal] = (await createWikiClient(wiki, 'n_ana').getMentors()).filter(
    ({ name }) => name === 'Experienced Hal',
  );
  assert.equal(hal?.intro, 'Rivers & bridges');
});

test('declining the invite, and restoring it', async () => {
  const wiki = new FakeMediaWiki();
  const client = createWikiClient(wiki, 'e_hal');
  assert.equal(kindOf(await client.declineInvite()), 'mentored');
  assert.equal(optionsOf(wiki, 'e_hal')('invite'), '2026-11-22');
  assert.equal(kindOf(await client.restoreInvite()), 'invite');
  assert.equal(optionsOf(wiki, 'e_hal')('invite'), null);
  assert.equal(kindOf(await client.snoozeInvite()), 'mentored');
  assert.equal(kindOf(await client.restoreInvite()), 'invite');
  assert.equal(optionsOf(wiki, 'e_hal')('invite-snoozed'), null);
});

const WRITES: [string, PersonaId, (client: Client) => Promise<Snapshot>, action: string][] = [
  ['leave', 'n_ana', (client) => client.leave(), 'growthsetmenteestatus'],
  ['join', 'n_eli', (client) => client.join(), 'growthsetmenteestatus'],
  ['join without a mentor', 'e_gus', (client) => client.join(), 'growthsetmentor'],
  ['choose', 'n_ana', (client) => client.chooseMentor('Mentor Marcus'), 'growthsetmentor'],
  ['enroll', 'e_hal', (client) => client.enroll({ introduction: '' }), 'growthmanagementorlist'],
  ['decline', 'e_hal', (client) => client.declineInvite(), 'options'],
];

const FAULTS: [Fault, stored: boolean][] = [
  [{ how: 'offline' }, false],
  [{ how: 'bad-gateway' }, false],
  [{ how: 'reset' }, true],
  [{ how: 'bad-gateway-after' }, true],
  [{ how: 'garbled-after' }, true],
];

for (const [name, viewer, act, action] of WRITES)
  for (const [fault, stored] of FAULTS)
    test(`${name}, ${fault.how}: ${stored ? 'finds the change on the wiki and succeeds' : 'finds no change and fails'}; sends once`, async () => {
      const wiki = new FakeMediaWiki();
      const client = createWikiClient(wiki, viewer);
      await client.load();
      wiki.disturb({ ...fault, match: (params) => params.action === action });
      if (stored) await act(client);
      else {
        const error = await rejection(act(client));
        assert.deepEqual([error.outcomeUnknown, error.retryable], [false, true]);
      }
      assert.ok(postsTo(wiki, action).length <= 1);
    });

for (const [name, viewer, act] of [
  ['join', 'n_eli', (client: Client) => client.join()],
  ['choose', 'n_ana', (client: Client) => client.chooseMentor('Mentor Marcus')],
] as const) {
  test(`${name}: sets no option if the mentor was not set`, async () => {
    const wiki = new FakeMediaWiki();
    const isSent = ({ action = '' }) => action === 'growthsetmentor' || action === 'growthsetmenteestatus';
    wiki.disturb({ how: 'offline', match: isSent });
    await rejection(act(createWikiClient(wiki, viewer)));
    assert.equal(optionsOf(wiki, viewer)('explicit'), null);
  });

  test(`${name}: does not call the change a failure if only the option could not be set`, async () => {
    const wiki = new FakeMediaWiki();
    wiki.limitRate({ action: 'options' });
    const error = await rejection(act(createWikiClient(wiki, viewer)));
    assert.deepEqual([error.code, error.outcomeUnknown], ['rate-limited', true]);
    assert.notEqual((await createWikiClient(wiki, viewer).load()).mentor, null);
  });
}

test('if the second write is refused, the snapshot has what the first one stored', async () => {
  for (const write of [
    (client: Client) => client.chooseMentor('Mentor Olga'),
    (client: Client) => client.undoLeave({ mentor: 'Mentor Olga' }),
  ]) {
    const wiki = new FakeMediaWiki({ draw: () => 'Mentor Marcus' });
    const client = createWikiClient(wiki, 'n_eli');
    assert.equal((await client.load()).viewer?.status, 'opted-out');
    wiki.limitRate({ action: 'growthsetmentor' });
    const error = await rejection(write(client));
    assert.deepEqual([error.code, error.outcomeUnknown], ['rate-limited', false]);
    const { viewer, mentor } = await client.load();
    assert.deepEqual([viewer?.status, mentor?.name], ['enabled', 'Mentor Marcus']);
  }
});

test('a request that is lost after the first write is verified, and the action completed or reported', async () => {
  const lost = (wiki: FakeMediaWiki) =>
    wiki.disturb({ how: 'offline', match: ({ action }) => action === 'expandtemplates', times: 3 });

  const joining = new FakeMediaWiki({ draw: () => 'Mentor Marcus' });
  const joiner = createWikiClient(joining, 'n_eli');
  await joiner.load();
  lost(joining);
  const joined = await joiner.join();
  assert.deepEqual([joined.viewer?.status, joined.mentor?.name], ['explicit', 'Mentor Marcus']);

  const undoing = new FakeMediaWiki({ draw: () => 'Mentor Marcus' });
  const undoer = createWikiClient(undoing, 'n_eli');
  await undoer.load();
  lost(undoing);
  const { code, outcomeUnknown } = await rejection(undoer.undoLeave({ mentor: 'Mentor Olga' }));
  assert.deepEqual([code, outcomeUnknown], ['network', false]);
  assert.equal((await undoer.load()).mentor?.name, 'Mentor Marcus');
});
