import assert from 'node:assert/strict';
import test from 'node:test';
import { MentorshipError, parseSnapshot, type Snapshot } from '../src/sdk/index.js';
import { pathsIn, sampleDocument, sampleWith } from './sample-snapshots.ts';

const LEARN_MORE = 'https://www.mediawiki.org/wiki/Help:Growth/Mentorship';

const PROGRAM = {
  enabled: false,
  automaticEligibility: true,
  minimumEditCount: 500,
  minimumAgeDays: 90,
  openWikiMinimumEditCount: 500,
  openWikiMinimumAgeDays: 90,
  inviteSnoozeDays: 90,
  graduation: { enabled: false, minimumEditCount: 500, minimumAgeDays: 30 },
  learnMoreUrl: LEARN_MORE,
  enrollUrl: null,
  dashboardUrl: null,
  homepageUrl: null,
  helpDeskUrl: null,
};

const isBadData = (error: unknown) => error instanceof MentorshipError && error.code === 'bad-data';
const refuses = (data: unknown) => assert.throws(() => parseSnapshot(data), isBadData);

const mentorWith = (fields: object) =>
  parseSnapshot({ program: {}, mentor: { name: 'Olga', ...fields } }).mentor!;
const viewerWith = (fields: object) => parseSnapshot({ viewer: { name: 'Ana', ...fields } }).viewer!;
const programWith = (fields: object) => parseSnapshot({ program: fields }).program;

test('parses a complete document unchanged', () =>
  assert.deepEqual(parseSnapshot(sampleDocument()), sampleDocument()));

test('accepts {"program":{"enabled":true},"viewer":null}', () =>
  assert.deepEqual(parseSnapshot(JSON.parse('{"program":{"enabled":true},"viewer":null}')), {
    viewer: null,
    mentor: null,
    standIn: null,
    mentorsAvailable: null,
    questions: [],
    program: { ...PROGRAM, enabled: true },
  }));

test('fills missing parts with defaults', () =>
  assert.deepEqual(
    parseSnapshot({ viewer: { name: 'Ana' }, mentor: { name: 'Olga' }, questions: [{ text: '?' }] }),
    {
      viewer: {
        name: 'Ana',
        id: 0,
        gender: 'unknown',
        registered: null,
        editCount: null,
        status: 'enabled',
        temporary: false,
        blocked: false,
        blockedUntil: null,
        mayEnroll: null,
        isMentor: false,
        inviteDeclined: false,
        inviteSnoozedUntil: null,
        email: null,
        mentoring: null,
      },
      mentor: {
        name: 'Olga',
        gender: 'unknown',
        editCount: null,
        lastActive: null,
        intro: null,
        talkUrl: null,
        askUrl: null,
        away: null,
        retired: false,
        typicalReplyHours: null,
      },
      standIn: null,
      mentorsAvailable: null,
      questions: [{ text: '?', url: null, askedAt: null, state: 'unknown' }],
      program: PROGRAM,
    } satisfies Snapshot,
  ));

test('rejects a value with neither a viewer nor a program', () => {
  for (const data of [undefined, null, 0, 7, '', 'text', true, 1n, Symbol(), () => 1, [], [{ viewer: null }]])
    refuses(data);
  for (const data of [{}, { mentor: { name: 'Olga' } }, new Map([['viewer', null]]), new Date(), new Error()])
    refuses(data);
});

test('rejects a viewer without a name instead of treating it as anonymous', () => {
  for (const viewer of [
    {},
    { id: 8 },
    { name: '' },
    { name: ' \n' },
    { name: 7 },
    { name: null },
    'Ana',
    7,
    [],
    true,
  ])
    refuses({ viewer, program: { enabled: true } });
});

const WRONG = [
  7,
  -7.5,
  NaN,
  'wrong',
  '',
  true,
  null,
  [],
  ['a'],
  {},
  { a: 1 },
  1n,
  Symbol('wrong'),
  () => 'wrong',
];
const kind = (value: unknown) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

const EXCEPTIONS: Record<string, string> = {
  viewer: 'null is signed out, all else is refused',
  'viewer.name': 'refused',
  'viewer.status': 'a word that is unknown shows nothing',
  'program.learnMoreUrl': 'null is no link, rather than the default one',
};

for (const { path, value } of pathsIn(sampleDocument()).slice(1)) {
  const name = path.join('.');
  if (name in EXCEPTIONS) continue;
  test(`${name}: treats a value of a wrong type as missing`, () => {
    const expected = parseSnapshot(sampleWith(path, undefined));
    for (const wrong of WRONG.filter((item) => kind(item) !== kind(value)))
      assert.deepEqual(parseSnapshot(sampleWith(path, wrong)), expected);
  });
}

test('rejects a viewer, and removes a link, if null would have another meaning', () => {
  refuses(sampleWith(['viewer', 'name'], undefined));
  assert.throws(() => parseSnapshot(sampleWith(['viewer', 'name'], undefined)), /“viewer\.name”/);
  for (const wrong of WRONG.filter((item) => item !== null && kind(item) !== 'object'))
    refuses(sampleWith(['viewer'], wrong));
  for (const wrong of WRONG) assert.equal(programWith({ learnMoreUrl: wrong }).learnMoreUrl, null);
  for (const wrong of WRONG.filter((item) => item !== null))
    assert.equal(viewerWith({ status: wrong }).status, 'disabled');
  assert.equal(viewerWith({ status: null }).status, 'enabled');
});

test('treats unknown enum values as unknown', () => {
  for (const word of ['FEMALE', 'other', 'toString', '__proto__', 'constructor', ' male']) {
    assert.equal(mentorWith({ gender: word }).gender, 'unknown');
    assert.equal(viewerWith({ status: word }).status, 'disabled');
    assert.equal(viewerWith({ email: word }).email, null);
    const questions = [{ text: '?', state: word }];
    assert.equal(parseSnapshot({ program: {}, questions }).questions[0]?.state, 'unknown');
  }
});

test('keeps at most three questions and omits those without a text', () => {
  const texts = (questions: unknown) =>
    parseSnapshot({ program: {}, questions }).questions.map(({ text }) => text);
  assert.deepEqual(texts(['1', '2', '3', '4'].map((text) => ({ text }))), ['1', '2', '3']);
  assert.deepEqual(texts([{ text: '1' }, null, { text: ' ' }]), ['1']);
  assert.deepEqual(texts({ length: 1, 0: { text: '1' } }), []);
});

test('returns a frozen snapshot as it is, but validates a changed copy', () => {
  const snapshot = parseSnapshot(sampleDocument());
  assert.equal(parseSnapshot(snapshot), snapshot);
  assert.throws(() => ((snapshot as { mentorsAvailable: unknown }).mentorsAvailable = 'yes'), TypeError);
  assert.throws(
    () => ((snapshot.program as { helpDeskUrl: unknown }).helpDeskUrl = 'javascript:'),
    TypeError,
  );
  const program = { ...snapshot.program, helpDeskUrl: 'javascript:alert(1)' };
  assert.equal(parseSnapshot({ ...snapshot, program }).program.helpDeskUrl, null);
});
