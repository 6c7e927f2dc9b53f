import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { decide, MentorshipError, parseSnapshot, type Snapshot } from '../src/sdk/index.js';
import {
  valueAt,
  NOW,
  type Path,
  pathsIn,
  sampleDocument,
  sampleWith,
  withChange,
} from './sample-snapshots.ts';
import { validationErrors } from './snapshot-schema.ts';

/** Returns the snapshot, or null if it is rejected as bad data. Fails on any other outcome. */
function snapshotFrom(data: unknown, base?: string): Snapshot | null {
  try {
    return parseSnapshot(data, base);
  } catch (error) {
    assert.ok(error instanceof MentorshipError, `not ${String(error)}`);
    assert.equal(error.code, 'bad-data');
    return null;
  }
}

/** Asserts the invariants of every snapshot and of its decision. */
function assertSound(snapshot: Snapshot | null): void {
  if (!snapshot) return;
  assert.equal(validationErrors(snapshot), '');
  for (const { path, value } of [...pathsIn(snapshot), ...pathsIn(decide(snapshot, NOW))]) {
    if (!/url$/i.test(path.at(-1) ?? '') || value === null) continue;
    assert.equal(typeof value, 'string', path.join('.'));
    const { protocol, username, password } = new URL(value as string);
    assert.match(protocol, /^https?:$/);
    assert.equal(username + password, '');
  }
  assert.ok(snapshot.questions.length <= 3);
  assert.ok(Array.from(snapshot.mentor?.intro ?? '').length <= 240);
  assert.deepEqual(parseSnapshot(snapshot), snapshot, 'reading it again changes nothing');
}

/** Almost everything is missing, so that inherited properties would be noticed. */
const PARTIAL = {
  viewer: { name: 'Ana' },
  mentor: { name: 'Olga', away: {} },
  questions: [{ text: '?' }],
  program: { graduation: {} },
};
const { viewer, mentor, questions, program, ...rest } = sampleDocument();
/** Properties that change the result if any object inherits them. */
const POISON: Record<string, unknown> = {
  ...{ ...rest, viewer, mentor, questions, program, ...mentor.away, ...program.graduation },
  ...{ ...questions[0], ...mentor, ...viewer, ...program, name: 'Mallory' },
};

const OWN_KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'toJSON',
  'then',
];
const objectsIn = (document: unknown) =>
  pathsIn(document).filter(
    ({ value }) => typeof value === 'object' && value !== null && !Array.isArray(value),
  );

test('treats keys of Object.prototype as unknown keys, at each level', () => {
  const expected = parseSnapshot(PARTIAL);
  const objects = objectsIn(PARTIAL);
  assert.equal(objects.length, 7);
  for (const key of [...OWN_KEYS, 'newer'])
    for (const { path, value } of objects)
      for (const poison of [POISON, null, 'text', 7, [POISON]]) {
        const document = withChange(PARTIAL, path, { ...(value as object), PLACEHOLDER: poison });
        const text = JSON.stringify(document).replace('PLACEHOLDER', key);
        assert.deepEqual(parseSnapshot(JSON.parse(text)), expected, `${key} in ${path.join('.')}`);
      }
  assert.equal(Reflect.get({}, 'name'), undefined, 'and nothing else was polluted by it');
});

/** Runs a task while Object.prototype has additional properties. */
function polluted<T>(properties: Record<string, unknown>, task: () => T): T {
  try {
    for (const [key, value] of Object.entries(properties))
      Object.defineProperty(Object.prototype, key, {
        value,
        configurable: true,
        writable: true,
        enumerable: true,
      });
    return task();
  } finally {
    for (const key of Object.keys(properties)) Reflect.deleteProperty(Object.prototype, key);
  }
}

test('ignores properties of a polluted Object.prototype', () => {
  const differences = Object.entries(POISON).flatMap(([key, value]) => {
    const read = polluted({ [key]: value }, () => parseSnapshot(PARTIAL));
    try {
      assert.deepEqual(read, parseSnapshot(PARTIAL));
      return [];
    } catch {
      return [key];
    }
  });
  assert.deepEqual(differences, []);
  assert.deepEqual(
    polluted(POISON, () => snapshotFrom({})),
    null,
    'not even in an empty document',
  );
});

const throwing = (what: unknown): ProxyHandler<object> => {
  const fail = () => {
    throw what;
  };
  return { get: fail, has: fail, ownKeys: fail, getOwnPropertyDescriptor: fail, getPrototypeOf: fail };
};
const revoked = <T extends object>(target: T): T => {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
};
/** Returns another value on each access. */
const changing = () => {
  let count = 0;
  const next = () => [undefined, 'https://wiki.example/', 'javascript:alert(1)', {}, 'x'][count++ % 5];
  const fields = Object.fromEntries(Object.keys(POISON).map((key) => [key, { get: next, enumerable: true }]));
  return Object.defineProperties({}, fields);
};

const HOSTILE: Record<string, () => unknown> = {
  'a Proxy that throws': () => new Proxy({}, throwing(new TypeError('no'))),
  'a Proxy that throws undefined': () => new Proxy({}, throwing(undefined)),
  'a Proxy that throws null, around a list': () => new Proxy([], throwing(null)),
  'a Proxy that throws an error of another code': () =>
    new Proxy({}, throwing(new MentorshipError('network', 'not mine'))),
  'a revoked Proxy': () => revoked({}),
  'a revoked Proxy of a list': () => revoked([]),
  'a Proxy that has everything': () => new Proxy({}, { get: () => 'x', has: () => true }),
  'a getter that throws': () =>
    Object.defineProperty({}, 'name', { get: () => assert.fail(), enumerable: true }),
  'getters that change their mind': changing,
  'a list with a slice of its own': () =>
    Object.assign([], { slice: () => ({ flatMap: () => ['javascript:'] }) }),
  'a list with a species of its own': () =>
    Object.assign([], {
      constructor: {
        [Symbol.species]: function Species() {
          return { flatMap: () => 'x' };
        },
      },
    }),
  'a list without end': () =>
    new Proxy([], { get: (_, key) => (key === 'length' ? 2 ** 53 - 1 : undefined) }),
  'a list of hostile items': () => [new Proxy({}, throwing('x')), changing(), revoked({})],
  'a String object': (): unknown => Object('https://wiki.example/'),
  'an object that pretends to be text': () => ({ toString: () => 'javascript:alert(1)', length: 3 }),
  'an object that knows itself': () => {
    const circle: Record<string, unknown> = { name: 'Olga', text: '?' };
    return Object.assign(circle, {
      viewer: circle,
      mentor: circle,
      away: circle,
      graduation: circle,
      questions: [circle],
    });
  },
  'very deep lists': () => Array.from({ length: 10_000 }).reduce((inner) => [inner], []),
};

for (const [name, make] of Object.entries(HOSTILE))
  test(`${name}, at any place, is parsed or rejected as bad data`, () => {
    for (const { path } of pathsIn(sampleDocument())) {
      const snapshot = snapshotFrom(sampleWith(path, make()));
      try {
        assertSound(snapshot);
      } catch (cause) {
        throw new Error(`in ${path.join('.') || 'the place of the document'}`, { cause });
      }
    }
  });

const SCHEMES = [
  'javascript:',
  'JaVaScRiPt:',
  'data:',
  'blob:https:',
  'http:',
  'https://',
  'https://u:p@',
  '//',
  '\\\\',
  '/',
  '',
];
const urls = fc.oneof(
  fc
    .tuple(fc.constantFrom(...SCHEMES), fc.oneof(fc.webAuthority({ withUserInfo: true }), fc.string()))
    .map(([scheme, text]) => scheme + text),
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
);
const texts = fc.constantFrom(
  `${'a'.repeat(239)} b`,
  `${'a'.repeat(254)}\tb`,
  '😀'.repeat(300),
  ` ${'😀'.repeat(300)}`,
  '\ud83d',
  '\u202e',
);
const oddValue = fc.oneof(
  urls,
  texts,
  fc.jsonValue(),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.constantFrom<unknown>(undefined, null, NaN, Infinity, -Infinity, 1e308, -0, 2 ** 53, '', ...OWN_KEYS),
);
const anyPath = fc.constantFrom(...pathsIn(sampleDocument()).map(({ path }) => path));
const keys = fc.constantFrom(...OWN_KEYS, ...Object.keys(POISON));
const bases = fc.constantFrom(
  undefined,
  'https://host.example/api/me.json',
  'https://u:p@host.example/',
  'data:,x',
  '',
);

test('any value is parsed to a valid snapshot or rejected as bad data', () =>
  fc.assert(
    fc.property(
      fc.oneof(
        fc.jsonValue(),
        fc.anything({
          key: keys,
          withDate: true,
          withMap: true,
          withBigInt: true,
          withNullPrototype: true,
          withSparseArray: true,
        }),
        fc.dictionary(
          keys,
          fc.oneof(oddValue, fc.dictionary(keys, oddValue), fc.array(fc.dictionary(keys, oddValue))),
        ),
      ),
      bases,
      (data, base) => assertSound(snapshotFrom(data, base)),
    ),
    { numRuns: 1_000 },
  ));

test('an almost valid document is parsed to a valid snapshot or rejected as bad data', () =>
  fc.assert(
    fc.property(
      fc.array(fc.tuple(anyPath, fc.option(keys), oddValue), { maxLength: 4 }),
      bases,
      (changes, base) => {
        const document = changes.reduce<unknown>((before, [path, key, value]) => {
          const place: Path = key === null ? path : [...path, key];
          // Adds keys to objects only; JSON.parse makes even __proto__ an own key.
          const change = JSON.stringify(value ?? null);
          return key === null
            ? withChange(before, place, value)
            : addKey(before, path, `{${JSON.stringify(key)}:${change}}`);
        }, sampleDocument());
        assertSound(snapshotFrom(document, base));
      },
    ),
    { numRuns: 1_500 },
  ));

function addKey(document: unknown, path: Path, json: string): unknown {
  const target = valueAt(document, path);
  if (typeof target !== 'object' || target === null || Array.isArray(target)) return document;
  const added: object = JSON.parse(json) as object;
  return withChange(
    document,
    path,
    Object.defineProperties({ ...target }, Object.getOwnPropertyDescriptors(added)),
  );
}
