import assert from 'node:assert/strict';
import test from 'node:test';
import { FakeMediaWiki, type PersonaId } from './fake-mediawiki/index.ts';
import { growthSource, type Snapshot } from '../src/sdk/index.js';
import { recordedFetch } from './recorded-wiki.ts';

const SETTINGS = 'MediaWiki:GrowthExperimentsMentorship.json';
const OLDER_SETTINGS = 'MediaWiki:GrowthExperimentsConfig.json';
const HELP_PANEL = 'MediaWiki:GrowthExperimentsHelpPanel.json';
const QUESTIONS = 'growthexperiments-mentor-questions';

/** Loads a modified wiki; `answered` modifies its responses. */
async function readAfter(
  change: (wiki: FakeMediaWiki) => void,
  viewer: PersonaId = 'n_ana',
  answered = (body: string) => body,
): Promise<Snapshot> {
  const wiki = new FakeMediaWiki();
  change(wiki);
  const fetchAs = wiki.fetchAs(viewer);
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const response = await fetchAs(input, init);
    return new Response(answered(await response.text()), response);
  };
  const now = () => new Date('2026-11-22T11:00:00Z');
  return growthSource({ api: wiki.api, fetch, now }).load(new AbortController());
}

const programWith = async (pages: Record<string, string | null>, answered?: (body: string) => string) =>
  (
    await readAfter(
      (wiki) => {
        for (const [title, text] of Object.entries(pages)) wiki.setPage(title, text);
      },
      'n_ana',
      answered,
    )
  ).program;

test('invalid settings page: uses the defaults of the wiki, so the program is disabled', async () => {
  const nonsense = [
    '',
    '{',
    'null',
    '[]',
    '"x"',
    '7',
    '{"GEMentorshipEnabled":"yes"}',
    '[{"GEMentorshipEnabled":true}]',
  ];
  for (const text of [null, ...nonsense]) {
    const { enabled, automaticEligibility, minimumEditCount } = await programWith({ [SETTINGS]: text });
    assert.deepEqual([enabled, automaticEligibility, minimumEditCount], [false, true, 500], String(text));
  }
});

test('an invalid setting does not affect the others', async () => {
  const text = JSON.stringify({
    GEMentorshipEnabled: true,
    GEMentorshipMinimumEditcount: 'many',
    GEMentorshipMinimumAge: 7.5,
    GEMentorshipAutomaticEligibility: null,
    GEMentorshipStartOptedOutThresholds: ['x'],
    constructor: 1,
  });
  const program = await programWith({ [SETTINGS]: text });
  assert.equal(program.enabled, true);
  assert.equal(program.minimumEditCount, 500);
  assert.equal(program.minimumAgeDays, 7);
  assert.equal(program.automaticEligibility, true);
  assert.deepEqual(program.graduation, { enabled: false, minimumEditCount: 500, minimumAgeDays: 30 });
});

test('__proto__ on the settings page is an ordinary key', async () => {
  assert.equal(
    (await programWith({ [SETTINGS]: '{"__proto__":{"GEMentorshipEnabled":true}}' })).enabled,
    false,
  );
});

test('reads the settings page of older wikis, and prefers the newer page', async () => {
  const older = '{"GEMentorshipEnabled":true,"GEMentorshipMinimumAge":7}';
  assert.equal((await programWith({ [SETTINGS]: null, [OLDER_SETTINGS]: older })).minimumAgeDays, 7);
  const newer = '{"GEMentorshipMinimumAge":8}';
  const both = await programWith({ [SETTINGS]: newer, [OLDER_SETTINGS]: older });
  assert.deepEqual([both.enabled, both.minimumAgeDays], [true, 8]);
});

test('accepts a localized namespace', async () => {
  const settings = '{"GEMentorshipEnabled":true,"GEMentorshipMinimumAge":7}';
  // The response has the requested titles too, as recorded for the namespace “Project”.
  const to = SETTINGS.replace('MediaWiki', 'ميدياويكي');
  const normalized = JSON.stringify([{ fromencoded: false, from: SETTINGS, to }]);
  const arabic = (body: string) =>
    body
      .replaceAll('"title":"MediaWiki:', '"title":"ميدياويكي:')
      .replace(/"normalized":\[.*?\],/, '')
      .replace('"query":{', `$&"normalized":${normalized},`);
  assert.equal((await programWith({ [SETTINGS]: settings }, arabic)).minimumAgeDays, 7);
});

const helpDeskOf = async (title: unknown) =>
  (await programWith({ [HELP_PANEL]: JSON.stringify({ GEHelpPanelHelpDeskTitle: title }) })).helpDeskUrl;

test('reads the help desk, if the wiki names one', async () => {
  assert.equal(await helpDeskOf('Project:Help desk'), 'https://wiki.example/wiki/Project:Help_desk');
  assert.equal(
    await helpDeskOf('Wikipédia:Où & quoi?'),
    'https://wiki.example/wiki/Wikip%C3%A9dia:O%C3%B9_%26_quoi%3F',
  );
  for (const none of [undefined, null, '', ' ', 7, {}]) assert.equal(await helpDeskOf(none), null);
});

test('keeps the slash of a subpage as MediaWiki does, because some servers refuse %2F', async () => {
  assert.equal(await helpDeskOf('Project:Help/Desk'), 'https://wiki.example/wiki/Project:Help/Desk');
});

test('shows the card despite a title with invalid Unicode', async () => {
  const url = await helpDeskOf('Project:\ud83d');
  assert.ok(url === null || url.startsWith('https://wiki.example/wiki/Project:'));
});

const question = (fields: object = {}) => ({
  questionText: 'How?',
  resultUrl: '/wiki/User_talk:Mentor_Fatima#How',
  archiveUrl: '/w/index.php?oldid=71#How',
  timestamp: 1795344353,
  isArchived: false,
  isVisible: true,
  ...fields,
});
const questionsOf = async (stored: unknown) => {
  const value = typeof stored === 'string' ? stored : JSON.stringify(stored);
  return (await readAfter((wiki) => wiki.setUser('n_ana', { options: { [QUESTIONS]: value } }))).questions;
};

test('questions: omits hidden ones, resolves links, and converts times to ISO 8601', async () => {
  assert.deepEqual(
    await questionsOf([
      question({ isVisible: false }),
      question(),
      question({ questionText: 'Old?', isArchived: true }),
      question({ isVisible: false }),
      question({ questionText: 'Oldest?', timestamp: 'x', resultUrl: 'javascript:alert(1)' }),
    ]),
    [
      {
        text: 'How?',
        url: 'https://wiki.example/wiki/User_talk:Mentor_Fatima#How',
        askedAt: '2026-11-22T10:45:53.000Z',
        state: 'unknown',
      },
      {
        text: 'Old?',
        url: 'https://wiki.example/w/index.php?oldid=71#How',
        askedAt: '2026-11-22T10:45:53.000Z',
        state: 'unknown',
      },
      { text: 'Oldest?', url: null, askedAt: null, state: 'unknown' },
    ],
  );
});

test('questions: omits invalid ones', async () => {
  for (const nonsense of ['', '{', 'null', '{}', '[null, 7, "x", []]', [question({ questionText: 7 })]])
    assert.deepEqual(await questionsOf(nonsense), []);
  assert.equal((await questionsOf([question({ timestamp: 1e300 })]))[0]?.askedAt, null);
});

test('resolves links against the server that the wiki names, with or without a scheme', async () => {
  const servers: [string, string][] = [
    ['"//other.example"', 'https://other.example'],
    ['"http://other.example:8080"', 'http://other.example:8080'],
    ['7', 'https://wiki.example'],
    ['"https://["', 'https://wiki.example'],
  ];
  for (const [server, origin] of servers) {
    const answered = (body: string) => body.replace(/"server":"[^"]*"/, `"server":${server}`);
    const { program, mentor } = await readAfter(() => {}, 'n_ana', answered);
    assert.equal(program.homepageUrl, `${origin}/wiki/Special:Homepage`);
    assert.equal(program.enrollUrl, `${origin}/wiki/Special:EnrollAsMentor`);
    assert.equal(program.dashboardUrl, `${origin}/wiki/Special:MentorDashboard`);
    assert.equal(mentor?.talkUrl, `${origin}/wiki/User_talk:Mentor_Fatima`);
    const ask = new URL(mentor.askUrl ?? '');
    assert.equal(ask.origin + ask.pathname, `${origin}/w/index.php`);
    assert.deepEqual(Object.fromEntries(ask.searchParams), {
      title: 'User_talk:Mentor_Fatima',
      action: 'edit',
      section: 'new',
      preloadtitle: 'Newcomer Ana (2026-11-22)',
    });
  }
});

test('omits links if the server is not a valid origin', async () => {
  const answered = (body: string) => body.replace(/"server":"[^"]*"/, '"server":"javascript:alert(1)//"');
  const { program, mentor } = await readAfter(() => {}, 'n_ana', answered);
  for (const url of [program.homepageUrl, program.enrollUrl, mentor?.talkUrl, mentor?.askUrl])
    assert.ok(url === null || url?.startsWith('https://'), String(url));
});

test('omits links but shows a card if the wiki has no general information', async () => {
  const answered = (body: string) => body.replace('"general":', '"x":');
  const { program, mentor } = await readAfter(() => {}, 'n_ana', answered);
  assert.equal(mentor?.name, 'Mentor Fatima');
  assert.deepEqual([program.homepageUrl, mentor.talkUrl, mentor.askUrl], [null, null, null]);
});

test('handles another article path', async () => {
  const answered = (body: string) =>
    body.replace(/"articlepath":"[^"]*"/, '"articlepath":"/w/index.php?title=$1"');
  const { mentor } = await readAfter(() => {}, 'n_cy', answered);
  assert.equal(new URL(mentor?.talkUrl ?? '').searchParams.get('title'), 'User_talk:مرشد_سالم');
});

test('ignores properties that a page has added to Object.prototype', async () => {
  const load = () => {
    const now = () => new Date('2026-11-22T11:00:00Z');
    const source = growthSource({
      api: 'https://wiki.example/w/api.php',
      fetch: recordedFetch('n_ana'),
      now,
    });
    return source.load(new AbortController());
  };
  const expected = await load();
  for (const [name, value] of Object.entries({ temp: true, blockexpiry: 'infinite', blockpartial: false }))
    Object.defineProperty(Object.prototype, name, { value, configurable: true });
  try {
    assert.deepEqual(await load(), expected);
  } finally {
    for (const name of ['temp', 'blockexpiry', 'blockpartial'])
      Reflect.deleteProperty(Object.prototype, name);
  }
});
