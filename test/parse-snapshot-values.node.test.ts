import assert from 'node:assert/strict';
import test from 'node:test';
import { parseSnapshot } from '../src/sdk/index.js';
import { pathsIn, sampleDocument, sampleWith } from './sample-snapshots.ts';

const mentorWith = (fields: object) =>
  parseSnapshot({ program: {}, mentor: { name: 'Olga', ...fields } }).mentor!;
const viewerWith = (fields: object) => parseSnapshot({ viewer: { name: 'Ana', ...fields } }).viewer!;
const programWith = (fields: object, base?: string) => parseSnapshot({ program: fields }, base).program;

test('numbers are whole, not negative, and exact', () => {
  const cases: [unknown, number | null][] = [
    [12, 12],
    [12.9, 12],
    [-1, 0],
    [-0.5, 0],
    [1e308, Number.MAX_SAFE_INTEGER],
    [2 ** 53, Number.MAX_SAFE_INTEGER],
    [-1e308, 0],
    [NaN, null],
    [Infinity, null],
    [-Infinity, null],
    ['12', null],
  ];
  for (const [value, expected] of cases) {
    assert.equal(mentorWith({ editCount: value }).editCount, expected);
    assert.equal(viewerWith({ editCount: value }).editCount, expected);
    assert.equal(viewerWith({ id: value }).id, expected ?? 0);
    assert.equal(programWith({ minimumEditCount: value }).minimumEditCount, expected ?? 500);
    assert.equal(programWith({ minimumAgeDays: value }).minimumAgeDays, expected ?? 90);
    const { graduation } = programWith({ graduation: { minimumEditCount: value, minimumAgeDays: value } });
    assert.equal(graduation.minimumEditCount, expected ?? 500);
    assert.equal(graduation.minimumAgeDays, expected ?? 30);
    const program = programWith({
      openWikiMinimumEditCount: value,
      openWikiMinimumAgeDays: value,
      inviteSnoozeDays: value,
    });
    assert.equal(program.openWikiMinimumEditCount, expected ?? 500);
    assert.equal(program.openWikiMinimumAgeDays, expected ?? 90);
    // An invitation that returns at once cannot be put off.
    assert.equal(program.inviteSnoozeDays, expected || 90);
    assert.equal(mentorWith({ typicalReplyHours: value }).typicalReplyHours, expected);
    assert.equal(
      viewerWith({ mentoring: { waitingQuestions: value } }).mentoring?.waitingQuestions,
      expected,
    );
  }
});

const dateOf = (lastActive: unknown) => mentorWith({ lastActive }).lastActive;

test('dates are ISO 8601 in UTC', () => {
  assert.equal(dateOf('2026-01-02T03:04:05Z'), '2026-01-02T03:04:05.000Z');
  assert.equal(dateOf('2026-01-02T03:04:05+02:00'), '2026-01-02T01:04:05.000Z');
  assert.equal(dateOf('2026-01-02'), '2026-01-02T00:00:00.000Z');
  assert.equal(dateOf('0001-01-01T00:00:00Z'), '0001-01-01T00:00:00.000Z');
  assert.equal(dateOf('9999-12-31T23:59:59.999Z'), '9999-12-31T23:59:59.999Z');
});

test('invalid dates and those out of range are unknown', () => {
  const outside = [
    '+275760-09-13T00:00:00Z',
    '+275760-09-13T00:00:01Z',
    '-000001-01-01T00:00:00Z',
    '0000-12-31',
  ];
  const none = ['', 'today', '2026-13-01T00:00:00Z', '2026-01-32', '2026-01-01T25:00:00Z', 'Invalid Date'];
  for (const value of [...outside, ...none, 0, 1795344353, 8.64e15, NaN, new Date(), ['2026-01-01']])
    assert.equal(dateOf(value), null, String(value));
});

test('parses every date of the viewer', () => {
  const date = '2026-01-02T03:04:05+02:00';
  const { blockedUntil, inviteSnoozedUntil, mentoring } = viewerWith({
    blockedUntil: date,
    inviteSnoozedUntil: date,
    mentoring: { pausedUntil: date },
  });
  for (const read of [blockedUntil, inviteSnoozedUntil, mentoring?.pausedUntil])
    assert.equal(read, '2026-01-02T01:04:05.000Z');
  for (const value of ['soon', '', 0, 1795344353, true, {}, [date], new Date()]) {
    assert.equal(viewerWith({ blockedUntil: value }).blockedUntil, null);
    assert.equal(viewerWith({ inviteSnoozedUntil: value }).inviteSnoozedUntil, null);
    assert.equal(viewerWith({ mentoring: { pausedUntil: value } }).mentoring?.pausedUntil, null);
  }
  assert.equal(viewerWith({ mentoring: { pausedUntil: 'unknown' } }).mentoring?.pausedUntil, 'unknown');
});

test('a mentor is retired only if the document contains true', () => {
  assert.equal(mentorWith({ retired: true }).retired, true);
  for (const value of [undefined, null, false, 0, 1, 'true', {}, []])
    assert.equal(mentorWith({ retired: value }).retired, false);
});

test('mentoring is an object with both fields, or null', () => {
  assert.deepEqual(viewerWith({ mentoring: {} }).mentoring, { pausedUntil: null, waitingQuestions: null });
  assert.deepEqual(viewerWith({ mentoring: { extra: 1, waitingQuestions: 3 } }).mentoring, {
    pausedUntil: null,
    waitingQuestions: 3,
  });
  for (const value of [undefined, null, true, 3, 'busy', [], () => {}])
    assert.equal(viewerWith({ mentoring: value }).mentoring, null);
});

test('a text that merely contains a number is not a date', () => {
  for (const value of ['Editor 12', '7', 'active 3 days ago (1)', '20261122110000'])
    assert.equal(dateOf(value), null, value);
});

const introOf = (intro: unknown) => mentorWith({ intro }).intro;
const characters = (text: string | null) => Array.from(text ?? '').length;

test('truncates a text at its limit in Unicode characters, never inside one', () => {
  assert.equal(introOf('a'.repeat(240)), 'a'.repeat(240));
  assert.equal(introOf('a'.repeat(241)), 'a'.repeat(240));
  assert.equal(introOf('😀'.repeat(240)), '😀'.repeat(240));
  assert.equal(introOf('😀'.repeat(241)), '😀'.repeat(240));
  assert.equal(introOf(`a${'😀'.repeat(1_000)}`), `a${'😀'.repeat(239)}`);
  assert.equal(characters(viewerWith({ name: '😀'.repeat(300) }).name), 255);
  const questions = [{ text: '😀'.repeat(2_001) }];
  assert.equal(characters(parseSnapshot({ program: {}, questions }).questions[0]!.text), 2_000);
});

test('ignores leading white space, also for truncation', () => {
  assert.equal(introOf(` ${'😀'.repeat(241)}`), '😀'.repeat(240));
  assert.equal(introOf(`${' '.repeat(500)}Hello`), 'Hello');
});

test('removes trailing white space of a truncated text', () =>
  assert.equal(introOf(`${'a'.repeat(239)} b`), 'a'.repeat(239)));

test('trims white space; a text without other characters is missing', () => {
  assert.equal(introOf(' \n Hello \t'), 'Hello');
  for (const empty of ['', ' ', '\n\t\u00a0\u2003']) assert.equal(introOf(empty), null);
});

const HOSTILE_URLS = [
  'javascript:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  'JAVASCRIPT:alert(1)//https://wiki.example/',
  'data:text/html,<script>alert(1)</script>',
  'blob:https://wiki.example/9115d58c-bcda-ff47-86e5-083e9a215304',
  'file:///etc/passwd',
  'ftp://wiki.example/',
  'mailto:ana@wiki.example',
  'vbscript:x',
  'https://user@wiki.example/',
  'https://user:password@wiki.example/',
  'https://:password@wiki.example/',
  'https://user@other.example@wiki.example/',
  'https:user@wiki.example',
  'https://',
  'http://[::1',
  '',
];
const RELATIVE_URLS = ['/wiki/Help', 'wiki', '?action=edit', '#top', '//wiki.example/wiki', './../x'];
const URL_PLACES = pathsIn(sampleDocument()).filter(({ path }) => /url$/i.test(path.at(-1) ?? ''));

test('rejects URLs that are not http(s) or have credentials, in every field', () => {
  assert.equal(URL_PLACES.length, 12);
  for (const { path } of URL_PLACES)
    for (const url of [...HOSTILE_URLS, ...RELATIVE_URLS]) {
      const expected = sampleWith(path, null);
      assert.deepEqual(parseSnapshot(sampleWith(path, url)), expected, `${path.join('.')}: ${url}`);
    }
});

test('resolves relative URLs against that of the document; rejects hostile ones', () => {
  const base = 'https://host.example/api/me.json';
  const helpDesk = (helpDeskUrl: string) => programWith({ helpDeskUrl }, base).helpDeskUrl;
  assert.deepEqual(RELATIVE_URLS.map(helpDesk), [
    'https://host.example/wiki/Help',
    'https://host.example/api/wiki',
    'https://host.example/api/me.json?action=edit',
    'https://host.example/api/me.json#top',
    'https://wiki.example/wiki',
    'https://host.example/x',
  ]);
  for (const url of HOSTILE_URLS.slice(0, 14)) assert.equal(helpDesk(url), null, url);
  assert.equal(programWith({ helpDeskUrl: '/x' }, 'https://user:password@host.example/').helpDeskUrl, null);
  assert.equal(programWith({ helpDeskUrl: '/x' }, 'javascript:alert(1)').helpDeskUrl, null);
  assert.equal(programWith({ helpDeskUrl: '/x' }, 'nonsense').helpDeskUrl, null);
});
