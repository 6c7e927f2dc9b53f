import assert from 'node:assert/strict';
import test from 'node:test';
import { applyStoredDismissal } from '../src/controllers/dismissed-invite-storage.js';
import { snapshotOf } from './sample-snapshots.ts';

function dismissal(stored: string, inviteSnoozedUntil: string | null = null) {
  const localStorage = { getItem: () => stored };
  Object.defineProperty(globalThis, 'localStorage', { value: localStorage, configurable: true });
  const { viewer } = applyStoredDismissal(snapshotOf({ viewer: { inviteSnoozedUntil } }), 'wiki');
  return [viewer?.inviteDeclined, viewer?.inviteSnoozedUntil];
}

test('only 1 is a declined invitation, and only a date a snoozed one', () => {
  assert.deepEqual(dismissal('1'), [true, null]);
  assert.deepEqual(dismissal('2027-02-28T01:02:03.000Z'), [false, '2027-02-28T01:02:03.000Z']);
  for (const stored of [
    'T',
    'Tomorrow',
    '2026-13-45T00:00:00Z',
    '+275760-09-13T00:00:00Z',
    '0',
    'true',
    '11',
  ])
    assert.deepEqual(dismissal(stored), [false, null], stored);
});

test('the later end of both places counts', () => {
  const [first, second] = ['2027-01-01T00:00:00.000Z', '2027-02-01T00:00:00.000Z'];
  assert.deepEqual(dismissal(first, second), [false, second]);
  assert.deepEqual(dismissal(second, first), [false, second]);
  assert.deepEqual(dismissal('Zzz T', first), [false, first]);
});
