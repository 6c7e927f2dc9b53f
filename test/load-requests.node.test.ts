// Counts the requests before the card, and the rounds in which they are sent, for each kind of viewer. A request that a
// cache responds to does not count.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test, { describe, it } from 'node:test';
import { autoSource, decide, growthSource, previewSource, type Variant } from '../src/sdk/index.js';
import { parseSnapshot } from '../src/sdk/parse-snapshot.js';
import type { MentorshipSource } from '../src/sdk/source.js';
import { FakeMediaWiki, type PersonaId, type SoftwareName } from './fake-mediawiki/index.ts';
import { createWikiClient, NOW } from './fake-wiki-client.ts';
import { flushMacrotasks } from './fault-injection-server.ts';
import { recordedFetch, recordedPage } from './recorded-wiki.ts';

/** Limits without a cache. Without the page's variables, the name of the viewer is known one round later. */
const MOST_ROUNDS = { 'on the wiki': 2, 'off the wiki': 3 };
const MOST_REQUESTS = 4;

const { signal } = new AbortController();

type Fetch = typeof globalThis.fetch;

/** Stores the responses that allow it, like a browser's cache, and responds with them. */
function cached(fetch: Fetch, cache: Map<string, Response>, onRequest: () => Promise<void>): Fetch {
  return async (input, init) => {
    // Cloned, because reading the request would use up the body of a POST.
    const { url, method } = new Request(input instanceof Request ? input.clone() : input, init);
    if (method !== 'GET') return fetch(input, init);
    const known = cache.get(url);
    if (known) return known.clone();
    await onRequest();
    const response = await fetch(input, init);
    const age = Number(/\bmax-age=(\d+)/.exec(response.headers.get('cache-control') ?? '')?.[1] ?? 0);
    if (age > 0) cache.set(url, response.clone());
    return response;
  };
}

/** Loads from a wiki that responds to the requests of a round once all of them are sent. */
async function load(
  make: (fetch: Fetch) => MentorshipSource,
  fetch: Fetch,
  cache = new Map<string, Response>(),
): Promise<{
  variant: Variant;
  mentor: string | undefined;
  isRetired: boolean | undefined;
  rounds: number[];
}> {
  const waiting: (() => void)[] = [];
  let wake = () => {};
  const source = make(
    cached(fetch, cache, () => {
      const released = new Promise<void>((resolve) => waiting.push(resolve));
      wake();
      return released;
    }),
  );
  const rounds: number[] = [];
  const end = source.load({ signal });
  for (;;) {
    // Waits for a request, because a module may have to be imported before.
    const hasRequest = new Promise<void>((resolve) => (wake = resolve));
    if (waiting.length === 0) await Promise.race([hasRequest, end]);
    await flushMacrotasks();
    if (waiting.length === 0) break;
    rounds.push(waiting.length);
    for (const respond of waiting.splice(0)) respond();
  }
  const snapshot = parseSnapshot(await end);
  const { mentor } = snapshot;
  return {
    variant: decide(snapshot, NOW).variant,
    mentor: mentor?.name,
    isRetired: mentor?.retired,
    rounds,
  };
}

interface Place {
  software?: SoftwareName;
  /** Page of the wiki whose variables are known; `off-wiki`: none. */
  page?: 'homepage' | 'article' | 'off-wiki';
  change?: (wiki: FakeMediaWiki) => void;
}

function wikiFor(viewer: PersonaId, { software = 'growth-1.43', page = 'article', change }: Place) {
  const wiki = new FakeMediaWiki({ software });
  change?.(wiki);
  const make = (fetch: Fetch) =>
    autoSource({
      api: wiki.api,
      now: () => NOW,
      page: page === 'off-wiki' ? undefined : wiki.pageVariables(viewer, page),
      fetch,
    });
  return { wiki, make };
}

const RENAMED = (wiki: FakeMediaWiki) => {
  const Mentors = { 3: { username: 'Name Before The Rename', weight: 2 } };
  wiki.setPage('Project:Mentors.json', JSON.stringify({ Mentors }));
  wiki.setUser('n_ana', { options: { 'userjs-mentorship-mentor': 'Name Before The Rename' } });
};

const OFF = { page: 'off-wiki' } as const;
const PLAIN = { software: 'core-1.43' } as const;
const OLDER = { software: 'core-1.39' } as const;
const PROGRAM_OFF = (wiki: FakeMediaWiki) => wiki.setSettings({ GEMentorshipEnabled: false });
const NO_SETTINGS = (wiki: FakeMediaWiki) => wiki.setPage(wiki.settingsPage, null);

/** Requests of each round: without a cache, and with the settings and mentors in a cache. */
type Load = [
  name: string,
  viewer: PersonaId,
  variant: Variant,
  cold: number[],
  cached: number[],
  place?: Place,
];

/** Loads on pages of a wiki with GrowthExperiments, which docs/scale.md lists. */
const LISTED: Load[] = [
  ['a signed-out reader', 'anon', 'none', [], []],
  ['a temporary account', 'temp', 'none', [], []],
  ['a newcomer without mentorship', 'n_flo', 'none', [], []],
  ['a newcomer with a mentor', 'n_ana', 'mentored', [3, 1], [2, 1]],
  ['a newcomer with questions', 'q_kim', 'mentored', [3, 1], [2, 1]],
  ['a newcomer who has left', 'n_eli', 'opt-in', [2], [1]],
  ['an editor without a mentor', 'e_gus', 'opt-in', [3], [2]],
  ['an experienced editor with a mentor', 'e_hal', 'invite', [3, 1], [2, 1]],
  ['a mentor', 'm_olga', 'mentor', [3], [2]],
];

const LOADS: Load[] = [
  ...LISTED,
  ['a newcomer with a mentor, on the homepage', 'n_ana', 'mentored', [3, 1], [2, 1], { page: 'homepage' }],
  ['a newcomer whose homepage is off', 'x_lou', 'mentored', [3, 1], [2, 1]],
  ['a newcomer whose mentor is away', 'n_dee', 'mentored', [3, 1], [2, 1]],
  ['a blocked newcomer', 'b_ivy', 'none', [3, 1], [2, 1]],
  ['a partially blocked newcomer', 'b_jan', 'mentored', [3, 1], [2, 1]],
  ['a mentor with a mentor', 'm_marcus', 'mentor', [3, 1], [2, 1]],
  ['a program that is off', 'n_ana', 'none', [3], [2], { change: PROGRAM_OFF }],
  ['off the wiki: a signed-out reader', 'anon', 'none', [2], [1], OFF],
  ['off the wiki: a temporary account', 'temp', 'none', [2], [1], OFF],
  ['off the wiki: a newcomer without mentorship', 'n_flo', 'none', [2], [1], OFF],
  ['off the wiki: a newcomer with a mentor', 'n_ana', 'mentored', [2, 1, 1], [1, 1, 1], OFF],
  ['off the wiki: a newcomer with another script', 'n_rtl', 'mentored', [2, 1, 1], [1, 1, 1], OFF],
  ['off the wiki: a newcomer who has left', 'n_eli', 'opt-in', [2], [1], OFF],
  ['off the wiki: a blocked newcomer', 'b_ivy', 'none', [2, 1, 1], [1, 1, 1], OFF],
  ['off the wiki: an experienced editor', 'e_hal', 'invite', [2, 1, 1], [1, 1, 1], OFF],
  ['off the wiki: a mentor', 'm_olga', 'mentor', [2, 1], [1, 1], OFF],
  ['off the wiki: a program that is off', 'n_ana', 'none', [2], [1], { ...OFF, change: PROGRAM_OFF }],
  ['a plain wiki: a signed-out reader', 'anon', 'none', [], [], PLAIN],
  ['a plain wiki: a newcomer with a mentor', 'n_ana', 'mentored', [2, 1], [1, 1], PLAIN],
  ['a plain wiki: a renamed mentor', 'n_ana', 'mentored', [2, 1], [1, 1], { ...PLAIN, change: RENAMED }],
  ['a plain wiki: a newcomer who has left', 'n_eli', 'opt-in', [2], [1], PLAIN],
  ['a plain wiki: an experienced editor', 'e_hal', 'invite', [2, 1], [1, 1], PLAIN],
  ['a plain wiki: a mentor', 'm_fatima', 'mentor', [2], [1], PLAIN],
  ['a plain wiki without a program', 'n_ana', 'none', [2], [1], { ...PLAIN, change: NO_SETTINGS }],
  ['MediaWiki 1.39, off the wiki: a newcomer', 'n_ana', 'mentored', [2, 1], [1, 1], { ...OLDER, ...OFF }],
  ['MediaWiki 1.39, off the wiki: a mentor', 'm_fatima', 'mentor', [2], [1], { ...OLDER, ...OFF }],
];

const sum = (rounds: readonly number[]): number => rounds.reduce((total, count) => total + count, 0);

const figures = (rounds: number[]): string => `${sum(rounds)} (${rounds.join(' + ') || 'none'})`;

describe('requests before the card, by round', () => {
  for (const [name, viewer, variant, cold, withCache, place = {}] of LOADS)
    it(`${name}: ${figures(cold)}, with cached settings ${figures(withCache)}`, async () => {
      const { wiki, make } = wikiFor(viewer, place);
      const cache = new Map<string, Response>();
      const first = await load(make, wiki.fetchAs(viewer), cache);
      const second = await load(make, wiki.fetchAs(viewer), cache);
      assert.deepEqual([first.variant, first.rounds, second.rounds], [variant, cold, withCache]);
      assert.equal(second.mentor, first.mentor);
      assert.ok(cold.length <= MOST_ROUNDS[place.page === 'off-wiki' ? 'off the wiki' : 'on the wiki']);
      assert.ok(sum(cold) <= MOST_REQUESTS);
    });

  for (const viewer of ['n_ana', 'n_dee', 'n_eli', 'b_ivy', 'e_gus', 'e_hal', 'm_fatima', 'm_marcus'])
    for (const page of [undefined, '30-html-mwconfig-Homepage', '31-html-mwconfig-article'] as const)
      it(`recorded 1.43, ${viewer}, ${page ?? 'off the wiki'}`, async () => {
        const make = (fetch: Fetch) =>
          growthSource({
            api: 'https://wiki.example/w/api.php',
            now: () => NOW,
            page: page && recordedPage(viewer, page),
            fetch,
          });
        const { rounds } = await load(make, recordedFetch(viewer));
        const most = MOST_ROUNDS[page ? 'on the wiki' : 'off the wiki'];
        assert.ok(rounds.length <= most, `${rounds.length} rounds`);
        assert.ok(sum(rounds) <= MOST_REQUESTS);
      });

  for (const [software, rounds] of [
    ['growth-1.43', [2, 1, 1]],
    ['core-1.43', [2]],
  ] as const)
    it(`the preview of a newcomer, ${software}`, async () => {
      const wiki = new FakeMediaWiki({ software });
      const make = (fetch: Fetch) =>
        previewSource({ api: wiki.api, viewer: 'Newcomer Ana', now: () => NOW, fetch });
      assert.deepEqual((await load(make, wiki.fetchAs('anon'))).rounds, rounds);
    });
});

describe('cached settings and mentors', () => {
  const isPublic = ({ params }: FakeMediaWiki['log'][number]) => params['maxage'] !== undefined;

  test('contain nothing of the viewer, so that all viewers and elements share them', async () => {
    const wiki = new FakeMediaWiki();
    const cache = new Map<string, Response>();
    const load = (viewer: PersonaId) =>
      createWikiClient(wiki, viewer, {
        source: autoSource,
        fetch: cached(wiki.fetchAs(viewer), cache, async () => {}),
      }).load();
    await Promise.all([load('n_ana')]);
    const [body] = await Promise.all([...cache.values()].map((response) => response.clone().text()));
    assert.equal(cache.size, 1);
    assert.doesNotMatch(body ?? '', /Newcomer|userinfo|token/);
    await Promise.all([load('n_ana'), load('e_hal'), load('m_olga'), load('admin')]);
    assert.deepEqual(wiki.log.filter(isPublic).length, 1);
    const [request] = wiki.log.filter(isPublic);
    const { maxage, smaxage, uselang, meta, list } = request?.params ?? {};
    assert.deepEqual(
      { maxage, smaxage, uselang, meta, list },
      { maxage: '86400', smaxage: '300', uselang: 'content', meta: 'siteinfo', list: 'growthmentorlist' },
    );
  });

  test('are requested again once a page has another revision', async () => {
    const cache = new Map<string, Response>();
    const { wiki, make } = wikiFor('n_ana', {});
    const fetch = wiki.fetchAs('n_ana');
    const again = () => load(make, fetch, cache);
    assert.deepEqual((await again()).rounds, [3, 1]);
    wiki.setSettings({ GEMentorshipMinimumAge: 7 });
    assert.deepEqual((await again()).rounds, [2, 1, 1]);
    assert.deepEqual((await again()).rounds, [2, 1]);
    wiki.setSettings({ GEMentorshipEnabled: false });
    const { variant, rounds } = await again();
    assert.deepEqual([variant, rounds], ['none', [2, 1]]);
  });

  /** Loads from a wiki whose responses to some requests are changed, with a browser's cache. */
  async function loadChanged(
    change: (body: string, url: URL) => string,
    cache = new Map<string, Response>(),
    { wiki, make } = wikiFor('n_ana', {}),
  ) {
    const send = wiki.fetchAs('n_ana');
    const changed: Fetch = async (input, init) => {
      const { url } = new Request(input, init);
      const response = await send(input, init);
      return new Response(change(await response.text(), new URL(url)), response);
    };
    return load(make, changed, cache);
  }

  test('are requested without a cache if a server lags behind the one that knows the revisions', async () => {
    const cache = new Map<string, Response>();
    const place = wikiFor('n_ana', {});
    let before = '';
    const remember = (body: string, { searchParams }: URL) => {
      if (searchParams.has('smaxage')) before = body;
      return body;
    };
    assert.equal((await loadChanged(remember, cache, place)).variant, 'mentored');
    place.wiki.setSettings({ GEMentorshipEnabled: false });
    const lag = (body: string, { searchParams }: URL) => (searchParams.has('requestid') ? before : body);
    const first = await loadChanged(lag, cache, place);
    assert.deepEqual([first.variant, first.rounds], ['none', [2, 1, 1]]);
    const second = await loadChanged((body) => body, cache, place);
    assert.deepEqual([second.variant, second.rounds], ['none', [2, 1]]);
  });

  /** Hides the page with the mentors, as if the wiki had them on another one. */
  const elsewhere = (body: string) =>
    body.replace(/("title":"MediaWiki:GrowthMentors\.json",)"revisions"/, '$1"missing":true,"was"');

  test('are requested without a cache if the list of mentors is on a page whose revision is unknown', async () => {
    const cache = new Map<string, Response>();
    const first = await loadChanged(elsewhere, cache);
    assert.deepEqual([first.variant, first.mentor, first.rounds], ['mentored', 'Mentor Fatima', [3, 1, 1]]);
    assert.deepEqual((await loadChanged(elsewhere, cache)).rounds, [2, 1, 1]);
  });

  for (const [name, change] of Object.entries({
    'the list is empty, but its page has mentors': (body: string) => body,
    'the list is empty, and on a page whose revision is unknown': elsewhere,
  }))
    test(`are requested without a cache if ${name}`, async () => {
      const cache = new Map<string, Response>();
      const place = wikiFor('n_ana', {});
      const empty = (body: string) => {
        const answer = JSON.parse(change(body)) as object;
        return JSON.stringify('growthmentorlist' in answer ? { ...answer, growthmentorlist: [] } : answer);
      };
      assert.equal((await loadChanged(empty, cache, place)).isRetired, true);
      // The wiki has mentors again, at the same revisions.
      assert.equal((await loadChanged(change, cache, place)).isRetired, false);
    });

  test('a deleted page is not read from a cache', async () => {
    const cache = new Map<string, Response>();
    const { wiki, make } = wikiFor('n_ana', PLAIN);
    const again = async () => (await load(make, wiki.fetchAs('n_ana'), cache)).variant;
    assert.equal(await again(), 'mentored');
    wiki.setPage(wiki.settingsPage, null);
    assert.equal(await again(), 'none');
  });

  for (const software of ['growth-1.43', 'core-1.43'] as const)
    test(`${software}: a change of the list is seen at once, by everybody and after a reload`, async () => {
      const wiki = new FakeMediaWiki({ software });
      const caches = new Map<string, Map<string, Response>>();
      /** Loads as on a new page, with the cache of one browser. */
      const client = (viewer: PersonaId) => {
        const cache = caches.get(viewer) ?? new Map<string, Response>();
        caches.set(viewer, cache);
        return createWikiClient(wiki, viewer, {
          source: autoSource,
          fetch: cached(wiki.fetchAs(viewer), cache, async () => {}),
        });
      };
      const hal = client('e_hal');
      assert.equal((await hal.load()).viewer?.isMentor, false);
      assert.equal((await client('n_ana').load()).mentor?.retired, false);
      assert.equal((await hal.enroll({ introduction: 'Hello' })).viewer?.isMentor, true);
      assert.equal((await client('e_hal').load()).viewer?.isMentor, true);
      wiki.setMentors([{ name: 'Experienced Hal', weight: 0 }]);
      const ana = await client('n_ana').load();
      assert.deepEqual([ana.mentor?.retired, ana.mentorsAvailable], [true, false]);
      assert.equal((await client('e_hal').load()).viewer?.isMentor, true);
    });
});

it('docs/scale.md has the requests and rounds of a page of a wiki with GrowthExperiments', () => {
  const rows = readFileSync('docs/scale.md', 'utf8').matchAll(
    /^\| (an? [^|]+?) +\| (\d+) +\| (\d+) +\| (\d+) +\|$/gm,
  );
  assert.deepEqual(
    [...rows].map(([, name, cold, cached, rounds]) => [name, Number(cold), Number(cached), Number(rounds)]),
    LISTED.map(([name, , , cold, withCache]) => [name, sum(cold), sum(withCache), cold.length]),
  );
});
