import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { JsonObject } from '../src/sdk/coerce.js';
import { mistakesIn, parseSettings, readSetUp } from '../src/sdk/mediawiki/settings.js';
import { FakeMediaWiki } from './fake-mediawiki/index.js';
import { beforeListModule } from './fake-wiki-client.js';

const NOW = new Date('2026-11-22T11:00:00Z');
const SETTINGS = 'MediaWiki:Mentorship.json';
const MENTORS = 'Project:Mentors.json';
const SASHA = { username: 'Mentor Fatima', message: null, weight: 2 };

const warnings = (test: TestContext) => {
  const { mock } = test.mock.method(console, 'warn', () => {});
  return () => mock.calls.map(({ arguments: [line] }) => String(line));
};

/** Returns the mistakes of a wiki without GrowthExperiments, and the number of requests. */
function check(change: (wiki: FakeMediaWiki) => void) {
  const wiki = new FakeMediaWiki({ software: 'core-1.39' });
  change(wiki);
  return checkWith(wiki, wiki.fetchAs('admin'));
}

async function checkWith(wiki: FakeMediaWiki, fetch: typeof globalThis.fetch) {
  let requests = 0;
  const get = async (params: Readonly<Record<string, string>>) => {
    requests++;
    const query = new URLSearchParams({ format: 'json', formatversion: '2', ...params });
    return (await (await fetch(`${wiki.api}?${query}`)).json()) as JsonObject;
  };
  return { ...(await readSetUp(get, NOW)), requests };
}

const setMentors = (list: unknown) => (wiki: FakeMediaWiki) =>
  wiki.setPage(MENTORS, JSON.stringify({ Mentors: list }));

const CASES: [string, (wiki: FakeMediaWiki) => void, string[]][] = [
  ['a wiki without mistakes', () => {}, []],
  [
    'a misspelt field',
    (wiki) => wiki.setSettings({ helpDeskURl: '/wiki/Help' }),
    [`${SETTINGS}: “helpDeskURl” is no field, so it is ignored. Write “helpDeskUrl”.`],
  ],
  [
    'a misspelt field of GrowthExperiments',
    (wiki) => wiki.setSettings({ GEMentorshipMinimumEdits: 5 }),
    [
      `${SETTINGS}: “GEMentorshipMinimumEdits” is no field, so it is ignored. Write “GEMentorshipMinimumEditcount”.`,
    ],
  ],
  [
    'a misspelt field in an object',
    (wiki) => wiki.setSettings({ GEMentorshipStartOptedOutThresholds: { minEditCount: 5 } }),
    [
      `${SETTINGS}: “GEMentorshipStartOptedOutThresholds.minEditCount” is no field, so it is ignored. Write “minEditcount”.`,
    ],
  ],
  [
    'a field that is like no other',
    (wiki) => wiki.setSettings({ color: 'red' }),
    [`${SETTINGS}: “color” is no field, so it is ignored. Remove it, or correct its name.`],
  ],
  [
    'all invalid values',
    (wiki) => wiki.setSettings({ GEMentorshipMinimumAge: '90', helpDeskUrl: 7 }),
    [
      `${SETTINGS}: “GEMentorshipMinimumAge” must be a whole number from 0 on, not "90".`,
      `${SETTINGS}: “helpDeskUrl” must be an http(s) URL or a path such as "/wiki/Help", or null, not 7.`,
    ],
  ],
  [
    'settings that are not JSON',
    (wiki) => wiki.setPage(SETTINGS, '{GEMentorshipEnabled: true}'),
    [`${SETTINGS}: the page is not valid JSON`],
  ],
  [
    'a list that is wikitext',
    (wiki) => wiki.setPage(MENTORS, '* [[User:Sasha]]'),
    [`${MENTORS}: the page is not valid JSON`],
  ],
  [
    'a list with another name',
    (wiki) => wiki.setPage(MENTORS, '{"mentors": {}}'),
    [
      `${MENTORS}: “mentors” is no field, so it is ignored. Write “Mentors”.`,
      `${MENTORS}: “Mentors” must be an object by user ID, such as {"Mentors": {"17": {"username": "Sasha"}}}.`,
    ],
  ],
  [
    'a number in quotation marks',
    setMentors({ 3: { ...SASHA, weight: '2' } }),
    [`${MENTORS}: “weight” of “3” must be 0, 1, 2 or 4, not "2".`],
  ],
  [
    'other wrong types and names',
    setMentors({ 3: { ...SASHA, message: ['Hi'], awayTimestamp: 'soon', wieght: 4 }, 4: null }),
    [
      `${MENTORS}: “message” of “3” must be a text or null, not ["Hi"].`,
      `${MENTORS}: “awayTimestamp” of “3” must be a time in UTC, such as "20261224000000", not "soon".`,
      `${MENTORS}: “wieght” of “3” is no field, so it is ignored. Write “weight”.`,
      `${MENTORS}: “4” must be an object, such as {"username": "Sasha"}.`,
    ],
  ],
  [
    'a mentor without an account',
    setMentors({ 3: SASHA, 4711: { ...SASHA, username: 'Sasha' } }),
    [`${MENTORS}: “4711” (Sasha) has no account on this wiki. Correct the user ID, or remove the entry.`],
  ],
  [
    'a name in place of a user ID, without an account',
    setMentors({ Sasha: { weight: 2 } }),
    [
      `${MENTORS}: “Sasha” must be a user ID, such as "17".`,
      `${MENTORS}: “Sasha” has no account on this wiki. Correct the user ID, or remove the entry.`,
    ],
  ],
  [
    'the user ID of another account',
    setMentors({ 3: { ...SASHA, username: 'Sasha' } }),
    [`${MENTORS}: “3” is the account “Mentor Fatima”, not “Sasha”. Correct the user ID, or the name.`],
  ],
];

describe('mistakes on the pages of a wiki without GrowthExperiments', () => {
  for (const [name, change, expected] of CASES)
    it(name, async () => {
      const { mistakes } = await check(change);
      const found = mistakes.map((line, index) =>
        expected[index]?.endsWith('JSON') ? line.slice(0, expected[index].length) : line,
      );
      assert.deepEqual(found, expected);
    });

  it('are found on the page that the settings name, too', async () => {
    const { pages, mistakes } = await check((wiki) => {
      wiki.setSettings({ mentorsPage: 'Project:Guides.json' });
      wiki.setPage('Project:Guides.json', '{"Mentors": {"4711": {"username": "Sasha"}}}');
    });
    assert.deepEqual(pages.at(-1), { title: 'Project:Guides.json', exists: true });
    assert.deepEqual(mistakes, [
      'Project:Guides.json: “4711” (Sasha) has no account on this wiki. Correct the user ID, or remove the entry.',
      'Project:Guides.json: the content model is wikitext, so the wiki saves invalid JSON. Change it to JSON on Special:ChangeContentModel.',
    ]);
  });

  it('come with the number of mentors', async () => {
    const { isGrowth, mentors, requests } = await check(
      setMentors({ 3: SASHA, 4: { username: 'Mentor Marcus', weight: 0 } }),
    );
    assert.deepEqual({ isGrowth, mentors }, { isGrowth: false, mentors: { listed: 2, available: 1 } });
    assert.ok(requests <= 4, String(requests));
  });

  it('are found without the pages', async () => {
    const { mistakes, pages } = await check((wiki) => {
      wiki.setPage(SETTINGS, null);
      wiki.setPage(MENTORS, null);
    });
    assert.deepEqual(mistakes, []);
    assert.deepEqual(
      pages.map(({ exists }) => exists),
      [false, false],
    );
  });
});

describe('parseSettings', () => {
  it('logs unknown fields, once, and reads the others', (test) => {
    const lines = warnings(test);
    const text = JSON.stringify({ GEMentorshipEnabled: true, inviteSnoozeDay: 9 });
    for (let loads = 0; loads < 2; loads++) assert.equal(parseSettings(text)['GEMentorshipEnabled'], true);
    assert.deepEqual(lines(), [
      `mentorship-module: ${SETTINGS}: “inviteSnoozeDay” is no field, so it is ignored. Write “inviteSnoozeDays”.`,
    ]);
  });

  it('counts the mentors of GrowthExperiments, also before MediaWiki 1.42', async () => {
    const wiki = new FakeMediaWiki();
    const { mentors } = await checkWith(wiki, wiki.fetchAs('admin'));
    assert.ok(mentors && mentors.listed > mentors.available);
    assert.deepEqual((await checkWith(wiki, beforeListModule(wiki.fetchAs('admin')))).mentors, mentors);
  });

  it('accepts a copy of GrowthExperiments’ settings, and comments', (test) => {
    const lines = warnings(test);
    parseSettings(
      JSON.stringify({
        GEHelpPanelHelpDeskTitle: 'Project:Help desk',
        GEPersonalizedPraiseMinEdits: 8,
        GEHomepageSuggestedEditsIntroLinks: {},
        '//': 'Ask at the village pump before you change this.',
        $schema: 'x',
      }),
    );
    assert.deepEqual(lines(), []);
  });
});

describe('mistakesIn', () => {
  const rules = { sidebar: { is: (value: unknown) => typeof value === 'boolean', must: 'true or false' } };

  it('suggests the closest name in any case', () => {
    for (const name of ['sidebr', 'SideBar', 'side_bar'])
      assert.deepEqual(mistakesIn({ [name]: true }, rules), [
        `“${name}” is no field, so it is ignored. Write “sidebar”.`,
      ]);
  });

  it('names a value that JSON does not have', () => {
    const cycle: Record<string, unknown> = {};
    cycle.own = cycle;
    const shown = [() => true, cycle, 7n].map(
      (value) => mistakesIn({ sidebar: value }, rules)[0]?.split('not ')[1],
    );
    assert.deepEqual(
      shown,
      ['function', 'object', 'bigint'].map((type) => `a value of type ${type}.`),
    );
  });

  it('shortens long values', () => {
    const [line = ''] = mistakesIn({ sidebar: 'x'.repeat(500) }, rules);
    assert.ok(line.length < 100, line);
  });
});
