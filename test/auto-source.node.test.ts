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
    test(`recorded 1.43 with GrowthExperiments, ${id}, ${page ?? 'the API alone'}: as growthSource reads it, in as many requests`, async () => {
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

test('what follows is done by the wiki’s own means', async () => {
  const growth = new FakeMediaWiki();
  await createWikiClient(growth, 'n_ana', { source: autoSource }).leave();
  assert.equal(postsTo(growth)[0]?.params.action, 'growthsetmenteestatus');
  const core = new FakeMediaWiki({ software: 'core-1.43' });
  await createWikiClient(core, 'n_ana', { source: autoSource }).leave();
  assert.equal(postsTo(core)[0]?.params.action, 'options');
});

/** How later versions differ from the recorded 1.43, as wiki-api.md says: nobody has recorded them. */
const LATER: [version: string, change: (body: string) => string][] = [
  // The preference as text.
  ['1.44', (body) => body.replace(/("growthexperiments-homepage-mentorship-enabled":)(\d+)/, '$1"$2"')],
  // Asked for on purpose.
  ['1.45', (body) => body.replace(/("growthexperiments-homepage-mentorship-enabled":)1\b/, '$150')],
  // Mentors who are away say until when.
  ['1.46', (body) => body.replaceAll('"username":', '"awayTimestamp":"20261224000000","username":')],
  // The list is empty, and PHP writes it as `[]`.
  ['1.47', (body) => body.replace(/"growthmentorlist":\{(?:[^{}]|\{[^{}]*\})*\}/, '"growthmentorlist":[]')],
];

for (const [version, change] of LATER)
  test(`${version}: e_hal and n_ana, with what is different there`, async () => {
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
