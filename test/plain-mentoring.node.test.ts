import assert from 'node:assert/strict';
import test from 'node:test';
import { FakeMediaWiki, type PersonaId } from './fake-mediawiki/index.ts';
import { autoSource, decide, type Client } from '../src/sdk/index.js';
import { createWikiClient, NOW, pageText, postsTo, rejection } from './fake-wiki-client.ts';

const LIST = 'Project:Mentors.json';
const UNTIL = '2026-12-24T23:59:59.000Z';

const core = () => new FakeMediaWiki({ software: 'core-1.39' });
const client = (
  wiki: FakeMediaWiki,
  viewer: PersonaId = 'm_fatima',
  fetch?: typeof globalThis.fetch,
): Client => createWikiClient(wiki, viewer, { source: autoSource, ...(fetch && { fetch }) });

type Entry = Readonly<Record<string, unknown>>;
const pageOf = async (wiki: FakeMediaWiki) =>
  JSON.parse(await pageText(wiki, LIST)) as { Mentors: Record<string, Entry> };
const mentorsIn = async (wiki: FakeMediaWiki) => (await pageOf(wiki)).Mentors;
const setList = (wiki: FakeMediaWiki, page: object) => wiki.setPage(LIST, JSON.stringify(page));
const edits = (wiki: FakeMediaWiki) => postsTo(wiki, 'edit');
const pausedUntil = async (loaded: ReturnType<Client['load']>) =>
  (await loaded).viewer?.mentoring?.pausedUntil;

/** Runs a task after the first read of the list, before the edit that follows. */
function fetchWith(
  wiki: FakeMediaWiki,
  viewer: PersonaId,
  on: (request: Request, send: (request: Request) => Promise<Response>) => Promise<Response | null> | null,
): typeof globalThis.fetch {
  const send = (request: Request) => wiki.fetchAs(viewer)(request);
  return async (input, init) => {
    const request = new Request(input, init);
    return (request.method === 'POST' && (await on(request, send))) || send(request);
  };
}

test('a mentor takes a break, changes its end, and comes back', async () => {
  const wiki = core();
  const before = await mentorsIn(wiki);
  const fatima = client(wiki);
  const { viewer } = await fatima.load();
  assert.deepEqual(viewer?.mentoring, { pausedUntil: null, waitingQuestions: null });
  const id = String(viewer.id);

  assert.equal(await pausedUntil(fatima.pause({ until: UNTIL })), UNTIL);
  assert.deepEqual(await mentorsIn(wiki), {
    ...before,
    [id]: { ...before[id], awayTimestamp: '20261224235959' },
  });
  assert.equal(await pausedUntil(client(wiki).load()), UNTIL);
  const listed = await client(wiki, 'n_ana').getMentors();
  assert.equal(
    listed.some(({ name }) => name === 'Mentor Fatima'),
    false,
  );
  assert.deepEqual((await client(wiki, 'n_ana').load()).mentor?.away, { until: UNTIL });

  assert.equal(await pausedUntil(fatima.pause({ until: '2027-01-31' })), '2027-01-31T00:00:00.000Z');
  assert.equal(await pausedUntil(fatima.resume()), null);
  assert.deepEqual(await mentorsIn(wiki), before);
  assert.deepEqual(
    edits(wiki).map(({ params }) => params.summary),
    ['#mentorship-pause', '#mentorship-pause', '#mentorship-resume'],
  );
});

test('a mentor stops, and other entries and fields stay', async () => {
  const wiki = core();
  const before = await pageOf(wiki);
  setList(wiki, { ...before, Note: 'Add yourself!' });
  const fatima = client(wiki);
  const { viewer } = await fatima.load();
  const stopped = await fatima.resign();
  assert.deepEqual([stopped.viewer?.isMentor, stopped.viewer?.mentoring], [false, null]);
  const { [String(viewer?.id)]: own, ...others } = before.Mentors;
  assert.ok(own);
  assert.deepEqual(await pageOf(wiki), { Mentors: others, Note: 'Add yourself!' });
  assert.equal((await client(wiki, 'n_ana').load()).mentor?.retired, true);
});

test('resigning snoozes the invitation, and succeeds if that cannot be stored', async () => {
  const wiki = core();
  wiki.setUser('m_fatima', { editCount: 5_000, registered: '2020-01-01T00:00:00Z' });
  const stopped = await client(wiki).resign();
  assert.equal(stopped.viewer?.inviteSnoozedUntil, '2027-02-20T11:00:00.000Z');
  assert.equal(decide(stopped, NOW).row, 8);

  const other = core();
  const fetch = fetchWith(other, 'm_fatima', async (request) => {
    const isOption = (await request.clone().text()).includes('action=options');
    const error = { code: 'readonly-preferences', text: 'No.' };
    return isOption ? Response.json({ errors: [error] }) : null;
  });
  assert.equal((await client(other, 'm_fatima', fetch).resign()).viewer?.isMentor, false);
});

test('the last mentor stops, and the list is empty', async () => {
  const wiki = core();
  wiki.setMentors([{ name: 'Mentor Fatima' }]);
  await client(wiki).resign();
  assert.deepEqual(await mentorsIn(wiki), {});
  assert.equal((await client(wiki, 'm_fatima').enroll({ introduction: '' })).viewer?.isMentor, true);
});

test('repeated actions write nothing', async () => {
  const wiki = core();
  const fatima = client(wiki);
  await fatima.resume();
  assert.equal(edits(wiki).length, 0);
  await fatima.pause({ until: UNTIL });
  await client(wiki).pause({ until: UNTIL });
  await Promise.all([fatima.resign(), fatima.resign()]);
  await client(wiki).resign();
  assert.equal(edits(wiki).length, 2);
});

test('rejects an end that is not a date in the future, and sends nothing', async () => {
  const wiki = core();
  const fatima = client(wiki);
  for (const until of [
    '',
    'soon',
    NOW.toISOString(),
    '2026-11-21',
    '+010000-01-01',
    '12000-01-01',
    5,
    null,
  ]) {
    const error = await rejection(fatima.pause({ until: until as string }));
    assert.equal(error.code, 'invalid', String(until));
    assert.match(error.message, /“until”/);
  }
  assert.equal(wiki.log.length, 0);
});

test('an entry is found by the user id, and by the name only where the id is missing', async () => {
  const wiki = core();
  const id = String((await client(wiki).load()).viewer?.id);
  setList(wiki, {
    Mentors: {
      [` 0${id} `]: { username: 'Fatima before her rename', weight: 1 },
      mentor_Fatima: { weight: 2 },
      'Mentor Fatima': { weight: 4 },
      999: { username: 'Mentor Fatima', weight: 2 },
      'Mentor Marcus': { weight: 2 },
    },
  });
  const fatima = client(wiki);
  await fatima.pause({ until: UNTIL });
  const away = Object.entries(await mentorsIn(wiki)).flatMap(([key, entry]) =>
    entry.awayTimestamp === '20261224235959' ? [key] : [],
  );
  assert.deepEqual(away.sort(), [` 0${id} `, 'Mentor Fatima', 'mentor_Fatima'].sort());
  assert.equal((await fatima.resign()).viewer?.isMentor, false);
  assert.deepEqual(Object.keys(await mentorsIn(wiki)), ['999', 'Mentor Marcus']);
});

test('after an edit conflict the other edit stays', async () => {
  const wiki = core();
  const { 3: own, ...others } = await mentorsIn(wiki);
  assert.ok(own);
  let conflicts = 0;
  const fetch = fetchWith(wiki, 'm_fatima', (request, send) => {
    if (conflicts++ > 0) return null;
    setList(wiki, { Mentors: { ...others, 3: { ...own, message: 'Changed meanwhile' } } });
    return send(request);
  });
  assert.equal(await pausedUntil(client(wiki, 'm_fatima', fetch).pause({ until: UNTIL })), UNTIL);
  const entry = (await mentorsIn(wiki))[3];
  assert.deepEqual(entry, { ...own, message: 'Changed meanwhile', awayTimestamp: '20261224235959' });
  assert.equal(edits(wiki).length, 2);
});

test('mentors who pause, resume and resign at the same time keep each other’s changes', async () => {
  const wiki = core();
  const people = (['m_fatima', 'm_marcus', 'm_olga'] as const).map((id) => client(wiki, id));
  const [fatima, marcus, olga] = people;
  await marcus?.pause({ until: UNTIL });
  await Promise.all([fatima?.pause({ until: UNTIL }), marcus?.resume(), olga?.resign()]);
  const list = Object.values(await mentorsIn(wiki));
  const entryOf = (name: string) => list.find(({ username }) => username === name);
  assert.equal(entryOf('Mentor Fatima')?.awayTimestamp, '20261224235959');
  assert.equal(entryOf('Mentor Marcus')?.awayTimestamp, undefined);
  assert.equal(entryOf('Mentor Olga'), undefined);
});

test('a write that the browser repeats is stored once', async () => {
  for (const act of ['pause', 'resume', 'resign'] as const) {
    const wiki = core();
    if (act === 'resume') await client(wiki).pause({ until: UNTIL });
    const before = edits(wiki).length;
    const fetch = fetchWith(wiki, 'm_fatima', async (request, send) => {
      await send(request.clone());
      return send(request);
    });
    await client(wiki, 'm_fatima', fetch)[act]({ until: UNTIL });
    const query = 'list=usercontribs&ucuser=Mentor Fatima&uclimit=50&ucprop=comment';
    const stored = await wiki.fetchAs('anon')(
      `${wiki.api}?action=query&${query}&format=json&formatversion=2`,
    );
    const text = await stored.text();
    assert.equal(text.split(`#mentorship-${act}`).length - 1, 1, act);
    assert.equal(edits(wiki).length - before, 2, act);
  }
});

test('an answer that got lost counts as success if the list has the change', async () => {
  for (const act of ['pause', 'resume', 'resign'] as const) {
    const wiki = core();
    if (act === 'resume') await client(wiki).pause({ until: UNTIL });
    const before = edits(wiki).length;
    const fetch = fetchWith(wiki, 'm_fatima', async (request, send) => {
      await send(request);
      throw new TypeError('Failed to fetch');
    });
    const after = await client(wiki, 'm_fatima', fetch)[act]({ until: UNTIL });
    assert.equal(after.viewer?.isMentor, act !== 'resign');
    assert.equal(edits(wiki).length - before, 1, act);
  }
});

test('a request that got lost is reported as not stored', async () => {
  const wiki = core();
  const fetch = fetchWith(wiki, 'm_fatima', async () => {
    throw new TypeError('Failed to fetch');
  });
  const error = await rejection(client(wiki, 'm_fatima', fetch).resign());
  assert.deepEqual([error.code, error.outcomeUnknown], ['network', false]);
});

test('a break needs an entry; without one the snapshot is reloaded, and other actions succeed', async () => {
  const wiki = core();
  const fatima = client(wiki);
  await fatima.load();
  wiki.setMentors([{ name: 'Mentor Marcus' }]);
  assert.equal((await rejection(fatima.pause({ until: UNTIL }))).code, 'denied');
  assert.equal((await fatima.load()).viewer?.isMentor, false);
  assert.equal((await client(wiki).resume()).viewer?.isMentor, false);
  assert.equal((await client(wiki).resign()).viewer?.isMentor, false);
  assert.equal(edits(wiki).length, 0);
});

test('a page that is not a list is not overwritten', async () => {
  for (const act of ['pause', 'resume', 'resign'] as const) {
    const wiki = core();
    const fatima = client(wiki);
    await fatima.load();
    wiki.setPage(LIST, 'Our mentors: Fatima');
    assert.equal((await rejection(fatima[act]({ until: UNTIL }))).code, 'bad-data', act);
    assert.equal(edits(wiki).length, 0);
  }
});

test('a protected list is reported in the wiki’s words', async () => {
  const wiki = core();
  wiki.protect(LIST);
  const error = await rejection(client(wiki).resign());
  assert.equal(error.code, 'refused');
  assert.ok(error.wikiMessage);
});

test('a break that is over is none, and one with an invalid end has an unknown end', async () => {
  const wiki = core();
  for (const [awayTimestamp, pausedUntil] of [
    ['20261122105959', null],
    ['', null],
    ['soon', 'unknown'],
    ['20261340', 'unknown'],
    ['+012026-01-01T00:00:00Z', 'unknown'],
  ] as const) {
    wiki.setMentors([{ name: 'Mentor Fatima', awayTimestamp }]);
    const snapshot = await client(wiki).load();
    assert.deepEqual(snapshot.viewer?.mentoring, { pausedUntil, waitingQuestions: null }, awayTimestamp);
    const decision = decide(snapshot, NOW);
    assert.equal(decision.variant === 'mentor' && decision.pausedUntil, pausedUntil);
    const { mentor } = await client(wiki, 'n_ana').load();
    assert.deepEqual(mentor?.away, pausedUntil && { until: null }, 'mentees read the same');
  }
});

test('a break with an invalid end can be ended', async () => {
  const wiki = core();
  wiki.setMentors([{ name: 'Mentor Fatima', awayTimestamp: 'soon' }]);
  const fatima = client(wiki);
  assert.equal(await pausedUntil(fatima.load()), 'unknown');
  assert.equal(await pausedUntil(fatima.resume()), null);
  assert.equal(await pausedUntil(client(wiki).load()), null);
});

test('the mentor dashboard of GrowthExperiments has these actions, so the client has not', async () => {
  const wiki = new FakeMediaWiki();
  const fatima = client(wiki);
  for (const act of ['pause', 'resume', 'resign'] as const)
    assert.equal((await rejection(fatima[act]({ until: UNTIL }))).code, 'unsupported', act);
  assert.equal(postsTo(wiki).length, 0);
});
