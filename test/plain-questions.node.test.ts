import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { FakeMediaWiki, type PersonaId } from './fake-mediawiki/index.ts';
import { autoSource, createClient, mediawikiSource } from '../src/sdk/index.js';
import { createWikiClient, NOW, rejection, postsTo, pageText, distinctParams } from './fake-wiki-client.ts';

const TALK = 'User talk:Mentor Fatima';
const TEXT = 'May I write about my own village?';
const SECTION = 'Newcomer Ana (2026-11-22 11:00:00)';
const URL_OF_SECTION = `https://wiki.example/wiki/User_talk:Mentor_Fatima#${SECTION.replaceAll(' ', '_')}`;

const core = () => new FakeMediaWiki({ software: 'core-1.39' });
const client = (wiki: FakeMediaWiki, viewer: PersonaId = 'n_ana') =>
  createWikiClient(wiki, viewer, { source: autoSource });
const count = (text: string, part: string) => text.split(part).length - 1;

test('ask: adds a signed section with a unique heading and a summary', async () => {
  const wiki = core();
  const asked = await client(wiki).ask(TEXT);
  const [edit, options] = postsTo(wiki).map(({ params }) => distinctParams(params));
  assert.deepEqual(edit, {
    action: 'edit',
    title: TALK,
    redirect: '1',
    section: 'new',
    sectiontitle: SECTION,
    text: `${TEXT} --~~~~`,
    summary: `/* ${SECTION} */ #mentorship-question`,
    baserevid: '20',
    basetimestamp: '2026-11-22T06:00:00Z',
    starttimestamp: '2026-11-22T11:00:00Z',
  });
  assert.equal(options?.action, 'options');
  assert.equal(decodeURI(asked.url ?? ''), URL_OF_SECTION);
  assert.ok((asked.revision ?? 0) > 0);
  const [question] = asked.snapshot.questions;
  assert.deepEqual([question?.text, question?.state, question?.url], [TEXT, 'waiting', asked.url]);
  const page = await pageText(wiki, TALK);
  assert.equal(count(page, `== ${SECTION} ==`), 1);
  assert.equal(count(page, TEXT), 1);
  assert.match(page, /village\? --\[\[User:Newcomer Ana/);
});

test('the text cannot split the section and is signed once', async () => {
  const wiki = core();
  await client(wiki).ask('One\n== Two ==\n =three=\n~~~~');
  const [edit] = postsTo(wiki);
  assert.equal(edit?.params.text, 'One\n<nowiki />== Two ==\n<nowiki /> =three=\n~~~~');
});

test('includes the page that a question is about', async () => {
  const wiki = core();
  await client(wiki).ask(TEXT, { pageTitle: 'River' });
  await client(wiki).ask(`${TEXT} 2`, { pageTitle: 'no]]title' });
  const [first, second] = postsTo(wiki, 'edit').map(({ params }) => params.text);
  assert.deepEqual([first, second], [`[[:River]]\n\n${TEXT} --~~~~`, `${TEXT} 2 --~~~~`]);
});

test('stores the last three questions with excerpts, newest first', async () => {
  const wiki = core();
  const kim = client(wiki, 'q_kim');
  const long = 'x'.repeat(300);
  const { snapshot } = await kim.ask(long);
  assert.equal(snapshot.questions.length, 3);
  assert.equal(snapshot.questions[0]?.text, 'x'.repeat(200));
});

test('returns waiting, answered and archived', async () => {
  const wiki = core();
  const { questions } = await client(wiki, 'q_kim').refreshQuestions();
  assert.deepEqual(
    questions.map(({ state }) => state),
    ['waiting', 'answered', 'archived'],
  );
  const ana = client(wiki);
  await ana.ask(TEXT);
  wiki.reply('n_ana', { by: 'Mentor Fatima', text: 'Of course!' });
  assert.equal((await ana.refreshQuestions()).questions[0]?.state, 'answered');
});

const LOST = ['reset', 'bad-gateway-after', 'garbled-after'] as const;

const posting = (action: string) => (params: Readonly<Record<string, string>>) => params.action === action;

for (const how of LOST)
  test(`${how}: finds the stored question and does not resend it`, async () => {
    const wiki = core();
    wiki.disturb({ match: posting('edit'), how });
    const ana = client(wiki);
    let mark = '';
    const error = await rejection(ana.ask(TEXT, { onBeforeSend: (given) => (mark = given) }));
    assert.equal(error.outcomeUnknown, true);
    const found = await ana.findQuestion(TEXT, { checkpoint: mark });
    assert.equal(decodeURI(found?.url ?? ''), URL_OF_SECTION);
    assert.ok((found?.revision ?? 0) > 20);
    assert.equal(found?.snapshot.questions[0]?.text, TEXT);
    assert.equal(postsTo(wiki, 'edit').length, 1);
    assert.equal(count(await pageText(wiki, TALK), TEXT), 1);
  });

test('does not find a question that did not arrive, whatever was asked before', async () => {
  const wiki = core();
  const ana = client(wiki);
  await ana.ask(TEXT);
  let mark = '';
  wiki.disturb({ match: posting('edit'), how: 'offline' });
  await rejection(ana.ask(TEXT, { onBeforeSend: (given) => (mark = given) }));
  assert.equal(await ana.findQuestion(TEXT, { checkpoint: mark }), null);
});

test('does not resend the same question from another tab', async () => {
  const wiki = core();
  const [one, two] = [client(wiki), client(wiki)];
  await Promise.all([one.load(), two.load()]);
  const first = await one.ask(TEXT);
  const second = await two.ask(TEXT);
  assert.deepEqual([second.url, second.revision], [first.url, first.revision]);
  assert.equal(postsTo(wiki, 'edit').length, 1);
});

test('does not resend a question that another tab asked more than an hour ago', async () => {
  const wiki = core();
  const later = new Date(NOW.getTime() + 2 * 3_600_000);
  const two = createWikiClient(wiki, 'n_ana', {
    source: (options) => autoSource({ ...options, now: () => later }),
  });
  await two.load();
  const first = await client(wiki).ask(TEXT);
  assert.equal((await two.ask(TEXT)).url, first.url);
  assert.equal(postsTo(wiki, 'edit').length, 1);
});

test('sends a question again that the viewer knows, though another tab has asked a different one since', async () => {
  const wiki = core();
  const [one, two] = [client(wiki), client(wiki)];
  await one.ask(TEXT);
  await two.load();
  await one.ask('And about my street?');
  await two.ask(TEXT);
  assert.equal(postsTo(wiki, 'edit').length, 3);
});

test('refusals contain the wiki’s message, and nothing is stored', async () => {
  const cases: [string, (wiki: FakeMediaWiki) => void, string, RegExp?][] = [
    [
      'blocked',
      (wiki) => wiki.setUser('n_ana', { block: { expiry: '2027-01-01T00:00:00Z' } }),
      'blocked',
      /^Test block$/,
    ],
    ['read-only', (wiki) => wiki.setReadOnly('Being moved.'), 'read-only'],
    ['a captcha', (wiki) => wiki.demandCaptcha(/village/), 'refused', /^$/],
    ['protected', (wiki) => void wiki.protect(TALK), 'refused'],
    ['rate', (wiki) => void wiki.limitRate({ action: 'edit' }), 'rate-limited'],
  ];
  for (const [name, prepare, code, words = /./] of cases) {
    const wiki = core();
    prepare(wiki);
    const error = await rejection(client(wiki).ask(TEXT));
    assert.deepEqual([error.code, error.outcomeUnknown], [code, false], name);
    assert.match(error.wikiMessage ?? '', words, name);
    assert.equal(count(await pageText(wiki, TALK), TEXT), 0);
  }
});

/** Creates a client whose POSTs of an edit, and all requests afterwards, are answered by a function, unless it returns null. */
function clientOf(wiki: FakeMediaWiki, reply: (edits: number) => Response | null) {
  let edits = 0;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    if (request.method === 'POST' && /action=edit/.test(await request.clone().text())) edits++;
    return (edits > 0 && reply(edits)) || wiki.fetchAs('n_ana')(request);
  };
  return createWikiClient(wiki, 'n_ana', { source: autoSource, fetch });
}

test('a clear refusal by the server leaves no doubt about the outcome', async () => {
  const wiki = core();
  const error = await rejection(clientOf(wiki, () => new Response('', { status: 403 })).ask(TEXT));
  assert.deepEqual([error.code, error.outcomeUnknown], ['denied', false]);
});

test('a recorded block of the account or its address is `blocked`', async () => {
  for (const file of ['38-question-blocked', '39-question-autoblocked']) {
    const recording = readFileSync(`test/recordings-1.39/writes/${file}.json`, 'utf8');
    const { response } = JSON.parse(recording) as { response: { body: object } };
    const error = await rejection(clientOf(core(), () => Response.json(response.body)).ask(TEXT));
    assert.deepEqual([error.code, error.outcomeUnknown], ['blocked', false], file);
  }
});

test('a token that fails before the edit leaves no doubt about the outcome', async () => {
  const wiki = core();
  let isSent = false;
  const source = mediawikiSource({
    api: wiki.api,
    now: () => NOW,
    fetch: wiki.fetchAs('n_ana'),
    token: () => (isSent ? Promise.reject(new Error('expired')) : 'token'),
  });
  const asked = createClient({ source }).ask(TEXT, { onBeforeSend: () => (isSent = true) });
  const error = await rejection(asked);
  assert.deepEqual([error.code, error.outcomeUnknown], ['session', false]);
  assert.equal(postsTo(wiki, 'edit').length, 0);
});

test('the outcome is unknown if the search after an edit conflict fails, also with an error of the wiki', async () => {
  const conflict = () => Response.json({ errors: [{ code: 'editconflict', text: 'Edit conflict.' }] });
  for (const [answer, code] of [
    [() => Response.json({ errors: [{ code: 'readapidenied', text: 'No.' }] }), 'denied'],
    [() => new Response('', { status: 403 }), 'denied'],
  ] as const) {
    let isFirst = true;
    const client = clientOf(core(), () => {
      if (!isFirst) return answer();
      isFirst = false;
      return conflict();
    });
    const error = await rejection(client.ask(TEXT));
    assert.deepEqual([error.code, error.outcomeUnknown], [code, true]);
  }
});

test('fails if another user is signed in', async () => {
  const wiki = core();
  const ana = createWikiClient(wiki, 'n_ana', { source: autoSource, signedInLater: 'n_ben' });
  assert.equal((await rejection(ana.ask(TEXT))).code, 'session');
  assert.equal(postsTo(wiki).length, 0);
});

test('publishes the question even if the options cannot be written', async () => {
  const wiki = core();
  wiki.disturb({ match: posting('options'), how: 'bad-gateway' });
  const asked = await client(wiki).ask(TEXT);
  assert.ok(asked.url);
  assert.equal(count(await pageText(wiki, TALK), TEXT), 1);
});

test('another tab that does not know a sent question sends its own', async () => {
  const long = `== Look ==\n${'a long question '.repeat(20)}`;
  const lost: [string, (wiki: FakeMediaWiki) => void][] = [
    ['nothing', () => {}],
    ['the list of questions', (wiki) => void wiki.disturb({ match: posting('options'), how: 'bad-gateway' })],
    ['the answer', (wiki) => void wiki.disturb({ match: posting('edit'), how: 'reset' })],
  ];
  for (const [what, loseResponse] of lost)
    for (const text of [TEXT, long]) {
      const wiki = core();
      const [one, two] = [client(wiki), client(wiki)];
      await Promise.all([one.load(), two.load()]);
      loseResponse(wiki);
      await one.ask(text).catch(() => {});
      await two.ask(text);
      assert.equal(postsTo(wiki, 'edit').length, 1, `${what} ${text.length}`);
    }
});

test('asks the same text later as another question with its own heading', async () => {
  const wiki = core();
  const ana = client(wiki);
  const [first, second] = [await ana.ask(TEXT), await ana.ask(TEXT)];
  assert.notEqual(first.url, second.url);
  assert.equal(postsTo(wiki, 'edit').length, 2);
});

test('a tab with stale data asks nobody if the viewer has left or has another mentor', async () => {
  for (const act of ['leave', 'choose'] as const) {
    const wiki = core();
    const [one, two] = [client(wiki), client(wiki)];
    await Promise.all([one.load(), two.load()]);
    await (act === 'leave' ? one.leave() : one.chooseMentor('Mentor Marcus'));
    assert.equal((await rejection(two.ask(TEXT))).code, 'no-mentor');
    assert.equal(postsTo(wiki, 'edit').length, 0);
  }
});

test('a user named in a question has not answered it', async () => {
  const wiki = core();
  const ana = client(wiki);
  await ana.ask('[[User:Admin|Admin]] reverted my edit, why?', { pageTitle: 'User talk:Admin' });
  assert.equal((await ana.refreshQuestions()).questions[0]?.state, 'waiting');
  wiki.reply('n_ana', { by: 'Mentor Fatima', text: 'Let me look.' });
  assert.equal((await ana.refreshQuestions()).questions[0]?.state, 'answered');
});

test('five tildes are not a signature', async () => {
  const wiki = core();
  await client(wiki).ask('When? ~~~~~');
  assert.equal(postsTo(wiki, 'edit')[0]?.params.text, 'When? ~~~~~ --~~~~');
});
