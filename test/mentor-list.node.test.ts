import assert from 'node:assert/strict';
import test from 'node:test';
import { parseMentorList, toAbsence, toUserName } from '../src/sdk/mediawiki/mentor-list.js';

const NOW = new Date('2026-11-22T11:00:00Z');
const entryOf = (fields: object, key = '7') => parseMentorList({ [key]: fields })[0];

test('reads names as people type them', () => {
  for (const typed of ['sasha_Q', ' Sasha  Q ', 'User:Sasha Q', 'Benutzer:sasha_Q', '\u200ESasha Q'])
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
  assert.deepEqual([entryOf({}, 'sasha')?.id, entryOf({}, 'sasha')?.name], ['', 'Sasha']);
  assert.equal(entryOf({ username: ' ' }), undefined);
});

test('returns the absence, but never today as the day of return', () => {
  const cases: [unknown, object | null][] = [
    ['20261224000000', { until: '2026-12-24T00:00:00.000Z' }],
    [20261224000000, { until: '2026-12-24T00:00:00.000Z' }],
    ['2026-12-24', { until: '2026-12-24T00:00:00.000Z' }],
    ['2026-12-24 10:30', { until: '2026-12-24T10:30:00.000Z' }],
    ['2026-11-22T18:00:00Z', { until: null }],
    ['soon', { until: null }],
    ['2026-11-22T10:00:00Z', null],
    ['', null],
    [null, null],
  ];
  for (const [awayTimestamp, expected] of cases) {
    const entry = entryOf({ awayTimestamp });
    assert.deepEqual(entry && toAbsence(entry, NOW), expected, String(awayTimestamp));
  }
});
