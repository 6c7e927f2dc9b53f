// Asserts the requests before the card, and the rounds in which they are sent, for each kind of viewer without a cache.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { autoSource, decide, type Variant } from '../src/sdk/index.js';
import { parseSnapshot } from '../src/sdk/parse-snapshot.js';
import { FakeMediaWiki, type PersonaId, type SoftwareName } from './fake-mediawiki/index.ts';
import { NOW } from './fake-wiki-client.ts';
import { flushMacrotasks } from './fault-injection-server.ts';

interface Place {
  software?: SoftwareName;
  /** Page of the wiki whose variables are known; `off-wiki`: none. */
  page?: 'article' | 'off-wiki';
}

/** Loads from a wiki that responds to the requests of a round once all of them are sent. */
async function load(viewer: PersonaId, { software = 'growth-1.43', page = 'article' }: Place) {
  const wiki = new FakeMediaWiki({ software });
  const send = wiki.fetchAs(viewer);
  const waiting: (() => void)[] = [];
  let onRequest = () => {};
  const source = autoSource({
    api: wiki.api,
    now: () => NOW,
    page: page === 'off-wiki' ? undefined : wiki.pageVariables(viewer, page),
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
  const result = await end;
  return { variant: decide(parseSnapshot(result), NOW).variant, rounds };
}

/** Requests of each round by viewer. */
const LOADS: [name: string, viewer: PersonaId, variant: Variant, rounds: number[], place?: Place][] = [
  ['a signed-out reader', 'anon', 'none', []],
  ['a temporary account', 'temp', 'none', []],
  ['a newcomer with a mentor', 'n_ana', 'mentored', [2, 1]],
  ['a newcomer who has left', 'n_eli', 'opt-in', [1]],
  ['an experienced editor', 'e_hal', 'invite', [2, 1]],
  ['a mentor', 'm_olga', 'mentor', [2]],
  ['a signed-out reader, off the wiki', 'anon', 'none', [1], { page: 'off-wiki' }],
  ['a newcomer with a mentor, off the wiki', 'n_ana', 'mentored', [1, 1, 1], { page: 'off-wiki' }],
  ['a mentor, off the wiki', 'm_olga', 'mentor', [1, 1], { page: 'off-wiki' }],
  ['a newcomer of a plain wiki', 'n_ana', 'mentored', [1, 1], { software: 'core-1.43' }],
];

describe('requests of a cold load, by round', () => {
  for (const [name, viewer, variant, rounds, place = {}] of LOADS)
    it(`${name}: ${rounds.join(' + ') || 'none'}`, async () => {
      assert.deepEqual(await load(viewer, place), { variant, rounds });
    });
});
