import assert from 'node:assert/strict';
import test from 'node:test';
import { FakeMediaWiki } from './fake-mediawiki/index.ts';
import { growthActions } from '../src/sdk/growth/actions.ts';
import { beforeListModule, createWikiClient, rejection, NOW } from './fake-wiki-client.ts';
import { readRecording } from './recorded-wiki.ts';
import { recordingFetch, preflightResponse, snapshotFor, neverAborted } from './recorded-writes.ts';

const API = 'https://wiki.example/w/api.php';

const answering = (body: unknown) => {
  const { sent, fetch } = recordingFetch(() => Response.json(body));
  return { sent, actions: growthActions({ api: API, fetch, now: () => NOW }) };
};

const listOf = (mentors: unknown) => ({ ...preflightResponse(), growthmentorlist: mentors });
const namesIn = async (mentors: unknown) => {
  const { actions } = answering(listOf(mentors));
  return (await actions.getMentors(snapshotFor('Newcomer Ana'), neverAborted())).map(({ name }) => name);
};

test('lists mentors who take mentees, with plain-text introductions and talk pages', async () => {
  const list = await createWikiClient(new FakeMediaWiki(), 'n_ana').getMentors();
  assert.deepEqual(
    list.map(({ name }) => name),
    ['Mentor Fatima', 'Mentor Marcus', 'مرشد سالم', 'Mentor Olga'],
  );
  assert.deepEqual(list[3], {
    name: 'Mentor Olga',
    intro: 'I reply slowly but surely.',
    talkUrl: 'https://wiki.example/wiki/User_talk:Mentor_Olga',
  });
  assert.ok(
    !(await createWikiClient(new FakeMediaWiki(), 'm_olga').getMentors()).some(
      ({ name }) => name === 'Mentor Olga',
    ),
  );
});

test('omits mentors who are away and tolerates invalid entries', async () => {
  const entry = (more: object) => ({ username: 'A', message: null, weight: 2, ...more });
  const cases: [object, string[]][] = [
    [entry({}), ['A']],
    [entry({ awayTimestamp: null }), ['A']],
    [entry({ awayTimestamp: '20261224000000' }), []],
    [entry({ awayTimestamp: '2026-12-24T00:00:00Z' }), []],
    [entry({ awayTimestamp: '20261101000000' }), ['A']],
    [entry({ awayTimestamp: 'soon' }), []],
    [entry({ weight: 0 }), []],
    [entry({ weight: null }), []],
    [entry({ username: ' ' }), []],
    [entry({ username: 'Newcomer Ana' }), []],
  ];
  for (const [mentor, expected] of cases)
    assert.deepEqual(await namesIn({ 3: mentor }), expected, JSON.stringify(mentor));
  assert.deepEqual(await namesIn([]), []);
  assert.deepEqual(await namesIn({ 3: null, 4: 'x', 5: entry({}) }), ['A']);
});

test('lists each of more than 500 mentors once, by the name in the list', async () => {
  const entries = Array.from({ length: 501 }, (_, index) => [
    100 + index,
    { username: `Mentor ${index}`, message: null, weight: 2 },
  ]);
  const names = await namesIn(Object.fromEntries(entries));
  assert.deepEqual([names.length, new Set(names).size], [501, 501]);
});

test('returns an empty list for a wiki without mentors', async () => {
  const { actions } = answering(preflightResponse());
  const error = await rejection(actions.getMentors(snapshotFor('Newcomer Ana'), neverAborted()));
  assert.equal(error.code, 'unsupported');
});

test('keeps the mentor of a viewer if the list cannot be read', async () => {
  const wiki = new FakeMediaWiki();
  wiki.setPage('MediaWiki:GrowthMentors.json', 'no JSON');
  const fetch = beforeListModule(wiki.fetchAs('n_ana'));
  const { mentor, mentorsAvailable } = await createWikiClient(wiki, 'n_ana', { fetch }).load();
  assert.deepEqual([mentor?.name, mentor?.retired, mentorsAvailable], ['Mentor Fatima', false, null]);
});

test('profiles: returns the recorded response, and requests each last edit that it lacks', async () => {
  const recorded = readRecording('writes/users-of-all-mentors.json').response.body;
  const { sent, actions } = answering(recorded);
  const names = ['Mentor Fatima', 'Mentor Marcus', 'مرشد سالم', 'Mentor Olga', 'Mentor Nina'];
  const profiles = await actions.getProfiles(names, neverAborted());
  assert.deepEqual(
    sent.slice(1).map(({ params }) => [params.ucuser, params.uclimit, params.ucend]),
    names.filter((name) => name !== 'Mentor Olga').map((name) => [name, '1', undefined]),
  );
  const { ususers, ucuser, ucend, uclimit } = sent[0]!.params;
  assert.deepEqual([ususers, ucuser], [names.join('|'), names.join('|')]);
  assert.deepEqual([ucend, uclimit], ['2026-10-23T11:00:00.000Z', 'max']);
  assert.deepEqual(profiles[3], {
    name: 'Mentor Olga',
    gender: 'female',
    editCount: 98765,
    lastActive: '2026-10-13T10:46:31.000Z',
    blocked: false,
  });
});

test('profiles: handles blocked and unknown users and an empty list', async () => {
  const wiki = new FakeMediaWiki();
  wiki.setUser('Mentor Marcus', { block: { reason: 'x' } });
  const client = createWikiClient(wiki, 'n_ana');
  const profiles = await client.getProfiles(['Mentor Fatima', 'Mentor Marcus', 'Nobody', 'Mentor Nina']);
  assert.deepEqual(
    profiles.map(({ name, blocked, lastActive }) => [name, blocked, lastActive?.slice(0, 10) ?? null]),
    [
      ['Mentor Fatima', false, '2026-11-22'],
      ['Mentor Marcus', true, '2026-11-21'],
      // Her last edit is older than 30 days.
      ['Mentor Nina', false, '2025-10-18'],
    ],
  );
  const before = wiki.log.length;
  assert.deepEqual(await client.getProfiles([]), []);
  assert.equal(wiki.log.length, before);
});
