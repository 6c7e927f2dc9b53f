import assert from 'node:assert/strict';
import test from 'node:test';
import { FakeMediaWiki } from './fake-mediawiki/index.ts';
import type { Question } from '../src/sdk/index.js';
import { growthActions } from '../src/sdk/growth/actions.ts';
import { createWikiClient, rejection } from './fake-wiki-client.ts';
import { readRecording } from './recorded-wiki.ts';
import { recordingFetch, preflightResponse, snapshotFor, neverAborted } from './recorded-writes.ts';

const STORE = readRecording('q_kim/07-homepagequestionstore.json').response.body as {
  homepagequestionstore: { questions: Record<string, unknown>[] };
};
const THREADS = readRecording('q_kim/16-discussiontoolspageinfo-mentor-talk.json').response.body as {
  discussiontoolspageinfo: { threaditemshtml: { id: string }[] };
};
const STORED = STORE.homepagequestionstore.questions;

const PAGE_INFO_REFUSED = {
  errors: [{ code: 'badvalue', text: 'Unrecognized value for parameter "action": discussiontoolspageinfo.' }],
};

/** Questions of Kim, close to the recorded response. */
async function kims({
  questions = STORED,
  threads = THREADS,
}: { questions?: unknown; threads?: object } = {}) {
  const { sent, fetch } = recordingFetch(({ params }) =>
    Response.json(
      { homepagequestionstore: { homepagequestionstore: { questions } }, discussiontoolspageinfo: threads }[
        params.action ?? ''
      ] ?? preflightResponse(),
    ),
  );
  const actions = growthActions({ api: 'https://wiki.example/w/api.php', fetch });
  const found = await actions.refreshQuestions(snapshotFor('Questioner Kim'), neverAborted());
  return { found, sent };
}

const states = (questions: Question[]) => questions.map(({ state }) => state);

test('returns waiting, answered and archived as recorded, requesting each page once', async () => {
  const { found, sent } = await kims();
  assert.deepEqual(found, [
    {
      text: 'Is it OK to upload a photo I took from my phone?',
      url: 'https://wiki.example/wiki/User_talk:Mentor_Fatima#Question_from_Questioner_Kim_(10:45,_22_November_2026)',
      askedAt: '2026-11-22T10:45:53.000Z',
      state: 'waiting',
    },
    {
      text: 'Can you look at my edit to [[River]] please?',
      url: 'https://wiki.example/wiki/User_talk:Mentor_Fatima#Question_from_Questioner_Kim_(10:44,_22_November_2026)',
      askedAt: '2026-11-22T10:44:52.000Z',
      state: 'answered',
    },
    {
      text: 'How do I add a reference to the article about the Moon? I...',
      url: 'https://wiki.example/w/index.php?title=User_talk:Mentor_Fatima&oldid=69#Question_from_Questioner_Kim_(10:43,_22_November_2026)',
      askedAt: '2026-11-22T10:43:50.000Z',
      state: 'archived',
    },
  ]);
  assert.deepEqual(
    sent
      .filter(({ params }) => params.action === 'discussiontoolspageinfo')
      .map(({ params }) => [params.page, params.prop]),
    [['User_talk:Mentor_Fatima', 'threaditemshtml']],
  );
  assert.ok(sent.every(({ method, params }) => method === 'GET' && params.assertuser === 'Questioner Kim'));
});

test('returns unknown without DiscussionTools or without the thread', async () => {
  assert.deepEqual(states((await kims({ threads: PAGE_INFO_REFUSED })).found), [
    'unknown',
    'unknown',
    'archived',
  ]);
  assert.deepEqual(states((await kims({ threads: {} })).found), ['unknown', 'unknown', 'archived']);
  const [, second] = THREADS.discussiontoolspageinfo.threaditemshtml;
  const one = { discussiontoolspageinfo: { threaditemshtml: [second] } };
  assert.deepEqual(states((await kims({ threads: one })).found), ['waiting', 'unknown', 'archived']);
  const twice = { discussiontoolspageinfo: { threaditemshtml: [second, second] } };
  assert.deepEqual(states((await kims({ threads: twice })).found), ['unknown', 'unknown', 'archived']);
});

test('omits hidden questions, also if PHP encodes the list as an object', async () => {
  const hidden = STORED.map((question, index) => ({ ...question, isVisible: index !== 0 }));
  assert.deepEqual(states((await kims({ questions: hidden })).found), ['answered', 'archived']);
  const asObject = Object.fromEntries(Object.entries(STORED).slice(1));
  assert.deepEqual(states((await kims({ questions: asObject })).found), ['answered', 'archived']);
  for (const nonsense of [null, 7, [null, 'x', 7]]) {
    const { found } = await kims({ questions: nonsense });
    assert.ok(states(found).every((state) => state === 'unknown'));
  }
});

test('matches headings that DiscussionTools shortens to a number of bytes', async () => {
  const fragment = `Question_from_Kim_on_${'Река_'.repeat(12)}(10:45,_22_November_2026)`;
  const bytes = new TextEncoder().encode(fragment);
  assert.ok(bytes.length > 80);
  const cut = new TextDecoder().decode(bytes.slice(0, 80)).replace('\uFFFD', '');
  const [, second] = THREADS.discussiontoolspageinfo.threaditemshtml;
  const threads = {
    discussiontoolspageinfo: { threaditemshtml: [{ ...second, id: `h-${cut}-20261122104500` }] },
  };
  for (const hash of [fragment, encodeURIComponent(fragment)]) {
    const question = { ...STORED[0], resultUrl: `/wiki/User_talk:Mentor_Fatima#${hash}` };
    assert.deepEqual(states((await kims({ questions: [question], threads })).found), ['waiting']);
  }
});

test('distinguishes headings that only begin alike', async () => {
  const [, second] = THREADS.discussiontoolspageinfo.threaditemshtml;
  const other = { ...second, id: second!.id.replace('2026)', '2026)_(2)') };
  const threads = { discussiontoolspageinfo: { threaditemshtml: [other] } };
  assert.equal((await kims({ threads })).found[0]?.state, 'unknown');
});

test('returns no link and unknown for invalid links', async () => {
  const odd = [
    { ...STORED[0], resultUrl: 'javascript:alert(1)', archiveUrl: 'javascript:alert(1)' },
    { ...STORED[0], resultUrl: '/wiki/X#%E0%A4%A', archiveUrl: '/w/index.php' },
    { ...STORED[0], resultUrl: 7, archiveUrl: null },
  ];
  const { found } = await kims({ questions: odd });
  assert.deepEqual(states(found), ['unknown', 'unknown', 'unknown']);
  assert.deepEqual([found[0]?.url, found[2]?.url], [null, null]);
});

test('reads links of older versions, which have two “#”', async () => {
  const resultUrl = String(STORED[0]?.resultUrl).replace('#', '##');
  assert.notEqual(resultUrl, STORED[0]?.resultUrl);
  const [recorded] = (await kims()).found;
  const { found } = await kims({ questions: [{ ...STORED[0], resultUrl }] });
  assert.deepEqual(found, [recorded]);
});

test('returns no date for a time after the year 9999', async () => {
  const at = (ms: number) => [{ ...STORED[0], timestamp: ms / 1_000 }];
  const year = Date.UTC(10_000, 0);
  assert.equal((await kims({ questions: at(year) })).found[0]?.askedAt, null);
  assert.equal((await kims({ questions: at(year - 1_000) })).found[0]?.askedAt, '9999-12-31T23:59:59.000Z');
});

test('updates asked, waiting, answered and archived questions of the snapshot', async () => {
  const wiki = new FakeMediaWiki();
  const client = createWikiClient(wiki, 'n_ana');
  await client.ask('What is a stub?');
  const state = async () => (await client.refreshQuestions()).questions[0]?.state;
  assert.equal(await state(), 'waiting');
  wiki.reply('n_ana', { text: 'Wait a moment.', by: 'Newcomer Ana' });
  assert.equal(await state(), 'waiting');
  wiki.reply('n_ana', { text: 'A short article.' });
  assert.equal(await state(), 'answered');
  assert.equal((await client.load()).questions[0]?.state, 'answered');
  wiki.archive('n_ana');
  assert.equal(await state(), 'archived');
});

test('sends at most three requests at the same time', async () => {
  let running = 0;
  let most = 0;
  const pages = ['A', 'B', 'C'].map((name) => ({
    ...STORED[0],
    archiveUrl: `/w/index.php?title=User_talk:${name}&oldid=71`,
  }));
  const { fetch } = recordingFetch(({ params }) =>
    Response.json(
      params.action === 'homepagequestionstore'
        ? { homepagequestionstore: { questions: pages } }
        : preflightResponse(),
    ),
  );
  const counting: typeof globalThis.fetch = async (input, init) => {
    most = Math.max(most, ++running);
    await new Promise(setImmediate);
    return fetch(input, init).finally(() => running--);
  };
  const actions = growthActions({ api: 'https://wiki.example/w/api.php', fetch: counting });
  await actions.refreshQuestions(snapshotFor('Questioner Kim'), neverAborted());
  assert.equal(most, 3);
});

test('returns no questions after an abort or for another user', async () => {
  const wiki = new FakeMediaWiki();
  const client = createWikiClient(wiki, 'q_kim');
  await client.load();
  const controller = new AbortController();
  const gate = wiki.hold(({ action }) => action === 'discussiontoolspageinfo');
  const asked = client.refreshQuestions({ signal: controller.signal });
  await gate.arrived;
  controller.abort();
  assert.equal((await rejection(asked)).code, 'aborted');
  gate.release();
});
