import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { needsMentor } from '../src/sdk/decide.ts';
import { decide, type Mentor, type Program, type Snapshot, type Viewer } from '../src/sdk/index.js';
import { decideByTable } from './decision-table.ts';
import { daysAgo, mentorNamed, NOW, snapshotOf } from './sample-snapshots.ts';

/** Prefers numbers at which the decision changes. */
const edits = fc.oneof(fc.constantFrom(0, 29, 30, 499, 500, 501), fc.nat());
const days = fc.oneof(fc.constantFrom(0, 29, 30, 89, 90, 91), fc.nat(10_000));
const millisecond = fc.constantFrom(-1, 0, 1);
const often = (value: boolean) => fc.oneof({ weight: 4, arbitrary: fc.constant(value) }, fc.boolean());

/** End of a block or a snooze, often right before or after now. */
const end = fc.option(
  fc.tuple(fc.constantFrom(-90, -1, 0, 1), millisecond).map(([day, ms]) => daysAgo(day, ms)),
);

const viewers: fc.Arbitrary<Partial<Viewer>> = fc.record({
  registered: fc.option(fc.tuple(days, millisecond).map(([day, ms]) => daysAgo(day, ms))),
  editCount: fc.option(edits),
  status: fc.constantFrom('enabled', 'enabled', 'explicit', 'opted-out', 'disabled'),
  temporary: often(false),
  blocked: often(false),
  blockedUntil: end,
  mayEnroll: fc.option(fc.boolean()),
  isMentor: often(false),
  inviteDeclined: often(false),
  inviteSnoozedUntil: end,
});

const programs: fc.Arbitrary<Partial<Program>> = fc.record({
  enabled: often(true),
  automaticEligibility: fc.boolean(),
  minimumEditCount: edits,
  minimumAgeDays: days,
  openWikiMinimumEditCount: edits,
  openWikiMinimumAgeDays: days,
  graduation: fc.record(
    { enabled: fc.boolean(), minimumEditCount: edits, minimumAgeDays: days },
    { noNullPrototype: true },
  ),
});

const mentors: fc.Arbitrary<Mentor | null> = fc.option(
  fc
    .tuple(fc.string({ minLength: 1 }), fc.option(fc.constant({ until: null })))
    .map(([name, away]) => mentorNamed(name, away)),
);

const snapshots: fc.Arbitrary<Snapshot> = fc
  .record({
    viewer: fc.option(viewers, { freq: 10 }),
    mentor: mentors,
    standIn: mentors,
    mentorsAvailable: fc.option(fc.boolean()),
    program: programs,
  })
  .map(snapshotOf);

/** Asserts a property of every snapshot and its decision. */
const always = (claim: (snapshot: Snapshot, decision: ReturnType<typeof decide>) => void) =>
  fc.assert(
    fc.property(snapshots, (snapshot) => claim(snapshot, decide(snapshot, NOW))),
    { numRuns: 1_000 },
  );

const deepFreeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
};

test('is pure: returns equal results and does not change its arguments', () =>
  always((snapshot, decision) => {
    const before = structuredClone(snapshot);
    const frozenNow = Object.freeze(new Date(NOW));
    assert.deepEqual(decide(deepFreeze(snapshot), frozenNow), decision);
    assert.deepEqual(snapshot, before);
    assert.equal(frozenNow.getTime(), NOW.getTime());
  }));

test('never throws, at any time', () =>
  fc.assert(
    fc.property(snapshots, fc.date({ noInvalidDate: false }), (snapshot, now) => {
      assert.equal(typeof decide(snapshot, now).variant, 'string');
    }),
  ));

test('equals the decision table', () => {
  const rows = new Set<number>();
  fc.assert(
    fc.property(snapshots, (snapshot) => {
      const decision = decide(snapshot, NOW);
      rows.add(decision.row);
      assert.deepEqual(decision, decideByTable(snapshot, NOW));
    }),
    { numRuns: 3_000, seed: 14 },
  );
  // Shows that the snapshots reach every row.
  assert.deepEqual(
    [...rows].sort((one, other) => one - other),
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14],
  );
});

test('the passage of time changes an invitation only from dismissed or blocked to invited', () =>
  always((snapshot, { variant }) => {
    if (variant !== 'invite') return;
    assert.equal(decide(snapshot, new Date(NOW.getTime() + 86_400_000)).variant, 'invite');
  }));

test('never invites a viewer who opted in, dismissed the invitation, is blocked, or may not enroll', () =>
  always(({ viewer }, { variant: kind }) => {
    if (kind !== 'invite') return;
    assert.notEqual(viewer?.status, 'explicit');
    assert.equal(viewer?.inviteDeclined || viewer?.blocked, false);
    for (const until of [viewer?.inviteSnoozedUntil, viewer?.blockedUntil])
      assert.ok(!until || new Date(until) <= NOW);
    assert.notEqual(viewer?.mayEnroll, false);
    assert.ok(viewer?.editCount !== null || viewer.mayEnroll === true);
  }));

test('more edits or an older account never revoke an invite', () =>
  always((snapshot, { variant: kind }) => {
    if (kind !== 'invite' || !snapshot.viewer) return;
    const { editCount } = snapshot.viewer;
    const older = {
      ...snapshot.viewer,
      editCount: editCount === null ? null : editCount + 1,
      registered: null,
    };
    assert.equal(decide({ ...snapshot, viewer: older }, NOW).variant, 'invite');
  }));

test('an experienced viewer who dismissed the invitation is not offered a mentor', () =>
  always((snapshot, { variant }) => {
    if (variant !== 'invite' || !snapshot.viewer) return;
    for (const dismissal of [{ inviteDeclined: true }, { inviteSnoozedUntil: daysAgo(-1) }]) {
      const viewer = { ...snapshot.viewer, ...dismissal };
      assert.match(decide({ ...snapshot, viewer }, NOW).variant, /^(?:none|mentored)$/);
    }
  }));

test('has a stand-in only while the mentor is away', () =>
  always(({ standIn }, decision) => {
    if ('standIn' in decision) assert.equal(decision.standIn, decision.mentor?.away ? standIn : null);
  }));

test('a viewer who opted out has no mentor', () =>
  always(({ viewer, mentor }, decision) => {
    if (!('mentor' in decision)) return;
    assert.equal(decision.mentor, viewer?.status === 'opted-out' ? null : mentor);
  }));

test('no card offers to get a mentor if no mentor takes new mentees', () =>
  always(({ mentorsAvailable }, decision) => {
    if ('canGetMentor' in decision) assert.equal(decision.canGetMentor, mentorsAvailable !== false);
    if (decision.variant === 'unavailable') assert.equal(mentorsAvailable, false);
  }));

test('every card has the viewer and the program; none has neither', () =>
  always(({ viewer, program }, decision) => {
    if (decision.variant === 'none')
      return assert.deepEqual(Object.keys(decision), ['variant', 'row', 'reason']);
    assert.equal(decision.viewer, viewer);
    assert.equal(decision.program, program);
  }));

test('needsMentor is true exactly if the decision would include that mentor', () =>
  always((snapshot) => {
    const decision = decide({ ...snapshot, mentor: mentorNamed('Anybody') }, NOW);
    assert.equal(needsMentor(snapshot, NOW), 'mentor' in decision && decision.mentor !== null);
  }));
