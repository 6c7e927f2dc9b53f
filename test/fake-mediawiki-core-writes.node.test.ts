import assert from 'node:assert/strict';
import test from 'node:test';
import { FakeMediaWiki, type PersonaId } from './fake-mediawiki/index.ts';

type Params = Readonly<Record<string, string>>;

const common = { format: 'json', formatversion: '2', errorformat: 'plaintext' };

const tokenOf = (wiki: FakeMediaWiki, viewer: PersonaId): string =>
  String(wiki.pageVariables(viewer, 'article').tokens.get('csrfToken'));

async function post(wiki: FakeMediaWiki, viewer: PersonaId, params: Params): Promise<unknown> {
  const body = new URLSearchParams({ ...common, token: tokenOf(wiki, viewer), ...params });
  return (await wiki.fetchAs(viewer)(wiki.api, { method: 'POST', body })).json();
}

async function query(wiki: FakeMediaWiki, viewer: PersonaId, params: Params): Promise<unknown> {
  const search = new URLSearchParams({ ...common, action: 'query', ...params });
  return (await wiki.fetchAs(viewer)(`${wiki.api}?${search}`)).json();
}

/** Returns the value at a path in JSON; undefined if there is none. */
function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (object, key) => Object.entries(Object(object) as object).find(([name]) => name === String(key))?.[1],
    value,
  );
}

const codeOf = (answer: unknown) => at(answer, 'errors', 0, 'code') ?? at(answer, 'edit', 'result');

const plainWiki = () => new FakeMediaWiki({ software: 'core-1.39' });

const list = (...names: readonly string[]) =>
  JSON.stringify(
    { Mentors: Object.fromEntries(names.map((name, id) => [id + 1, { username: name }])) },
    null,
    '\t',
  );

const content = async (wiki: FakeMediaWiki, titles: string) =>
  at(
    await query(wiki, 'anon', { prop: 'revisions', rvprop: 'content|ids', rvslots: 'main', titles }),
    'query',
    'pages',
    0,
    'revisions',
    0,
  );

test('stores a question as a signed section that can be answered, archived and read', async () => {
  const wiki = plainWiki();
  const page = 'User talk:Mentor Fatima';
  const section = 'Newcomer Ana (2026-11-22 11:00:00)';
  const words = { title: page, section: 'new', sectiontitle: section, text: 'Where? ~~~~' };
  const answer = await post(wiki, 'n_ana', { action: 'edit', ...words });
  const stored = JSON.stringify([
    { text: 'Where?', page, section, revision: at(answer, 'edit', 'newrevid') },
  ]);
  const option = { optionname: 'userjs-mentorship-questions', optionvalue: stored };
  await post(wiki, 'n_ana', { action: 'options', ...option });
  wiki.reply('n_ana', { text: 'Here.' });
  assert.match(
    wiki
      .questionsOf('n_ana')
      .map(({ text }) => text)
      .join(),
    /^Where\?$/,
  );
  assert.match(
    String(at(await content(wiki, page), 'slots', 'main', 'content')),
    /== Newcomer Ana \(2026-11-22 11:00:00\) ==\n\nWhere\? \[\[User:Newcomer Ana\|.* \(UTC\)\n:Here\. \[\[User:Mentor Fatima/,
  );
  wiki.archive('n_ana');
  assert.doesNotMatch(String(at(await content(wiki, page), 'slots', 'main', 'content')), /Newcomer Ana/);
});

test('treats the same section on an older base as a repetition', async () => {
  const wiki = plainWiki();
  const words = { title: 'User talk:Mentor Fatima', section: 'new', sectiontitle: 'A', text: 'x ~~~~' };
  const baserevid = String(at(await content(wiki, words.title), 'revid'));
  const ask = () => post(wiki, 'n_ana', { action: 'edit', ...words, baserevid });
  assert.equal(codeOf(await ask()), 'Success');
  assert.equal(codeOf(await ask()), 'editconflict');
  assert.equal(codeOf(await post(wiki, 'n_ana', { action: 'edit', ...words })), 'Success');
});

test('merges concurrent changes of the list at different places and reports a conflict at the same place', async () => {
  const wiki = plainWiki();
  const title = wiki.mentorsPage;
  wiki.setPage(title, list('A', 'B', 'C', 'D', 'E'));
  const baserevid = String(at(await content(wiki, title), 'revid'));
  const edit = (viewer: PersonaId, ...names: string[]) =>
    post(wiki, viewer, { action: 'edit', title, text: list(...names), baserevid });
  assert.equal(codeOf(await edit('e_hal', 'A', 'B', 'C', 'D', 'E', 'F')), 'Success');
  assert.equal(codeOf(await edit('e_gus', 'Z', 'B', 'C', 'D', 'E')), 'Success');
  assert.equal(codeOf(await edit('n_ana', 'A', 'B', 'C', 'D', 'E', 'G')), 'editconflict');
  assert.equal(
    at(await content(wiki, title), 'slots', 'main', 'content'),
    list('Z', 'B', 'C', 'D', 'E', 'F'),
  );
  assert.equal(at(await edit('n_ana', 'A', 'B', 'C', 'D', 'E'), 'edit', 'nochange'), true);
});

test('reformats and validates JSON, also for a page that becomes JSON', async () => {
  const wiki = plainWiki();
  const title = 'Project:Other.json';
  const edit = (more: Params) => post(wiki, 'n_ana', { action: 'edit', title, ...more });
  assert.equal(at(await edit({ text: '{"a":1} ~~~~' }), 'edit', 'contentmodel'), 'wikitext');
  assert.equal(at(await edit({ text: '{"a":"<"}', contentmodel: 'json' }), 'edit', 'contentmodel'), 'json');
  assert.equal(at(await content(wiki, title), 'slots', 'main', 'content'), '{\n\t"a": "\\u003C"\n}');
  assert.equal(codeOf(await edit({ text: '{"a"' })), 'invalid-json-data');
});

test('checks existence conditions, blank questions, captchas and pages of the software', async () => {
  const wiki = plainWiki();
  const edit = (more: Params) => post(wiki, 'n_ana', { action: 'edit', text: 'x', title: 'Moon', ...more });
  assert.equal(codeOf(await edit({ createonly: '1' })), 'articleexists');
  assert.equal(codeOf(await edit({ nocreate: '1', title: 'Sun' })), 'missingtitle');
  assert.equal(codeOf(await edit({ section: 'new', text: ' ' })), 'missingcommenttext');
  assert.equal(codeOf(await edit({ title: wiki.settingsPage, text: '{}' })), 'protectednamespace-interface');
  const end = wiki.demandCaptcha(/https:/);
  const answer = await edit({ text: 'https://example.org' });
  assert.deepEqual([codeOf(answer), at(answer, 'edit', 'captcha', 'type')], ['Failure', 'simple']);
  end();
  assert.equal(codeOf(await edit({ text: 'https://example.org' })), 'Success');
});

test('has no extension modules', async () => {
  const wiki = plainWiki();
  const set = await post(wiki, 'n_ana', { action: 'growthsetmentor', mentee: 'Newcomer Ana' });
  assert.equal(codeOf(set), 'badvalue');
  const batch = await query(wiki, 'n_ana', { meta: 'userinfo', list: 'growthmentorlist' });
  assert.equal(at(batch, 'warnings', 0, 'code'), 'unrecognizedvalues');
  const text = '{{#mentor:Newcomer Ana}}';
  const expanded = await query(wiki, 'n_ana', { action: 'expandtemplates', text, prop: 'wikitext' });
  assert.equal(at(expanded, 'expandtemplates', 'wikitext'), text);
});

test('stores changes by the test in preferences', async () => {
  const wiki = plainWiki();
  const options = () => wiki.pageVariables('n_ana', 'article').options;
  wiki.setMentor('n_ana', 'Mentor Marcus');
  assert.equal(options().get('userjs-mentorship-mentor'), 'Mentor Marcus');
  wiki.setUser('n_ana', { status: 'optout' });
  assert.equal(options().get('userjs-mentorship-mentor'), null);
  assert.equal(options().get('userjs-mentorship-status'), 'opted-out');
  await post(wiki, 'n_ana', {
    action: 'options',
    change: '\u001fuserjs-a=1|2\u001fuserjs-mentorship-status',
  });
  assert.deepEqual([options().get('userjs-a'), options().get('userjs-mentorship-status')], ['1|2', null]);
  await post(wiki, 'n_ana', { action: 'options', reset: '1', resetkinds: 'userjs' });
  assert.deepEqual([options().get('userjs-a'), options().get('gender')], [null, 'female']);
});
