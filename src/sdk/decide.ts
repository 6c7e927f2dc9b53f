import type { Mentor, Program, Question, Snapshot, Viewer } from './snapshot.js';

/**
 * Reason why the viewer can become a mentor, with the viewer's figures and the wiki's minimums. `thresholds`: the
 * account has reached the minimums or, on an open wiki, those in place of them; `minimumEditCount` is 0 there. `right`:
 * the wiki has given the viewer the right to enroll.
 */
export type Eligibility = (
  { by: 'thresholds'; editCount: number } | { by: 'right'; editCount: number | null }
) & {
  /** Age of the account in whole days; null: unknown, which means a very old account. */
  ageDays: number | null;
  minimumEditCount: number;
  minimumAgeDays: number;
};

/** Card to show, with its data. `variant` discriminates the union; `row` is the row of the decision table. */
export type Decision =
  | {
      variant: 'none';
      row: 1 | 2 | 3 | 5 | 8 | 9;
      reason: 'signed-out' | 'off' | 'disabled' | 'blocked' | 'dismissed';
    }
  | {
      variant: 'mentor';
      row: 4;
      /** The viewer's own mentor. */
      mentor: Mentor | null;
      /** End of the viewer's break as a mentor, as ISO 8601 in UTC; `unknown`: without a known end; null: no break. */
      pausedUntil: string | null;
      viewer: Viewer;
      program: Program;
    }
  | {
      variant: 'invite';
      row: 6;
      mentor: Mentor | null;
      standIn: Mentor | null;
      eligibility: Eligibility;
      /** False if no mentor takes new mentees. */
      canGetMentor: boolean;
      viewer: Viewer;
      program: Program;
    }
  | {
      variant: 'mentored';
      row: 7;
      mentor: Mentor;
      standIn: Mentor | null;
      questions: Question[];
      /** True if the viewer may no longer need a mentor. */
      graduating: boolean;
      /** End of a temporary block, until which the viewer cannot ask, as ISO 8601 in UTC; null: not blocked. */
      blockedUntil: string | null;
      canEnroll: boolean;
      canGetMentor: boolean;
      viewer: Viewer;
      program: Program;
    }
  | {
      variant: 'opt-in';
      row: 10 | 11 | 12 | 14;
      reason: 'opted-out' | 'graduated' | 'experienced' | 'no-mentor';
      canEnroll: boolean;
      canGetMentor: boolean;
      viewer: Viewer;
      program: Program;
    }
  | { variant: 'unavailable'; row: 13; viewer: Viewer; program: Program };

/** Name of a card. */
export type Variant = Decision['variant'];

const DAY_MS = 86_400_000;

/**
 * Decides which card to show. Pure function; the first row of the decision table that matches wins.
 *
 * @param snapshot - validated snapshot, from `client.load()` or `parseSnapshot`
 * @param now - current time, from which the age of the account is calculated
 */
export function decide(snapshot: Snapshot, now: Date): Decision {
  const { viewer, program, questions } = snapshot;
  if (!viewer || viewer.temporary) return { variant: 'none', row: 1, reason: 'signed-out' };
  if (!program.enabled) return { variant: 'none', row: 2, reason: 'off' };
  if (viewer.status === 'disabled') return { variant: 'none', row: 3, reason: 'disabled' };
  const shown = { viewer, program };
  const isOptedOut = viewer.status === 'opted-out';
  const mentor = isOptedOut ? null : snapshot.mentor;
  if (viewer.isMentor) {
    const pausedUntil = ifLater(viewer.mentoring?.pausedUntil ?? null, now);
    return { variant: 'mentor', row: 4, mentor, pausedUntil, ...shown };
  }
  if (viewer.blocked) return { variant: 'none', row: 5, reason: 'blocked' };

  const standIn = mentor?.away ? snapshot.standIn : null;
  const canGetMentor = snapshot.mentorsAvailable !== false;
  const blockedUntil = ifLater(viewer.blockedUntil, now);
  const eligibility = eligibilityOf(viewer, program, now);
  const isExplicit = viewer.status === 'explicit';
  const isDismissed = viewer.inviteDeclined || ifLater(viewer.inviteSnoozedUntil, now) !== null;
  if (eligibility && !isExplicit && !blockedUntil && !isDismissed)
    return { variant: 'invite', row: 6, mentor, standIn, eligibility, canGetMentor, ...shown };

  const offers = { canEnroll: eligibility !== null, canGetMentor };
  const isGraduate = hasGraduated(viewer, program, now);
  if (mentor) {
    const graduating = !isExplicit && (isGraduate || eligibility !== null);
    return {
      variant: 'mentored',
      row: 7,
      mentor,
      standIn,
      questions,
      graduating,
      blockedUntil,
      ...offers,
      ...shown,
    };
  }
  if (eligibility && !isExplicit && isDismissed) return { variant: 'none', row: 8, reason: 'dismissed' };
  if (blockedUntil) return { variant: 'none', row: 9, reason: 'blocked' };
  const optIn = { variant: 'opt-in', ...offers, ...shown } as const;
  if (isOptedOut) return { ...optIn, row: 10, reason: isGraduate ? 'graduated' : 'opted-out' };
  if (!isExplicit && isExperienced(viewer, program, now)) return { ...optIn, row: 11, reason: 'experienced' };
  if (!isExplicit && isGraduate) return { ...optIn, row: 12, reason: 'graduated' };
  if (!canGetMentor) return { variant: 'unavailable', row: 13, ...shown };
  return { ...optIn, row: 14, reason: 'no-mentor' };
}

/** Returns true if the wiki has a program for the viewer, so that a block may matter. @internal */
export const takesPart = (snapshot: Snapshot, now: Date): boolean => decide(snapshot, now).row > 3;

/**
 * Returns true if the decision is that of a viewer who has dismissed the invitation, and has asked for no mentor.
 *
 * @internal
 */
export const isDismissal = ({ row }: Decision, { viewer }: Snapshot): boolean =>
  row === 8 || (row === 7 && viewer?.status !== 'explicit');

/**
 * Returns true if the decision would have the viewer's mentor. Sources skip the mentor's requests otherwise.
 *
 * @internal
 */
export function needsMentor(snapshot: Snapshot, now: Date): boolean {
  const { row } = decide(snapshot, now);
  // With a mentor, row 7 comes before all later ones.
  return row > 3 && row !== 5 && snapshot.viewer?.status !== 'opted-out';
}

/** Returns the reason why the viewer can become a mentor; null: the viewer cannot. */
function eligibilityOf(viewer: Viewer, program: Program, now: Date): Eligibility | null {
  const { editCount, mayEnroll } = viewer;
  if (mayEnroll === false) return null;
  const { automaticEligibility, minimumEditCount, minimumAgeDays } = program;
  // Everybody may enroll on an open wiki, so the right is no sign of experience.
  const isOpen = automaticEligibility && minimumEditCount === 0;
  const edits = isOpen ? program.openWikiMinimumEditCount : minimumEditCount;
  const days = isOpen ? Math.max(minimumAgeDays, program.openWikiMinimumAgeDays) : minimumAgeDays;
  const age = ageInDays(viewer, now);
  const figures = {
    ageDays: age === Infinity ? null : Math.floor(age),
    minimumEditCount,
    minimumAgeDays,
  };
  if (automaticEligibility && editCount !== null && editCount >= edits && age >= days)
    return { by: 'thresholds', editCount, ...figures };
  return mayEnroll && !isOpen ? { by: 'right', editCount, ...figures } : null;
}

/** Returns true on a wiki that grants the right to enroll by hand if the viewer lacks only that right. */
const isExperienced = (viewer: Viewer, program: Program, now: Date): boolean =>
  viewer.mayEnroll === false &&
  !program.automaticEligibility &&
  (viewer.editCount ?? -1) >= program.openWikiMinimumEditCount &&
  ageInDays(viewer, now) >= program.openWikiMinimumAgeDays;

/** Returns true if the wiki considers the viewer experienced: like the wiki, requires more days than the minimum. */
const hasGraduated = (viewer: Viewer, { graduation }: Program, now: Date): boolean =>
  graduation.enabled &&
  (viewer.editCount ?? -1) >= graduation.minimumEditCount &&
  ageInDays(viewer, now) > graduation.minimumAgeDays;

/** Returns the age of the account; infinite: unknown, because the account is very old. */
const ageInDays = ({ registered }: Viewer, now: Date): number =>
  registered === null ? Infinity : (now.getTime() - Date.parse(registered)) / DAY_MS;

/** Returns the date if it is unknown or later than now, otherwise null. */
const ifLater = (date: string | null, now: Date): string | null =>
  date !== null && !(Date.parse(date) <= now.getTime()) ? date : null;
