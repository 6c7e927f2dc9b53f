import assert from 'node:assert/strict';
import test from 'node:test';
import {
  FakeMediaWiki,
  type Fault,
  type FakeMediaWikiOptions,
  type PersonaId,
} from './fake-mediawiki/index.ts';
import { until } from './fault-injection-server.ts';

type Params = Readonly<Record<string, string>>;

const common = { format: 'json', formatversion: '2', errorformat: 'plaintext' };

const newWiki = (options: FakeMediaWikiOptions = {}) =>
  new FakeMediaWiki({ software: 'core-1.43', ...options });

const tokenOf = (wiki: FakeMediaWiki, viewer: PersonaId): string =>
  String(wiki.pageVariables(viewer, 'article').tokens.get('csrfToken'));

function post(wiki: FakeMediaWiki, viewer: PersonaId, params: Params): Promise<Response> {
  const body = new URLSearchParams({ ...common, token: tokenOf(wiki, viewer), ...params });
  return wiki.fetchAs(viewer)(wiki.api, { method: 'POST', body });
}

const question = {
  action: 'edit',
  title: 'User talk:Mentor Olga',
  section: 'new',
  sectiontitle: 'Ana (2026)',
};

const ask = (wiki: FakeMediaWiki, text = 'Where? ~~~~') => post(wiki, 'n_ana', { ...question, text });

const codeOf = async (answer: Promise<Response>) => (await answer).headers.get('mediawiki-api-error');

const texts = (wiki: FakeMediaWiki) => wiki.questionsOf('n_ana').map(({ text }) => text);

const lostQuestions: readonly (readonly [Fault, string[]])[] = [
  [{ how: 'offline' }, []],
  [{ how: 'reset' }, ['Where?']],
];

for (const [fault, left] of lostQuestions) {
  test(`applies a fault to a question: ${fault.how}`, async () => {
    const wiki = newWiki();
    wiki.disturb({ ...fault, match: ({ action }) => action === 'edit' });
    await assert.rejects(ask(wiki), TypeError);
    assert.deepEqual(texts(wiki), left);
  });
}

test('delivers a held question and a late one', async () => {
  const wiki = newWiki();
  const gate = wiki.hold(({ action }) => action === 'edit');
  const asked = ask(wiki);
  await gate.arrived;
  assert.deepEqual(texts(wiki), []);
  gate.release();
  await asked;
  wiki.disturb({ how: 'late', ms: 5 });
  await ask(wiki, 'And? ~~~~');
  await until(() => texts(wiki).length > 1);
  assert.deepEqual(texts(wiki), ['Where?', 'And?']);
});

test('refuses edits for every configured reason', async () => {
  const wiki = newWiki();
  wiki.setReadOnly('Maintenance');
  assert.equal(await codeOf(ask(wiki)), 'readonly');
  wiki.setReadOnly(null);
  const unprotect = wiki.protect(question.title);
  assert.equal(await codeOf(ask(wiki)), 'protectedpage');
  unprotect();
  const unlimited = wiki.limitRate({ action: 'edit', seconds: 30 });
  const answer = await ask(wiki);
  assert.equal(answer.headers.get('retry-after'), '30');
  unlimited();
  const unfiltered = wiki.refuseTexts(/Where/, 'Not so.');
  assert.equal(await codeOf(ask(wiki)), 'abusefilter-disallowed');
  unfiltered();
  const token = tokenOf(wiki, 'n_ana');
  wiki.expireTokens('n_ana');
  assert.equal(await codeOf(post(wiki, 'n_ana', { ...question, text: 'x', token })), 'badtoken');
  wiki.setUser('n_ana', { block: { of: 'Blocked Ivy' } });
  assert.equal(await codeOf(ask(wiki)), 'autoblocked');
  assert.deepEqual(texts(wiki), []);
});

test('overwrites the user’s own later edits if only a timestamp identifies the base; conflicts with a revision ID', async () => {
  let now = new Date('2026-11-22T11:00:00Z');
  const wiki = newWiki({ now: () => now });
  const edit = (text: string, base: Params = {}) =>
    post(wiki, 'n_ana', { action: 'edit', title: 'Moon', text, ...base });
  const { edit: first } = (await (await edit('one')).json()) as { edit: { newrevid: number } };
  const basetimestamp = now.toISOString();
  now = new Date('2026-11-22T11:00:05Z');
  await edit('two');
  assert.equal(await codeOf(edit('three', { baserevid: String(first.newrevid) })), 'editconflict');
  assert.equal(await codeOf(edit('four', { basetimestamp })), null);
});

test('1.43 without extensions has no extension preferences or rights, and its own messages', async () => {
  const wiki = newWiki();
  const search = new URLSearchParams({
    ...common,
    action: 'query',
    meta: 'userinfo',
    uiprop: 'rights|options',
  });
  const answer = await (await wiki.fetchAs('e_hal')(`${wiki.api}?${search}`)).text();
  assert.doesNotMatch(answer, /growth|echo-|discussiontools|enrollasmentor|visualeditor/);
  assert.match(answer, /"userjs-mentorship-mentor":"Mentor Nina"/);
  const blocked = await (await post(wiki, 'b_ivy', { ...question, text: 'x' })).text();
  assert.match(blocked, /Your username or IP address has been blocked\./);
  assert.throws(() => wiki.pageVariables('temp', 'article'), /no account/);
});

test('1.39 rejects later parameters', async () => {
  const wiki = newWiki({ software: 'core-1.39' });
  const search = new URLSearchParams({
    ...common,
    action: 'query',
    meta: 'userinfo',
    uiprop: 'cancreateaccount',
  });
  const answer = await (await wiki.fetchAs('e_hal')(`${wiki.api}?${search}`)).text();
  assert.match(answer, /Unrecognized value for parameter \\"uiprop\\": cancreateaccount/);
});
