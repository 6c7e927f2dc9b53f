import type { Mentor, Program, Question, Snapshot, Viewer } from './snapshot.js';

/** Why an experienced editor is invited: what they have against what is asked, or the right the wiki gave them (or everybody). */
export type Eligibility =
  | {
      by: 'thresholds';
      editCount: number;
      ageDays: number | null;
      minimumEditCount: number;
      minimumAgeDays: number;
    }
  | { by: 'right' };

interface Shown {
  viewer: Viewer;
  program: Program;
}

/** The card that fits, with all that its view needs. */
export type Variant =
  | { kind: 'none'; reason: 'signed-out' | 'off' | 'disabled' | 'blocked' }
  | ({ kind: 'mentor' } & Shown)
  | ({ kind: 'invite'; mentor: Mentor | null; eligibility: Eligibility } & Shown)
  | ({
      kind: 'mentored';
      mentor: Mentor;
      standIn: Mentor | null;
      questions: Question[];
      mayBecomeMentor: boolean;
    } & Shown)
  | ({ kind: 'opt-in'; reason: 'opted-out' | 'graduated' | 'no-mentor'; mayBecomeMentor: boolean } & Shown)
  | ({ kind: 'unavailable' } & Shown);

export type VariantKind = Variant['kind'];

const DAY_MS = 86_400_000;

/** What an editor must have where the wiki lets everybody enroll. */
const OPEN_WIKI = { minimumEditCount: 500, minimumAgeDays: 90 };

/**
 * Decides which card fits. Pure; the rows of the table are those of the documentation, first match wins.
 *
 * @param snapshot - as `parseSnapshot` gives it
 * @param now - the moment against which the age of an account is measured
 */
export function decideVariant(snapshot: Snapshot, now: Date): Variant {
  const { viewer, program } = snapshot;
  if (!viewer || viewer.temporary) return { kind: 'none', reason: 'signed-out' };
  if (!program.enabled) return { kind: 'none', reason: 'off' };
  if (viewer.status === 'disabled') return { kind: 'none', reason: 'disabled' };
  const shown = { viewer, program };
  if (viewer.isMentor) return { kind: 'mentor', ...shown };
  if (viewer.blocked) return { kind: 'none', reason: 'blocked' };

  const optedOut = viewer.status === 'opted-out';
  const mentor = optedOut ? null : snapshot.mentor;
  const eligibility = eligibilityOf(viewer, program, now);
  if (eligibility && viewer.status !== 'explicit' && !viewer.inviteDeclined)
    return { kind: 'invite', mentor, eligibility, ...shown };

  const mayBecomeMentor = eligibility !== null;
  if (mentor) {
    const standIn = mentor.away && snapshot.standIn;
    return { kind: 'mentored', mentor, standIn, questions: snapshot.questions, mayBecomeMentor, ...shown };
  }
  if (optedOut) {
    const reason = hasGraduated(viewer, program, now) ? 'graduated' : 'opted-out';
    return { kind: 'opt-in', reason, mayBecomeMentor, ...shown };
  }
  if (snapshot.mentorsAvailable === false) return { kind: 'unavailable', ...shown };
  return { kind: 'opt-in', reason: 'no-mentor', mayBecomeMentor, ...shown };
}

/** null: not experienced. */
function eligibilityOf(viewer: Viewer, program: Program, now: Date): Eligibility | null {
  if (viewer.mayEnroll === false) return null;
  const { automaticEligibility, minimumEditCount, minimumAgeDays } = program;
  const open = automaticEligibility && minimumEditCount === 0 && minimumAgeDays === 0;
  const asked = open ? OPEN_WIKI : { minimumEditCount, minimumAgeDays };
  const { editCount } = viewer;
  const ageDays = ageInDays(viewer, now);
  const reached =
    automaticEligibility &&
    editCount !== null &&
    editCount >= asked.minimumEditCount &&
    (ageDays === null || ageDays >= asked.minimumAgeDays);
  // A wiki that asks for nothing has nothing to measure against.
  if (reached && !open)
    return { by: 'thresholds', editCount, ageDays: ageDays && Math.floor(ageDays), ...asked };
  return reached || (viewer.mayEnroll && !open) ? { by: 'right' } : null;
}

/** The wiki's own rule: more days than the minimum, not as many. */
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
