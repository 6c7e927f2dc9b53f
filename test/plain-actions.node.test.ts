import assert from 'node:assert/strict';
import test from 'node:test';
import { FakeMediaWiki, type PersonaId } from './fake-mediawiki/index.ts';
import { autoSource, decide, type Snapshot } from '../src/sdk/index.js';
import { plainActions } from '../src/sdk/plain/actions.ts';
import { createWikiClient, rejection, NOW, postsTo, pageText, distinctParams } from './fake-wiki-client.ts';

const core = () => new FakeMediaWiki({ software: 'core-1.39' });
const client = (wiki: FakeMediaWiki, viewer: PersonaId, fetch?: typeof globalThis.fetch) =>
  createWikiClient(wiki, viewer, { source: autoSource, ...(fetch && { fetch }) });
const kindOf = (snapshot: Snapshot) => decide(snapshot, NOW).variant;
const sent = (wiki: FakeMediaWiki) => postsTo(wiki).map(({ params }) => distinctParams(params));
const optionsOf = (wiki: FakeMediaWiki, viewer: PersonaId) => {
  const { options } = wiki.pageVariables(viewer, 'article');
  return (name: string) => options.get(`userjs-mentorship-${name}`);
};
const mentorsIn = async (wiki: FakeMediaWiki) =>
  (
    JSON.parse(await pageText(wiki, 'Project:Mentors.json')) as {
      Mentors: Record<string, { username: string }>;
    }
  ).Mentors;

test('leaving, and undoing it', async () => {
  const wiki = core();
  const ana = client(wiki, 'n_ana');
  const left = await ana.leave({ reason: 'busy' });
  assert.deepEqual([left.viewer?.status, left.mentor, kindOf(left)], ['opted-out', null, 'opt-in']);
  const back = await ana.undoLeave({ mentor: 'Mentor Fatima' });
  assert.deepEqual([back.viewer?.status, back.mentor?.name], ['enabled', 'Mentor Fatima']);
  assert.equal(postsTo(wiki).length, 2);
});

test('a viewer who opted in explicitly still has after leaving and undoing it', async () => {
  const wiki = core();
  wiki.setUser('n_ana', { options: { 'userjs-mentorship-module-explicit': '1' } });
  const ana = client(wiki, 'n_ana');
  assert.equal((await ana.load()).viewer?.status, 'explicit');
  await ana.leave();
  assert.equal((await ana.undoLeave({ mentor: 'Mentor Fatima' })).viewer?.status, 'explicit');
});

test('join opts in explicitly, with one write', async () => {
  const wiki = core();
  const gus = client(wiki, 'e_gus');
  const joined = await gus.join();
  assert.ok(joined.mentor);
  assert.deepEqual([joined.viewer?.status, kindOf(joined)], ['explicit', 'mentored']);
  assert.equal(postsTo(wiki).length, 1);
  assert.equal(optionsOf(wiki, 'e_gus')('mentor'), joined.mentor.name);
});

test('join keeps an existing mentor', async () => {
  const wiki = core();
  const hal = client(wiki, 'e_hal');
  const { mentor } = await hal.load();
  const kept = await hal.join();
  assert.deepEqual([kindOf(kept), kept.mentor?.name], ['mentored', mentor?.name]);
});

test('draws by weight, but never mentors who are away, blocked, without weight or missing, nor the viewer', async () => {
  const wiki = core();
  wiki.setMentors([
    { name: 'Mentor Olga', weight: 4, awayTimestamp: '20270101000000' },
    { name: 'Mentor Nina', weight: 0 },
    { name: 'Blocked Ivy', weight: 4 },
    { name: 'Editor Gus', weight: 4 },
    { name: 'Mentor Marcus', weight: 1 },
    { name: 'Mentor Fatima', weight: 3 },
  ]);
  const drawn: unknown[] = [];
  for (const random of [0, 0.2, 0.4, 0.6, 0.8, 0.999]) {
    const actions = plainActions({
      api: wiki.api,
      fetch: wiki.fetchAs('e_gus'),
      now: () => NOW,
      random: () => random,
    });
    const source = autoSource({ api: wiki.api, fetch: wiki.fetchAs('e_gus'), now: () => NOW });
    const { signal } = new AbortController();
    wiki.setMentor('e_gus', null);
    await actions.join(await source.load({ signal }), { signal });
    drawn.push(optionsOf(wiki, 'e_gus')('mentor'));
  }
  assert.deepEqual([...new Set(drawn)].sort(), ['Mentor Fatima', 'Mentor Marcus']);
});

test('reports that no mentor is available and writes nothing', async () => {
  const wiki = core();
  wiki.setMentors([{ name: 'Mentor Nina', weight: 0 }]);
  assert.equal((await rejection(client(wiki, 'e_gus').join())).code, 'no-mentor');
  assert.equal(postsTo(wiki).length, 0);
});

test('chooses an available mentor in private', async () => {
  const wiki = core();
  const ana = client(wiki, 'n_ana');
  const listed = (await ana.getMentors()).map(({ name }) => name);
  assert.ok(listed.includes('Mentor Marcus') && !listed.includes('Mentor Nina'));
  const chosen = await ana.chooseMentor('Mentor Marcus', { reason: 'because' });
  assert.deepEqual([chosen.mentor?.name, chosen.viewer?.status], ['Mentor Marcus', 'explicit']);
  assert.equal(
    sent(wiki).some(({ change }) => change?.includes('because')),
    false,
  );
  assert.equal((await rejection(ana.chooseMentor('Mentor Nina'))).code, 'denied');
  assert.equal(ana.source.choices, 'private');
});

test('lists mentors without a name in a long list', async () => {
  const wiki = core();
  const few = await mentorsIn(wiki);
  const id = Object.keys(few).find((key) => few[key]?.username === 'Mentor Marcus') ?? '';
  const long = Object.fromEntries(
    Array.from({ length: 500 }, (_, index) => [`${900_000 + index}`, { username: `Mentor ${index}` }]),
  );
  wiki.setPage('Project:Mentors.json', JSON.stringify({ Mentors: { ...long, [id]: { weight: 2 } } }));
  const listed = (await client(wiki, 'n_ana').getMentors()).map(({ name }) => name);
  assert.deepEqual([listed.length, listed.includes('Mentor Marcus')], [501, true]);
});

test('declines the invite, reads that from another client, and restores it', async () => {
  const wiki = core();
  const hal = client(wiki, 'e_hal');
  assert.equal(kindOf(await hal.declineInvite()), 'mentored');
  assert.equal(kindOf(await client(wiki, 'e_hal').load()), 'mentored');
  assert.equal(kindOf(await hal.restoreInvite()), 'invite');
});

test('enrolls by an entry in the list, with any introduction', async () => {
  const wiki = core();
  const before = await mentorsIn(wiki);
  const introduction = 'Hi ~~~~ {{subst:x}} [[Y|]] <nowiki> "\\"';
  const hal = client(wiki, 'e_hal');
  const enrolled = await hal.enroll({ introduction });
  assert.equal(kindOf(enrolled), 'mentor');
  const id = String(enrolled.viewer?.id);
  assert.deepEqual(await mentorsIn(wiki), {
    ...before,
    [id]: { message: introduction, weight: 2, username: 'Experienced Hal' },
  });
  await hal.enroll({ introduction });
  assert.equal(postsTo(wiki, 'edit').length, 1);
});

test('enrolling adds no second entry to one that people have written by name', async () => {
  const wiki = core();
  const hal = client(wiki, 'e_hal');
  await hal.load();
  const Mentors = { experienced_Hal: { weight: 1 } };
  wiki.setPage('Project:Mentors.json', JSON.stringify({ Mentors }));
  assert.equal(kindOf(await hal.enroll({ introduction: 'Hello.' })), 'mentor');
  assert.deepEqual(await mentorsIn(wiki), Mentors);
});

test('keeps both entries if two viewers enroll at the same time', async () => {
  const wiki = core();
  const [hal, gus, ben] = [client(wiki, 'e_hal'), client(wiki, 'e_gus'), client(wiki, 'n_ben')];
  await Promise.all([hal.load(), gus.load(), ben.load()]);
  await Promise.all([hal, gus, ben].map((one) => one.enroll({ introduction: '' })));
  const names = Object.values(await mentorsIn(wiki)).map(({ username }) => username);
  for (const name of ['Experienced Hal', 'Editor Gus', 'Newcomer Ben', 'Mentor Fatima'])
    assert.ok(names.includes(name), name);
});

test('enrolls if the page does not exist yet', async () => {
  const wiki = core();
  wiki.setPage('Project:Mentors.json', null);
  assert.equal((await client(wiki, 'e_hal').enroll({ introduction: '' })).viewer?.isMentor, true);
  assert.equal(sent(wiki)[0]?.createonly, '1');
});

test('refuses to overwrite a page that is not a list', async () => {
  const wiki = core();
  wiki.setPage('Project:Mentors.json', 'Our mentors: Fatima');
  const error = await rejection(client(wiki, 'e_hal').enroll({ introduction: '' }));
  assert.equal(error.code, 'bad-data');
  assert.match(error.message, /^Project:Mentors\.json: /);
  assert.equal(await pageText(wiki, 'Project:Mentors.json'), 'Our mentors: Fatima');
});

test('knows its actions before the first load', async () => {
  const wiki = core();
  const { signal } = new AbortController();
  const source = autoSource({ api: wiki.api, fetch: wiki.fetchAs('n_ana'), now: () => NOW });
  const snapshot = await autoSource({ api: wiki.api, fetch: wiki.fetchAs('n_ana') }).load({ signal });
  await (await source.loadActions?.())?.leave?.(snapshot, { reason: '', signal });
  assert.equal(optionsOf(wiki, 'n_ana')('status'), 'opted-out');
});

test('fails if the wiki does not store an option, whatever it responds', async () => {
  const wiki = core();
  const { signal } = new AbortController();
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const response = await wiki.fetchAs('n_ana')(request);
    if (request.method === 'GET') return response;
    const warnings = [{ code: 'validationfailed', text: 'Validation error for "x": no.', module: 'options' }];
    return Response.json({ ...((await response.json()) as object), warnings });
  };
  const snapshot = await autoSource({ api: wiki.api, fetch }).load({ signal });
  const error = await rejection(
    plainActions({ api: wiki.api, fetch }).leave(snapshot, { reason: '', signal }),
  );
  assert.deepEqual([error.code, error.outcomeUnknown], ['refused', false]);
});

test('names in the list can neither set other options nor impersonate another user', async () => {
  const names = ['X\u001Fskin=monobook', 'Sasha#1', '1.2.3.4', 'User:Mentor Fatima', 'A|B', 'Editor_Gus'];
  const wiki = core();
  const Mentors = Object.fromEntries(names.map((username, id) => [900 + id, { username, weight: 2 }]));
  wiki.setPage('Project:Mentors.json', JSON.stringify({ Mentors }));
  const gus = client(wiki, 'e_gus');
  assert.equal((await rejection(gus.join())).code, 'no-mentor');
  for (const name of names)
    assert.match((await rejection(gus.chooseMentor(name))).code, /^(?:denied|no-mentor)$/);
  assert.equal((await rejection(gus.undoLeave({ mentor: 'X\u001Fskin=monobook' }))).code, 'invalid');
  assert.equal(postsTo(wiki).length, 0);
});

test('stores a mentor under the name of the account', async () => {
  const wiki = core();
  wiki.setPage(
    'Project:Mentors.json',
    JSON.stringify({ Mentors: { 3: { username: 'Mentor_Fatima', weight: 2 } } }),
  );
  assert.equal((await client(wiki, 'e_gus').join()).mentor?.name, 'Mentor Fatima');
});

test('assigns another mentor if the former account is gone', async () => {
  const wiki = core();
  wiki.setMentor('n_ana', 'Nobody Of This Name');
  const ana = client(wiki, 'n_ana');
  assert.equal(kindOf(await ana.load()), 'opt-in');
  assert.equal(kindOf(await ana.join()), 'mentored');
});

test('an invalid own entry does not prevent enrolling', async () => {
  const wiki = core();
  const hal = client(wiki, 'e_hal');
  const id = String((await hal.load()).viewer?.id);
  wiki.setPage('Project:Mentors.json', JSON.stringify({ Mentors: { [id]: { weight: 2 } } }));
  assert.equal((await hal.enroll({ introduction: '' })).viewer?.isMentor, true);
});
