import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { setImmediate as macrotask } from 'node:timers/promises';
import { FakeMediaWiki, type Disturbance, type Fault, type PersonaId } from './fake-mediawiki/index.ts';
import { flushMacrotasks } from './fault-injection-server.ts';

type Params = Readonly<Record<string, string>>;

const common = { format: 'json', formatversion: '2', errorformat: 'plaintext' };
const inMentorship = { action: 'helppanelquestionposter', source: 'mentor-homepage' };

const tokenOf = (wiki: FakeMediaWiki, viewer: PersonaId): string =>
  String(wiki.pageVariables(viewer, 'article').tokens.get('csrfToken'));

function send(
  wiki: FakeMediaWiki,
  viewer: PersonaId,
  { signal = null, ...params }: { signal?: AbortSignal | null; [name: string]: unknown },
): Promise<Response> {
  const texts = Object.entries(params).map(([name, value]) => [name, String(value)]);
  const body = new URLSearchParams({
    ...common,
    token: tokenOf(wiki, viewer),
    ...(Object.fromEntries(texts) as Params),
  });
  return wiki.fetchAs(viewer)(wiki.api, { method: 'POST', body, signal });
}

const ask = (wiki: FakeMediaWiki, body = 'Where?', signal: AbortSignal | null = null): Promise<Response> =>
  send(wiki, 'n_ana', { ...inMentorship, body, signal });

/** Returns the value at a path in JSON; undefined if there is none. */
function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (object, key) => Object.entries(Object(object) as object).find(([name]) => name === String(key))?.[1],
    value,
  );
}

async function query(wiki: FakeMediaWiki, viewer: PersonaId, params: Params): Promise<unknown> {
  const search = new URLSearchParams({ ...common, action: 'query', ...params });
  return (await wiki.fetchAs(viewer)(`${wiki.api}?${search}`)).json();
}

async function codeOf(answer: Promise<Response>): Promise<unknown> {
  return at(await (await answer).json(), 'errors', 0, 'code');
}

const texts = (wiki: FakeMediaWiki, viewer: PersonaId = 'n_ana') =>
  wiki.questionsOf(viewer).map(({ text }) => text);

test('tokens belong to one viewer and expire', async () => {
  const wiki = new FakeMediaWiki();
  const old = tokenOf(wiki, 'n_ana');
  const read = async (viewer: PersonaId) =>
    at(await query(wiki, viewer, { meta: 'tokens' }), 'query', 'tokens', 'csrftoken');
  assert.equal(await read('n_ana'), old);
  assert.equal(await read('anon'), '+\\');
  const leave = { action: 'growthsetmenteestatus', state: 'optout' };
  assert.equal(await codeOf(send(wiki, 'n_ben', { ...leave, token: old })), 'badtoken');
  wiki.expireTokens('n_ana');
  assert.equal(await codeOf(send(wiki, 'n_ana', { ...leave, token: old })), 'badtoken');
  assert.notEqual(await read('n_ana'), old);
  assert.equal(await codeOf(send(wiki, 'n_ana', leave)), undefined);
});

test('contributions of several users are sorted by account, then by time, and continue', async () => {
  const wiki = new FakeMediaWiki();
  const params = { list: 'usercontribs', ucuser: 'Mentor Fatima|Mentor Olga|Nobody', ucprop: 'ids' };
  const all = await query(wiki, 'anon', { ...params, uclimit: 'max' });
  const ids = (answer: unknown) =>
    Object.values(at(answer, 'query', 'usercontribs') as object).map((edit) => [
      at(edit, 'userid'),
      at(edit, 'revid'),
    ]);
  const expected = [
    [6, 66],
    [6, 36],
    [3, 75],
    [3, 74],
    [3, 64],
  ];
  assert.deepEqual(ids(all), expected);
  const first = await query(wiki, 'anon', { ...params, uclimit: '3' });
  const uccontinue = String(at(first, 'continue', 'uccontinue'));
  assert.equal(uccontinue, 'actor|3|20261122104627|74');
  const rest = await query(wiki, 'anon', { ...params, uccontinue });
  assert.deepEqual([...ids(first), ...ids(rest)], expected);
  assert.equal(
    at(await query(wiki, 'anon', { ...params, uccontinue: 'x' }), 'errors', 0, 'code'),
    'badcontinue',
  );
  assert.equal(at(await query(wiki, 'anon', { ...params, ucuser: 'a[b' }), 'errors', 0, 'code'), 'baduser');
});

test('contributions since a timestamp include comment and tag of a question', async () => {
  const wiki = new FakeMediaWiki();
  await ask(wiki);
  const ucprop = 'title|timestamp|comment|tags';
  const params = { list: 'usercontribs', ucuser: 'Newcomer Ana', ucprop };
  const answer = await query(wiki, 'n_ana', { ...params, ucend: '2026-11-22T10:50:00Z' });
  assert.deepEqual(at(answer, 'query', 'usercontribs'), [
    {
      userid: 8,
      user: 'Newcomer Ana',
      ns: 3,
      title: 'User talk:Mentor Fatima',
      timestamp: '2026-11-22T11:00:00Z',
      comment: '/* Question from Newcomer Ana (11:00, 22 November 2026) */ new section',
      tags: ['mentorship module question'],
    },
  ]);
  const before = await query(wiki, 'n_ana', { ...params, ucstart: '20261122105000' });
  assert.equal(at(before, 'query', 'usercontribs', 0, 'title'), 'River');
});

test('the license can be set', async () => {
  const wiki = new FakeMediaWiki();
  const license = { url: 'https://creativecommons.org/licenses/by-sa/4.0/', text: 'CC BY-SA 4.0' };
  wiki.setCopyright(license);
  const answer = await query(wiki, 'anon', { meta: 'siteinfo', siprop: 'rightsinfo' });
  assert.deepEqual(at(answer, 'query', 'rightsinfo'), license);
});

test('pages have facts, edit permissions and old revisions', async () => {
  const wiki = new FakeMediaWiki();
  const titles = 'User talk:Mentor Fatima|User talk:Mentor Olga';
  const params = { prop: 'info|revisions', intestactions: 'edit', rvprop: 'ids', titles };
  wiki.setContentModel('User talk:Mentor Olga', 'flow-board');
  wiki.protect('User_talk:Mentor Fatima');
  const pages = at(await query(wiki, 'n_ana', params), 'query', 'pages');
  const language = { pagelanguage: 'en', pagelanguagehtmlcode: 'en', pagelanguagedir: 'ltr' };
  const olga = { ns: 3, title: 'User talk:Mentor Olga', missing: true, contentmodel: 'flow-board' };
  assert.deepEqual(at(pages, 0), { ...olga, ...language, actions: { edit: true } });
  const { length, ...fatima } = at(pages, 1) as Record<string, unknown>;
  assert.ok(Number(length) > 100);
  assert.deepEqual(fatima, {
    pageid: 8,
    ns: 3,
    title: 'User talk:Mentor Fatima',
    contentmodel: 'wikitext',
    ...language,
    touched: '2026-11-22T10:46:28Z',
    lastrevid: 75,
    actions: { edit: false },
    revisions: [{ revid: 75, parentid: 71 }],
  });
  const byAdmin = await query(wiki, 'admin', params);
  assert.equal(at(byAdmin, 'query', 'pages', 1, 'actions', 'edit'), true);
  const old = await query(wiki, 'anon', {
    prop: 'revisions',
    revids: '72|9999',
    rvprop: 'ids|content',
    rvslots: 'main',
  });
  assert.deepEqual(at(old, 'query', 'badrevids'), { 9999: { revid: 9999, missing: true } });
  assert.equal(at(old, 'query', 'pages', 0, 'title'), 'User talk:Mentor Marcus');
  const text = at(old, 'query', 'pages', 0, 'revisions', 0, 'slots', 'main', 'content');
  assert.match(String(text), /sandbox/);
});

test('refuses questions and edits on pages that are not wikitext or are protected', async () => {
  const wiki = new FakeMediaWiki();
  const edit = {
    action: 'edit',
    title: 'User talk:Mentor Fatima',
    section: 'new',
    sectiontitle: 'x',
    text: 'x',
  };
  wiki.setContentModel('User talk:Mentor Fatima', 'flow-board');
  assert.equal(await codeOf(ask(wiki)), 'internal_api_error_RuntimeException');
  assert.equal(await codeOf(send(wiki, 'n_ana', edit)), 'no-direct-editing');
  wiki.setContentModel('User talk:Mentor Fatima', 'wikitext');
  wiki.protect('User talk:Mentor Fatima');
  assert.match(String(await codeOf(ask(wiki))), /^This_page_has_been_protected/);
  assert.equal(await codeOf(send(wiki, 'n_ana', edit)), 'protectedpage');
  assert.deepEqual(texts(wiki), []);
});

test('an edit filter checks added text only', async () => {
  const wiki = new FakeMediaWiki();
  await ask(wiki, 'buy pills');
  const end = wiki.refuseTexts(/pills/i, 'No advertising, please.');
  const edit = { action: 'edit', title: 'River', appendtext: 'PILLS', errorformat: 'bc' };
  const actions = { id: '1', description: 'pills', actions: ['disallow'] };
  const error = { code: 'abusefilter-disallowed', info: 'No advertising, please.', abusefilter: actions };
  for (const request of [edit, { ...inMentorship, body: 'More pills', errorformat: 'bc' }]) {
    const answer: unknown = await (await send(wiki, 'n_ana', request)).json();
    assert.deepEqual(at(answer, 'error'), { ...error, docref: '(omitted)' });
  }
  assert.equal(await codeOf(ask(wiki, 'harmless')), undefined);
  end();
  assert.equal(await codeOf(ask(wiki, 'pills')), undefined);
  assert.deepEqual(texts(wiki), ['buy pills', 'harmless', 'pills']);
});

test('mentors can be blocked, even if they are not personas', async () => {
  const wiki = new FakeMediaWiki();
  wiki.setUser('Mentor Nina', { block: { reason: 'Sock' } });
  wiki.setUser('m_olga', { block: { partial: true } });
  const params = { list: 'users', ususers: 'Mentor Nina|Mentor Olga|Mentor Fatima', usprop: 'blockinfo' };
  const users = at(await query(wiki, 'anon', params), 'query', 'users');
  assert.equal(at(users, 0, 'blockreason'), 'Sock');
  assert.deepEqual([at(users, 0, 'blockpartial'), at(users, 1, 'blockpartial')], [false, true]);
  assert.deepEqual(at(users, 2), { userid: 3, name: 'Mentor Fatima' });
  assert.throws(() => wiki.setUser('Nobody', {}), /no account/);
});

test('a rate limit reports the time to wait and expires', async () => {
  let now = new Date('2026-11-22T11:00:00Z');
  const wiki = new FakeMediaWiki({ now: () => now });
  wiki.limitRate({ action: inMentorship.action, seconds: 30 });
  const refused = await ask(wiki);
  assert.equal(refused.headers.get('retry-after'), '30');
  assert.equal(refused.headers.get('mediawiki-api-error'), 'ratelimited');
  now = new Date('2026-11-22T11:00:30Z');
  assert.equal(await codeOf(ask(wiki)), undefined);
  const end = wiki.limitRate({ action: inMentorship.action });
  const refusedForLong = await ask(wiki);
  assert.equal(refusedForLong.headers.get('retry-after'), null);
  end();
  assert.equal(await codeOf(ask(wiki)), undefined);
});

test('an answered question has a reply by another author; an archived one is removed from its page', async () => {
  const wiki = new FakeMediaWiki();
  await ask(wiki, 'First?');
  await ask(wiki, 'First?');
  wiki.reply('n_ana', { text: 'Yes.' });
  const page = 'User talk:Mentor Fatima';
  const info = { action: 'discussiontoolspageinfo', page, prop: 'threaditemshtml' };
  const threads = at(await query(wiki, 'n_ana', info), 'discussiontoolspageinfo', 'threaditemshtml');
  const replies = Object.values(threads as object)
    .slice(-2)
    .map((thread) => at(thread, 'replies', 0, 'replies', 0, 'author'));
  assert.deepEqual(replies, [undefined, 'Mentor Fatima']);
  wiki.archive('n_ana');
  const stored = await query(wiki, 'n_ana', {
    action: 'homepagequestionstore',
    storage: 'growthexperiments-mentor-questions',
  });
  const questions = at(stored, 'homepagequestionstore', 'questions');
  assert.deepEqual([at(questions, 0, 'isArchived'), at(questions, 1, 'isArchived')], [true, false]);
  const [first, second] = wiki.questionsOf('n_ana');
  assert.deepEqual(first, { page, text: 'First?', revision: 76 });
  assert.deepEqual(second, { page: `${page}/Archive 1`, text: 'First?', revision: 77 });
});

test('counts questions of any origin and content', async () => {
  const wiki = new FakeMediaWiki();
  const topic = { sectiontitle: 'x', wikitext: 'by topic', page: 'User talk:Mentor Olga' };
  const section = { section: 'new', sectiontitle: 'y', text: 'by edit ~~~~', title: 'User talk:Mentor Olga' };
  await ask(wiki, 'one\n\n== two ==\n[[User:Newcomer Ana|me]] --');
  await send(wiki, 'n_ana', { action: 'discussiontoolsedit', paction: 'addtopic', ...topic });
  await send(wiki, 'n_ana', { action: 'edit', ...section });
  await send(wiki, 'n_ana', { action: 'edit', title: 'River', appendtext: '\n== z ==\nno question' });
  assert.deepEqual(texts(wiki), ['one\n\n== two ==\n[[User:Newcomer Ana|me]] --', 'by topic', 'by edit']);
  assert.deepEqual(texts(wiki, 'q_kim').length, 3);
  wiki.setPage('User talk:Mentor Olga', null);
  assert.equal(texts(wiki).length, 1);
});

/** Cases by fault: the result for the client, and whether the wiki stored the question. */
const faults: Record<
  Exclude<Fault['how'], 'silence' | 'silence-after' | 'late' | 'slow'>,
  [RegExp, number]
> = {
  offline: [/^TypeError/, 0],
  reset: [/^TypeError/, 1],
  'bad-gateway': [/^502 text\/html <!DOCTYPE/, 0],
  'bad-gateway-after': [/^502 text\/html <!DOCTYPE/, 1],
  'garbled-after': [/^200 application\/json; charset=utf-8 \{"helppanel(?!.*\}$)/, 1],
};

const outcome = (answer: Promise<Response>): Promise<string> =>
  answer.then(
    async (response) => `${response.status} ${response.headers.get('content-type')} ${await response.text()}`,
    String,
  );

for (const how of Object.keys(faults) as (keyof typeof faults)[]) {
  test(`${how}, once`, async () => {
    const wiki = new FakeMediaWiki();
    wiki.disturb({ how });
    const [said, stored] = faults[how];
    assert.match(await outcome(ask(wiki)), said);
    assert.equal(texts(wiki).length, stored);
    assert.equal(wiki.log.length, stored);
    assert.match(await outcome(ask(wiki)), /^200 .*"success"/);
  });
}

const silences: readonly [Disturbance, stored: number][] = [
  [{ how: 'silence' }, 0],
  [{ how: 'silence-after' }, 1],
];
for (const [fault, stored] of silences) {
  test(`${fault.how}: no response until the client aborts`, async () => {
    const wiki = new FakeMediaWiki();
    wiki.disturb(fault);
    const controller = new AbortController();
    const reason = new Error('enough');
    const answer = outcome(ask(wiki, 'Where?', controller.signal));
    await flushMacrotasks();
    assert.equal(await Promise.race([answer, macrotask('nothing')]), 'nothing');
    assert.equal(texts(wiki).length, stored);
    controller.abort(reason);
    assert.equal(await answer, String(reason));
    assert.equal(texts(wiki).length, stored);
  });
}

/** Advances the mocked clock of a test, alternating with tasks that need no timer. */
async function pass(t: TestContext, ms: number): Promise<void> {
  await flushMacrotasks();
  t.mock.timers.tick(ms);
  await flushMacrotasks();
}
const timeout = () => new DOMException('too long', 'TimeoutError');

test('late: applied long after the client aborted', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const wiki = new FakeMediaWiki();
  wiki.disturb({ how: 'late', ms: 40 });
  const controller = new AbortController();
  const answer = outcome(ask(wiki, 'Where?', controller.signal));
  await pass(t, 39);
  controller.abort(timeout());
  assert.match(await answer, /TimeoutError/);
  assert.deepEqual(texts(wiki), []);
  await pass(t, 1);
  assert.deepEqual(texts(wiki), ['Where?']);
  wiki.disturb({ how: 'late', ms: 5 });
  const late = outcome(ask(wiki));
  await pass(t, 5);
  assert.match(await late, /^200/);
});

test('slow: applied at once, answered later or to nobody', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const wiki = new FakeMediaWiki();
  wiki.disturb({ how: 'slow', ms: 30, times: 2 });
  const answer = outcome(ask(wiki));
  await pass(t, 29);
  assert.equal(texts(wiki).length, 1);
  assert.equal(await Promise.race([answer, macrotask('nothing')]), 'nothing');
  await pass(t, 1);
  assert.match(await answer, /^200/);
  const controller = new AbortController();
  const again = outcome(ask(wiki, 'Again?', controller.signal));
  await pass(t, 5);
  controller.abort(timeout());
  assert.match(await again, /TimeoutError/);
  assert.equal(texts(wiki).length, 2);
});

test('faults apply to matching requests only, as often as specified, until they are ended', async () => {
  const wiki = new FakeMediaWiki();
  const match = ({ action }: Params) => action === inMentorship.action;
  const end = wiki.disturb({ how: 'offline', match, times: Infinity });
  wiki.disturb({ how: 'bad-gateway', match: ({ meta }) => meta === 'tokens', times: 2 });
  const results = [];
  for (let count = 0; count < 3; count += 1) {
    const answers = [ask(wiki), wiki.fetchAs('anon')(`${wiki.api}?meta=tokens`)].map(outcome);
    results.push((await Promise.all(answers)).map((said) => said.slice(0, 3)).join());
  }
  assert.deepEqual(results, ['Typ,502', 'Typ,502', 'Typ,501']);
  end();
  assert.match(await outcome(ask(wiki)), /^200/);
});

test('a gate delays responses until the test releases them, also for aborted clients', async () => {
  const wiki = new FakeMediaWiki();
  const gate = wiki.hold(({ body }) => body !== undefined);
  const controller = new AbortController();
  const answers = [ask(wiki, 'one'), ask(wiki, 'two', controller.signal)].map(outcome);
  await gate.arrived;
  await query(wiki, 'n_ana', { meta: 'userinfo' });
  assert.deepEqual(texts(wiki), []);
  controller.abort();
  assert.match(await answers[1]!, /AbortError/);
  gate.release();
  assert.match(await answers[0]!, /^200/);
  assert.deepEqual(texts(wiki), ['one', 'two']);
  assert.match(await outcome(ask(wiki, 'three')), /^200/);
});
