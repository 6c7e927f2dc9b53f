import type { Decision, Mentor, Snapshot, Viewer } from '../src/sdk/index.js';

/** Facts about a viewer, which the conditions of the table use. */
interface Facts extends Pick<Viewer, 'status' | 'isMentor' | 'blocked' | 'inviteDeclined' | 'mayEnroll'> {
  temporary: boolean;
  programEnabled: boolean;
  mentor: Mentor | null;
  standIn: Mentor | null;
  mentorsAvailable: boolean | null;
  eligible: boolean;
  experienced: boolean;
  graduates: boolean;
  blockedForATime: boolean;
  snoozed: boolean;
}

type Result = Record<string, unknown>;

interface Row {
  row: number;
  when: (facts: Facts) => boolean;
  then: { variant: Decision['variant']; reason?: string };
}

/** The decision table, for signed-in viewers, without the data that the cards get in addition. The first row wins. */
const ROWS: readonly Row[] = [
  { row: 1, when: (facts) => facts.temporary, then: { variant: 'none', reason: 'signed-out' } },
  { row: 2, when: (facts) => !facts.programEnabled, then: { variant: 'none', reason: 'off' } },
  { row: 3, when: (facts) => facts.status === 'disabled', then: { variant: 'none', reason: 'disabled' } },
  { row: 4, when: (facts) => facts.isMentor, then: { variant: 'mentor' } },
  { row: 5, when: (facts) => facts.blocked, then: { variant: 'none', reason: 'blocked' } },
  {
    row: 6,
    when: (facts) =>
      facts.eligible &&
      facts.status !== 'explicit' &&
      !facts.blockedForATime &&
      !(facts.inviteDeclined || facts.snoozed),
    then: { variant: 'invite' },
  },
  { row: 7, when: (facts) => facts.mentor !== null, then: { variant: 'mentored' } },
  {
    row: 8,
    when: (facts) => facts.eligible && (facts.inviteDeclined || facts.snoozed) && facts.status !== 'explicit',
    then: { variant: 'none', reason: 'dismissed' },
  },
  { row: 9, when: (facts) => facts.blockedForATime, then: { variant: 'none', reason: 'blocked' } },
  {
    row: 10,
    when: (facts) => facts.status === 'opted-out' && facts.graduates,
    then: { variant: 'opt-in', reason: 'graduated' },
  },
  {
    row: 10,
    when: (facts) => facts.status === 'opted-out',
    then: { variant: 'opt-in', reason: 'opted-out' },
  },
  {
    row: 11,
    when: (facts) => facts.experienced && facts.status !== 'explicit',
    then: { variant: 'opt-in', reason: 'experienced' },
  },
  {
    row: 12,
    when: (facts) => facts.graduates && facts.status !== 'explicit',
    then: { variant: 'opt-in', reason: 'graduated' },
  },
  { row: 13, when: (facts) => facts.mentorsAvailable === false, then: { variant: 'unavailable' } },
];

/** Row 14, which applies otherwise. */
const LAST: Omit<Row, 'when'> = { row: 14, then: { variant: 'opt-in', reason: 'no-mentor' } };

/** Data that each card gets, in addition to viewer and program. */
const DATA: Record<Decision['variant'], (facts: Facts, snapshot: Snapshot, now: Date) => Result> = {
  none: () => ({}),
  mentor: ({ mentor }, { viewer }, now) => {
    const end = viewer?.mentoring?.pausedUntil ?? null;
    return { mentor, pausedUntil: end === 'unknown' || isInFuture(end, now) ? end : null };
  },
  invite: ({ mentor, standIn, mentorsAvailable, mayEnroll }, { viewer, program }, now) => ({
    mentor,
    standIn,
    canGetMentor: mentorsAvailable !== false,
    eligibility: {
      by: mayEnroll === true && !reachesMinimums(viewer, program, now) ? 'right' : 'thresholds',
      editCount: viewer?.editCount,
      ageDays: viewer?.registered ? Math.floor(msSince(viewer.registered, now) / DAY) : null,
      minimumEditCount: program.minimumEditCount,
      minimumAgeDays: program.minimumAgeDays,
    },
  }),
  mentored: (facts, { viewer, questions }) => ({
    mentor: facts.mentor,
    standIn: facts.standIn,
    questions,
    graduating: facts.status === 'enabled' && (facts.graduates || facts.eligible),
    blockedUntil: facts.blockedForATime ? viewer?.blockedUntil : null,
    canEnroll: facts.eligible,
    canGetMentor: facts.mentorsAvailable !== false,
  }),
  'opt-in': ({ eligible, mentorsAvailable }) => ({
    canEnroll: eligible,
    canGetMentor: mentorsAvailable !== false,
  }),
  unavailable: () => ({}),
};

const DAY = 86_400_000;
const msSince = (date: string, now: Date) => now.getTime() - new Date(date).getTime();
const isInFuture = (date: string | null, now: Date) => date !== null && new Date(date) > now;

/** Compares edits and age with minimums, which are inclusive. An unknown date of registration is old enough. */
const reaches = (viewer: Viewer | null, minimum: { edits: number; days: number }, now: Date): boolean =>
  viewer !== null &&
  viewer.editCount !== null &&
  viewer.editCount >= minimum.edits &&
  (viewer.registered === null || msSince(viewer.registered, now) >= minimum.days * DAY);

/** Returns true if automatic eligibility is on and the viewer has reached the minimums for an invitation. */
function reachesMinimums(viewer: Viewer | null, program: Snapshot['program'], now: Date): boolean {
  if (!program.automaticEligibility) return false;
  const days = program.minimumAgeDays;
  return program.minimumEditCount === 0
    ? reaches(
        viewer,
        {
          edits: program.openWikiMinimumEditCount,
          days: days > program.openWikiMinimumAgeDays ? days : program.openWikiMinimumAgeDays,
        },
        now,
      )
    : reaches(viewer, { edits: program.minimumEditCount, days }, now);
}

function toFacts({ mentor, standIn, mentorsAvailable, program }: Snapshot, viewer: Viewer, now: Date): Facts {
  const isOpen = program.automaticEligibility && program.minimumEditCount === 0;
  const own = viewer.status === 'opted-out' ? null : mentor;
  const openMinimums = { edits: program.openWikiMinimumEditCount, days: program.openWikiMinimumAgeDays };
  const { enabled, minimumEditCount, minimumAgeDays } = program.graduation;
  return {
    ...viewer,
    programEnabled: program.enabled,
    mentor: own,
    standIn: own?.away ? standIn : null,
    mentorsAvailable,
    eligible:
      viewer.mayEnroll !== false &&
      ((viewer.mayEnroll === true && !isOpen) || reachesMinimums(viewer, program, now)),
    experienced:
      viewer.mayEnroll === false && !program.automaticEligibility && reaches(viewer, openMinimums, now),
    graduates:
      enabled &&
      reaches(viewer, { edits: minimumEditCount, days: 0 }, now) &&
      (viewer.registered === null || msSince(viewer.registered, now) > minimumAgeDays * DAY),
    blockedForATime: isInFuture(viewer.blockedUntil, now),
    snoozed: isInFuture(viewer.inviteSnoozedUntil, now),
  };
}

/** States the decision table independently of `decide()`, for tests. */
export function decideByTable(snapshot: Snapshot, now: Date): Result {
  const { viewer, program } = snapshot;
  if (!viewer) return { variant: 'none', row: 1, reason: 'signed-out' };
  const facts = toFacts(snapshot, viewer, now);
  const { row, then } = ROWS.find(({ when }) => when(facts)) ?? LAST;
  return {
    ...then,
    row,
    ...DATA[then.variant](facts, snapshot, now),
    ...(then.variant !== 'none' && { viewer, program }),
  };
}
