// Asserts the requests before the card, and the rounds in which they are sent, for each kind of viewer without a cache.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { autoSource, decide, type Variant } from '../src/sdk/index.js';
import { parseSnapshot } from '../src/sdk/parse-snapshot.js';
import { FakeMediaWiki, type PersonaId, type SoftwareName } from './fake-mediawiki/index.ts';
import { NOW } from './fake-wiki-client.ts';
import { flushMacrotasks } from './fault-injection-server.ts';

/** A page of the wiki, which names the viewer, or another one, which does not. */
type Place = 'wiki' | 'elsewhere';

/** Loads from a wiki that responds to the requests of a round once all of them are sent. */
async function load(viewer: PersonaId, software: SoftwareName, place: Place) {
  const wiki = new FakeMediaWiki({ software });
  const send = wiki.fetchAs(viewer);
  const waiting: (() => void)[] = [];
  let onRequest = () => {};
  const source = autoSource({
    api: wiki.api,
    now: () => NOW,
    page: place === 'wiki' ? wiki.pageVariables(viewer, 'article') : undefined,
    fetch: async (...request) => {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        onRequest();
      });
      return send(...request);
    },
  });
  const rounds: number[] = [];
  const end = source.load({ signal: new AbortController().signal });
  for (;;) {
    // Waits for a request, because a module may have to be imported before.
    const hasRequest = new Promise<void>((resolve) => (onRequest = resolve));
    if (waiting.length === 0) await Promise.race([hasRequest, end]);
    await flushMacrotasks();
    if (waiting.length === 0) break;
    rounds.push(waiting.length);
    for (const respond of waiting.splice(0)) respond();
  }
  const { variant } = decide(parseSnapshot(await end), NOW);
  return { variant, rounds };
}

/** Requests of each round: `[2, 1]` is two requests side by side, and one after them. */
type Rounds = readonly number[];

type Expected = readonly [variant: Variant, rounds: Record<Place, Rounds>];

const both = (rounds: Rounds): Record<Place, Rounds> => ({ wiki: rounds, elsewhere: rounds });

/** Loads by viewer, with GrowthExperiments and without; null: such a wiki has no such account. */
const LOADS: [name: string, viewer: PersonaId, growth: Expected, plain: Expected | null][] = [
  [
    'a signed-out reader',
    'anon',
    ['none', { wiki: [], elsewhere: [1] }],
    ['none', { wiki: [], elsewhere: [1] }],
  ],
  ['a temporary account', 'temp', ['none', { wiki: [], elsewhere: [1] }], null],
  [
    'a newcomer with a mentor',
    'n_ana',
    ['mentored', { wiki: [2, 1], elsewhere: [1, 1, 1] }],
    ['mentored', both([1, 1])],
  ],
  [
    'a newcomer with questions',
    'q_kim',
    ['mentored', { wiki: [2, 1], elsewhere: [1, 1, 1] }],
    ['mentored', both([1, 1])],
  ],
  ['a newcomer who has left', 'n_eli', ['opt-in', both([1])], ['opt-in', both([1])]],
  [
    'an editor without a mentor',
    'e_gus',
    ['opt-in', { wiki: [2], elsewhere: [1, 1] }],
    ['opt-in', both([1])],
  ],
  [
    'an experienced editor with a mentor',
    'e_hal',
    ['invite', { wiki: [2, 1], elsewhere: [1, 1, 1] }],
    ['invite', both([1, 1])],
  ],
  ['a mentor', 'm_olga', ['mentor', { wiki: [2], elsewhere: [1, 1] }], ['mentor', both([1])]],
];

describe('requests of a cold load, by round', () => {
  for (const [name, viewer, growth, plain] of LOADS)
    for (const [software, expected] of [
      ['growth-1.43', growth],
      ['core-1.43', plain],
    ] as const) {
      if (!expected) continue;
      const [variant, { wiki, elsewhere }] = expected;
      for (const [place, rounds] of [
        ['wiki', wiki],
        ['elsewhere', elsewhere],
      ] as const)
        it(`${name}, ${software}, ${place}: ${rounds.join(' + ') || 'none'}`, async () => {
          assert.deepEqual(await load(viewer, software, place), { variant, rounds });
        });
    }
});

it('docs/scale.md has the requests and rounds of a page of a wiki with GrowthExperiments', () => {
  const rows = readFileSync('docs/scale.md', 'utf8').matchAll(/^\| (an? [^|]+?) +\| (\d+) +\| (\d+) +\|$/gm);
  const expected = LOADS.map(([name, , [, { wiki }]]) => [
    name,
    wiki.reduce((sum, count) => sum + count, 0),
    wiki.length,
  ]);
  assert.deepEqual(
    [...rows].map(([, name, requests, rounds]) => [name, Number(requests), Number(rounds)]),
    expected,
  );
});
