import assert from 'node:assert/strict';
import test from 'node:test';
import { FakeMediaWiki, type PageKind, personas, type PersonaId } from './fake-mediawiki/index.ts';
import { decide, growthSource, type Snapshot, type WikiPage } from '../src/sdk/index.js';
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
    ['n_flo', 'homepage', 1],
    ['n_flo', 'article', 1],
    ['anon', undefined, 1],
    ['temp', undefined, 1],
    ['n_flo', undefined, 1],
    // Reads if the account is blocked, or only its address, together with the mentor.
    ['b_ivy', undefined, 3],
    ['n_eli', undefined, 1],
    ['m_fatima', undefined, 1],
    ['e_gus', undefined, 2],
    ['n_ana', undefined, 3],
    ['n_ana', 'homepage', 3],
  ];
  for (const [viewer, page, expected] of counts) {
    const { asked } = await read(new FakeMediaWiki(), viewer, page && { page });
    assert.equal(asked.length, expected, `${viewer}, ${page ?? 'the API alone'}`);
  }
});

test('sends one request without users if the program is disabled', async () => {
  for (const viewer of ['n_ana', 'n_dee', 'e_hal', 'n_flo'] as const)
    for (const page of ['homepage', 'article', undefined] as const) {
      const off = (wiki: FakeMediaWiki) => wiki.setSettings({ GEMentorshipEnabled: false });
      const { snapshot, asked } = await readAfter(off, viewer, page && { page });
      assert.equal(kindOf(snapshot), 'none off');
      assert.deepEqual([asked.length, asked[0]?.action], [1, 'query']);
      assert.doesNotMatch(JSON.stringify(asked), /mentor:|usercontribs/);
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
