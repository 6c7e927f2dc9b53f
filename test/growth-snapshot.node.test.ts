import assert from 'node:assert/strict';
import test from 'node:test';
import { FakeMediaWiki, type PageKind, personas, type PersonaId } from './fake-mediawiki/index.ts';
import { decide, growthSource, type Snapshot, type WikiPage } from '../src/sdk/index.js';
import { toBlock } from '../src/sdk/mediawiki/queries.js';
import { toJsonObject } from './to-json-object.ts';
import { readRecording, recordedFetch, recordedPage } from './recorded-wiki.ts';

const NOW = new Date('2026-11-22T11:00:00Z');
const now = () => NOW;
const STATUS = 'growthexperiments-homepage-mentorship-enabled';

interface Reading {
  page?: PageKind;
  /** Modifies responses between the wiki and the source. */
  change?: (body: string) => string;
}

/** Loads a wiki as a viewer and records the requests. */
async function read(wiki: FakeMediaWiki, viewer: PersonaId, { page, change = (body) => body }: Reading = {}) {
  const before = wiki.log.length;
  const fetchAs = wiki.fetchAs(viewer);
  const source = growthSource({
    api: wiki.api,
    now,
    fetch: async (input, init) => {
      const response = await fetchAs(input, init);
      return new Response(change(await response.text()), response);
    },
    page: page && wiki.pageVariables(viewer, page),
  });
  const snapshot = await source.load(new AbortController());
  return { snapshot, asked: wiki.log.slice(before).map(({ params }) => params) };
}

/** Loads a modified wiki. */
async function readAfter(change: (wiki: FakeMediaWiki) => void, viewer: PersonaId, reading?: Reading) {
  const wiki = new FakeMediaWiki();
  change(wiki);
  return read(wiki, viewer, reading);
}

const kindOf = (snapshot: Snapshot) => {
  const decision = decide(snapshot, NOW);
  return 'reason' in decision ? `${decision.variant} ${decision.reason}` : decision.variant;
};

const PAGES = {
  'the API alone': {},
  'Special:Homepage': { page: 'homepage', recording: '30-html-mwconfig-Homepage' },
  'an article': { page: 'article', recording: '31-html-mwconfig-article' },
} as const satisfies Record<string, { page?: PageKind; recording?: string }>;

/** The recordings contain no request for two users, so the stand-in is taken from another viewer's response. */
const withStandIn =
  (fetch: typeof globalThis.fetch): typeof globalThis.fetch =>
  async (input, init) => {
    const answer = (await (await fetch(input, init)).json()) as { query?: { users?: unknown[] } };
    const asked = new URL(new Request(input, init).url).searchParams.get('ususers') ?? '';
    const { query } = readRecording('n_ana/09-users-mentor.json').response.body as {
      query: { users: unknown[] };
    };
    if (asked.endsWith('|Mentor Fatima')) answer.query?.users?.push(...query.users);
    return Response.json(answer);
  };

for (const { id } of personas)
  for (const [name, where] of Object.entries(PAGES))
    test(`${id}, ${name}: the fake wiki and the recorded one result in the same snapshot`, async () => {
      const page: WikiPage | undefined = 'recording' in where ? recordedPage(id, where.recording) : undefined;
      const recorded = growthSource({
        api: new FakeMediaWiki().api,
        fetch: withStandIn(recordedFetch(id)),
        page,
        now,
      });
      const { snapshot } = await read(new FakeMediaWiki(), id, 'page' in where ? { page: where.page } : {});
      assert.deepEqual(snapshot, await recorded.load(new AbortController()));
    });

test('sends as few requests as the viewer needs', async () => {
  const counts: [PersonaId, PageKind | undefined, number][] = [
    ['anon', 'homepage', 0],
    ['anon', 'article', 0],
    ['temp', 'article', 0],
    ['n_flo', 'homepage', 0],
    ['n_flo', 'article', 0],
    ['anon', undefined, 2],
    ['temp', undefined, 2],
    ['n_flo', undefined, 2],
    // Reads if the account is blocked, or only its address, together with the mentor.
    ['b_ivy', undefined, 4],
    ['n_eli', undefined, 2],
    ['n_eli', 'article', 2],
    ['m_fatima', undefined, 3],
    ['e_gus', undefined, 3],
    ['n_ana', undefined, 4],
    ['n_ana', 'homepage', 4],
  ];
  for (const [viewer, page, expected] of counts) {
    const { asked } = await read(new FakeMediaWiki(), viewer, page && { page });
    assert.equal(asked.length, expected, `${viewer}, ${page ?? 'the API alone'}`);
  }
});

test('reads no profile if the program is disabled, and no mentor unless the page names the viewer', async () => {
  for (const viewer of ['n_ana', 'n_dee', 'e_hal'] as const)
    for (const page of ['homepage', 'article', undefined] as const) {
      const off = (wiki: FakeMediaWiki) => wiki.setSettings({ GEMentorshipEnabled: false });
      const { snapshot, asked } = await readAfter(off, viewer, page && { page });
      assert.deepEqual([kindOf(snapshot), snapshot.mentor], ['none off', null]);
      assert.equal(asked.length, page ? 3 : 2);
      assert.doesNotMatch(JSON.stringify(asked), /usercontribs/);
    }
});

test('reads the settings of the wiki and their changes', async () => {
  const wiki = new FakeMediaWiki();
  assert.equal(kindOf((await read(wiki, 'e_hal')).snapshot), 'invite');
  wiki.setSettings({
    GEMentorshipMinimumEditcount: 2000,
    GEMentorshipMinimumAge: 30,
    GEMentorshipStartOptedOutThresholds: { enabled: true, minEditcount: 60, minTenureInDays: 7 },
  });
  const { snapshot } = await read(wiki, 'e_hal');
  assert.equal(kindOf(snapshot), 'mentored');
  const { minimumEditCount, minimumAgeDays, automaticEligibility, graduation } = snapshot.program;
  assert.deepEqual([minimumEditCount, minimumAgeDays, automaticEligibility], [2000, 30, true]);
  assert.deepEqual(graduation, { enabled: true, minimumEditCount: 60, minimumAgeDays: 7 });
  wiki.setSettings({ GEMentorshipMinimumEditcount: 1, GEMentorshipAutomaticEligibility: false });
  assert.equal(kindOf((await read(wiki, 'e_hal')).snapshot), 'mentored');
  wiki.setUser('e_hal', { rights: ['enrollasmentor'] });
  assert.equal(kindOf((await read(wiki, 'e_hal')).snapshot), 'invite');
});

test('invites only experienced viewers on an open wiki', async () => {
  const open = (wiki: FakeMediaWiki) =>
    wiki.setSettings({ GEMentorshipMinimumEditcount: 0, GEMentorshipMinimumAge: 0 });
  const newcomer = await readAfter(open, 'n_ana');
  assert.equal(newcomer.snapshot.viewer?.mayEnroll, true);
  assert.equal(kindOf(newcomer.snapshot), 'mentored');
  assert.equal(kindOf((await readAfter(open, 'e_hal')).snapshot), 'invite');
});

test('reads the choices of the viewer', async () => {
  const cases: [PersonaId, Record<string, string>, string, string][] = [
    ['e_hal', { [STATUS]: '50' }, 'explicit', 'mentored'],
    ['e_hal', { 'userjs-mentorship-module-explicit': '1' }, 'explicit', 'mentored'],
    ['e_hal', { 'userjs-mentorship-module-invite': '1' }, 'enabled', 'mentored'],
    [
      'e_hal',
      { 'userjs-mentorship-module-explicit': '0', 'userjs-mentorship-module-invite': '0' },
      'enabled',
      'invite',
    ],
    ['n_eli', { 'userjs-mentorship-module-explicit': '1' }, 'opted-out', 'opt-in opted-out'],
    ['n_flo', { 'userjs-mentorship-module-explicit': '1' }, 'disabled', 'none disabled'],
    ['n_ana', { [STATUS]: '7' }, 'disabled', 'none disabled'],
    ['n_ana', { [STATUS]: 'nonsense' }, 'disabled', 'none disabled'],
  ];
  for (const [viewer, options, status, kind] of cases)
    for (const page of ['article', undefined] as const) {
      const { snapshot } = await readAfter(
        (wiki) => wiki.setUser(viewer, { options }),
        viewer,
        page && { page },
      );
      assert.deepEqual([snapshot.viewer?.status, kindOf(snapshot)], [status, kind], JSON.stringify(options));
    }
});

test('reads if a mentor takes mentees', async () => {
  const cases: [Parameters<FakeMediaWiki['setMentors']>[0], boolean, string][] = [
    [[{ name: 'Mentor Fatima' }], true, 'opt-in no-mentor'],
    [[{ name: 'Mentor Fatima', weight: 0 }], false, 'unavailable'],
    [[], false, 'unavailable'],
    [null, false, 'unavailable'],
  ];
  for (const [mentors, available, kind] of cases) {
    const { snapshot } = await readAfter((wiki) => wiki.setMentors(mentors), 'e_gus');
    assert.deepEqual([snapshot.mentorsAvailable, kindOf(snapshot)], [available, kind]);
  }
  const alone = await readAfter((wiki) => wiki.setMentors([{ name: 'Editor Gus' }]), 'e_gus');
  assert.deepEqual([alone.snapshot.mentorsAvailable, kindOf(alone.snapshot)], [false, 'mentor']);
  const missing = await readAfter(() => {}, 'e_gus', {
    change: (body) => body.replace('growthmentorlist', 'x'),
  });
  assert.deepEqual([missing.snapshot.mentorsAvailable, kindOf(missing.snapshot)], [null, 'opt-in no-mentor']);
});

test('keeps a mentor who has left the list, without an introduction', async () => {
  const { snapshot } = await readAfter((wiki) => wiki.setMentors([{ name: 'Mentor Marcus' }]), 'n_ana');
  assert.deepEqual([snapshot.mentor?.name, snapshot.mentor?.intro], ['Mentor Fatima', null]);
});

test('reads the end of a temporary block of the whole site', async () => {
  const until = async (block: Parameters<FakeMediaWiki['setUser']>[1]['block']) =>
    (await readAfter((wiki) => wiki.setUser('n_ana', { block }), 'n_ana')).snapshot.viewer?.blockedUntil;
  const expiry = '2026-12-01T00:00:00Z';
  assert.equal(await until({ expiry }), '2026-12-01T00:00:00.000Z');
  assert.equal(await until({ expiry, partial: true }), null);
  assert.equal(await until({}), null);
  assert.equal(await until(null), null);
});

test('a temporary block of the address is no block of the account', async () => {
  const { snapshot, asked } = await read(new FakeMediaWiki(), 'n_ana', {
    change: (body) =>
      body.replace(
        '"userinfo":{',
        '"userinfo":{"blockid":9,"blockpartial":false,"blockexpiry":"2026-12-01T00:00:00Z",',
      ),
  });
  assert.deepEqual([snapshot.viewer?.blockedUntil, asked.length], [null, 4]);
  assert.equal(snapshot.mentor?.name, 'Mentor Fatima');
});

test('of several blocks, the latest end counts', async () => {
  const component = (blockexpiry: string, more = {}) => ({
    blockid: 1,
    blockpartial: false,
    blockexpiry,
    ...more,
  });
  const rules = { partial: 'ignored' } as const;
  const soon = component('2026-12-01T00:00:00Z');
  const later = component('2026-12-24T00:00:00Z');
  const latest = component('2027-01-01T00:00:00Z', { blockpartial: true });
  assert.deepEqual(toBlock(toJsonObject({ blockcomponents: [later, soon, latest] }), rules), {
    blocked: false,
    blockedUntil: '2026-12-24T00:00:00.000Z',
  });
  assert.deepEqual(toBlock(toJsonObject({ blockcomponents: [soon, component('infinity')] }), rules), {
    blocked: true,
    blockedUntil: null,
  });
});

const OWN = {
  learnMoreUrl: '/wiki/Help:Mentors',
  helpDeskUrl: '/wiki/Teahouse',
  inviteSnoozeDays: 30,
  openWikiMinimumEditCount: 20,
  openWikiMinimumAgeDays: 7,
};
const SETTINGS_PAGE = 'MediaWiki:Mentorship.json';
const GROWTH_HELP_DESK = (wiki: FakeMediaWiki) =>
  wiki.setPage(
    'MediaWiki:GrowthExperimentsHelpPanel.json',
    JSON.stringify({ GEHelpPanelHelpDeskTitle: 'Project:Help desk' }),
  );

test('settings of this module count over those of GrowthExperiments', async () => {
  const change = (wiki: FakeMediaWiki) => {
    GROWTH_HELP_DESK(wiki);
    // The rules of the program stay those of GrowthExperiments.
    wiki.setPage(SETTINGS_PAGE, JSON.stringify({ ...OWN, GEMentorshipEnabled: false }));
  };
  const { snapshot, asked } = await readAfter(change, 'n_ana');
  const { learnMoreUrl, helpDeskUrl, ...program } = snapshot.program;
  assert.equal(learnMoreUrl, 'https://wiki.example/wiki/Help:Mentors');
  assert.equal(helpDeskUrl, 'https://wiki.example/wiki/Teahouse');
  assert.deepEqual(
    [program.inviteSnoozeDays, program.openWikiMinimumEditCount, program.openWikiMinimumAgeDays],
    [30, 20, 7],
  );
  assert.equal(program.enabled, true);
  assert.equal(asked.length, 4);
});

test('without a field, the setting of GrowthExperiments counts; null removes a link', async () => {
  const read = async (own: object) =>
    (
      await readAfter((wiki) => {
        GROWTH_HELP_DESK(wiki);
        wiki.setPage(SETTINGS_PAGE, JSON.stringify(own));
      }, 'n_ana')
    ).snapshot.program;
  assert.equal((await read({})).helpDeskUrl, 'https://wiki.example/wiki/Project:Help_desk');
  const removed = await read({ helpDeskUrl: null, learnMoreUrl: null });
  assert.deepEqual([removed.helpDeskUrl, removed.learnMoreUrl], [null, null]);
});

/** Waits for a warning, because the module that checks settings is imported after the snapshot is loaded. */
async function untilWarned({ mock }: { mock: { callCount: () => number } }): Promise<void> {
  while (mock.callCount() === 0) await new Promise(setImmediate);
  // Another warning would follow with the imports of the other loads.
  await import('../src/sdk/mediawiki/settings.js');
}

test('reports a wrong setting once in the console, and reads the others', async (context) => {
  const warn = context.mock.method(console, 'warn', () => {});
  const wrong = {
    learnMoreUrl: 'javascript:alert(1)',
    helpDeskUrl: 7,
    inviteSnoozeDays: '90',
    openWikiMinimumEditCount: -1,
    openWikiMinimumAgeDays: 0.5,
  };
  for (const [field, value] of Object.entries(wrong)) {
    const change = (wiki: FakeMediaWiki) =>
      wiki.setPage(SETTINGS_PAGE, JSON.stringify({ ...OWN, [field]: value }));
    const right = await readAfter((wiki) => wiki.setPage(SETTINGS_PAGE, JSON.stringify(OWN)), 'n_ana');
    const none = await readAfter(() => {}, 'n_ana');
    for (let loads = 0; loads < 2; loads++) {
      const { program } = (await readAfter(change, 'n_ana')).snapshot;
      const initial = none.snapshot.program[field as keyof typeof OWN];
      assert.deepEqual(program, { ...right.snapshot.program, [field]: initial });
    }
    await untilWarned(warn);
    const lines = warn.mock.calls.map(({ arguments: [line] }) => String(line));
    assert.equal(lines.length, 1, field);
    assert.match(
      lines[0] ?? '',
      new RegExp(`MediaWiki:Mentorship\\.json: “${field}” must be .*, so it is ignored`),
    );
    warn.mock.resetCalls();
  }
});

test('names an unknown field of the settings page, but none of GrowthExperiments or of other wikis', async (context) => {
  const warned = new Promise((resolve) => context.mock.method(console, 'warn', resolve));
  const page = {
    GEMentorshipMinimumAge: 90,
    GEHomepageStartTime: 0,
    enrolGroups: ['sysop'],
    helpDeskURL: '/',
  };
  await readAfter((wiki) => wiki.setPage(SETTINGS_PAGE, JSON.stringify(page)), 'n_ana');
  assert.equal(
    await warned,
    'mentorship-module: MediaWiki:Mentorship.json: “helpDeskURL” is no field, so it is ignored. Write “helpDeskUrl”.',
  );
});

test('reports a settings page that is not an object, and reads those of GrowthExperiments', async (context) => {
  const warn = context.mock.method(console, 'warn', () => {});
  for (const text of ['[]', '{', 'null']) {
    const { snapshot } = await readAfter((wiki) => wiki.setPage(SETTINGS_PAGE, text), 'n_ana');
    assert.equal(kindOf(snapshot), 'mentored');
  }
  await untilWarned(warn);
  assert.equal(warn.mock.callCount(), 1);
});

test('reads until when the invitation is snoozed', async () => {
  const until = async (value: string) =>
    (
      await readAfter(
        (wiki) => wiki.setUser('e_hal', { options: { 'userjs-mentorship-module-invite-snoozed': value } }),
        'e_hal',
      )
    ).snapshot;
  const snoozed = await until('2026-12-01T00:00:00.000Z');
  assert.equal(snoozed.viewer?.inviteSnoozedUntil, '2026-12-01T00:00:00.000Z');
  assert.equal(kindOf(snoozed), 'mentored');
  assert.equal(kindOf(await until('2026-11-22T11:00:00.000Z')), 'invite');
  assert.equal(kindOf(await until('soon')), 'invite');
});

test('reads the mentor of a mentor', async () => {
  const { snapshot } = await read(new FakeMediaWiki(), 'm_marcus');
  assert.deepEqual([kindOf(snapshot), snapshot.mentor?.name], ['mentor', 'Mentor Fatima']);
});

test('considers only sitewide blocks without expiry', async () => {
  const blocked = async (block: Parameters<FakeMediaWiki['setUser']>[1]['block']) =>
    (await readAfter((wiki) => wiki.setUser('n_ana', { block }), 'n_ana')).snapshot.viewer?.blocked;
  assert.equal(await blocked({}), true);
  assert.equal(await blocked({ partial: true }), false);
  assert.equal(await blocked({ expiry: '2027-01-01T00:00:00Z' }), false);
  assert.equal(await blocked(null), false);
});

test('reads the state of the email address, never the address', async () => {
  const address = 'ana@secret.example';
  const states: [Parameters<FakeMediaWiki['setUser']>[1]['email'], string | null][] = [
    [null, 'none'],
    [{ address, confirmedAt: null }, 'unconfirmed'],
    [{ address, confirmedAt: '2026-01-01T00:00:00Z' }, 'confirmed'],
  ];
  for (const [email, expected] of states) {
    const { snapshot } = await readAfter((wiki) => wiki.setUser('n_ana', { email }), 'n_ana');
    assert.equal(snapshot.viewer?.email, expected);
    assert.doesNotMatch(JSON.stringify(snapshot), /secret/);
  }
  const missing = await readAfter(() => {}, 'n_ana', { change: (body) => body.replace('"email"', '"x"') });
  assert.equal(missing.snapshot.viewer?.email, null);
});
