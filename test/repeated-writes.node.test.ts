import assert from 'node:assert/strict';
import test from 'node:test';
import { FakeMediaWiki, type PersonaId } from './fake-mediawiki/index.ts';
import { autoSource, type Client } from '../src/sdk/index.js';
import { createWikiClient, pageText, postsTo } from './fake-wiki-client.ts';

// A browser repeats a POST request by itself if its connection is interrupted before the response. The page sees only
// the second response.

const TEXT = 'May I ask this once?';
const SOFTWARE = ['core-1.39', 'growth-1.43'] as const;

interface Repeating {
  viewer?: PersonaId;
  /** Called between the two deliveries of a request. */
  between?: (params: URLSearchParams) => void | Promise<void>;
}

/** Returns a client whose POST requests are all delivered twice. */
function repeatingClient(wiki: FakeMediaWiki, { viewer = 'n_ana', between }: Repeating = {}): Client {
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const send = wiki.fetchAs(viewer);
    if (request.method === 'POST') {
      const body = await request.clone().text();
      await send(request.clone());
      await between?.(new URLSearchParams(body));
    }
    return send(request);
  };
  return createWikiClient(wiki, viewer, { fetch, source: autoSource });
}

const stored = (wiki: FakeMediaWiki, text = TEXT) =>
  wiki.questionsOf('n_ana').filter((question) => question.text === text).length;

const isSearch = ({ list }: Readonly<Record<string, string>>) => list === 'usercontribs';
const isEdit = (params: URLSearchParams) => params.get('action') === 'edit';

test('core-1.39: stores a repeated question once', async () => {
  const wiki = new FakeMediaWiki({ software: 'core-1.39' });
  const asked = await repeatingClient(wiki).ask(TEXT);
  assert.equal(stored(wiki), 1);
  assert.equal(asked.duplicateUrl, null);
  assert.equal(asked.recipient, 'Mentor Fatima');
  assert.equal(asked.revision, wiki.questionsOf('n_ana').find(({ text }) => text === TEXT)?.revision);
  assert.equal(asked.snapshot.questions[0]?.text, TEXT);
});

test('core-1.39: stores a repeated question once on a talk page that did not exist', async () => {
  const wiki = new FakeMediaWiki({ software: 'core-1.39' });
  wiki.setPage('User talk:Mentor Fatima', null);
  const asked = await repeatingClient(wiki).ask(TEXT);
  assert.deepEqual([stored(wiki), asked.duplicateUrl], [1, null]);
});

test('core-1.39: asks again if another user has created the talk page in the meantime', async () => {
  const wiki = new FakeMediaWiki({ software: 'core-1.39' });
  wiki.setPage('User talk:Mentor Fatima', null);
  let creations = 0;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const body = request.method === 'POST' ? new URLSearchParams(await request.clone().text()) : null;
    if (body && isEdit(body) && creations++ === 0) wiki.setPage('User talk:Mentor Fatima', 'Welcome!');
    return wiki.fetchAs('n_ana')(request);
  };
  const asked = await createWikiClient(wiki, 'n_ana', { fetch, source: autoSource }).ask(TEXT);
  assert.deepEqual([stored(wiki), asked.duplicateUrl], [1, null]);
  assert.match(await pageText(wiki, 'User talk:Mentor Fatima'), /^Welcome!/);
});

test('core-1.39: returns both links if an edit between the two requests hides the repetition', async () => {
  const wiki = new FakeMediaWiki({ software: 'core-1.39' });
  const client = repeatingClient(wiki, {
    between: async (params) => {
      if (!isEdit(params)) return;
      const text = await pageText(wiki, 'User talk:Mentor Fatima');
      wiki.setPage('User talk:Mentor Fatima', `${text}\n\n== Other ==\n\nHello`);
    },
  });
  const asked = await client.ask(TEXT);
  assert.equal(stored(wiki), 2);
  assert.equal(asked.duplicateUrl, `${asked.url}_2`);
});

test('core-1.39: leaves the outcome unknown if the search after a conflict fails', async () => {
  const wiki = new FakeMediaWiki({ software: 'core-1.39' });
  let mark = '';
  let reconnect = () => {};
  const client = repeatingClient(wiki, {
    between: (params) => {
      if (isEdit(params)) reconnect = wiki.disturb({ how: 'offline', match: isSearch, times: 9 });
    },
  });
  await assert.rejects(client.ask(TEXT, { onBeforeSend: (checkpoint) => (mark = checkpoint) }), {
    outcomeUnknown: true,
  });
  reconnect();
  const found = await createWikiClient(wiki, 'n_ana', { source: autoSource }).findQuestion(TEXT, {
    checkpoint: mark,
  });
  assert.notEqual(found?.url ?? null, null);
  assert.equal(stored(wiki), 1);
});

test('growth-1.43: returns both links of a repeated question', async () => {
  for (const text of [TEXT, `${TEXT} ${'It is long. '.repeat(20)}`.trim()]) {
    const wiki = new FakeMediaWiki();
    const asked = await repeatingClient(wiki).ask(text);
    assert.equal(stored(wiki, text), 2);
    assert.match(asked.url ?? '', /#Question_from_Newcomer_Ana_/);
    assert.match(asked.duplicateUrl ?? '', /#Question_from_Newcomer_Ana_/);
    assert.notEqual(asked.duplicateUrl, asked.url);
  }
});

test('growth-1.43: finds both copies of a repeated question whose response was lost', async () => {
  const wiki = new FakeMediaWiki();
  let mark = '';
  const client = repeatingClient(wiki, {
    between: () => {
      wiki.disturb({ how: 'reset', match: ({ action }) => action === 'helppanelquestionposter' });
    },
  });
  await assert.rejects(client.ask(TEXT, { onBeforeSend: (checkpoint) => (mark = checkpoint) }), {
    outcomeUnknown: true,
  });
  const found = await client.findQuestion(TEXT, { checkpoint: mark });
  assert.equal(stored(wiki), 2);
  assert.notEqual(found?.duplicateUrl ?? null, null);
  assert.notEqual(found?.duplicateUrl, found?.url);
});

test('growth-1.43: an equal question that was asked earlier is no second copy', async () => {
  const wiki = new FakeMediaWiki();
  const client = createWikiClient(wiki, 'n_ana');
  await client.ask(TEXT);
  const asked = await client.ask(TEXT);
  assert.deepEqual([stored(wiki), asked.duplicateUrl], [2, null]);
});

test('a question is published even if the search for a second copy fails', async () => {
  for (const software of SOFTWARE) {
    const wiki = new FakeMediaWiki({ software });
    const onBeforeSend = () => {
      wiki.disturb({ how: 'offline', match: isSearch, times: 9 });
    };
    const asked = await createWikiClient(wiki, 'n_ana', { source: autoSource }).ask(TEXT, { onBeforeSend });
    assert.deepEqual([asked.recipient, asked.duplicateUrl, stored(wiki)], ['Mentor Fatima', null, 1]);
  }
});

const WRITES: Record<string, (client: Client) => Promise<unknown>> = {
  leave: (client) => client.leave(),
  'leave and undo': async (client) => {
    await client.leave();
    await client.undoLeave({ mentor: 'Mentor Fatima' });
  },
  'leave and join': async (client) => {
    await client.leave();
    await client.join();
  },
  choose: (client) => client.chooseMentor('Mentor Marcus', { reason: 'hobby' }),
  decline: (client) => client.declineInvite(),
  'decline and restore': async (client) => {
    await client.declineInvite();
    await client.restoreInvite();
  },
};

/** Returns all that a wiki stores, apart from revision ids. */
async function stateOf(wiki: FakeMediaWiki, viewer: PersonaId) {
  const { options } = wiki.pageVariables(viewer, 'article');
  const snapshot = await createWikiClient(wiki, viewer, { source: autoSource }).load();
  return {
    snapshot: { ...snapshot, questions: [] },
    explicit: options.get('userjs-mentorship-module-explicit'),
    declined: options.get('userjs-mentorship-module-invite'),
    mentors: await pageText(wiki, wiki.mentorsPage),
  };
}

/** Leaves one mentor who takes mentees, so that each draw has the same result. */
const leaveOneMentor = (wiki: FakeMediaWiki) =>
  wiki.setMentors([{ name: 'Mentor Marcus' }, { name: 'Mentor Fatima', weight: 0 }]);

for (const software of SOFTWARE)
  for (const [name, write] of Object.entries(WRITES))
    test(`${software}: ${name} has the same effect if each request is repeated`, async () => {
      const draw = () => 'Mentor Marcus';
      const [once, twice] = [new FakeMediaWiki({ software, draw }), new FakeMediaWiki({ software, draw })];
      if (software === 'core-1.39') [once, twice].forEach(leaveOneMentor);
      await write(createWikiClient(once, 'n_ana', { source: autoSource }));
      await write(repeatingClient(twice));
      assert.deepEqual(await stateOf(twice, 'n_ana'), await stateOf(once, 'n_ana'));
      assert.ok(postsTo(twice).length >= 2 * postsTo(once).length);
    });

for (const software of SOFTWARE)
  test(`${software}: enrolling has the same effect if each request is repeated`, async () => {
    const [once, twice] = [new FakeMediaWiki({ software }), new FakeMediaWiki({ software })];
    await createWikiClient(once, 'e_hal', { source: autoSource }).enroll({ introduction: 'Hi!' });
    await repeatingClient(twice, { viewer: 'e_hal' }).enroll({ introduction: 'Hi!' });
    assert.deepEqual(await stateOf(twice, 'e_hal'), await stateOf(once, 'e_hal'));
  });
