import assert from 'node:assert/strict';
import test from 'node:test';
import { isDismissal, needsMentor, takesPart } from '../src/sdk/decide.js';
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
const OPEN = { minimumEditCount: 0, minimumAgeDays: 0 };
const GRADUATION = { enabled: true, minimumEditCount: 100, minimumAgeDays: 30 };
const GRADUATES = wiki({ graduation: GRADUATION });
const NO_GRADUATES = wiki({ graduation: { ...GRADUATION, enabled: false } });
/** Meets the graduation rule exactly. */
const graduate = (viewer: Partial<Viewer> = {}) =>
  newcomer({ editCount: 100, registered: daysAgo(30, -1), ...viewer });
const left = (viewer: Partial<Viewer> = {}) => graduate({ status: 'opted-out', ...viewer });
/** Would be experienced on a wiki that grants the right by hand. */
const unlisted = (viewer: Partial<Viewer> = {}) => veteran({ mayEnroll: false, ...viewer });

const FATIMA = { standIn: mentorNamed('Fatima') };
const OLGA = { mentor: mentorNamed('Olga') };
const OLGA_AWAY = { mentor: mentorNamed('Olga', { until: null }) };
const NOBODY = { mentorsAvailable: false };

/** Times on both sides of the end of a block or a snooze. */
const FUTURE = daysAgo(0, 1);
const PRESENT = daysAgo(0);
const PAST = daysAgo(0, -1);

const INVITE = '6 invite by thresholds';
const GRANTED = '6 invite by right';
const MENTORED = '7 mentored by Olga';
const DISMISSED = '8 none dismissed';
const BLOCKED = '9 none blocked';
const LEFT = '10 opt-in opted-out';
const LEFT_GRADUATED = '10 opt-in graduated';
const EXPERIENCED = '11 opt-in experienced';
const GRADUATED = '12 opt-in graduated';
const NO_MENTOR = '14 opt-in no-mentor';

/** Description, expected decision, and differences from a newcomer without a mentor. */
type Case = [about: string, expected: string, ...changes: Changes[]];

const TABLE: Record<string, Case[]> = {
  'row 1, signed out or temporary': [
    ['signed out', '1 none signed-out', { viewer: null }],
    ['signed out, where the program is off', '1 none signed-out', { viewer: null }, OFF],
    ['signed out, with a mentor', '1 none signed-out', { viewer: null }, OLGA],
    ['temporary', '1 none signed-out', newcomer({ temporary: true })],
    ['temporary, off', '1 none signed-out', newcomer({ temporary: true }), OFF],
    ['temporary, disabled', '1 none signed-out', newcomer({ temporary: true, status: 'disabled' })],
    ['temporary, a mentor', '1 none signed-out', newcomer({ temporary: true, isMentor: true })],
    ['temporary, experienced', '1 none signed-out', veteran({ temporary: true })],
  ],
  'row 2, off': [
    ['off', '2 none off', OFF],
    ['off, disabled', '2 none off', newcomer({ status: 'disabled' }), OFF],
    ['off, a mentor', '2 none off', newcomer({ isMentor: true }), OFF],
    ['off, blocked', '2 none off', newcomer({ blocked: true }), OFF],
    ['off, experienced', '2 none off', veteran(), OFF],
  ],
  'row 3, disabled': [
    ['disabled', '3 none disabled', newcomer({ status: 'disabled' })],
    ['disabled, a mentor', '3 none disabled', newcomer({ status: 'disabled', isMentor: true })],
    ['disabled, blocked', '3 none disabled', newcomer({ status: 'disabled', blocked: true })],
    ['disabled, experienced', '3 none disabled', veteran({ status: 'disabled' })],
    ['disabled, mentored', '3 none disabled', newcomer({ status: 'disabled' }), OLGA],
  ],
  'row 4, mentor': [
    ['a mentor', '4 mentor', newcomer({ isMentor: true })],
    ['a blocked mentor', '4 mentor', newcomer({ isMentor: true, blocked: true })],
    ['a mentor who is blocked for a time', '4 mentor', newcomer({ isMentor: true, blockedUntil: FUTURE })],
    ['a mentor with a mentor', '4 mentor, keeps Olga', veteran({ isMentor: true }), OLGA],
    ['a mentor whose mentor is away', '4 mentor, keeps Olga', newcomer({ isMentor: true }), OLGA_AWAY],
    [
      'a mentor who opted out: a named one is ignored',
      '4 mentor',
      newcomer({ isMentor: true, status: 'opted-out' }),
      OLGA,
    ],
  ],
  'row 5, blocked': [
    ['blocked', '5 none blocked', newcomer({ blocked: true })],
    ['blocked, experienced', '5 none blocked', veteran({ blocked: true })],
    ['blocked, dismissed', '5 none blocked', veteran({ blocked: true, inviteDeclined: true })],
    ['blocked, mentored', '5 none blocked', newcomer({ blocked: true }), OLGA],
    ['blocked, opted out', '5 none blocked', newcomer({ blocked: true, status: 'opted-out' })],
    ['blocked, nobody takes mentees', '5 none blocked', newcomer({ blocked: true }), NOBODY],
    ['blocked, and for a time', '5 none blocked', newcomer({ blocked: true, blockedUntil: FUTURE }), OLGA],
  ],
  'row 6, edits': [
    ['minimum', INVITE, veteran()],
    ['one less', NO_MENTOR, veteran({ editCount: 499 })],
    ['unknown', NO_MENTOR, veteran({ editCount: null })],
    ['minimum of the wiki', INVITE, veteran({ editCount: 30 }), wiki({ minimumEditCount: 30 })],
    ['one less than it', NO_MENTOR, veteran({ editCount: 29 }), wiki({ minimumEditCount: 30 })],
    ['one, which is not open', INVITE, veteran({ editCount: 1 }), wiki({ minimumEditCount: 1 })],
  ],
  'row 6, age': [
    ['1 ms more', INVITE, veteran({ registered: daysAgo(90, -1) })],
    ['1 ms less', NO_MENTOR, veteran({ registered: daysAgo(90, 1) })],
    ['unknown', INVITE, veteran({ registered: null })],
    ['just now, 0 asked for', INVITE, veteran({ registered: daysAgo(0) }), wiki({ minimumAgeDays: 0 })],
    ['minimum of the wiki', INVITE, veteran({ registered: daysAgo(7) }), wiki({ minimumAgeDays: 7 })],
    ['1 ms less than it', NO_MENTOR, veteran({ registered: daysAgo(7, 1) }), wiki({ minimumAgeDays: 7 })],
  ],
  'row 6, open wiki': [
    ['500 edits and 90 days', INVITE, veteran(), wiki(OPEN)],
    ['499 edits', NO_MENTOR, veteran({ editCount: 499 }), wiki(OPEN)],
    ['1 ms less than 90 days', NO_MENTOR, veteran({ registered: daysAgo(90, 1) }), wiki(OPEN)],
    ['unknown age', INVITE, veteran({ registered: null }), wiki(OPEN)],
    ['unknown edits', NO_MENTOR, veteran({ editCount: null, mayEnroll: true }), wiki(OPEN)],
    ['a newcomer, who may enroll as everybody may', NO_MENTOR, newcomer({ mayEnroll: true }), wiki(OPEN)],
    ['experienced, may enroll', INVITE, veteran({ mayEnroll: true }), wiki(OPEN)],
    ['experienced, may not enroll', NO_MENTOR, veteran({ mayEnroll: false }), wiki(OPEN)],
    [
      'as many edits as the wiki wants there',
      INVITE,
      veteran({ editCount: 20 }),
      wiki({ ...OPEN, openWikiMinimumEditCount: 20 }),
    ],
    ['one less', NO_MENTOR, veteran({ editCount: 19 }), wiki({ ...OPEN, openWikiMinimumEditCount: 20 })],
    [
      'as old as the wiki wants there',
      INVITE,
      veteran({ registered: daysAgo(7) }),
      wiki({ ...OPEN, openWikiMinimumAgeDays: 7 }),
    ],
    [
      '1 ms younger',
      NO_MENTOR,
      veteran({ registered: daysAgo(7, 1) }),
      wiki({ ...OPEN, openWikiMinimumAgeDays: 7 }),
    ],
    ['only edits are 0', INVITE, veteran(), wiki({ minimumEditCount: 0 })],
    ['only edits are 0, 499 edits', NO_MENTOR, veteran({ editCount: 499 }), wiki({ minimumEditCount: 0 })],
    [
      'the wiki’s days are more than those of open wikis',
      INVITE,
      veteran({ registered: daysAgo(120) }),
      wiki({ minimumEditCount: 0, minimumAgeDays: 120 }),
    ],
    [
      '1 ms less than these',
      NO_MENTOR,
      veteran({ registered: daysAgo(120, 1) }),
      wiki({ minimumEditCount: 0, minimumAgeDays: 120 }),
    ],
    [
      'the wiki’s days are fewer than those of open wikis',
      NO_MENTOR,
      veteran({ registered: daysAgo(90, 1) }),
      wiki({ minimumEditCount: 0, minimumAgeDays: 30 }),
    ],
    ['only days are 0', INVITE, veteran({ registered: daysAgo(1) }), wiki({ minimumAgeDays: 0 })],
    ['both are 0, but by hand', NO_MENTOR, veteran(), wiki({ ...OPEN, automaticEligibility: false })],
    [
      'both are 0, but by hand, and granted',
      GRANTED,
      newcomer({ mayEnroll: true }),
      wiki({ ...OPEN, automaticEligibility: false }),
    ],
  ],
  'row 6, the right': [
    ['granted to a newcomer', GRANTED, newcomer({ mayEnroll: true })],
    ['granted, unknown edits', GRANTED, newcomer({ mayEnroll: true, editCount: null })],
    ['granted, both minimums reached', INVITE, veteran({ mayEnroll: true })],
    ['refused, both minimums reached', NO_MENTOR, veteran({ mayEnroll: false })],
    ['unknown, by hand, both minimums reached', NO_MENTOR, veteran(), MANUAL],
    ['granted, by hand, both minimums reached', GRANTED, veteran({ mayEnroll: true }), MANUAL],
  ],
  'row 6, not invited': [
    ['explicit', `${NO_MENTOR} +`, veteran({ status: 'explicit' })],
    ['explicit, granted', `${NO_MENTOR} +`, newcomer({ status: 'explicit', mayEnroll: true })],
    ['explicit, mentored', `${MENTORED} +`, veteran({ status: 'explicit' }), OLGA],
    ['snoozed until now', INVITE, veteran({ inviteSnoozedUntil: PRESENT })],
    ['snoozed until 1 ms ago', INVITE, veteran({ inviteSnoozedUntil: PAST })],
    ['blocked until now', INVITE, veteran({ blockedUntil: PRESENT })],
    ['blocked until 1 ms ago', INVITE, veteran({ blockedUntil: PAST })],
  ],
  'row 6, the mentor': [
    ['keeps', `${INVITE}, keeps Olga`, veteran(), OLGA],
    ['keeps who is away', `${INVITE}, keeps Olga, Fatima answers`, veteran(), OLGA_AWAY, FATIMA],
    ['a stand-in is ignored', `${INVITE}, keeps Olga`, veteran(), OLGA, FATIMA],
    ['left: a named one is ignored', INVITE, veteran({ status: 'opted-out' }), OLGA_AWAY, FATIMA],
    ['nobody takes mentees', `${INVITE} −`, veteran(), NOBODY],
  ],
  'row 7, mentored': [
    ['enabled', MENTORED, OLGA],
    ['explicit', MENTORED, newcomer({ status: 'explicit' }), OLGA],
    ['away, with a stand-in', `${MENTORED}, Fatima answers`, OLGA_AWAY, FATIMA],
    ['away, without a stand-in', MENTORED, OLGA_AWAY],
    ['here: a stand-in is ignored', MENTORED, OLGA, FATIMA],
    ['nobody takes mentees', `${MENTORED} −`, OLGA, NOBODY],
    ['experienced, by hand', MENTORED, unlisted(), MANUAL, OLGA],
    ['declined', `${MENTORED}, graduating +`, veteran({ inviteDeclined: true }), OLGA],
    ['snoozed', `${MENTORED}, graduating +`, veteran({ inviteSnoozedUntil: FUTURE }), OLGA],
  ],
  'row 7, graduating': [
    ['the rule holds', `${MENTORED}, graduating`, graduate(), GRADUATES, OLGA],
    ['one edit less', MENTORED, graduate({ editCount: 99 }), GRADUATES, OLGA],
    ['exactly the days', MENTORED, graduate({ registered: daysAgo(30) }), GRADUATES, OLGA],
    ['unknown age', `${MENTORED}, graduating`, graduate({ registered: null }), GRADUATES, OLGA],
    ['unknown edits', MENTORED, graduate({ editCount: null }), GRADUATES, OLGA],
    ['no graduation here', MENTORED, graduate(), NO_GRADUATES, OLGA],
    ['explicit', MENTORED, graduate({ status: 'explicit' }), GRADUATES, OLGA],
    ['explicit and eligible', `${MENTORED} +`, veteran({ status: 'explicit' }), GRADUATES, OLGA],
  ],
  'row 7, blocked for a time': [
    ['for 1 ms', `${MENTORED}, blocked`, newcomer({ blockedUntil: FUTURE }), OLGA],
    ['until now', MENTORED, newcomer({ blockedUntil: PRESENT }), OLGA],
    ['until 1 ms ago', MENTORED, newcomer({ blockedUntil: PAST }), OLGA],
    ['explicit', `${MENTORED}, blocked`, newcomer({ blockedUntil: FUTURE, status: 'explicit' }), OLGA],
    ['eligible', `${MENTORED}, graduating, blocked +`, veteran({ blockedUntil: FUTURE }), OLGA],
  ],
  'row 8, dismissed': [
    ['declined', DISMISSED, veteran({ inviteDeclined: true })],
    ['declined, granted', DISMISSED, newcomer({ mayEnroll: true, inviteDeclined: true })],
    ['declined, left', DISMISSED, veteran({ inviteDeclined: true, status: 'opted-out' }), OLGA],
    ['declined, nobody takes mentees', DISMISSED, veteran({ inviteDeclined: true }), NOBODY],
    ['declined, graduated', DISMISSED, veteran({ inviteDeclined: true }), GRADUATES],
    ['declined, blocked for a time', DISMISSED, veteran({ inviteDeclined: true, blockedUntil: FUTURE })],
    ['declined, not eligible', NO_MENTOR, newcomer({ inviteDeclined: true })],
    ['declined, explicit', `${NO_MENTOR} +`, veteran({ inviteDeclined: true, status: 'explicit' })],
    ['snoozed for 1 ms', DISMISSED, veteran({ inviteSnoozedUntil: FUTURE })],
    ['snoozed, left', DISMISSED, veteran({ inviteSnoozedUntil: FUTURE, status: 'opted-out' })],
    ['snoozed, not eligible', NO_MENTOR, newcomer({ inviteSnoozedUntil: FUTURE })],
    ['snoozed, explicit', `${NO_MENTOR} +`, veteran({ inviteSnoozedUntil: FUTURE, status: 'explicit' })],
    ['snoozed before, and declined', DISMISSED, veteran({ inviteSnoozedUntil: PAST, inviteDeclined: true })],
  ],
  'row 9, blocked for a time': [
    ['for 1 ms', BLOCKED, newcomer({ blockedUntil: FUTURE })],
    ['until now', NO_MENTOR, newcomer({ blockedUntil: PRESENT })],
    ['until 1 ms ago', NO_MENTOR, newcomer({ blockedUntil: PAST })],
    ['eligible', BLOCKED, veteran({ blockedUntil: FUTURE })],
    ['explicit', BLOCKED, veteran({ blockedUntil: FUTURE, status: 'explicit' })],
    ['left', BLOCKED, left({ blockedUntil: FUTURE }), OLGA],
    ['experienced, by hand', BLOCKED, unlisted({ blockedUntil: FUTURE }), MANUAL],
    ['nobody takes mentees', BLOCKED, newcomer({ blockedUntil: FUTURE }), NOBODY],
  ],
  'row 10, opted out': [
    ['opted out', LEFT, newcomer({ status: 'opted-out' })],
    ['a named mentor is ignored', LEFT, newcomer({ status: 'opted-out' }), OLGA_AWAY, FATIMA],
    ['nobody takes mentees', `${LEFT} −`, newcomer({ status: 'opted-out' }), NOBODY],
    ['graduated', LEFT_GRADUATED, left(), GRADUATES],
    ['one edit less', LEFT, left({ editCount: 99 }), GRADUATES],
    ['exactly the days', LEFT, left({ registered: daysAgo(30) }), GRADUATES],
    ['unknown age', LEFT_GRADUATED, left({ registered: null }), GRADUATES],
    ['unknown edits', LEFT, left({ editCount: null }), GRADUATES],
    ['no graduation here', LEFT, left(), NO_GRADUATES],
    ['experienced, by hand', LEFT, unlisted({ status: 'opted-out' }), MANUAL],
  ],
  'row 11, experienced': [
    ['minimums of open wikis', EXPERIENCED, unlisted(), MANUAL],
    ['one edit less', NO_MENTOR, unlisted({ editCount: 499 }), MANUAL],
    ['unknown edits', NO_MENTOR, unlisted({ editCount: null }), MANUAL],
    [
      'unknown edits, without a minimum',
      NO_MENTOR,
      unlisted({ editCount: null }),
      wiki({ automaticEligibility: false, openWikiMinimumEditCount: 0 }),
    ],
    ['1 ms younger', NO_MENTOR, unlisted({ registered: daysAgo(90, 1) }), MANUAL],
    ['unknown age', EXPERIENCED, unlisted({ registered: null }), MANUAL],
    ['explicit', NO_MENTOR, unlisted({ status: 'explicit' }), MANUAL],
    ['declined', EXPERIENCED, unlisted({ inviteDeclined: true }), MANUAL],
    ['unknown right', NO_MENTOR, veteran(), MANUAL],
    ['automatic eligibility', NO_MENTOR, unlisted()],
    ['graduated', EXPERIENCED, unlisted(), wiki({ ...MANUAL.program, ...GRADUATES.program })],
    ['nobody takes mentees', `${EXPERIENCED} −`, unlisted(), MANUAL, NOBODY],
    [
      'the minimums for becoming a mentor do not count',
      EXPERIENCED,
      unlisted(),
      wiki({ ...MANUAL.program, minimumEditCount: 501, minimumAgeDays: 91 }),
    ],
    [
      'fewer edits on that wiki',
      EXPERIENCED,
      unlisted({ editCount: 20 }),
      wiki({ ...MANUAL.program, openWikiMinimumEditCount: 20 }),
    ],
    [
      'more days on that wiki',
      NO_MENTOR,
      unlisted(),
      wiki({ ...MANUAL.program, openWikiMinimumAgeDays: 91 }),
    ],
  ],
  'row 12, graduated': [
    ['reached the rule, but did not leave', GRADUATED, graduate(), GRADUATES],
    ['one edit less', NO_MENTOR, graduate({ editCount: 99 }), GRADUATES],
    ['exactly the days', NO_MENTOR, graduate({ registered: daysAgo(30) }), GRADUATES],
    ['unknown age', GRADUATED, graduate({ registered: null }), GRADUATES],
    ['unknown edits', NO_MENTOR, graduate({ editCount: null }), GRADUATES],
    [
      'unknown edits, without a minimum',
      NO_MENTOR,
      graduate({ editCount: null }),
      wiki({ graduation: { ...GRADUATION, minimumEditCount: 0 } }),
    ],
    ['no graduation here', NO_MENTOR, graduate(), NO_GRADUATES],
    ['explicit', NO_MENTOR, graduate({ status: 'explicit' }), GRADUATES],
    ['nobody takes mentees', `${GRADUATED} −`, graduate(), GRADUATES, NOBODY],
  ],
  'row 13, unavailable': [
    ['enabled', '13 unavailable', NOBODY],
    ['explicit', '13 unavailable', newcomer({ status: 'explicit' }), NOBODY],
    ['a stand-in is no mentor', '13 unavailable', FATIMA, NOBODY],
  ],
  'row 14, no mentor': [
    ['enabled', NO_MENTOR],
    ['explicit', NO_MENTOR, newcomer({ status: 'explicit' })],
    ['unknown whether there are mentors', NO_MENTOR, { mentorsAvailable: null }],
    ['a stand-in is no mentor', NO_MENTOR, FATIMA],
  ],
};

/** Summarizes a decision; “+”: the viewer can become a mentor, “−”: the card must not offer to get a mentor. */
function decided(...changes: Changes[]): string {
  const decision = decide(snapshotOf(Object.assign({}, ...changes) as Changes), NOW);
  const { variant, row } = decision;
  const mentor = 'mentor' in decision && decision.mentor?.name;
  return [
    `${row} ${variant}`,
    'reason' in decision && ` ${decision.reason}`,
    variant === 'invite' && ` by ${decision.eligibility.by}`,
    mentor && (variant === 'mentored' ? ` by ${mentor}` : `, keeps ${mentor}`),
    'standIn' in decision && decision.standIn && `, ${decision.standIn.name} answers`,
    variant === 'mentored' && decision.graduating && ', graduating',
    variant === 'mentored' && decision.blockedUntil && ', blocked',
    'canEnroll' in decision && decision.canEnroll && ' +',
    'canGetMentor' in decision && !decision.canGetMentor && ' −',
  ]
    .filter(Boolean)
    .join('');
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
  const usual = { minimumEditCount: 500, minimumAgeDays: 90 };
  assert.deepEqual(whyInvited(veteran({ editCount: 700, registered: null })), {
    by: 'thresholds',
    editCount: 700,
    ageDays: null,
    ...usual,
  });
  assert.deepEqual(whyInvited(newcomer({ mayEnroll: true, editCount: null, registered: null })), {
    by: 'right',
    editCount: null,
    ageDays: null,
    ...usual,
  });
});

test('the invite of an open wiki has its own minimums, not those that replace them', () => {
  for (const minimumAgeDays of [0, 30])
    assert.deepEqual(whyInvited(veteran({ editCount: 700 }), wiki({ ...OPEN, minimumAgeDays })), {
      by: 'thresholds',
      editCount: 700,
      ageDays: 90,
      minimumEditCount: 0,
      minimumAgeDays,
    });
});

test('mentored has the end of the block', () => {
  const decision = decide(snapshotOf({ ...OLGA, viewer: { blockedUntil: FUTURE } }), NOW);
  assert.equal('blockedUntil' in decision && decision.blockedUntil, FUTURE);
});

test('the helpers agree with the rows of the table', () => {
  const rows = new Set<number>();
  for (const [, , ...changes] of Object.values(TABLE).flat()) {
    const snapshot = snapshotOf(Object.assign({}, ...changes) as Changes);
    const { viewer } = snapshot;
    const decision = decide(snapshot, NOW);
    const { row, variant } = decision;
    rows.add(row);
    const takes = viewer !== null && !viewer.temporary && snapshot.program.enabled;
    assert.equal(takesPart(snapshot, NOW), takes && viewer.status !== 'disabled');
    const reason = 'reason' in decision && decision.reason;
    const isKept = variant === 'mentored' && viewer?.status !== 'explicit';
    assert.equal(isDismissal(decision, snapshot), reason === 'dismissed' || isKept);
    const isOut = !takesPart(snapshot, NOW) || row === 5 || viewer?.status === 'opted-out';
    assert.equal(needsMentor(snapshot, NOW), !isOut);
  }
  assert.equal(rows.size, 14);
});

test('the break of a mentor ends at its end, or has an unknown one', () => {
  for (const [pausedUntil, expected] of [
    [FUTURE, FUTURE],
    [PRESENT, null],
    [PAST, null],
    ['unknown', 'unknown'],
    [null, null],
  ] as const) {
    const viewer = { isMentor: true, mentoring: { pausedUntil, waitingQuestions: null } };
    const decision = decide(snapshotOf({ viewer }), NOW);
    assert.equal(decision.variant === 'mentor' && decision.pausedUntil, expected, String(pausedUntil));
  }
});
