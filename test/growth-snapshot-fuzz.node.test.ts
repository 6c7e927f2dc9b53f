import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { FakeMediaWiki, type PersonaId } from './fake-mediawiki/index.ts';
import { decide, growthSource, MentorshipError, type Snapshot } from '../src/sdk/index.js';
import { NOW, pathsIn, withChange } from './sample-snapshots.ts';
import { validationErrors } from './snapshot-schema.ts';

const now = () => NOW;
const { signal } = new AbortController();

/** Parameters by which the requests of a load differ: of the viewer, the settings, the mentor's name and profile. */
const KINDS = ['meta=userinfo', 'meta=siteinfo', 'mentor', 'list=users'];

const kindOf = (...request: Parameters<typeof fetch>): number =>
  KINDS.findIndex((part) => new Request(...request).url.includes(part));

/** Returns the responses of a wiki to each kind of request. */
async function answersTo(viewer: PersonaId): Promise<unknown[]> {
  const wiki = new FakeMediaWiki();
  const answers: unknown[] = [];
  const fetchAs = wiki.fetchAs(viewer);
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const response = await fetchAs(input, init);
    answers[kindOf(input, init)] = JSON.parse(JSON.stringify(await response.clone().json(), shortened));
    return response;
  };
  await growthSource({ api: wiki.api, fetch, now }).load({ signal });
  return answers;
}

const READ = /^(GE|server$|articlepath$|script$|growthexperiments-.*mentor|gender$|3$)/;
/** Shortens long lists to what is read, so that there are fewer places to modify. */
function shortened(key: string, value: unknown): unknown {
  if (key === 'rights') return ['enrollasmentor'];
  if (!['options', 'general', 'growthmentorlist'].includes(key)) return value;
  return Object.fromEntries(Object.entries(Object(value) as object).filter(([name]) => READ.test(name)));
}

const ODD_VALUES: unknown[] = [
  ...[undefined, null, true, -1, '', '\ud83d', [[]], {}, [null]],
  ...['javascript:alert(1)', 'https://u:p@x.example', '{"Mentors":7}', { toString: 1, valueOf: 1 }],
];

/** Modifies JSON inside a string, such as a settings page. */
const inText = fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.stringify(value));

/** Loads a source. Fails unless the result is a valid snapshot or a MentorshipError. */
async function assertSound(bodies: unknown[]): Promise<void> {
  let asked = 0;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    asked++;
    return new Response(JSON.stringify(bodies[kindOf(input, init)] ?? {}));
  };
  const source = growthSource({ api: 'https://wiki.example/w/api.php', fetch, now });
  const outcome = await source.load({ signal }).catch((error: unknown) => error);
  assert.ok(asked <= 9);
  if (outcome instanceof Error) {
    assert.ok(outcome instanceof MentorshipError, String(outcome));
    return;
  }
  assert.equal(validationErrors(outcome), '');
  const snapshot = outcome as Snapshot;
  for (const { path, value } of [...pathsIn(snapshot), ...pathsIn(decide(snapshot, NOW))]) {
    if (!/url$/i.test(path.at(-1) ?? '') || typeof value !== 'string') continue;
    const { protocol, username } = new URL(value);
    assert.match(protocol, /^https?:$/);
    assert.equal(username, '');
  }
}

const answers = await answersTo('q_kim');
const where = answers.flatMap((answer, index) => pathsIn(answer).map(({ path }) => ({ index, path })));
const change = (before: unknown[], { index, path }: (typeof where)[number], value: unknown) =>
  before.with(index, withChange(before[index], path, value));

test('tolerates an odd value at any one place of the responses', async () => {
  assert.equal(answers.length, 4);
  await assertSound(answers);
  for (const place of where)
    for (const value of ODD_VALUES)
      await assertSound(change(answers, place, value)).catch((cause: unknown) => {
        throw new Error(`${JSON.stringify(value)} in ${place.index}.${place.path.join('.')}`, { cause });
      });
});

test('tolerates arbitrary values at several places of the responses', async () => {
  const anything = fc.oneof(fc.constantFrom(...ODD_VALUES), fc.jsonValue({ maxDepth: 3 }), inText);
  const changes = fc.array(fc.tuple(fc.constantFrom(...where), anything), { minLength: 2, maxLength: 4 });
  const property = fc.asyncProperty(changes, (all) =>
    assertSound(all.reduce<unknown[]>((before, [place, value]) => change(before, place, value), answers)),
  );
  await fc.assert(property, { numRuns: 300 });
});
