import type { Mentor, Program, Snapshot, Viewer } from '../src/sdk/index.js';

/** Returns a snapshot document in which every field differs from its default. */
export const sampleDocument = () => ({
  viewer: {
    name: 'Newcomer Ana',
    id: 8,
    gender: 'female',
    registered: '2026-11-02T11:00:00.000Z',
    editCount: 12,
    status: 'explicit',
    temporary: true,
    blocked: true,
    blockedUntil: '2026-12-01T00:00:00.000Z',
    mayEnroll: false,
    isMentor: true,
    inviteDeclined: true,
    inviteSnoozedUntil: '2027-02-20T00:00:00.000Z',
    email: 'confirmed',
    mentoring: { pausedUntil: '2026-12-24T00:00:00.000Z', waitingQuestions: 2 },
  },
  mentor: mentor('Mentor Olga'),
  standIn: mentor('Mentor Fatima'),
  mentorsAvailable: true,
  questions: [
    question('How do I add a source?', 'waiting'),
    question('May I upload a photo?', 'answered'),
    question('Where can I practise?', 'archived'),
  ],
  program: {
    enabled: true,
    automaticEligibility: false,
    minimumEditCount: 750,
    minimumAgeDays: 120,
    openWikiMinimumEditCount: 600,
    openWikiMinimumAgeDays: 100,
    inviteSnoozeDays: 30,
    graduation: { enabled: true, minimumEditCount: 300, minimumAgeDays: 20 },
    learnMoreUrl: 'https://wiki.example/wiki/Help:Mentors',
    enrollUrl: 'https://wiki.example/wiki/Special:EnrollAsMentor',
    dashboardUrl: 'https://wiki.example/wiki/Special:MentorDashboard',
    homepageUrl: 'https://wiki.example/wiki/Special:Homepage',
    helpDeskUrl: 'https://wiki.example/wiki/Project:Help_desk',
  },
});

const mentor = (name: string) => ({
  name,
  gender: 'female',
  editCount: 1234,
  lastActive: '2026-11-21T18:00:00.000Z',
  intro: 'I write about rivers.',
  talkUrl: `https://wiki.example/wiki/User_talk:${name.replace(' ', '_')}`,
  askUrl: 'https://wiki.example/w/index.php?action=edit&section=new',
  away: { until: '2026-12-24T00:00:00.000Z' },
  retired: true,
  typicalReplyHours: 5,
});

const question = (text: string, state: string) => ({
  text,
  url: 'https://wiki.example/wiki/User_talk:Mentor_Olga#Question',
  askedAt: '2026-11-20T10:20:00.000Z',
  state,
});

export type Path = readonly string[];

/** Returns every path in a document with its value. */
export function pathsIn(value: unknown, path: Path = []): { path: Path; value: unknown }[] {
  const inner = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [{ path, value }, ...inner.flatMap(([key, item]) => pathsIn(item, [...path, key]))];
}

/** Returns the value at a path. */
export const valueAt = (document: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    document,
  );

/** Returns a copy of a document with another value at a path; `undefined` removes it. */
export function withChange(document: unknown, path: Path, replacement: unknown): unknown {
  const last = path.at(-1);
  if (last === undefined) return replacement;
  const copy = structuredClone(document);
  const parent = valueAt(copy, path.slice(0, -1));
  if (typeof parent !== 'object' || parent === null) return copy;
  if (replacement === undefined) Reflect.deleteProperty(parent, last);
  else Reflect.set(parent, last, replacement);
  return copy;
}

export const sampleWith = (path: Path, replacement: unknown) =>
  withChange(sampleDocument(), path, replacement);

export interface Changes extends Partial<Omit<Snapshot, 'viewer' | 'program'>> {
  viewer?: Partial<Viewer> | null;
  program?: Partial<Program>;
}

export const NOW = new Date('2026-11-22T11:00:00Z');
const DAY_MS = 86_400_000;

/** Returns the registration date of an account with that age; `youngerMs` makes it younger. */
export const daysAgo = (days: number, youngerMs = 0) =>
  new Date(NOW.getTime() - days * DAY_MS + youngerMs).toISOString();

/** Returns the snapshot of a newcomer without a mentor on a wiki with default settings, with the given changes. */
export function snapshotOf({ viewer, program, ...changes }: Changes = {}): Snapshot {
  return {
    viewer: viewer === null ? null : { ...NEWCOMER, ...viewer },
    mentor: null,
    standIn: null,
    mentorsAvailable: true,
    questions: [],
    program: { ...PROGRAM, ...program },
    ...changes,
  };
}

export const mentorNamed = (name: string, away: Mentor['away'] = null): Mentor => ({
  name,
  gender: 'unknown',
  editCount: null,
  lastActive: null,
  intro: null,
  talkUrl: null,
  askUrl: null,
  away,
  retired: false,
  typicalReplyHours: null,
});

const NEWCOMER: Viewer = {
  name: 'Ana',
  id: 8,
  gender: 'unknown',
  registered: daysAgo(20),
  editCount: 12,
  status: 'enabled',
  temporary: false,
  blocked: false,
  blockedUntil: null,
  mayEnroll: null,
  isMentor: false,
  inviteDeclined: false,
  inviteSnoozedUntil: null,
  email: null,
  mentoring: null,
};

const PROGRAM: Program = {
  enabled: true,
  automaticEligibility: true,
  minimumEditCount: 500,
  minimumAgeDays: 90,
  openWikiMinimumEditCount: 500,
  openWikiMinimumAgeDays: 90,
  inviteSnoozeDays: 90,
  graduation: { enabled: false, minimumEditCount: 500, minimumAgeDays: 30 },
  learnMoreUrl: null,
  enrollUrl: null,
  dashboardUrl: null,
  homepageUrl: null,
  helpDeskUrl: null,
};
