// Runs actions on the snapshot of an earlier page, after another device has changed the wiki.
import assert from 'node:assert/strict';
import test from 'node:test';
import { FakeMediaWiki, type PersonaId } from './fake-mediawiki/index.ts';
import { autoSource, parseSnapshot, type Snapshot } from '../src/sdk/index.ts';
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

type Software = NonNullable<Earlier['software']>;
const SOFTWARE: readonly Software[] = ['growth-1.43', 'core-1.39'];

/** Each action that writes. */
const ACTIONS = {
  ask: (client) => client.ask(QUESTION),
  leave: (client) => client.leave(),
  undoLeave: (client) => client.undoLeave({ mentor: 'Mentor Fatima' }),
  join: (client) => client.join(),
  chooseMentor: (client) => client.chooseMentor('Mentor Olga'),
  enroll: (client) => client.enroll({ introduction: 'I like stubs.' }),
  snoozeInvite: (client) => client.snoozeInvite(),
  declineInvite: (client) => client.declineInvite(),
  restoreInvite: (client) => client.restoreInvite(),
  pause: (client) => client.pause({ until: '2027-01-31T00:00:00Z' }),
  resume: (client) => client.resume(),
  resign: (client) => client.resign(),
} satisfies Record<string, (client: Client) => Promise<unknown>>;
type Action = keyof typeof ACTIONS;

/** Actions on the mentor dashboard of GrowthExperiments. */
const isUnsupported = (action: Action, software: Software) =>
  software === 'growth-1.43' && /^(?:pause|resume|resign)$/.test(action);

for (const software of SOFTWARE)
  for (const [name, run] of Object.entries(ACTIONS) as [Action, (client: Client) => Promise<unknown>][])
    test(`${name} writes nothing for another account that has signed in since (${software})`, async () => {
      const wiki = new FakeMediaWiki({ software });
      const client = createWikiClient(wiki, 'n_ana', { source: autoSource });
      const kim = { name: 'Questioner Kim', id: 19 };
      client.set(parseSnapshot({ viewer: kim, mentor: { name: 'Mentor Fatima' } }));
      const { code } = await rejection(run(client));
      assert.equal(code, isUnsupported(name, software) ? 'unsupported' : 'session');
      assert.deepEqual(postsTo(wiki), []);
    });

/** Actions after the same or another change on another device, and what is true afterwards. */
const LATER: {
  name: string;
  action: Action;
  viewer: PersonaId;
  software?: Software;
  prepare?: (wiki: FakeMediaWiki) => void;
  change: (wiki: FakeMediaWiki) => void;
  /** Code of the error; missing: the action succeeds. */
  error?: string;
  expected: (snapshot: Snapshot) => unknown;
  /** Number of writes to the wiki. */
  writes?: number;
}[] = [
  {
    name: 'leave, after leaving',
    action: 'leave',
    viewer: 'q_kim',
    change: (wiki) => wiki.setUser('q_kim', { status: 'optout' }),
    expected: ({ viewer, mentor }) => viewer?.status === 'opted-out' && mentor === null,
  },
  {
    name: 'leave, after a change of mentors',
    action: 'leave',
    viewer: 'q_kim',
    change: (wiki) => wiki.setMentor('q_kim', 'Mentor Olga'),
    expected: ({ viewer, mentor }) => viewer?.status === 'opted-out' && mentor === null,
  },
  {
    name: 'join, after a mentor was assigned: keeps that one',
    action: 'join',
    viewer: 'n_eli',
    change: (wiki) => wiki.setMentor('n_eli', 'Mentor Olga'),
    expected: ({ viewer, mentor }) => viewer?.status === 'explicit' && mentor?.name === 'Mentor Olga',
  },
  {
    name: 'join, after the mentor was chosen: keeps that one',
    action: 'join',
    viewer: 'n_ana',
    software: 'core-1.39',
    change: (wiki) => wiki.setMentor('n_ana', 'Mentor Olga'),
    expected: ({ viewer, mentor }) => viewer?.status === 'explicit' && mentor?.name === 'Mentor Olga',
  },
  ...SOFTWARE.map((software) => ({
    name: 'join, after the last mentor has left',
    action: 'join' as const,
    viewer: 'n_eli' as const,
    software,
    change: (wiki: FakeMediaWiki) => wiki.setMentors([]),
    error: 'no-mentor',
    expected: ({ viewer, mentor }: Snapshot) => viewer?.status !== 'explicit' && mentor === null,
  })),
  {
    name: 'undoLeave, after the former mentor has left: keeps the one whom the wiki assigns',
    action: 'undoLeave',
    viewer: 'q_kim',
    prepare: (wiki) => wiki.setUser('q_kim', { status: 'optout' }),
    change: (wiki) => wiki.setMentors([{ name: 'Mentor Marcus' }]),
    expected: ({ viewer, mentor }) => viewer?.status !== 'opted-out' && mentor?.name === 'Mentor Marcus',
  },
  {
    name: 'chooseMentor, of one who has left the list',
    action: 'chooseMentor',
    viewer: 'n_ana',
    software: 'core-1.39',
    change: (wiki) => wiki.setMentors([{ name: 'Mentor Marcus' }]),
    error: 'denied',
    expected: ({ mentor }) => mentor?.name === 'Mentor Fatima',
    writes: 0,
  },
  {
    name: 'chooseMentor, after choosing the same',
    action: 'chooseMentor',
    viewer: 'q_kim',
    change: (wiki) => wiki.setMentor('q_kim', 'Mentor Olga'),
    expected: ({ mentor }) => mentor?.name === 'Mentor Olga',
  },
  {
    name: 'enroll, without the right any more',
    action: 'enroll',
    viewer: 'e_hal',
    change: (wiki) => wiki.setUser('e_hal', { editCount: 3, registered: '2026-11-20T00:00:00Z', groups: [] }),
    error: 'denied',
    expected: ({ viewer }) => viewer?.isMentor === false,
  },
  {
    name: 'enroll, while blocked',
    action: 'enroll',
    viewer: 'e_hal',
    change: (wiki) => wiki.setUser('e_hal', { block: {} }),
    error: 'blocked',
    expected: ({ viewer }) => viewer?.isMentor === false,
  },
  ...(['snoozeInvite', 'declineInvite'] as const).map((action) => ({
    name: `${action}, after becoming a mentor: stays one`,
    action,
    viewer: 'e_hal' as const,
    change: (wiki: FakeMediaWiki) =>
      wiki.setMentors([{ name: 'Mentor Olga' }, { name: 'Experienced Hal', message: 'Hello' }]),
    expected: ({ viewer }: Snapshot) => viewer?.isMentor === true,
  })),
  {
    name: 'restoreInvite, after restoring',
    action: 'restoreInvite',
    viewer: 'e_hal',
    prepare: (wiki) =>
      wiki.setUser('e_hal', { options: { 'userjs-mentorship-module-invite': '2026-11-01' } }),
    change: (wiki) => wiki.setUser('e_hal', { options: { 'userjs-mentorship-module-invite': null } }),
    expected: ({ viewer }) => viewer?.inviteDeclined === false,
  },
  ...(['pause', 'resume', 'resign'] as const).map((action) => ({
    name: `${action}, after leaving the list of mentors`,
    action,
    viewer: 'm_olga' as const,
    software: 'core-1.39' as const,
    change: (wiki: FakeMediaWiki) => wiki.setMentors([{ name: 'Mentor Marcus' }]),
    ...(action === 'pause' && { error: 'denied' }),
    expected: ({ viewer }: Snapshot) => viewer?.isMentor === false,
  })),
];

for (const later of LATER) {
  const { name, action, viewer, software = 'growth-1.43', error, expected, writes } = later;
  test(`${name} (${software})`, async () => {
    const { wiki, client } = await laterPage(later.change, { ...later, software });
    const run: (client: Client) => Promise<unknown> = ACTIONS[action];
    if (error === undefined) await run(client);
    else assert.equal((await rejection(run(client))).code, error);
    // The wiki knows the truth, and the card shows it.
    const truth = await createWikiClient(wiki, viewer, { source: autoSource }).load();
    assert.ok(expected(truth), JSON.stringify(truth));
    assert.ok(expected(await client.load()), 'the snapshot of the card');
    if (writes !== undefined) assert.equal(postsTo(wiki).length, writes);
  });
}
