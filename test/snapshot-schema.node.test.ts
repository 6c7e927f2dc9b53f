import assert from 'node:assert/strict';
import test from 'node:test';
import { parseSnapshot } from '../src/sdk/index.js';
import schema from '../src/sdk/snapshot.schema.json' with { type: 'json' };
import { pathsIn, sampleDocument, sampleWith } from './sample-snapshots.ts';
import { validationErrors } from './snapshot-schema.ts';

interface Field {
  $ref?: string;
  title?: string;
  description?: string;
  default?: unknown;
  properties?: Record<string, Field>;
}

const definitions: Record<string, Field> = schema.$defs;
/** Returns the definition with resolved references. */
const whole = (field: Field): Field => ({ ...definitions[field.$ref?.split('/').pop() ?? ''], ...field });

test('complete, short and newer documents are valid', () => {
  for (const document of [
    sampleDocument(),
    parseSnapshot(sampleDocument()),
    { viewer: null },
    { program: { enabled: true } },
    {
      viewer: { name: 'Ana', newer: [] },
      mentor: { name: 'Olga', talkUrl: '/wiki/User_talk:Olga' },
      newer: 1,
    },
  ])
    assert.equal(validationErrors(document), '');
});

test('documents that the parser rejects or truncates are not valid', () => {
  for (const document of [{}, { mentor: null }, { viewer: {} }, { viewer: { name: ' ' } }, [], null, 'text'])
    assert.notEqual(validationErrors(document), '', JSON.stringify(document));
  for (const { path } of pathsIn(sampleDocument()))
    assert.notEqual(validationErrors(sampleWith(path, () => 'wrong')), '', path.join('.'));
});

test('every field has a title and a description', () => {
  const fields = pathsIn(schema).filter(({ path }) => path.at(-2) === 'properties');
  assert.equal(fields.length, 54);
  for (const { path, value } of fields) {
    const { title, description } = whole(value as Field);
    assert.ok(title && description, path.join('/'));
  }
});

test('the defaults equal those of the parser', () => {
  const { viewer, mentor, questions, program, ...rest } = parseSnapshot({
    viewer: { name: 'Ana' },
    mentor: { name: 'Olga' },
    questions: [{ text: '?' }],
  });
  const nothing = parseSnapshot({ program: {} });
  const parts: [Field | undefined, object | null | undefined][] = [
    [definitions.viewer, viewer],
    [definitions.mentor, mentor],
    [definitions.question, questions[0]],
    [definitions.program, program],
    [definitions.program?.properties?.graduation, program.graduation],
    [schema, { ...nothing, ...rest }],
  ];
  for (const [definition, part] of parts)
    for (const [key, field] of Object.entries(definition?.properties ?? {})) {
      if (['name', 'text', 'graduation', 'program'].includes(key)) continue;
      assert.deepEqual(whole(field).default, Reflect.get(part ?? {}, key), key);
    }
});
