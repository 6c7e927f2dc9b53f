import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test from 'node:test';

interface Subject {
  host: string;
  view: string[];
  events: object[];
  requests: string[];
}

const READY = { type: 'mentorship-ready', variant: { kind: 'invite', programme: { enabled: true } } };
const RENAMED = {
  type: 'mentorship-ready',
  variant: 'invite',
  decision: { variant: 'invite', program: { enabled: true } },
};
const RENAMES = {
  names: { programme: 'program' },
  fields: {
    'mentorship-ready.variant': 'mentorship-ready.decision',
    'mentorship-ready.variant.kind': ['mentorship-ready.variant', 'mentorship-ready.decision.variant'],
  },
};

const subject = (changes: Partial<Subject> = {}): Subject => ({
  host: 'invite',
  view: ['heading 2 "Want to help out?"', 'button "Not now"'],
  events: [READY],
  requests: [],
  ...changes,
});

/** Compares two recordings of one case. */
function compare(
  older: Subject,
  newer: Subject,
  renames: object = {},
): { status: number | null; out: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'behavior-'));
  const files = Object.entries({
    'old.json': { cases: { invite: older } },
    'new.json': { cases: { invite: newer } },
    'renames.json': renames,
  }).map(([name, content]) => {
    const file = path.join(folder, name);
    writeFileSync(file, JSON.stringify(content));
    return file;
  });
  const [old = '', now = '', list = ''] = files;
  const { status, stdout } = spawnSync(
    process.execPath,
    ['tools/compare-behavior.mjs', old, now, '--renames', list],
    { encoding: 'utf8' },
  );
  rmSync(folder, { recursive: true });
  return { status, out: stdout };
}

test('reports no difference between equal recordings', () => {
  assert.equal(compare(subject(), subject()).status, 0);
});

test('finds differences of texts, events, requests and states', () => {
  const changes = [
    { view: ['heading 2 "Want to help out?"'] },
    { events: [] },
    { requests: ['GET /w/api.php?action=query'] },
    { host: 'invite :loading' },
  ];
  for (const change of changes) assert.equal(compare(subject(), subject(change)).status, 1);
});

test('prints both sides of a difference', () => {
  const { out } = compare(subject(), subject({ view: ['heading 2 "Help"', 'button "Not now"'] }));
  assert.match(out, /cases\/invite: view\n {2}- heading 2 "Want to help out\?"\n {2}\+ heading 2 "Help"\n/);
});

test('accepts complete renames only', () => {
  const newer = subject({ events: [RENAMED] });
  assert.equal(compare(subject(), newer).status, 1);
  assert.equal(compare(subject(), newer, RENAMES).status, 0);
  assert.equal(compare(subject(), subject(), RENAMES).status, 1);
});

test('accepts an added field, but no change of an existing one with that name', () => {
  const withRow = (row: number) => subject({ events: [{ ...READY, row }] });
  const added = ['mentorship-ready.row'];
  assert.equal(compare(subject(), withRow(1), { added }).status, 0);
  assert.equal(compare(withRow(2), withRow(1), { added }).status, 1);
  assert.equal(compare(withRow(1), subject(), { added }).status, 1);
  assert.equal(compare(withRow(1), subject(), { removed: added }).status, 0);
  assert.equal(compare(withRow(1), subject(), { removed: ['mentorship-ready.row = 1'] }).status, 0);
  assert.equal(compare(withRow(2), subject(), { removed: ['mentorship-ready.row = 1'] }).status, 1);
});

test('accepts corrected texts only as a whole', () => {
  const texts = { 'Not now': 'Later' };
  const newer = (line: string) => subject({ view: ['heading 2 "Want to help out?"', line] });
  assert.equal(compare(subject(), newer('button "Later"'), { texts }).status, 0);
  assert.equal(compare(newer('Not now, please'), newer('Later, please'), { texts }).status, 1);
});
