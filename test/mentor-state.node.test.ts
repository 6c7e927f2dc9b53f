import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { FakeMediaWiki } from './fake-mediawiki/index.ts';
import { createWikiClient, postsTo } from './fake-wiki-client.ts';
import { autoSource, decide } from '../src/sdk/index.js';

const NOW = new Date('2026-11-29T02:51:00Z');
type Answer = Record<string, unknown> & { query: Record<string, unknown> };

const recorded = (viewer: string, file: string) =>
  (
    JSON.parse(readFileSync(`test/recordings-1.45/${viewer}/${file}.json`, 'utf8')) as {
      response: { body: Answer };
    }
  ).response.body;

interface Changes {
  batch?: (answer: Answer) => void;
  profile?: (answer: Answer, params: URLSearchParams) => void;
  page?: Record<string, unknown>;
}

/** Loads a recorded viewer of MediaWiki 1.45. */
async function load(viewer: string, { batch, profile, page }: Changes = {}) {
  const asked: URLSearchParams[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const params = new URL(new Request(input, init).url).searchParams;
    asked.push(params);
    if (params.get('action') === 'expandtemplates')
      return Response.json(recorded(viewer, '08-expandtemplates-mentor'));
    // One recorded response has both the viewer and the public data.
    const isBatch = params.get('prop') === 'revisions';
    const answer = isBatch ? recorded(viewer, '01-batch') : profileOf(viewer);
    if (isBatch) batch?.(answer);
    else profile?.(answer, params);
    return Response.json(answer);
  };
  const config = { get: (name: string) => page?.[name] ?? null };
  const source = autoSource({
    api: 'https://wiki.example/w/api.php',
    fetch,
    now: () => NOW,
    ...(page && { page: { config, options: { get: () => null } } }),
  });
  const snapshot = await source.load(new AbortController());
  assert.ok(asked.length <= 4);
  return { snapshot, variant: decide(snapshot, NOW).variant };
}

const profileOf = (viewer: string): Answer =>
  viewer === 'b_part' ? { query: {} } : recorded(viewer, '09-profile-mentor');

const userinfo = (answer: Answer) => answer.query.userinfo as Record<string, unknown>;
const firstUser = ({ query }: Answer) => (query.users as Record<string, unknown>[])[0] ?? {};
const SITEWIDE = { blockid: 1, blockpartial: false, blockexpiry: 'infinite' };

test('the list tells that the mentor is away, and until when', async () => {
  const { snapshot } = await load('n_away');
  assert.deepEqual(snapshot.mentor?.away, { until: '2026-12-19T12:00:00.000Z' });
});

test('a blocked mentor is away without a date', async () => {
  for (const page of ['30-html-mwconfig-Homepage', '31-html-mwconfig-article']) {
    const { mwconfig } = recorded('n_mblocked', page) as unknown as { mwconfig: Record<string, unknown> };
    const { mentor, standIn } = (await load('n_mblocked', { page: mwconfig })).snapshot;
    assert.deepEqual([mentor?.away, standIn?.name], [{ until: null }, "Mary O'Brien & Sons"]);
  }
  const profile = (answer: Answer) => void Object.assign(firstUser(answer), SITEWIDE);
  assert.deepEqual((await load('n_mblocked', { profile })).snapshot.mentor?.away, { until: null });
  assert.deepEqual((await load('n_away', { profile })).snapshot.mentor?.away, { until: null });
  const partial = (answer: Answer) =>
    void Object.assign(firstUser(answer), { ...SITEWIDE, blockpartial: true });
  assert.equal((await load('n_mblocked', { profile: partial })).snapshot.mentor?.away, null);
});

test('a mentor who is no longer on the list is retired', async () => {
  assert.equal((await load('n_mquit')).snapshot.mentor?.retired, true);
  assert.equal((await load('n_away')).snapshot.mentor?.retired, false);
});

test('a partial block without expiry counts from MediaWiki 1.44 on', async () => {
  assert.equal((await load('b_part')).variant, 'none');
  const batch = ({ query }: Answer) =>
    void Object.assign(query.general as object, { generator: 'MediaWiki 1.43.11' });
  assert.equal((await load('b_part', { batch })).snapshot.viewer?.blocked, false);
});

test('a block of the address is no block of the account', async () => {
  const blocked = (more: object) => (answer: Answer) => void Object.assign(userinfo(answer), SITEWIDE, more);
  assert.equal((await load('n_away', { batch: blocked({}) })).variant, 'none');
  for (const more of [
    { blockid: null, systemblocktype: 'proxy' },
    { blockid: null, blockcomponents: [{ ...SITEWIDE, blockid: null, systemblocktype: 'dnsbl' }] },
  ])
    assert.equal((await load('n_away', { batch: blocked(more) })).variant, 'mentored');
  // The account itself, in the last response, has no block.
  const profile = ({ query }: Answer, params: URLSearchParams) => {
    const viewer = userinfo(recorded('n_away', '01-batch'));
    assert.ok(params.get('ususers')?.split('|').includes(String(viewer.name)));
    (query.users as unknown[]).push({ userid: viewer.id, name: viewer.name });
  };
  assert.equal((await load('n_away', { batch: blocked({}), profile })).variant, 'mentored');
});

test('reads the list from its page on MediaWiki before 1.42', async () => {
  const listPage = {
    title: 'MediaWiki:GrowthMentors.json',
    revisions: [
      {
        slots: {
          main: { content: '{"Mentors":{"6":{"username":"Away Alice","awayTimestamp":"20261219120000"}}}' },
        },
      },
    ],
  };
  const { snapshot } = await load('n_away', {
    batch: (answer) => {
      delete answer.growthmentorlist;
      Object.assign(answer.query.general as object, { generator: 'MediaWiki 1.41.5' });
      (answer.query.pages as object[]).push(listPage);
    },
  });
  assert.deepEqual(snapshot.mentor?.away, { until: '2026-12-19T12:00:00.000Z' });
});

test('a plain wiki: a renamed mentor stays the mentor, is drawn and can be asked', async () => {
  const wiki = new FakeMediaWiki({ software: 'core-1.39' });
  const Mentors = { 3: { username: 'Name Before The Rename', weight: 2 } };
  wiki.setPage('Project:Mentors.json', JSON.stringify({ Mentors }));
  wiki.setUser('n_ana', { options: { 'userjs-mentorship-mentor': 'Name Before The Rename' } });
  const ana = createWikiClient(wiki, 'n_ana', { source: autoSource });
  const { mentor } = await ana.load();
  assert.deepEqual([mentor?.name, mentor?.retired], ['Mentor Fatima', false]);
  await ana.ask('Does the rename matter?');
  assert.equal(postsTo(wiki, 'edit')[0]?.params.title, 'User talk:Mentor Fatima');
  const gus = createWikiClient(wiki, 'e_gus', { source: autoSource });
  assert.deepEqual(
    (await gus.getMentors()).map(({ name }) => name),
    ['Mentor Fatima'],
  );
  assert.equal((await gus.join()).mentor?.name, 'Mentor Fatima');
  const fatima = createWikiClient(wiki, 'm_fatima', { source: autoSource });
  assert.equal((await fatima.load()).viewer?.isMentor, true);
  wiki.setUser('Mentor Fatima', { block: {} });
  assert.deepEqual((await ana.refresh()).mentor?.away, { until: null });
});

test('a plain wiki: only a signature with a date is an answer', async () => {
  const wiki = new FakeMediaWiki({ software: 'core-1.39' });
  const ana = createWikiClient(wiki, 'n_ana', { source: autoSource });
  await ana.ask('How do I cite?');
  const { title } = postsTo(wiki, 'edit')[0]?.params ?? {};
  const section = postsTo(wiki, 'edit')[0]?.params.sectiontitle;
  const signed = (name: string) =>
    `[[User:${name}|${name}]] ([[User talk:${name}|talk]]) 12:00, 22 November 2026 (UTC)`;
  const stateBelow = async (below: string) => {
    wiki.setPage(title ?? '', `== ${section} ==\nHow do I cite? --${signed('Newcomer Ana')}\n${below}`);
    return (await ana.refreshQuestions()).questions[0]?.state;
  };
  for (const [below, expected] of [
    [`:Like this. ${signed('Mentor Fatima')}`, 'answered'],
    [`:Like this, [[User:Newcomer Ana]]. <small>${signed('Mentor Fatima')}</small>`, 'answered'],
    [':So. [[Benutzer:X]] [[User:Mentor Fatima|F]] 12.00, 22. marraskuuta 2026 (EET)', 'answered'],
    [`:@[[User:Mentor Fatima]]: any idea? ${signed('Newcomer Ana')}`, 'waiting'],
    [':See [[User:Robin]].', 'waiting'],
    [':See [[User:Robin]], 12:00, 22 November 2026.', 'waiting'],
    [`== Another ==\n:So. ${signed('Mentor Fatima')}`, 'waiting'],
    [`<!-- ${signed('Bot')} -->`, 'waiting'],
    [`<nowiki>${signed('Robin')}</nowiki>`, 'waiting'],
  ] as const)
    assert.equal(await stateBelow(below), expected, below);
});

test('notifications and e-mail are promised only where the wiki has them', async () => {
  const terms = async (software: 'growth-1.43' | 'core-1.39') => {
    const client = createWikiClient(new FakeMediaWiki({ software }), 'n_ana', { source: autoSource });
    const { notifies, sendsEmail, emailUrl } = await client.prepareQuestion();
    return [notifies, sendsEmail, emailUrl !== null];
  };
  assert.deepEqual(await terms('growth-1.43'), [true, true, true]);
  assert.deepEqual(await terms('core-1.39'), [false, false, false]);
});
