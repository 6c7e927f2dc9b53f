import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import {
  FakeMediaWiki,
  personas,
  type FakeMediaWikiOptions,
  type PersonaId,
} from './fake-mediawiki/index.ts';

/** A recorded exchange with a real wiki; see test/recordings/README.md. */
interface Recording {
  readonly as_user: string | null;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly query: Readonly<Record<string, string>>;
    readonly post: Readonly<Record<string, string>> | null;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Readonly<Record<string, unknown>>;
  };
}

const folder = 'test/recordings';
const read = (path: string): Recording => JSON.parse(readFileSync(`${folder}/${path}`, 'utf8')) as Recording;

// Patterns of values that may differ from the recording. Everything else is compared exactly.
const masks: readonly { where: RegExp; replace: readonly [RegExp, string][]; reason: string }[] = [
  {
    where: /\.homepagequestionstore\.html$/,
    replace: [
      [/<h3>[^<]*<\/h3>/g, '<h3></h3>'],
      [/(<span class="question-posted-on">)[^<]*/g, '$1'],
      [/ title="[^"]*">[^<]*<\/a>/g, ' title=""></a>'],
    ],
    reason:
      "the extension's sentences (heading, age, hint, label) are its own and left out; the markup is compared",
  },
  {
    where: /^\.error(s\.0)?\.(info|html|code)$/,
    replace: [
      [/((?:has been blocked|is blocked from doing this)\.)[^]*/, '$1'],
      [/((?:has_been_blocked|is_blocked_from_doing_this)_).*/, '$1'],
    ],
    reason:
      'the text about a block, and the code made from it, is a page long: only its first sentence is compared',
  },
  {
    where: /^\.error\.info$/,
    replace: [[/^\[[0-9a-f]{24}\]/, '[request]']],
    reason: 'the number of the request that failed is random',
  },
  {
    where: /\.parse\.headhtml$/,
    replace: [
      [/^[^]*?RLCONF=/, ''],
      [/"wgRequestId":"[0-9a-f]*"/, ''],
      [/;\nRLSTATE[^]*?(mw\.user\.tokens\.set\([^)]*\))[^]*$/, '$1'],
    ],
    reason:
      "the head of a page is the skin's: only the variables and tokens that scripts read there are compared",
  },
  {
    where: /\.parse\.text$/,
    replace: [
      [/<!-- \nNewPP limit report[^]*?-->\n<!--[^]*?-->\n/, ''],
      [/(<(?:h3|p|th)(?: [^>]*)?>)[^<]*(<\/(?:h3|p|th)>)/g, '$1$2'],
      [/(<td data-sort-value="(?:-1|[0-4])">)[^<]*/g, '$1'],
      [/(<td data-sort-value="\d{10}">)\D+/g, '$1'],
      [/<td>[^<]*(<\/td><\/tr><\/tbody><\/table>\n)$/, '<td>$1'],
    ],
    reason:
      "the time the parser took; the extension's sentences, among them the one for the last mentor, who has no introduction",
  },
  {
    where: /\.discussiontoolsedit\.content$/,
    replace: [[/^(<div [^>]*>)[^]*$/, '$1']],
    reason: "a whole page in the skin's markup, of which the recording keeps a part",
  },
  {
    where: /\.discussiontoolsedit\.contentSub$/,
    replace: [[/(<div [^>]*>)[^<]*(<a [^>]*>)[^<]*<\/a>[^<]*/, '$1$2</a>']],
    reason:
      "the extension's sentence about the newest comment is its own: the addresses and the topic are compared",
  },
  {
    where: /\.discussiontoolsedit\.lastModified\.message$/,
    replace: [[/^.*$/, '']],
    reason: "the wiki's sentence about its last edit: the date and the time stand beside it",
  },
];

/** Returns the object at a path in a JSON response. */
function part(value: unknown, ...path: readonly string[]): Record<string, unknown> {
  const found = path.reduce<unknown>(
    (object, key) => Object.entries(Object(object) as object).find(([name]) => name === key)?.[1],
    value,
  );
  assert.ok(typeof found === 'object' && found !== null, `${path.join('.')} is there`);
  return Object.fromEntries(Object.entries(found));
}

/** Replaces masked values recursively. */
function masked(value: unknown, path = ''): unknown {
  if (Array.isArray(value)) return value.map((item, index) => masked(item, `${path}.${index}`));
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    return Object.fromEntries(entries.map(([key, item]) => [key, masked(item, `${path}.${key}`)]));
  }
  const rules = masks.filter(({ where }) => where.test(path)).flatMap(({ replace }) => replace);
  if (typeof value !== 'string') return value;
  return rules.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), value);
}

const comparedHeaders = [
  'access-control-allow-origin',
  'cache-control',
  'content-type',
  'mediawiki-api-error',
  'mediawiki-login-suppressed',
  'retry-after',
  'x-database-lag',
];

const personaOf = (userName: string | null): PersonaId => {
  const persona = personas.find(({ name }) => name === userName);
  assert.ok(persona, `there is a persona for ${userName}`);
  return persona.id;
};

// Returns the token of the recordings, which is the same for all sessions. Anonymous users have its suffix only.
const recordedSession = 'CSRF-TOKEN';

const tokenOf = (wiki: FakeMediaWiki, viewer: PersonaId): string =>
  String(wiki.pageVariables(viewer, 'article').tokens.get('csrfToken'));

const sessionOf = (wiki: FakeMediaWiki, viewer: PersonaId): string =>
  tokenOf(wiki, viewer).replace(/\+\\$/, '') || recordedSession;

/** Returns the recorded form data with the viewer's own token. */
function formOf(wiki: FakeMediaWiki, { as_user, request }: Recording): URLSearchParams {
  const form = new URLSearchParams(request.post ?? {});
  const session = sessionOf(wiki, personaOf(as_user));
  const token = form.get('token')?.replace(recordedSession, session);
  if (token !== undefined) form.set('token', token);
  return form;
}

/** Sends the recorded request and compares the response with the recorded one. */
async function replay(wiki: FakeMediaWiki, recording: Recording): Promise<void> {
  const { request, response } = recording;
  const viewer = personaOf(recording.as_user);
  const session = sessionOf(wiki, viewer);
  const body = request.post && formOf(wiki, recording);
  const answer = await wiki.fetchAs(viewer)(request.url, { method: request.method, body });
  const text = (await answer.text()).replaceAll(session, recordedSession);
  assert.deepEqual(masked(JSON.parse(text)), masked(response.body));
  assert.equal(answer.status, response.status);
  for (const name of comparedHeaders) {
    const path = name === 'mediawiki-api-error' ? '.error.code' : '.header';
    assert.equal(masked(answer.headers.get(name), path), masked(response.headers[name] ?? null, path), name);
  }
}

const gusAsked = read('writes/question-unassigned-user-gus.json');

/** Recreates the wiki as it was when a viewer's folder was recorded. */
async function wikiFor(viewer: PersonaId, options?: FakeMediaWikiOptions): Promise<FakeMediaWiki> {
  if (viewer !== 'temp') return new FakeMediaWiki(options);
  // This folder was recorded last, after Editor Gus had asked a question and had been assigned Mentor Fatima.
  const now = () => new Date('2026-11-22T10:53:04Z');
  const wiki = new FakeMediaWiki({ now, draw: () => 'Mentor Fatima', ...options });
  await wiki.fetchAs('e_gus')(wiki.api, { method: 'POST', body: formOf(wiki, gusAsked) });
  return wiki;
}

const comparedVariable =
  /^(wgUser|GEHomepageMentorship|wgGEHelpPanel(Enabled|MentorData|AskMentor|UserEmail)|wgGEHomepageModuleActionData-mentorship)/;

/** Compares the variables of mw.config that concern the viewer and mentorship, both present and missing ones. */
async function compareVariables(viewer: PersonaId, recording: Recording): Promise<void> {
  const recorded = part(recording.response.body, 'mwconfig');
  // A viewer without a mentor is shown a random one, so the choice is an input and its candidates are checked.
  const draw = (names: readonly string[]) => {
    const name = String(part(recorded, 'wgGEHelpPanelMentorData')['name']);
    assert.ok(names.includes(name), `${name} may be drawn`);
    return name;
  };
  const wiki = await wikiFor(viewer, viewer === 'temp' ? {} : { draw });
  const page = recording.request.url.endsWith('Special:Homepage') ? 'homepage' : 'article';
  const { config, options } = wiki.pageVariables(viewer, page);
  const names = Object.keys(recorded).filter((name) => comparedVariable.test(name));
  assert.ok(names.length > 1);
  for (const name of names) assert.deepEqual(config.get(name), recorded[name], name);
  const missing = [
    'wgUserId',
    'GEHomepageMentorshipMentorName',
    'wgGEHelpPanelMentorData',
    'wgGEHelpPanelAskMentor',
  ];
  for (const name of missing.filter((key) => !names.includes(key)))
    assert.equal(config.get(name), null, name);
  const recordedOptions = part(
    read(`${viewer}/01-userinfo.json`).response.body,
    'query',
    'userinfo',
    'options',
  );
  for (const [name, value] of Object.entries(recordedOptions))
    assert.deepEqual(options.get(name), value, name);
}

for (const { id: viewer } of personas) {
  for (const file of readdirSync(`${folder}/${viewer}`).sort()) {
    test(`${viewer}/${file}`, async () => {
      const recording = read(`${viewer}/${file}`);
      if (file.startsWith('3')) await compareVariables(viewer, recording);
      else await replay(await wikiFor(viewer), recording);
    });
  }
}

test('site/siteinfo.json', () =>
  replay(new FakeMediaWiki({ now: () => new Date('2026-11-22T10:53:09Z') }), read('site/siteinfo.json')));
test('site/communityconfiguration-all-providers.json', () =>
  replay(new FakeMediaWiki(), read('site/communityconfiguration-all-providers.json')));

const seenOnHomepage = [
  'growthexperiments-tour-help-panel',
  'growthexperiments-tour-homepage-discovery',
  'growthexperiments-tour-homepage-mentorship',
  'growthexperiments-tour-homepage-welcome',
  'homepage_mobile_discovery_notice_seen',
];
const longIntro = 'x'.repeat(803);
const recordedMentors = Object.values(
  part(read('anon/02-growthmentorlist.json').response.body, 'growthmentorlist'),
)
  .map((mentor) => part(mentor))
  .map(({ username, message, weight }) => ({
    name: String(username),
    message: typeof message === 'string' ? message : null,
    weight: Number(weight),
  }));

/** Sequences of changes of the recorded wiki, in which each step starts from the state after the previous ones. */
interface Scenario {
  readonly name: string;
  readonly draw?: string;
  /** Recordings to replay, their times, and changes that were not made through the API. */
  readonly steps: readonly (string | { readonly at: string } | ((wiki: FakeMediaWiki) => void))[];
}

const scenarios: readonly Scenario[] = [
  {
    name: 'leaving, coming back, choosing, asking',
    draw: 'Mentor Olga',
    steps: [
      'menteestatus-optout-ana',
      'menteestatus-optout-again-nochange',
      'menteestatus-optin-ana',
      'setmentor-self-chooses-marcus',
      'setmentor-self-same-again',
      'setmentor-self-to-weight0-mentor',
      'setmentor-self-to-away-mentor',
      (wiki) => wiki.setMentor('n_ana', 'Mentor Marcus'),
      { at: '2026-11-22T10:51:50Z' },
      'question-ok',
      'question-same-minute-duplicate',
      'question-relevanttitle',
      'question-blank-body',
      { at: '2026-11-22T10:51:55Z' },
      'question-2000-emoji',
      { at: '2026-11-22T10:51:56Z' },
      'question-with-heading-injection',
      { at: '2026-11-22T10:51:58Z' },
      'question-ratelimit',
      'question-store-after',
      (wiki) => wiki.setMentor('n_flo', 'Mentor Marcus'),
      'question-disabled-user',
      { at: '2026-11-22T10:52:00Z' },
      'question-mentor-away',
      'question-homepage-off-user',
      { at: '2026-11-22T10:52:01Z' },
      'core-edit-new-section',
      { at: '2026-11-22T10:52:02Z' },
      'core-discussiontoolsedit-addtopic',
    ],
  },
  { name: 'disabling', steps: ['menteestatus-disabled-ana', 'menteestatus-enabled-from-disabled'] },
  { name: 'opting in', steps: ['opt-in-eli'] },
  { name: 'lag', steps: ['menteestatus-maxlag-5', 'menteestatus-maxlag'] },
  {
    name: 'enrolling',
    steps: [
      'enroll-hal',
      'enroll-hal-again',
      'enroll-change-hal',
      'enroll-away-notimestamp',
      'enroll-remove-hal',
    ],
  },
  {
    name: 'a mentor leaves the list and comes back, the list is written by hand, the program is switched off',
    steps: [
      { at: '2026-11-22T11:53:00Z' },
      'mentor-removes-self-marcus',
      'state-mentor-removed-config',
      'state-mentor-removed-growthmentorlist',
      'state-mentor-removed-menteestatus',
      'state-mentor-removed-mentor',
      'question-to-removed-mentor',
      'mentor-adds-self-again',
      (wiki) =>
        wiki.setMentors(
          recordedMentors.map((m) => (m.name === 'Mentor Marcus' ? { ...m, message: longIntro } : m)),
        ),
      'state-message-803-chars-config',
      'state-message-803-chars-growthmentorlist',
      'state-message-803-chars-menteestatus',
      'state-message-803-chars-mentor',
      { at: '2026-11-22T11:54:00Z' },
      (wiki) => wiki.setSettings({ GEMentorshipEnabled: false }),
      'state-mentorship-off-config',
      'state-mentorship-off-growthmentorlist',
      'state-mentorship-off-menteestatus',
      'state-mentorship-off-mentor',
      'menteestatus-when-off',
      'question-when-off',
    ],
  },
  {
    name: 'nobody is a mentor; later, someone without a mentor asks and is given one',
    draw: 'Mentor Fatima',
    steps: [
      (wiki) => wiki.setMentors([]),
      'state-no-mentors-assigned-ana-config',
      'state-no-mentors-assigned-ana-growthmentorlist',
      'state-no-mentors-assigned-ana-menteestatus',
      'state-no-mentors-assigned-ana-mentor',
      'state-no-mentors-gus-config',
      'state-no-mentors-gus-growthmentorlist',
      'state-no-mentors-gus-menteestatus',
      'state-no-mentors-gus-mentor',
      'question-no-mentors-gus',
      'optin-no-mentors-eli',
      'state-no-mentors-eli-after-optin-config',
      'state-no-mentors-eli-after-optin-growthmentorlist',
      'state-no-mentors-eli-after-optin-menteestatus',
      'state-no-mentors-eli-after-optin-mentor',
      (wiki) => wiki.setMentors(recordedMentors),
      { at: '2026-11-22T10:53:00Z' },
      'question-unassigned-user-gus',
    ],
  },
  {
    name: 'after a first visit to the homepage, which marks its tours as seen',
    steps: [
      (wiki) =>
        wiki.setUser('n_ana', { options: Object.fromEntries(seenOnHomepage.map((name) => [name, '1'])) }),
      'batch-loggedin',
    ],
  },
  {
    name: 'a page is protected, and somebody edits too often',
    steps: [
      (wiki) => wiki.protect('User talk:مرشد سالم'),
      'question-protected-talk-page',
      (wiki) => wiki.limitRate({ action: 'edit' }),
      'edit-ratelimit',
    ],
  },
  {
    name: 'a text of the interface, put where the people of a wiki may put one',
    steps: [
      (wiki) => {
        const recorded = read('writes/expandtemplates-uselang-ar-message.json');
        const { wikitext } = part(recorded.response.body, 'expandtemplates');
        const title = 'MediaWiki:Growthexperiments-homepage-mentorship-preintro';
        wiki.setPage(title, 'another language');
        wiki.setPage(`${title}/ar`, `{{GENDER:$1|somebody else|${String(wikitext)}}}`);
      },
      'expandtemplates-uselang-ar-message',
    ],
  },
  {
    name: 'the wiki is read-only',
    steps: [
      (wiki) => wiki.setReadOnly('Test: the wiki is read-only for maintenance'),
      'readonly-read-menteestatus',
      'menteestatus-readonly',
      'question-readonly',
      { at: '2026-11-22T10:53:07Z' },
      'readonly-siteinfo',
    ],
  },
];

const inScenario = new Set(
  scenarios.flatMap(({ steps }) => steps.filter((step) => typeof step === 'string')),
);
const alone = readdirSync(`${folder}/writes`)
  .map((file) => file.replace('.json', ''))
  .filter((name) => !inScenario.has(name));

for (const name of alone) {
  test(`writes/${name}.json`, () => replay(new FakeMediaWiki(), read(`writes/${name}.json`)));
}

for (const { name, draw, steps } of scenarios) {
  let now = new Date('2026-11-22T11:00:00Z');
  const wiki = new FakeMediaWiki({ now: () => now, ...(draw === undefined ? {} : { draw: () => draw }) });
  const before: (() => void)[] = [];
  for (const step of steps) {
    if (typeof step === 'function') before.push(() => step(wiki));
    else if (typeof step === 'object') before.push(() => (now = new Date(step.at)));
    else {
      const changes = before.splice(0);
      test(`writes/${step}.json (${name})`, () => {
        for (const change of changes) change();
        return replay(wiki, read(`writes/${step}.json`));
      });
    }
  }
}

const crossOrigin = readdirSync(`${folder}/cors`).filter((file) =>
  /^(no-origin|crossorigin|origin-star)/.test(file),
);
for (const file of crossOrigin.filter((name) => !name.includes('preflight'))) {
  test(`cors/${file}`, () => replay(new FakeMediaWiki(), read(`cors/${file}`)));
}

const post = (wiki: FakeMediaWiki, viewer: PersonaId, body: Record<string, string>): Promise<Response> =>
  wiki.fetchAs(viewer)(wiki.api, {
    method: 'POST',
    body: new URLSearchParams({
      format: 'json',
      formatversion: '2',
      token: tokenOf(wiki, viewer),
      ...body,
    }),
  });

const get = async (
  wiki: FakeMediaWiki,
  viewer: PersonaId,
  query: Record<string, string>,
): Promise<unknown> => {
  const search = new URLSearchParams({ format: 'json', formatversion: '2', ...query });
  return (await wiki.fetchAs(viewer)(`${wiki.api}?${search}`)).json();
};

const mentorOf = async (wiki: FakeMediaWiki, name: string) => {
  const text = `{{#mentor:${name}}}`;
  return part(
    await get(wiki, 'anon', { action: 'expandtemplates', text, prop: 'wikitext' }),
    'expandtemplates',
  );
};

test('a batch equals the union of its parts', async () => {
  const bodies = [
    'n_dee/01-userinfo',
    'n_dee/13-revisions-json',
    'n_dee/02-growthmentorlist',
    'site/siteinfo',
  ];
  const [user, pages, list, site] = bodies.map((name) => read(`${name}.json`));
  assert.ok(user && pages && list && site);
  const requests = [user, pages, list, site].map(({ request }) => request.query);
  const wiki = new FakeMediaWiki({ now: () => new Date('2026-11-22T10:53:09Z') });
  const answer = await get(wiki, 'n_dee', {
    ...requests.reduce((all, query) => ({ ...all, ...query })),
    meta: 'userinfo|siteinfo|nonsense',
    list: 'growthmentorlist',
    errorformat: 'plaintext',
  });
  assert.deepEqual(answer, {
    ...list.response.body,
    query: [user, pages, site].reduce<object>(
      (all, { response }) => ({ ...all, ...part(response.body, 'query') }),
      {},
    ),
    warnings: [
      {
        code: 'unrecognizedvalues',
        text: 'Unrecognized value for parameter "meta": nonsense',
        module: 'query',
      },
    ],
  });
});

test('errorformat=plaintext returns a list of errors', async () => {
  const wiki = new FakeMediaWiki();
  const answer = await post(wiki, 'n_ana', {
    action: 'helppanelquestionposter',
    source: 'mentor-homepage',
    body: 'x'.repeat(2001),
    errorformat: 'plaintext',
  });
  assert.equal(answer.headers.get('mediawiki-api-error'), 'maxchars');
  const recorded = part(read('writes/question-too-long.json').response.body, 'error');
  const { code, info, maxbytes, maxchars, docref } = recorded;
  assert.deepEqual(await answer.json(), {
    errors: [{ code, text: info, data: { maxbytes, maxchars }, module: 'helppanelquestionposter' }],
    docref,
  });
});

test('later reads return the changed status after leaving and joining', async () => {
  const wiki = new FakeMediaWiki({ draw: () => 'Mentor Marcus' });
  await post(wiki, 'n_ana', { action: 'growthsetmenteestatus', state: 'optout', assertuser: 'Newcomer Ana' });
  assert.deepEqual(await mentorOf(wiki, 'Newcomer Ana'), { wikitext: '' });
  const status = await get(wiki, 'n_ana', { action: 'query', meta: 'growthmenteestatus' });
  assert.deepEqual(part(status, 'growthmenteestatus'), { menteestatus: 'optout' });
  const { options } = wiki.pageVariables('n_ana', 'article');
  assert.equal(options.get('growthexperiments-homepage-mentorship-enabled'), '2');
  await post(wiki, 'n_ana', { action: 'growthsetmenteestatus', state: 'enabled' });
  assert.deepEqual(await mentorOf(wiki, 'Newcomer Ana'), { wikitext: 'Mentor Marcus' });
});

test('a question and its reply are on the talk page', async () => {
  const wiki = new FakeMediaWiki();
  await post(wiki, 'n_cy', { action: 'helppanelquestionposter', source: 'mentor-homepage', body: 'Where?' });
  wiki.reply('n_cy', { text: 'Here.' });
  const answer = await get(wiki, 'n_cy', {
    action: 'discussiontoolspageinfo',
    page: 'User talk:مرشد سالم',
    prop: 'threaditemshtml',
  });
  const thread = part(answer, 'discussiontoolspageinfo', 'threaditemshtml', '1');
  assert.equal(thread['id'], 'h-Question_from_Newcomer_Cy_(11:00,_22_November_2026)-20261122110000');
  assert.equal(part(thread, 'replies', '0')['author'], 'Newcomer Cy');
  assert.equal(part(thread, 'replies', '0', 'replies', '0')['author'], 'مرشد سالم');
  const user = await get(wiki, 'n_cy', { action: 'query', meta: 'userinfo', uiprop: 'editcount' });
  assert.equal(part(user, 'query', 'userinfo')['editcount'], 1);
});

test('a heading in a question splits the thread', async () => {
  const wiki = new FakeMediaWiki();
  const body = 'Hello\n\n== Fake ==\nrest';
  await post(wiki, 'n_ana', { action: 'helppanelquestionposter', source: 'mentor-homepage', body });
  const page = 'User talk:Mentor Fatima';
  const answer = await get(wiki, 'n_ana', {
    action: 'discussiontoolspageinfo',
    page,
    prop: 'threaditemshtml',
  });
  const items = Object.values(part(answer, 'discussiontoolspageinfo', 'threaditemshtml')).map((item) =>
    part(item),
  );
  assert.deepEqual(
    items.slice(-2).map(({ id, replies }) => [id, Array.isArray(replies) && replies.length]),
    [
      ['h-Question_from_Newcomer_Ana_(11:00,_22_November_2026)', 0],
      ['h-Fake-20261122110000', 1],
    ],
  );
});

test('choosing a mentor adds a log entry', async () => {
  const wiki = new FakeMediaWiki();
  const choice = { mentee: 'Newcomer Ana', mentor: 'Mentor Marcus', reason: 'rivers' };
  await post(wiki, 'n_ana', { action: 'growthsetmentor', ...choice });
  assert.deepEqual(await mentorOf(wiki, 'Newcomer Ana'), { wikitext: 'Mentor Marcus' });
  const log = await get(wiki, 'anon', { action: 'query', list: 'logevents', letitle: 'User:Newcomer Ana' });
  const event = part(log, 'query', 'logevents', '0');
  assert.deepEqual(event['params'], { 'previous-mentor': 'Mentor Fatima', 'new-mentor': 'Mentor Marcus' });
  assert.equal(event['comment'], 'rivers');
});

test('a new mentor is in the list and on its page', async () => {
  const wiki = new FakeMediaWiki();
  await post(wiki, 'e_hal', { action: 'growthmanagementorlist', geaction: 'add', message: '<b>Hi</b>' });
  const list = await get(wiki, 'anon', { action: 'query', list: 'growthmentorlist' });
  const hal = { message: '<b>Hi</b>', weight: 2, username: 'Experienced Hal' };
  assert.deepEqual(part(list, 'growthmentorlist', '15'), hal);
  const provider = { ccrprovider: 'GrowthMentorList' };
  const page = await get(wiki, 'anon', { action: 'query', meta: 'communityconfiguration', ...provider });
  assert.deepEqual(part(page, 'communityconfiguration', 'data', 'Mentors', '15'), hal);
});

test('preferences are stored, also from form data, and can be reset', async () => {
  const wiki = new FakeMediaWiki();
  const name = 'userjs-mentorship-module-invite';
  const change = { action: 'options', change: `${name}=2026|gender=male`, token: tokenOf(wiki, 'n_ana') };
  const body = new FormData();
  for (const [key, value] of Object.entries({ ...change, format: 'json', formatversion: '2' }))
    body.set(key, value);
  const answer = await wiki.fetchAs('n_ana')(new Request(wiki.api, { method: 'POST', body }));
  assert.deepEqual(await answer.json(), { options: 'success' });
  const { options } = wiki.pageVariables('n_ana', 'article');
  assert.deepEqual([options.get(name), options.get('gender')], ['2026', 'male']);
  await post(wiki, 'n_ana', { action: 'options', optionname: name });
  assert.equal(wiki.pageVariables('n_ana', 'article').options.get(name), null);
});

test('rejects a token in the URL', async () => {
  const wiki = new FakeMediaWiki();
  const query = { action: 'growthsetmenteestatus', state: 'optout', token: tokenOf(wiki, 'n_ana') };
  assert.equal(part(await get(wiki, 'n_ana', query), 'error')['code'], 'mustpostparams');
  const search = new URLSearchParams({ format: 'json', formatversion: '2', ...query });
  const answer = await wiki.fetchAs('n_ana')(`${wiki.api}?${search}`, { method: 'POST' });
  assert.equal(answer.headers.get('mediawiki-api-error'), 'mustpostparams');
});

test('reads return changes by the test', async () => {
  const wiki = new FakeMediaWiki();
  const email = { address: 'gus@example.org', confirmedAt: '2026-11-01T00:00:00Z' };
  wiki.setUser('e_gus', {
    editCount: 600,
    registered: '2020-01-01T00:00:00Z',
    email,
    block: { partial: true },
  });
  wiki.setUser('e_gus', { status: 'optout', gender: 'male', rights: ['extra'] });
  const uiprop = 'editcount|rights|blockinfo|email|options';
  const user = part(
    await get(wiki, 'e_gus', { action: 'query', meta: 'userinfo', uiprop }),
    'query',
    'userinfo',
  );
  const rights = Object.values(part(user, 'rights'));
  assert.ok(rights.includes('extra') && rights.includes('enrollasmentor'));
  assert.equal(user['editcount'], 600);
  assert.equal(user['blockpartial'], true);
  assert.equal(user['emailauthenticated'], email.confirmedAt);
  assert.equal(part(user, 'options')['growthexperiments-homepage-mentorship-enabled'], '2');
  wiki.setSettings({ GEMentorshipAutomaticEligibility: false });
  const after = await get(wiki, 'e_gus', { action: 'query', meta: 'userinfo', uiprop: 'rights' });
  assert.ok(!Object.values(part(after, 'query', 'userinfo', 'rights')).includes('enrollasmentor'));
});

test('pages can be missing or invalid', async () => {
  const wiki = new FakeMediaWiki();
  wiki.setPage('MediaWiki:GrowthMentors.json', '{"Mentors": {"3": "nonsense"}}');
  const list = await get(wiki, 'anon', { action: 'query', list: 'growthmentorlist' });
  assert.deepEqual(part(list, 'growthmentorlist'), {});
  wiki.setMentors(null);
  const titles = 'mediaWiki:GrowthMentors.json';
  const pages = await get(wiki, 'anon', { action: 'query', prop: 'revisions', titles });
  assert.equal(part(pages, 'query', 'pages', '0')['missing'], true);
  const normalized = { fromencoded: false, from: titles, to: 'MediaWiki:GrowthMentors.json' };
  assert.deepEqual(part(pages, 'query', 'normalized', '0'), normalized);
});

test('two wikis are independent, also for anonymous users', () => {
  new FakeMediaWiki().setUser('anon', { options: { gender: 'female' } });
  assert.equal(new FakeMediaWiki().pageVariables('anon', 'article').options.get('gender'), 'unknown');
});

test('a request can be aborted before and during its response', async () => {
  const wiki = new FakeMediaWiki();
  const url = `${wiki.api}?action=query&meta=userinfo&format=json&formatversion=2`;
  const reason = new Error('enough');
  await assert.rejects(wiki.fetchAs('anon')(url, { signal: AbortSignal.abort(reason) }), reason);
  const controller = new AbortController();
  const answer = wiki.fetchAs('anon')(url, { signal: controller.signal });
  controller.abort(reason);
  await assert.rejects(answer, reason);
});

test('rejects other URLs and formats', async () => {
  const wiki = new FakeMediaWiki();
  assert.equal((await wiki.fetchAs('anon')('https://wiki.example/wiki/Moon')).status, 404);
  assert.equal((await wiki.fetchAs('anon')(`${wiki.api}?action=query&format=json`)).status, 501);
});

test('logs requests', async () => {
  const wiki = new FakeMediaWiki();
  await get(wiki, 'n_ana', { action: 'query', meta: 'tokens', origin: '*' });
  const params = { format: 'json', formatversion: '2', action: 'query', meta: 'tokens', origin: '*' };
  assert.deepEqual(wiki.log, [{ viewer: 'n_ana', method: 'GET', params }]);
});
