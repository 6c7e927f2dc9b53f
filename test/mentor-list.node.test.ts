import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import test from 'node:test';
import {
  findListed,
  hasAvailable,
  parseMentorsPage,
  toAbsence,
  toListEntry,
  toMentorList,
  toUserName,
} from '../src/sdk/mediawiki/mentor-list.js';
import { findPage } from '../src/sdk/mediawiki/queries.js';
import { toJsonObject } from './to-json-object.ts';
import { readRecording } from './recorded-wiki.ts';

const NOW = new Date('2026-11-22T11:00:00Z');
const entryOf = (fields: object, key = '7') => toListEntry(key, fields);

test('reads names as people type them', () => {
  for (const typed of ['sasha_Q', ' Sasha  Q ', 'User:Sasha Q', 'Benutzer:sasha_Q', '\u200ESasha\u200F Q'])
    assert.equal(toUserName(typed), 'Sasha Q', typed);
  assert.equal(toUserName('ßeta'), 'ßeta');
  for (const wrong of ['', ' ', 'A|B', 'A#1', 'User:', 7, null]) assert.equal(toUserName(wrong), null);
});

test('limits weights to those of GrowthExperiments', () => {
  const cases: [unknown, number][] = [
    [undefined, 2],
    [0, 0],
    [1, 1],
    [3, 2],
    ['4', 4],
    [1_000_000, 4],
    [Infinity, 4],
    [-1, 0],
    ['many', 0],
    [null, 0],
  ];
  for (const [weight, expected] of cases)
    assert.equal(entryOf({ username: 'A', weight })?.weight, expected, String(weight));
  assert.equal(entryOf({ username: 'A', weight: 2, automaticallyAssigned: false })?.weight, 0);
});

test('identifies an entry by the user id, or else by the name', () => {
  assert.deepEqual([entryOf({}, ' 007 ')?.id, entryOf({}, '7')?.name], ['7', '']);
  assert.deepEqual([entryOf({}, '7up')?.id, entryOf({}, '7up')?.name], ['', '7up']);
  assert.deepEqual([entryOf({}, 'sasha')?.id, entryOf({}, 'sasha')?.name], ['', 'Sasha']);
  assert.equal(entryOf({ username: ' ' }), null);
});

test('returns the absence, but never today as the day of return', () => {
  const cases: [unknown, object | null][] = [
    ['20261224000000', { until: '2026-12-24T00:00:00.000Z' }],
    [20261224000000, { until: '2026-12-24T00:00:00.000Z' }],
    ['2026-12-24', { until: '2026-12-24T00:00:00.000Z' }],
    ['2026-12-24 10:30', { until: '2026-12-24T10:30:00.000Z' }],
    [' 2026-12-24 ', { until: '2026-12-24T00:00:00.000Z' }],
    ['2026-12-24T10:30:00.000Z', { until: '2026-12-24T10:30:00.000Z' }],
    ['2026-12-24T12:30:00+02:00', { until: '2026-12-24T10:30:00.000Z' }],
    ['2026-11-22T18:00:00Z', { until: null }],
    ['soon', { until: null }],
    ['2026-11-22T10:00:00Z', null],
    ['', null],
    [' ', null],
    [null, null],
  ];
  for (const [awayTimestamp, expected] of cases) {
    const entry = entryOf({ awayTimestamp });
    assert.deepEqual(entry && toAbsence(entry, NOW), expected, String(awayTimestamp));
  }
});

test('today is the later one of the days in UTC and in the viewer’s time zone', () => {
  const { TZ } = process.env;
  try {
    for (const [zone, until] of [
      ['Pacific/Auckland', null],
      ['America/Los_Angeles', '2026-11-23T01:00:00.000Z'],
    ] as const) {
      process.env.TZ = zone;
      const entry = entryOf({ awayTimestamp: '2026-11-23T01:00:00Z' });
      assert.deepEqual(entry && toAbsence(entry, NOW), { until }, zone);
    }
  } finally {
    if (TZ === undefined) delete process.env.TZ;
    else process.env.TZ = TZ;
  }
});

/** Returns a list of 10,000 mentors, and a function that counts the entries of which the name was read. */
function manyMentors() {
  const read = new Set<number>();
  const entry = (id: number) => ({
    weight: 2,
    get username() {
      read.add(id);
      return `Mentor ${id}`;
    },
  });
  const list = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, index) => [index + 1, entry(index + 1)]),
  );
  return { list, countRead: () => read.size };
}

test('parses only the entries that a card needs, whatever the length of the list', () => {
  const { list, countRead } = manyMentors();
  assert.equal(findListed(list, { id: '9000', name: 'Name After A Rename' })?.name, 'Mentor 9000');
  assert.equal(countRead(), 1);
  assert.equal(findListed(list, { id: '10001', name: 'Mentor 7' }), null);
  assert.equal(countRead(), 1);
  assert.equal(hasAvailable(list, { except: { id: '1', name: '' }, now: NOW }), true);
  assert.ok(countRead() <= 3);
});

test('finds an entry that people have written by name', () => {
  const { list } = manyMentors();
  assert.equal(findListed({ ...list, sasha_Q: {} }, { id: '10001', name: 'Sasha Q' })?.name, 'Sasha Q');
});

test('the recorded module and page list the same mentors, with the same data', () => {
  // MediaWiki 1.43. Of 1.45 there is no recording of the page, so the module counts wherever it exists.
  const viewers = readdirSync('test/recordings').filter((folder) =>
    /^[a-z]_|^(?:admin|anon|temp)$/.test(folder),
  );
  assert.equal(viewers.length, 19);
  for (const viewer of viewers) {
    const bodyOf = (file: string) => toJsonObject(readRecording(`${viewer}/${file}.json`).response.body);
    const ofModule = toMentorList(bodyOf('02-growthmentorlist'));
    const ofPage = parseMentorsPage(findPage(bodyOf('13-revisions-json'), 'MediaWiki:GrowthMentors.json'));
    assert.ok(ofModule && ofPage, viewer);
    const keys = Object.keys(ofModule);
    assert.equal(keys.length, 5);
    assert.deepEqual(Object.keys(ofPage).sort(), keys.sort());
    for (const key of keys) {
      assert.deepEqual(ofPage[key], ofModule[key]);
      assert.deepEqual(toListEntry(key, ofPage[key]), toListEntry(key, ofModule[key]));
    }
  }
});
