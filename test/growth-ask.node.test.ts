import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { type Fault, FakeMediaWiki } from './fake-mediawiki/index.ts';
import type { Client } from '../src/sdk/client.ts';
import { growthActions } from '../src/sdk/growth/actions.ts';
import { isExcerptOf } from '../src/sdk/growth/questions.ts';
import { countOccurrences } from '../src/sdk/mediawiki/talk-page.ts';
import { createWikiClient, rejection, NOW, postsTo } from './fake-wiki-client.ts';
import { flushMacrotasks, until } from './fault-injection-server.ts';
import { neverAborted } from './recorded-writes.ts';

const QUESTION = 'What is a stub?';
const isQuestion = ({ action }: Readonly<Record<string, string>>) => action === 'helppanelquestionposter';
const LONG =
  `How do I add a reference to the article about the Moon? I read a book about it. ${'Really. '.repeat(20)}`.trim();

test('asks with two requests, one of them a write, and returns the link', async () => {
  const wiki = new FakeMediaWiki();
  const client = createWikiClient(wiki, 'n_ana');
  await client.load();
  const before = wiki.log.length;
  const marks: string[] = [];
  const asked = await client.ask(QUESTION, { onBeforeSend: (mark) => marks.push(mark) });
  const requests = wiki.log.slice(before, before + 2);
  assert.deepEqual(
    requests.map(({ method, params }) => [method, params.action]),
    [
      ['GET', 'query'],
      ['POST', 'helppanelquestionposter'],
    ],
  );
  assert.match(
    asked.url ?? '',
    /^https:\/\/wiki\.example\/wiki\/User_talk:Mentor_Fatima#Question_from_Newcomer_Ana_/,
  );
  assert.deepEqual(wiki.questionsOf('n_ana'), [
    { page: 'User talk:Mentor Fatima', text: QUESTION, revision: asked.revision },
  ]);
  assert.equal(asked.firstEdit, false);
  assert.equal(asked.snapshot.questions[0]?.state, 'waiting');
  assert.equal(marks.length, 1);
  assert.ok(parseInt(marks[0]!) < asked.revision!);
});

test('reports a first edit, and includes the page that a question is about', async () => {
  const wiki = new FakeMediaWiki();
  const asked = await createWikiClient(wiki, 'n_cy').ask(QUESTION, { pageTitle: 'Moon' });
  assert.equal(asked.firstEdit, true);
  assert.match(asked.url ?? '', /on_Moon/);
});

test('asks the stand-in while the mentor is away', async () => {
  const wiki = new FakeMediaWiki();
  const client = createWikiClient(wiki, 'n_dee', { page: 'homepage' });
  const asked = await client.ask(QUESTION);
  assert.match(asked.url ?? '', /User_talk:Mentor_Fatima#/);
});

test('sends nothing if another user is signed in', async () => {
  const wiki = new FakeMediaWiki();
  const client = createWikiClient(wiki, 'n_ana', { signedInLater: 'n_ben' });
  await client.load();
  for (const call of [
    client.ask(QUESTION),
    client.leave(),
    client.declineInvite(),
    client.refreshQuestions(),
  ]) {
    const error = await rejection(call);
    assert.deepEqual([error.code, error.outcomeUnknown], ['session', false]);
    assert.match(error.wikiMessage ?? '', /^You are no longer logged in as "Newcomer Ana"/);
  }
  assert.equal(postsTo(wiki).length, 0);
});

test('renews an expired token once', async () => {
  const wiki = new FakeMediaWiki();
  const client = createWikiClient(wiki, 'n_ana');
  const gate = wiki.hold(isQuestion);
  const asked = client.ask(QUESTION);
  await gate.arrived;
  wiki.expireTokens('n_ana');
  gate.release();
  await asked;
  assert.equal(postsTo(wiki).length, 2);
  assert.equal(wiki.questionsOf('n_ana').length, 1);
});

const LOST: [Fault, stored: boolean][] = [
  [{ how: 'offline' }, false],
  [{ how: 'bad-gateway' }, false],
  [{ how: 'reset' }, true],
  [{ how: 'bad-gateway-after' }, true],
  [{ how: 'garbled-after' }, true],
];

for (const [fault, stored] of LOST)
  test(`${fault.how}: outcome unknown, not resent, and ${stored ? 'found' : 'confirmed as absent'}`, async () => {
    const wiki = new FakeMediaWiki();
    const client = createWikiClient(wiki, 'n_ana');
    wiki.disturb({ ...fault, match: isQuestion });
    let mark = '';
    const error = await rejection(client.ask(QUESTION, { onBeforeSend: (told) => (mark = told) }));
    assert.equal(error.outcomeUnknown, true);
    assert.ok(postsTo(wiki).length <= 1);
    const found = await client.findQuestion(QUESTION, { checkpoint: mark });
    assert.equal(found !== null, stored);
    assert.equal(found?.duplicateUrl, stored ? null : undefined);
    assert.equal(found?.snapshot.questions[0]?.text, stored ? QUESTION : undefined);
    // Sending again after that stores it once.
    if (!found) await client.ask(QUESTION);
    assert.equal(wiki.questionsOf('n_ana').length, 1);
  });

/** Asks the question in the background, and records its checkpoints. */
function startAsking(client: Client) {
  const controller = new AbortController();
  const checkpoints: string[] = [];
  const onBeforeSend = (checkpoint: string) => void checkpoints.push(checkpoint);
  const asked = client.ask(QUESTION, { signal: controller.signal, onBeforeSend });
  asked.catch(() => {});
  return { asked, controller, checkpoints };
}

test('an abort during a pending request: outcome unknown, and found', async () => {
  const wiki = new FakeMediaWiki();
  const client = createWikiClient(wiki, 'n_ana');
  wiki.disturb({ how: 'silence-after', match: isQuestion });
  const { asked, controller, checkpoints } = startAsking(client);
  await until(() => wiki.questionsOf('n_ana').length > 0);
  controller.abort();
  const error = await rejection(asked);
  assert.deepEqual([error.code, error.outcomeUnknown], ['aborted', true]);
  assert.equal(
    (await client.findQuestion(QUESTION, { checkpoint: checkpoints[0] ?? '' }))?.revision,
    wiki.questionsOf('n_ana')[0]?.revision,
  );
});

test('finds a stored question after many other edits of the viewer', async () => {
  const wiki = new FakeMediaWiki();
  const client = createWikiClient(wiki, 'n_ana');
  wiki.disturb({ how: 'reset', match: isQuestion });
  let mark = '';
  await rejection(client.ask(QUESTION, { onBeforeSend: (told) => (mark = told) }));
  for (let edits = 0; edits < 21; edits++)
    wiki.reply('n_ana', { by: 'Newcomer Ana', text: `Addition ${edits}.` });
  const found = await client.findQuestion(QUESTION, { checkpoint: mark });
  assert.equal(found?.revision, wiki.questionsOf('n_ana')[0]?.revision);
});

test('sends nothing if the viewer has been blocked, and has the reason', async () => {
  const wiki = new FakeMediaWiki();
  const client = createWikiClient(wiki, 'n_ana');
  await client.load();
  wiki.setUser('n_ana', { block: { reason: "For '''now'''" } });
  const error = await rejection(client.ask(QUESTION));
  assert.deepEqual([error.code, error.wikiMessage], ['blocked', "For '''now'''"]);
  assert.equal(postsTo(wiki).length, 0);
});

test('a question that is delivered late is found by a later poll', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const wiki = new FakeMediaWiki();
  const client = createWikiClient(wiki, 'n_ana', { onPause: () => t.mock.timers.tick(10) });
  wiki.disturb({ how: 'late', ms: 30, match: isQuestion });
  const { asked, controller, checkpoints } = startAsking(client);
  while (checkpoints.length === 0) await flushMacrotasks();
  controller.abort();
  await rejection(asked);
  assert.ok(await client.findQuestion(QUESTION, { checkpoint: checkpoints[0] ?? '' }));
  assert.equal(wiki.questionsOf('n_ana').length, 1);
});

test('the outcome stays unknown if the wiki cannot be read', async () => {
  const wiki = new FakeMediaWiki();
  const client = createWikiClient(wiki, 'n_ana');
  await client.load();
  wiki.disturb({ how: 'garbled-after', match: ({ list }) => list === 'usercontribs', times: 99 });
  const error = await rejection(client.findQuestion(QUESTION, { checkpoint: '38' }));
  assert.deepEqual([error.code, error.outcomeUnknown], ['bad-data', true]);
});

/** Polls once without the question store, because a wiki saves the question before it stores it there. */
async function findOnPage(wiki: FakeMediaWiki, text: string, mark: string) {
  wiki.setUser('n_ana', { options: { 'growthexperiments-mentor-questions': null } });
  const snapshot = await createWikiClient(wiki, 'n_ana').load();
  const actions = growthActions({ api: wiki.api, fetch: wiki.fetchAs('n_ana'), now: () => NOW });
  // The checkpoint consists of the wiki's revision and an ID of the client.
  return actions.findQuestion(snapshot, { text, checkpoint: mark.split(' ')[0]!, ...neverAborted() });
}

for (const text of [
  QUESTION,
  LONG,
  'Two\nlines,  and   spaces',
  'I sign myself ~~~~',
  '[[River]] and {{Main Page}}',
  'Hello\n\n== Fake heading ==\n[[Category:X]] {{Main Page}}',
  '😀😀',
  'e\u0301te\u0301',
])
  test(`found on the mentor’s page if it is not stored: ${JSON.stringify(text.slice(0, 30))}`, async () => {
    const wiki = new FakeMediaWiki();
    let mark = '';
    const asked = await createWikiClient(wiki, 'n_ana').ask(text, { onBeforeSend: (told) => (mark = told) });
    assert.deepEqual(await findOnPage(wiki, text, mark), {
      url: 'https://wiki.example/wiki/User_talk:Mentor_Fatima',
      revision: asked.revision,
      firstEdit: false,
      recipient: 'Mentor Fatima',
      duplicateUrl: null,
    });
    assert.equal(await findOnPage(wiki, `${text}?`, mark), null);
    assert.equal(await findOnPage(wiki, text, String(asked.revision)), null);
  });

test('does not mistake an equal, earlier question on an edited page for the lost one', async () => {
  const wiki = new FakeMediaWiki();
  const client = createWikiClient(wiki, 'n_ana');
  await client.ask('hi');
  let mark = '';
  await client.ask(`Thanks! And what is a stub?\nhi`, { onBeforeSend: (told) => (mark = told) });
  assert.equal(await findOnPage(wiki, 'hi', mark), null);
  assert.equal(await findOnPage(wiki, 'what is a stub?', mark), null);
});

test('asks the same question of two tabs once', async () => {
  for (const text of [QUESTION, LONG]) {
    const wiki = new FakeMediaWiki();
    const tabs = [createWikiClient(wiki, 'n_ana'), createWikiClient(wiki, 'n_ana')];
    await Promise.all(tabs.map((tab) => tab.load()));
    const [first, second] = await Promise.all(tabs.map((tab) => tab.ask(text)));
    assert.equal(first?.revision, second?.revision);
    assert.equal(wiki.questionsOf('n_ana').length, 1);
    // Both tabs know the first one now, so this is another question.
    await tabs[0]!.ask(text);
    assert.equal(wiki.questionsOf('n_ana').length, 2);
  }
});

test('asks both questions of two tabs if they only begin alike', async () => {
  const wiki = new FakeMediaWiki();
  const tabs = [createWikiClient(wiki, 'n_ana'), createWikiClient(wiki, 'n_ana')];
  await Promise.all(tabs.map((tab) => tab.load()));
  await Promise.all([tabs[0]!.ask(`${LONG} One`), tabs[1]!.ask(`${LONG} Two`)]);
  assert.equal(wiki.questionsOf('n_ana').length, 2);
});

test('asks each text once for any interleaving of callers, texts and tabs', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.record({ text: fc.constantFrom('One?', 'Two?', 'Three?'), tab: fc.nat(1) }), {
        minLength: 1,
        maxLength: 7,
      }),
      async (scheduler, calls) => {
        const wiki = new FakeMediaWiki();
        const fetch = scheduler.scheduleFunction(wiki.fetchAs('n_ana'));
        const tabs = [createWikiClient(wiki, 'n_ana', { fetch }), createWikiClient(wiki, 'n_ana', { fetch })];
        await scheduler.waitFor(Promise.all(tabs.map((tab) => tab.load())));
        const asked = calls.map(({ text, tab }) => tabs[tab]!.ask(text));
        await scheduler.waitFor(Promise.all(asked));
        const expected = [...new Set(calls.map(({ text }) => text))].sort();
        assert.deepEqual(
          wiki
            .questionsOf('n_ana')
            .map(({ text }) => text)
            .sort(),
          expected,
        );
        assert.equal(postsTo(wiki).length, expected.length);
      },
    ),
    { numRuns: 40 },
  );
});

test('prepareQuestion returns what is known before a question is written', async () => {
  const wiki = new FakeMediaWiki();
  const client = createWikiClient(wiki, 'n_ana');
  await client.load();
  const before = wiki.log.length;
  assert.deepEqual(await client.prepareQuestion(), {
    writable: true,
    copyright: null,
    notifies: true,
    sendsEmail: true,
    emailUrl: 'https://wiki.example/wiki/Special:ChangeEmail',
    mentor: 'Mentor Fatima',
  });
  // Both requests are sent at the same time.
  assert.equal(wiki.log.length - before, 2);

  wiki.setCopyright({ url: '//creativecommons.org/licenses/by-sa/4.0/', text: 'CC BY-SA 4.0' });
  wiki.setContentModel('User talk:Mentor Fatima', 'flow-board');
  wiki.setUser('n_ana', { email: { address: 'ana@example.org', confirmedAt: null } });
  await client.refresh();
  assert.deepEqual(await client.prepareQuestion(), {
    writable: false,
    copyright: { name: 'CC BY-SA 4.0', url: 'https://creativecommons.org/licenses/by-sa/4.0/' },
    notifies: true,
    sendsEmail: true,
    emailUrl: 'https://wiki.example/wiki/Special:ConfirmEmail',
    mentor: 'Mentor Fatima',
  });

  wiki.setUser('n_ana', { email: { address: 'ana@example.org', confirmedAt: '2026-11-20T00:00:00Z' } });
  await client.refresh();
  assert.equal((await client.prepareQuestion()).emailUrl, null);
});

test('treats a missing talk page of the recipient as writable', async () => {
  const wiki = new FakeMediaWiki();
  wiki.setPage('User talk:Mentor Fatima', null);
  assert.equal((await createWikiClient(wiki, 'n_ana').prepareQuestion()).writable, true);
  wiki.setContentModel('User talk:Mentor Olga', 'flow-board');
  const client = createWikiClient(wiki, 'n_dee', { page: 'homepage' });
  assert.equal((await client.load()).standIn?.name, 'Mentor Fatima');
  assert.equal((await client.prepareQuestion()).writable, true);
});

test('shortens texts as wikis do', () => {
  const start = Array.from(LONG).slice(0, 57).join('');
  for (const excerpt of [
    `${start}...`,
    `${start}…`,
    `${start.slice(0, 55)} …`,
    `${start.replaceAll(' ', '  ')}...`,
  ])
    assert.equal(isExcerptOf(excerpt, LONG), true, excerpt);
  for (const [excerpt, text] of [
    [QUESTION, ` ${QUESTION}\n`],
    ['a\nb', 'a b'],
    ['e\u0301', '\u00e9'],
  ] as const)
    assert.equal(isExcerptOf(excerpt, text), true);
  for (const [excerpt, text] of [
    [start, LONG],
    ['What...', 'What is a stub?'],
    ['', QUESTION],
    [QUESTION, 'What is a stub'],
    [`${start}x...`, LONG],
  ] as const)
    assert.equal(isExcerptOf(excerpt, text), false, excerpt);
});

test('finds a question in a page only as a whole line with a signature', () => {
  const page = (body: string) => `== Question ==\n\n${body} --[[User:Ana]] 10:51 (UTC)\n\n== Other ==\n\nx`;
  assert.equal(countOccurrences(page('hi'), 'hi'), 1);
  assert.equal(countOccurrences(page(":''away''\nhi"), 'hi'), 1);
  assert.equal(countOccurrences(`${page('hi')}\n${page('hi')}`, 'hi'), 2);
  for (const other of ['this', 'hi there', ':hi', 'oh hi'])
    assert.equal(countOccurrences(page(other), 'hi'), 0, other);
  assert.equal(countOccurrences(page('See [[River (Asia)|River]] now'), 'See [[River (Asia)|]] now'), 1);
  assert.equal(countOccurrences('== Q ==\n\nBye [[User:Ana]] 10:51', 'Bye ~~~~'), 1);
  assert.equal(countOccurrences('== Q ==\n\nBye for now --[[User:Ana]] 10:51', 'Bye ~~~~'), 0);
  assert.equal(countOccurrences(page('hi --there'), 'hi'), 0);
  assert.equal(countOccurrences(page('hi --\nthere'), 'hi'), 0);
  assert.equal(countOccurrences(page('hi --'), 'hi --'), 1);
  assert.equal(countOccurrences(page('How do I use a template?'), 'How do I use {{cite}}?'), 0);
  assert.equal(countOccurrences(page('See rivers now'), 'See [[River]] now'), 0);
  assert.equal(countOccurrences(page('[[:Moon]]\n\nhi'), 'hi'), 1);
  assert.equal(countOccurrences(page('See {{Talk:A}} --B'), 'See {{Talk:A}} --B'), 1);
  assert.equal(countOccurrences(page('See {{Talk:A --B}}'), 'See {{Talk:A --B}}'), 1, 'not replaced');
  assert.equal(countOccurrences(page(''), ''), 0);
  assert.equal(countOccurrences('', ''), 0);
});

test('prepareQuestion reloads the snapshot if the viewer has another mentor now', async () => {
  const wiki = new FakeMediaWiki();
  const client = createWikiClient(wiki, 'n_ana');
  assert.equal((await client.load()).mentor?.name, 'Mentor Fatima');
  wiki.setMentor('n_ana', 'Mentor Marcus');
  assert.equal((await client.prepareQuestion()).mentor, 'Mentor Marcus');
  assert.equal((await client.load()).mentor?.name, 'Mentor Marcus');
});

test('names the user whose page has the question, also if the mentor has changed since', async () => {
  const wiki = new FakeMediaWiki();
  const client = createWikiClient(wiki, 'n_ana');
  await client.load();
  wiki.setMentor('n_ana', 'Mentor Marcus');
  assert.equal((await client.ask(QUESTION)).recipient, 'Mentor Marcus');
});

test('asks a text that is the beginning, or has the same excerpt, of a question of another tab', async () => {
  const start = Array.from(LONG).slice(0, 57).join('');
  for (const [first, second] of [
    [LONG, start],
    [LONG, `${start}...`],
    [LONG, LONG.slice(0, 60)],
    [`${LONG} One`, LONG],
    [`${LONG}\n\nmore`, LONG],
    [`${QUESTION} --again`, QUESTION],
    ['How do I use a template?', 'How do I use {{cite}}?'],
  ] as const) {
    const wiki = new FakeMediaWiki();
    const tabs = [createWikiClient(wiki, 'n_ana'), createWikiClient(wiki, 'n_ana')];
    await Promise.all(tabs.map((tab) => tab.load()));
    await tabs[0]!.ask(first);
    await tabs[1]!.ask(second);
    assert.equal(wiki.questionsOf('n_ana').length, 2, second);
  }
});

test('does not take a longer question for a lost one', async () => {
  const wiki = new FakeMediaWiki();
  const [lost, other] = [createWikiClient(wiki, 'n_ana'), createWikiClient(wiki, 'n_ana')];
  let mark = '';
  wiki.disturb({ how: 'offline', match: isQuestion });
  const text = LONG.slice(0, 57).trim();
  await rejection(lost.ask(text, { onBeforeSend: (checkpoint) => (mark = checkpoint) }));
  await other.ask(LONG);
  assert.equal(await lost.findQuestion(text, { checkpoint: mark }), null);
});
