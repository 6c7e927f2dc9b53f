import assert from 'node:assert/strict';
import test from 'node:test';
import { decide, type Program, type Viewer } from '../src/sdk/index.js';
import { type Changes, daysAgo, mentorNamed, NOW, snapshotOf } from './sample-snapshots.ts';

const newcomer = (viewer: Partial<Viewer>): Changes => ({ viewer });
/** Meets the thresholds for becoming a mentor exactly. */
const veteran = (viewer: Partial<Viewer> = {}): Changes => ({
  viewer: { editCount: 500, registered: daysAgo(90), ...viewer },
});
const wiki = (program: Partial<Program>): Changes => ({ program });

const OFF = wiki({ enabled: false });
const MANUAL = wiki({ automaticEligibility: false });
const OPEN = wiki({ minimumEditCount: 0, minimumAgeDays: 0 });
const OPEN_MANUAL = wiki({ ...OPEN.program, ...MANUAL.program });
const GRADUATES = wiki({ graduation: { enabled: true, minimumEditCount: 100, minimumAgeDays: 30 } });
const NO_GRADUATES = wiki({ graduation: { enabled: false, minimumEditCount: 100, minimumAgeDays: 30 } });
const left = (viewer: Partial<Viewer> = {}) =>
  newcomer({ status: 'opted-out', editCount: 100, registered: daysAgo(30, -1), ...viewer });

const FATIMA = { standIn: mentorNamed('Fatima') };
const OLGA = { mentor: mentorNamed('Olga') };
const OLGA_AWAY = { mentor: mentorNamed('Olga', { until: null }) };
const NOBODY = { mentorsAvailable: false };

const INVITE = 'invite by thresholds';
const GRANTED = 'invite by right';
const STAYS = 'opt-in no-mentor';

/** Row, description, expected decision, and differences from a newcomer without a mentor. */
type Case = [about: string, expected: string, ...changes: Changes[]];

const TABLE: Record<string, Case[]> = {
  'row 1, signed out or temporary': [
    ['signed out', 'none signed-out', { viewer: null }],
    ['signed out, where the program is off', 'none signed-out', { viewer: null }, OFF],
    ['signed out, with a mentor', 'none signed-out', { viewer: null }, OLGA],
    ['temporary', 'none signed-out', newcomer({ temporary: true })],
    ['temporary, off', 'none signed-out', newcomer({ temporary: true }), OFF],
    ['temporary, disabled', 'none signed-out', newcomer({ temporary: true, status: 'disabled' })],
    ['temporary, a mentor', 'none signed-out', newcomer({ temporary: true, isMentor: true })],
    ['temporary, experienced', 'none signed-out', veteran({ temporary: true })],
  ],
  'row 2, off': [
    ['off', 'none off', OFF],
    ['off, disabled', 'none off', newcomer({ status: 'disabled' }), OFF],
    ['off, a mentor', 'none off', newcomer({ isMentor: true }), OFF],
    ['off, blocked', 'none off', newcomer({ blocked: true }), OFF],
    ['off, experienced', 'none off', veteran(), OFF],
  ],
  'row 3, disabled': [
    ['disabled', 'none disabled', newcomer({ status: 'disabled' })],
    ['disabled, a mentor', 'none disabled', newcomer({ status: 'disabled', isMentor: true })],
    ['disabled, blocked', 'none disabled', newcomer({ status: 'disabled', blocked: true })],
    ['disabled, experienced', 'none disabled', veteran({ status: 'disabled' })],
    ['disabled, mentored', 'none disabled', newcomer({ status: 'disabled' }), OLGA],
  ],
  'row 4, mentor': [
    ['a mentor', 'mentor', newcomer({ isMentor: true })],
    ['a blocked mentor', 'mentor', newcomer({ isMentor: true, blocked: true })],
    ['a mentor with a mentor', 'mentor', veteran({ isMentor: true }), OLGA],
    ['a mentor who opted out as a mentee', 'mentor', newcomer({ isMentor: true, status: 'opted-out' })],
  ],
  'row 5, blocked': [
    ['blocked', 'none blocked', newcomer({ blocked: true })],
    ['blocked, experienced', 'none blocked', veteran({ blocked: true })],
    ['blocked, mentored', 'none blocked', newcomer({ blocked: true }), OLGA],
    ['blocked, opted out', 'none blocked', newcomer({ blocked: true, status: 'opted-out' })],
    ['blocked, nobody takes mentees', 'none blocked', newcomer({ blocked: true }), NOBODY],
  ],
  'row 6, edits': [
    ['minimum', INVITE, veteran()],
    ['one less', STAYS, veteran({ editCount: 499 })],
    ['unknown', STAYS, veteran({ editCount: null })],
    ['unknown, 0 asked for', STAYS, veteran({ editCount: null }), wiki({ minimumEditCount: 0 })],
    ['none, 0 asked for', INVITE, veteran({ editCount: 0 }), wiki({ minimumEditCount: 0 })],
    ['minimum of the wiki', INVITE, veteran({ editCount: 30 }), wiki({ minimumEditCount: 30 })],
    ['one less than it', STAYS, veteran({ editCount: 29 }), wiki({ minimumEditCount: 30 })],
  ],
  'row 6, age': [
    ['1 ms more', INVITE, veteran({ registered: daysAgo(90, -1) })],
    ['1 ms less', STAYS, veteran({ registered: daysAgo(90, 1) })],
    ['unknown', INVITE, veteran({ registered: null })],
    ['just now, 0 asked for', INVITE, veteran({ registered: daysAgo(0) }), wiki({ minimumAgeDays: 0 })],
    ['minimum of the wiki', INVITE, veteran({ registered: daysAgo(7) }), wiki({ minimumAgeDays: 7 })],
    ['1 ms less than it', STAYS, veteran({ registered: daysAgo(7, 1) }), wiki({ minimumAgeDays: 7 })],
  ],
  'row 6, open wiki': [
    ['500 edits and 90 days', GRANTED, veteran(), OPEN],
    ['499 edits', STAYS, veteran({ editCount: 499 }), OPEN],
    ['1 ms less than 90 days', STAYS, veteran({ registered: daysAgo(90, 1) }), OPEN],
    ['unknown age', GRANTED, veteran({ registered: null }), OPEN],
    ['unknown edits', STAYS, veteran({ editCount: null, mayEnroll: true }), OPEN],
    ['a newcomer, who may enroll as everybody may', STAYS, newcomer({ mayEnroll: true }), OPEN],
    ['experienced, may enroll', GRANTED, veteran({ mayEnroll: true }), OPEN],
    ['experienced, may not enroll', STAYS, veteran({ mayEnroll: false }), OPEN],
    [
      'as many edits as the wiki wants there',
      GRANTED,
      veteran({ editCount: 20 }),
      wiki({ ...OPEN.program, openWikiMinimumEditCount: 20 }),
    ],
    ['one less', STAYS, veteran({ editCount: 19 }), wiki({ ...OPEN.program, openWikiMinimumEditCount: 20 })],
    [
      'as old as the wiki wants there',
      GRANTED,
      veteran({ registered: daysAgo(7) }),
      wiki({ ...OPEN.program, openWikiMinimumAgeDays: 7 }),
    ],
    [
      '1 ms younger',
      STAYS,
      veteran({ registered: daysAgo(7, 1) }),
      wiki({ ...OPEN.program, openWikiMinimumAgeDays: 7 }),
    ],
    ['only edits are 0', INVITE, veteran({ editCount: 0 }), wiki({ minimumEditCount: 0 })],
    ['only days are 0', INVITE, veteran({ registered: daysAgo(1) }), wiki({ minimumAgeDays: 0 })],
    ['both are 0, but by hand', STAYS, veteran(), OPEN_MANUAL],
    ['both are 0, but by hand, and granted', GRANTED, newcomer({ mayEnroll: true }), OPEN_MANUAL],
  ],
  'row 6, the right': [
    ['granted to a newcomer', GRANTED, newcomer({ mayEnroll: true })],
    ['granted, unknown edits', GRANTED, newcomer({ mayEnroll: true, editCount: null })],
    ['granted, both minimums reached', INVITE, veteran({ mayEnroll: true })],
    ['refused, both minimums reached', STAYS, veteran({ mayEnroll: false })],
    ['unknown, by hand, both minimums reached', STAYS, veteran(), MANUAL],
    ['granted, by hand, both minimums reached', GRANTED, veteran({ mayEnroll: true }), MANUAL],
  ],
  'row 6, not invited': [
    ['explicit', `${STAYS} +`, veteran({ status: 'explicit' })],
    ['explicit, granted', `${STAYS} +`, newcomer({ status: 'explicit', mayEnroll: true })],
    ['explicit, mentored', 'mentored by Olga +', veteran({ status: 'explicit' }), OLGA],
    ['declined', `${STAYS} +`, veteran({ inviteDeclined: true })],
    ['declined, granted', `${STAYS} +`, newcomer({ mayEnroll: true, inviteDeclined: true })],
    ['declined, mentored', 'mentored by Olga +', veteran({ inviteDeclined: true }), OLGA],
    ['declined, left', 'opt-in opted-out +', veteran({ inviteDeclined: true, status: 'opted-out' })],
    ['declined, nobody takes mentees', 'unavailable', veteran({ inviteDeclined: true }), NOBODY],
  ],
  'row 6, the mentor': [
    ['keeps', `${INVITE}, keeps Olga`, veteran(), OLGA],
    ['keeps who is away', `${INVITE}, keeps Olga`, veteran(), OLGA_AWAY, FATIMA],
    ['left: a named one is ignored', INVITE, veteran({ status: 'opted-out' }), OLGA],
    ['nobody takes mentees', INVITE, veteran(), NOBODY],
  ],
  'row 7, mentored': [
    ['enabled', 'mentored by Olga', OLGA],
    ['explicit', 'mentored by Olga', newcomer({ status: 'explicit' }), OLGA],
    ['away, with a stand-in', 'mentored by Olga, Fatima answers', OLGA_AWAY, FATIMA],
    ['away, without a stand-in', 'mentored by Olga', OLGA_AWAY],
    ['here: a stand-in is ignored', 'mentored by Olga', OLGA, FATIMA],
    ['nobody takes mentees', 'mentored by Olga', OLGA, NOBODY],
  ],
  'row 8, opted out': [
    ['opted out', 'opt-in opted-out', newcomer({ status: 'opted-out' })],
    ['a named mentor is ignored', 'opt-in opted-out', newcomer({ status: 'opted-out' }), OLGA_AWAY, FATIMA],
    ['nobody takes mentees', 'opt-in opted-out', newcomer({ status: 'opted-out' }), NOBODY],
    ['graduated', 'opt-in graduated', left(), GRADUATES],
    ['one edit less', 'opt-in opted-out', left({ editCount: 99 }), GRADUATES],
    ['exactly the days', 'opt-in opted-out', left({ registered: daysAgo(30) }), GRADUATES],
    ['unknown age', 'opt-in graduated', left({ registered: null }), GRADUATES],
    ['unknown edits', 'opt-in opted-out', left({ editCount: null }), GRADUATES],
    ['no graduation here', 'opt-in opted-out', left(), NO_GRADUATES],
    ['reached the rule, but did not leave', STAYS, left({ status: 'enabled' }), GRADUATES],
  ],
  'row 9, unavailable': [
    ['enabled', 'unavailable', NOBODY],
    ['explicit', 'unavailable', newcomer({ status: 'explicit' }), NOBODY],
    ['a stand-in is no mentor', 'unavailable', FATIMA, NOBODY],
  ],
  'row 10, no mentor': [
    ['enabled', STAYS],
    ['explicit', STAYS, newcomer({ status: 'explicit' })],
    ['unknown whether there are mentors', STAYS, { mentorsAvailable: null }],
    ['a stand-in is no mentor', STAYS, FATIMA],
  ],
};

/** Summarizes a decision; “+” means that the card also offers to become a mentor. */
function decided(...changes: Changes[]): string {
  const decision = decide(snapshotOf(Object.assign({}, ...changes) as Changes), NOW);
  const offer = 'canEnroll' in decision && decision.canEnroll ? ' +' : '';
  switch (decision.variant) {
    case 'none':
    case 'opt-in':
      return `${decision.variant} ${decision.reason}${offer}`;
    case 'mentored':
      return `mentored by ${decision.mentor.name}${decision.standIn ? `, ${decision.standIn.name} answers` : ''}${offer}`;
    case 'invite':
      return `invite by ${decision.eligibility.by}${decision.mentor ? `, keeps ${decision.mentor.name}` : ''}`;
    default:
      return decision.variant;
  }
}

for (const [row, cases] of Object.entries(TABLE))
  for (const [about, expected, ...changes] of cases)
    test(`${row}: ${about}: ${expected}`, () => assert.equal(decided(...changes), expected));

const whyInvited = (...changes: Changes[]) => {
  const decision = decide(snapshotOf(Object.assign({}, ...changes) as Changes), NOW);
  return decision.variant === 'invite' ? decision.eligibility : null;
};

test('the invite contains the viewer’s figures and the wiki’s minimums, in whole days', () => {
  const asked = { minimumEditCount: 30, minimumAgeDays: 7 };
  const viewer = { editCount: 31, registered: daysAgo(8, 1) };
  assert.deepEqual(whyInvited({ viewer, program: asked }), {
    by: 'thresholds',
    editCount: 31,
    ageDays: 7,
    ...asked,
  });
  assert.deepEqual(whyInvited(veteran({ editCount: 700, registered: null })), {
    by: 'thresholds',
    editCount: 700,
    ageDays: null,
    minimumEditCount: 500,
    minimumAgeDays: 90,
  });
  // A wiki without minimums grants the right to everybody.
  const usual = { minimumEditCount: 500, minimumAgeDays: 90 };
  assert.deepEqual(whyInvited(veteran({ editCount: 700 }), OPEN), {
    by: 'right',
    editCount: 700,
    ageDays: 90,
    ...usual,
  });
  assert.deepEqual(whyInvited(newcomer({ mayEnroll: true, editCount: null, registered: null })), {
    by: 'right',
    editCount: null,
    ageDays: null,
    ...usual,
  });
});
