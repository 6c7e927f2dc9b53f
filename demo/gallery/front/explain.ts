import type { Decision, Mentor, Program, Viewer } from '../../../src/sdk/index.js';

const DAY_MS = 86_400_000;

const numbers = new Intl.NumberFormat('en');
const dates = new Intl.DateTimeFormat('en', { dateStyle: 'long' });

/** Returns a number with its unit, such as “1,480 edits”. */
export const count = (value: number, unit: string) =>
  `${numbers.format(value)} ${unit}${value === 1 ? '' : 's'}`;

/** Data of the viewer and the wiki on which a decision depends. */
export interface Facts {
  viewer: Viewer | null;
  program: Program;
  mentor: Mentor | null;
}

type DecisionWithViewer = Extract<Decision, { viewer: Viewer }>;

/** Returns the data on which a decision was based; most decisions contain them. */
export const factsOf = (decision: DecisionWithViewer): Facts => ({
  viewer: decision.viewer,
  program: decision.program,
  mentor: 'mentor' in decision ? decision.mentor : null,
});

const ageOf = ({ registered }: Viewer, now: Date) =>
  registered === null ? null : (now.getTime() - Date.parse(registered)) / DAY_MS;

interface Minimums {
  edits: number;
  days: number;
  /** Ends a sentence about a minimum, as in “500 that a mentor needs”. */
  needs: string;
}

function sentence(
  value: number | null,
  unit: string,
  { minimum, needs }: { minimum: number; needs: string },
) {
  if (value === null) return `The number of ${unit}s is unknown.`;
  const comparison = value >= minimum ? 'at least' : 'below';
  return `${count(value, unit)}: ${comparison} the ${numbers.format(minimum)} ${needs}.`;
}

/** Compares the viewer's edits and days with minimums. */
function compare(viewer: Viewer, { edits, days, needs }: Minimums, now: Date): string[] {
  const age = ageOf(viewer, now);
  return [
    sentence(viewer.editCount, 'edit', { minimum: edits, needs }),
    age === null
      ? 'The account is so old that its first day is unknown, which is enough.'
      : sentence(Math.floor(age), 'day', { minimum: days, needs }),
  ];
}

/** Returns the sentences that tell if the viewer may become a mentor. */
function eligibility(viewer: Viewer, program: Program, now: Date): string[] {
  const { mayEnroll } = viewer;
  const { automaticEligibility, minimumEditCount, minimumAgeDays } = program;
  if (mayEnroll === false) return ['The wiki has not granted the right to be a mentor.'];
  const isOpen = automaticEligibility && minimumEditCount === 0;
  if (isOpen)
    return compare(
      viewer,
      {
        edits: program.openWikiMinimumEditCount,
        days: Math.max(minimumAgeDays, program.openWikiMinimumAgeDays),
        needs: 'needed where the wiki asks for no edits',
      },
      now,
    );
  const byRight = mayEnroll === true ? ['The wiki has granted the right to be a mentor.'] : [];
  if (!automaticEligibility) return byRight;
  const minimums = { edits: minimumEditCount, days: minimumAgeDays, needs: 'that a mentor needs' };
  return [...byRight, ...compare(viewer, minimums, now)];
}

function dismissal({ inviteDeclined, inviteSnoozedUntil }: Viewer, now: Date): string[] {
  if (inviteDeclined) return ['The viewer has declined the invitation.'];
  return inviteSnoozedUntil !== null && new Date(inviteSnoozedUntil) > now
    ? [`The viewer has put the invitation off until ${dates.format(new Date(inviteSnoozedUntil))}.`]
    : [];
}

const block = ({ blockedUntil }: Viewer, now: Date): string[] =>
  blockedUntil !== null && new Date(blockedUntil) > now
    ? [`The viewer is blocked until ${dates.format(new Date(blockedUntil))}.`]
    : [];

const status = ({ status: name }: Viewer): string[] =>
  ({
    enabled: [],
    explicit: ['The viewer has asked for a mentor.'],
    'opted-out': ['The viewer has left mentorship.'],
    disabled: ['The viewer’s status is “disabled”.'],
  })[name];

/** Compares the viewer with the thresholds of graduation, where only days must be exceeded. */
function graduation(viewer: Viewer, { graduation: end }: Program, now: Date): string[] {
  if (!end.enabled) return [];
  const { minimumEditCount, minimumAgeDays } = end;
  const edits = sentence(viewer.editCount, 'edit', {
    minimum: minimumEditCount,
    needs: 'at which mentorship ends',
  });
  const age = ageOf(viewer, now);
  if (age === null) return [edits, 'The account is so old that its first day is unknown, which is enough.'];
  const days = count(Math.floor(age), 'day');
  const isJustOver = age > minimumAgeDays && Math.floor(age) === minimumAgeDays;
  const comparison = age > minimumAgeDays ? 'more' : 'not more';
  return [
    edits,
    `${isJustOver ? `A little over ${days}` : days}: ${comparison} than the ${numbers.format(minimumAgeDays)} after which mentorship ends.`,
  ];
}

/** Returns sentences, with the viewer's numbers, for the row of the decision table that has won. */
export function explain(row: Decision['row'], { viewer, program, mentor }: Facts, now: Date): string[] {
  if (!viewer) return ['Nobody is signed in.'];
  const becoming = () => eligibility(viewer, program, now);
  const others = () => [...status(viewer), ...block(viewer, now), ...dismissal(viewer, now)];
  const ending = () => graduation(viewer, program, now);
  const experience = {
    edits: program.openWikiMinimumEditCount,
    days: program.openWikiMinimumAgeDays,
    needs: 'of an experienced editor',
  };
  const reasons: Record<Decision['row'], () => string[]> = {
    1: () => ['The account is temporary.'],
    2: () => ['The wiki’s mentorship program is off.'],
    3: () => status(viewer),
    4: () => ['The viewer is on the wiki’s list of mentors.'],
    5: () => ['The viewer is blocked without expiry.'],
    6: () => [...becoming(), ...others()],
    7: () => [
      `${mentor ? `\u2068${mentor.name}\u2069` : 'A mentor'} is the viewer’s mentor.`,
      ...becoming(),
      ...others(),
    ],
    8: () => [...dismissal(viewer, now), ...becoming()],
    9: () => [...block(viewer, now), ...becoming()],
    10: () => [...status(viewer), ...ending()],
    11: () => [...becoming(), ...compare(viewer, experience, now)],
    12: () => ending(),
    13: () => ['No mentor takes new mentees.', ...becoming(), ...ending()],
    14: () => ['The viewer has no mentor.', ...becoming(), ...others(), ...ending()],
  };
  return reasons[row]();
}
