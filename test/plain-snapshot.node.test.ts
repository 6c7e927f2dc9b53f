import assert from 'node:assert/strict';
import test from 'node:test';
import { FakeMediaWiki, type PageKind, personas, type PersonaId } from './fake-mediawiki/index.ts';
import { autoSource, decide, MentorshipError, mediawikiSource } from '../src/sdk/index.js';

const NOW = new Date('2026-11-22T11:00:00Z');
const now = () => NOW;
const SOURCES = { autoSource, mediawikiSource };

async function read(wiki: FakeMediaWiki, viewer: PersonaId, source = autoSource, page?: PageKind) {
  const before = wiki.log.length;
  const snapshot = await source({
    api: wiki.api,
    now,
    fetch: wiki.fetchAs(viewer),
    page: page && wiki.pageVariables(viewer, page),
  }).load(new AbortController());
  const decision = decide(snapshot, NOW);
  const kind = 'reason' in decision ? `${decision.variant} ${decision.reason}` : decision.variant;
  return { snapshot, kind, asked: wiki.log.slice(before).map(({ params }) => params) };
}

const core = () => new FakeMediaWiki({ software: 'core-1.39' });

/** Cards, and the rounds of requests. */
const CARDS: Partial<Record<PersonaId, [kind: string, rounds: 1 | 2]>> = {
  anon: ['none signed-out', 1],
  admin: ['opt-in no-mentor', 1],
  n_ana: ['mentored', 2],
  n_ben: ['mentored', 2],
  n_dee: ['mentored', 2],
  n_eli: ['opt-in opted-out', 1],
  n_rtl: ['mentored', 2],
  q_kim: ['mentored', 2],
  // The second round reads if the account is blocked, or only its address.
  b_ivy: ['none blocked', 2],
  b_jan: ['mentored', 2],
  e_gus: ['opt-in no-mentor', 1],
  e_hal: ['invite', 2],
  m_fatima: ['mentor', 1],
  // Has a mentor, too.
  m_marcus: ['mentor', 2],
};

for (const software of ['core-1.39', 'core-1.43'] as const)
  for (const [name, source] of Object.entries(SOURCES))
    for (const { id } of personas.filter(({ id }) => id in CARDS))
      test(`${software}, ${name}, ${id}: returns the card with the fewest requests`, async () => {
        const { kind, asked } = await read(new FakeMediaWiki({ software }), id, source);
        // The first round reads the viewer and the settings.
        assert.deepEqual([kind, asked.length - 1], CARDS[id]);
      });

test('sends no request for anonymous viewers on the wiki’s own page', async () => {
  for (const source of Object.values(SOURCES)) {
    const { kind, asked } = await read(core(), 'anon', source, 'article');
    assert.deepEqual([kind, asked.length], ['none signed-out', 0]);
  }
});

test('both sources return the same', async () => {
  for (const { id } of personas.filter(({ id }) => id in CARDS)) {
    const [auto, own] = await Promise.all([read(core(), id), read(core(), id, mediawikiSource)]);
    assert.deepEqual(auto.snapshot, own.snapshot);
  }
});

test('reads a mentor from the viewer’s options, and the introduction from the list', async () => {
  const { snapshot } = await read(core(), 'n_ana');
  assert.equal(snapshot.mentor?.name, 'Mentor Fatima');
  assert.match(snapshot.mentor.intro ?? '', /^Hi! Ask me about/);
  assert.equal(snapshot.mentor.talkUrl, 'https://wiki.example/wiki/User_talk:Mentor_Fatima');
  assert.equal(snapshot.mentor.away, null);
});

test('reads that a mentor is away, and until when', async () => {
  const wiki = core();
  const list = { name: 'Mentor Fatima', awayTimestamp: '20261224000000' };
  wiki.setMentors([list]);
  const away = async () => (await read(wiki, 'n_ana')).snapshot.mentor?.away;
  assert.deepEqual(await away(), { until: '2026-12-24T00:00:00.000Z' });
  wiki.setMentors([{ ...list, awayTimestamp: '20261122105959' }]);
  assert.equal(await away(), null);
});

test('keeps a mentor who left the list, but not one whose account is gone', async () => {
  const wiki = core();
  wiki.setMentors([{ name: 'Mentor Marcus' }]);
  assert.equal((await read(wiki, 'n_ana')).snapshot.mentor?.intro, null);
  wiki.setMentor('n_ana', 'Nobody Of This Name');
  const { snapshot, kind } = await read(wiki, 'n_ana');
  assert.deepEqual([snapshot.mentor, kind], [null, 'opt-in no-mentor']);
});

test('a missing settings page means no program', async () => {
  const wiki = core();
  wiki.setPage('MediaWiki:Mentorship.json', null);
  const { kind, asked } = await read(wiki, 'n_ana');
  assert.deepEqual([kind, asked.length], ['none off', 2]);
});

test('a program that is off keeps its settings', async () => {
  const wiki = core();
  wiki.setSettings({ GEMentorshipEnabled: false, GEMentorshipMinimumAge: 7 });
  const { kind, snapshot } = await read(wiki, 'n_ana');
  assert.deepEqual([kind, snapshot.program.minimumAgeDays], ['none off', 7]);
});

test('a blocked viewer without a mentor has none', async () => {
  const wiki = core();
  wiki.setMentor('n_ben', null);
  wiki.setUser('n_ben', { block: { expiry: '2026-12-01T00:00:00Z' } });
  const { kind, snapshot } = await read(wiki, 'n_ben');
  assert.deepEqual([kind, snapshot.mentor], ['none blocked', null]);
});

test('an empty list means that no mentor is available', async () => {
  for (const text of [null, '{"Mentors": {}}', '{"Mentors": []}']) {
    const wiki = core();
    wiki.setPage('Project:Mentors.json', text);
    assert.equal((await read(wiki, 'e_gus')).kind, 'unavailable');
  }
});

test('an invalid list means unknown availability, and keeps the viewer’s mentor', async () => {
  for (const text of ['no JSON', '[]', '{"Mentors": "x"}', '{"mentors": {}}']) {
    const wiki = core();
    wiki.setPage('Project:Mentors.json', text);
    assert.equal((await read(wiki, 'e_gus')).snapshot.mentorsAvailable, null);
    assert.equal((await read(wiki, 'n_ana')).kind, 'mentored');
  }
});

test('omits invalid entries of the list', async () => {
  const wiki = core();
  const Mentors = {
    1: null,
    2: 'x',
    3: { username: 7 },
    4: { username: ' ' },
    5: { username: 'B', weight: 'x' },
  };
  wiki.setPage('Project:Mentors.json', JSON.stringify({ Mentors }));
  assert.equal((await read(wiki, 'e_gus')).snapshot.mentorsAvailable, false);
});

test('the settings can name another list, which takes one more request', async () => {
  const wiki = core();
  wiki.setSettings({ mentorsPage: 'Project:Helpers.json' });
  assert.equal((await read(wiki, 'm_fatima')).kind, 'invite');
  wiki.setPage(
    'Project:Helpers.json',
    JSON.stringify({ Mentors: { 3: { username: 'Mentor Fatima', weight: 2 } } }),
  );
  const { kind, asked } = await read(wiki, 'm_fatima');
  assert.deepEqual([kind, asked.length], ['mentor', 3]);
});

test('enrolGroups: members may enroll, others by the thresholds or not at all', async () => {
  const wiki = core();
  const mayEnroll = async (viewer: PersonaId) => (await read(wiki, viewer)).snapshot.viewer?.mayEnroll;
  assert.equal(await mayEnroll('e_gus'), null);
  wiki.setSettings({ enrolGroups: ['sysop'] });
  assert.deepEqual([await mayEnroll('admin'), await mayEnroll('e_gus')], [true, null]);
  wiki.setSettings({ GEMentorshipAutomaticEligibility: false });
  assert.deepEqual([await mayEnroll('admin'), await mayEnroll('e_hal')], [true, false]);
});

test('experienced viewers may not enroll if the mentors are listed by hand', async () => {
  const wiki = core();
  wiki.setSettings({ GEMentorshipAutomaticEligibility: false });
  wiki.setUser('e_gus', { editCount: 500, registered: '2023-03-01T09:00:00Z' });
  const { snapshot, kind } = await read(wiki, 'e_gus');
  assert.deepEqual([snapshot.viewer?.mayEnroll, kind], [false, 'opt-in experienced']);
});

test('graduation, snooze and open wikis are settings', async () => {
  const wiki = core();
  const graduation = { enabled: true, minEditcount: 1, minTenureInDays: 2 };
  wiki.setSettings({
    GEMentorshipStartOptedOutThresholds: graduation,
    inviteSnoozeDays: 3,
    openWikiMinimumEditCount: 4,
    openWikiMinimumAgeDays: 5,
  });
  const { program } = (await read(wiki, 'n_ana')).snapshot;
  assert.deepEqual(program.graduation, { enabled: true, minimumEditCount: 1, minimumAgeDays: 2 });
  assert.equal(program.inviteSnoozeDays, 3);
  assert.deepEqual([program.openWikiMinimumEditCount, program.openWikiMinimumAgeDays], [4, 5]);
});

test('reads the end of a temporary block, and its own mentor for a mentor', async () => {
  const wiki = core();
  wiki.setUser('n_ben', { block: { expiry: '2026-12-01T00:00:00Z' } });
  const { snapshot, asked } = await read(wiki, 'n_ben');
  const { blocked, blockedUntil } = snapshot.viewer ?? {};
  assert.deepEqual([blocked, blockedUntil, asked.length], [false, '2026-12-01T00:00:00.000Z', 3]);
  assert.notEqual((await read(core(), 'm_marcus')).snapshot.mentor, null);
});

test('resolves links in the settings against the wiki, and rejects others', async () => {
  const wiki = core();
  wiki.setSettings({ helpDeskUrl: '/wiki/Help_desk', learnMoreUrl: 'https://learn.example/' });
  const { program } = (await read(wiki, 'n_ana')).snapshot;
  assert.equal(program.helpDeskUrl, 'https://wiki.example/wiki/Help_desk');
  assert.equal(program.learnMoreUrl, 'https://learn.example/');
  const { learnMoreUrl } = (await read(core(), 'n_ana')).snapshot.program;
  assert.equal(learnMoreUrl, 'https://www.mediawiki.org/wiki/Help:Growth/Mentorship');
  assert.equal(program.enrollUrl, null);
});

const WRONG: [string, unknown][] = [
  ['GEMentorshipEnabled', 'yes'],
  ['GEMentorshipAutomaticEligibility', 1],
  ['GEMentorshipMinimumAge', '90'],
  ['GEMentorshipMinimumEditcount', -1],
  ['GEMentorshipMinimumEditcount', 1.5],
  ['GEMentorshipStartOptedOutThresholds', []],
  ['GEMentorshipStartOptedOutThresholds.minEditcount', 'many'],
  ['learnMoreUrl', 'javascript:alert(1)'],
  ['helpDeskUrl', 7],
  ['mentorsPage', '<b>'],
  ['inviteSnoozeDays', '90'],
  ['inviteSnoozeDays', 0],
  ['openWikiMinimumEditCount', -1],
  ['openWikiMinimumAgeDays', 0.5],
  ['enrolGroups', 'sysop'],
  ['enrolGroups', [1]],
  ['enrolGroups', ['']],
];

for (const [field, value] of WRONG)
  test(`reports an invalid setting by its name: ${field} = ${JSON.stringify(value)}`, async () => {
    const wiki = core();
    const [name = '', inner] = field.split('.');
    wiki.setSettings({ [name]: inner ? { [inner]: value } : value });
    await assert.rejects(read(wiki, 'n_ana'), (error: unknown) => {
      assert.ok(error instanceof MentorshipError);
      assert.equal(error.code, 'bad-data');
      assert.ok(error.message.startsWith(`MediaWiki:Mentorship.json: “${field}” must be `), error.message);
      return true;
    });
  });

test('does not report invalid settings to viewers without a card', async () => {
  const wiki = core();
  wiki.setSettings({ GEMentorshipMinimumAge: '90' });
  assert.equal((await read(wiki, 'anon')).kind, 'none signed-out');
});

test('reports a settings page that is not an object', async () => {
  for (const text of ['[]', '{', 'null']) {
    const wiki = core();
    wiki.setPage('MediaWiki:Mentorship.json', text);
    await assert.rejects(read(wiki, 'n_ana'), /MediaWiki:Mentorship\.json: the page (must be|is not) /);
  }
});

test('treats the viewer’s options as untrusted data', async () => {
  for (const value of [
    'x',
    '{}',
    '[null]',
    '[{"text":1}]',
    '[{"text":"a","page":"User talk:B","section":null}]',
  ]) {
    const wiki = core();
    wiki.setUser('n_ana', { options: { 'userjs-mentorship-questions': value } });
    const { kind } = await read(wiki, 'n_ana');
    assert.equal(kind, 'mentored');
  }
});
