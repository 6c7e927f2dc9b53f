import type { Mentor, Program, Question, Snapshot, Viewer } from './snapshot.js';

/**
 * Reason why the viewer can become a mentor, with the viewer's figures and the wiki's minimums. `thresholds`: the
 * account has reached both minimums; `right`: the viewer has the right to enroll, or the wiki's minimums are both 0.
 */
export type Eligibility = (
  { by: 'thresholds'; editCount: number } | { by: 'right'; editCount: number | null }
) & {
  /** Age of the account in whole days; null: unknown, which means a very old account. */
  ageDays: number | null;
  minimumEditCount: number;
  minimumAgeDays: number;
};

/** Card to show, with its data. `variant` discriminates the union. */
export type Decision =
  | { variant: 'none'; reason: 'signed-out' | 'off' | 'disabled' | 'blocked' }
  | { variant: 'mentor'; viewer: Viewer; program: Program }
  | { variant: 'invite'; mentor: Mentor | null; eligibility: Eligibility; viewer: Viewer; program: Program }
  | {
      variant: 'mentored';
      mentor: Mentor;
      standIn: Mentor | null;
      questions: Question[];
      canEnroll: boolean;
      viewer: Viewer;
      program: Program;
    }
  | {
      variant: 'opt-in';
      reason: 'opted-out' | 'graduated' | 'no-mentor';
      canEnroll: boolean;
      viewer: Viewer;
      program: Program;
    }
  | { variant: 'unavailable'; viewer: Viewer; program: Program };

/** Name of a card. */
export type Variant = Decision['variant'];

const DAY_MS = 86_400_000;

/**
 * Decides which card to show. Pure function; the first rule that matches wins.
 *
 * @param snapshot - validated snapshot, from `client.load()` or `parseSnapshot`
 * @param now - current time, from which the age of the account is calculated
 */
export function decide(snapshot: Snapshot, now: Date): Decision {
  const { viewer, program } = snapshot;
  if (!viewer || viewer.temporary) return { variant: 'none', reason: 'signed-out' };
  if (!program.enabled) return { variant: 'none', reason: 'off' };
  if (viewer.status === 'disabled') return { variant: 'none', reason: 'disabled' };
  const shown = { viewer, program };
  if (viewer.isMentor) return { variant: 'mentor', ...shown };
  if (viewer.blocked) return { variant: 'none', reason: 'blocked' };

  const optedOut = viewer.status === 'opted-out';
  const mentor = optedOut ? null : snapshot.mentor;
  const eligibility = eligibilityOf(viewer, program, now);
  if (eligibility && viewer.status !== 'explicit' && !viewer.inviteDeclined)
    return { variant: 'invite', mentor, eligibility, ...shown };

  const canEnroll = eligibility !== null;
  if (mentor) {
    const standIn = mentor.away && snapshot.standIn;
    return { variant: 'mentored', mentor, standIn, questions: snapshot.questions, canEnroll, ...shown };
  }
  if (optedOut) {
    const reason = hasGraduated(viewer, program, now) ? 'graduated' : 'opted-out';
    return { variant: 'opt-in', reason, canEnroll, ...shown };
  }
  if (snapshot.mentorsAvailable === false) return { variant: 'unavailable', ...shown };
  return { variant: 'opt-in', reason: 'no-mentor', canEnroll, ...shown };
}

/**
 * Returns true if the decision depends on the mentor. Sources skip the mentor's requests otherwise.
 *
 * @internal
 */
export function needsMentor(snapshot: Snapshot, now: Date): boolean {
  const { variant } = decide(snapshot, now);
  return variant !== 'none' && variant !== 'mentor' && snapshot.viewer?.status !== 'opted-out';
}

/** Returns the reason why the viewer can become a mentor; null: not experienced. */
function eligibilityOf(viewer: Viewer, program: Program, now: Date): Eligibility | null {
  if (viewer.mayEnroll === false) return null;
  const { automaticEligibility, minimumEditCount, minimumAgeDays } = program;
  const open = automaticEligibility && minimumEditCount === 0 && minimumAgeDays === 0;
  const minimums = open
    ? { minimumEditCount: program.openWikiMinimumEditCount, minimumAgeDays: program.openWikiMinimumAgeDays }
    : { minimumEditCount, minimumAgeDays };
  const { editCount } = viewer;
  const age = ageInDays(viewer, now);
  const ageDays = age && Math.floor(age);
  const reached =
    automaticEligibility &&
    editCount !== null &&
    editCount >= minimums.minimumEditCount &&
    (age === null || age >= minimums.minimumAgeDays);
  // A wiki without minimums has no thresholds to show as the reason.
  if (reached && !open) return { by: 'thresholds', editCount, ageDays, ...minimums };
  return reached || (viewer.mayEnroll && !open) ? { by: 'right', editCount, ageDays, ...minimums } : null;
}

/** Returns true if the wiki considers the viewer experienced: like the wiki, requires more days than the minimum. */
function hasGraduated(viewer: Viewer, { graduation }: Program, now: Date): boolean {
  const ageDays = ageInDays(viewer, now);
  return (
    graduation.enabled &&
    viewer.editCount !== null &&
    viewer.editCount >= graduation.minimumEditCount &&
    (ageDays === null || ageDays > graduation.minimumAgeDays)
  );
}

const ageInDays = ({ registered }: Viewer, now: Date): number | null =>
  registered === null ? null : (now.getTime() - Date.parse(registered)) / DAY_MS;
