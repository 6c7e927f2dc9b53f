import assert from 'node:assert/strict';
import test from 'node:test';
import { FakeMediaWiki, personas } from './fake-mediawiki/index.ts';
import { autoSource, decide, growthSource } from '../src/sdk/index.js';
import { createWikiClient, NOW, postsTo } from './fake-wiki-client.ts';
import { recordedFetch, recordedPage } from './recorded-wiki.ts';

const now = () => NOW;
const { signal } = new AbortController();
const API = new FakeMediaWiki().api;
const PAGES = [undefined, '30-html-mwconfig-Homepage', '31-html-mwconfig-article'] as const;

for (const { id } of personas)
  for (const page of PAGES)
    test(`recorded 1.43 with GrowthExperiments, ${id}, ${page ?? 'API only'}: returns the same snapshot as growthSource with as many requests`, async () => {
      const [auto, growth]: [URLSearchParams[], URLSearchParams[]] = [[], []];
      const read = (source: typeof autoSource, asked: URLSearchParams[]) =>
        source({
          api: API,
          now,
          fetch: recordedFetch(id, asked),
          page: page && recordedPage(id, page),
        }).load({ signal });
      assert.deepEqual(await read(autoSource, auto), await read(growthSource, growth));
      assert.equal(auto.length, growth.length);
    });

test('uses the actions of the detected wiki', async () => {
  const growth = new FakeMediaWiki();
  await createWikiClient(growth, 'n_ana', { source: autoSource }).leave();
  assert.equal(postsTo(growth)[0]?.params.action, 'growthsetmenteestatus');
  const core = new FakeMediaWiki({ software: 'core-1.43' });
  await createWikiClient(core, 'n_ana', { source: autoSource }).leave();
  assert.equal(postsTo(core)[0]?.params.action, 'options');
});

/** Differences between later versions and the recorded 1.43 according to wiki-api.md, because no recordings exist. */
const LATER: [version: string, change: (body: string) => string][] = [
  // The preference is a string.
  ['1.44', (body) => body.replace(/("growthexperiments-homepage-mentorship-enabled":)(\d+)/, '$1"$2"')],
  // The viewer has opted in explicitly.
  ['1.45', (body) => body.replace(/("growthexperiments-homepage-mentorship-enabled":)1\b/, '$150')],
  // Mentors who are away state the date of their return.
  ['1.46', (body) => body.replaceAll('"username":', '"awayTimestamp":"20261224000000","username":')],
  // The list is empty, which PHP serializes as `[]`.
  ['1.47', (body) => body.replace(/"growthmentorlist":\{(?:[^{}]|\{[^{}]*\})*\}/, '"growthmentorlist":[]')],
];

for (const [version, change] of LATER)
  test(`${version}: reads e_hal and n_ana despite the differences`, async () => {
    const kinds = await Promise.all(
      (['e_hal', 'n_ana'] as const).map(async (viewer) => {
        const recorded = recordedFetch(viewer);
        const fetch: typeof globalThis.fetch = async (input, init) =>
          new Response(change(await (await recorded(input, init)).text()));
        const snapshot = await autoSource({ api: API, now, fetch }).load({ signal });
        return `${decide(snapshot, NOW).variant} ${snapshot.viewer?.status}`;
      }),
    );
    const expected = version === '1.45' ? 'explicit' : 'enabled';
    assert.deepEqual(kinds, [
      version === '1.45' ? 'mentored explicit' : 'invite enabled',
      `mentored ${expected}`,
    ]);
  });
