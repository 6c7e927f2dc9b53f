/** Grammatical gender, as a wiki's user preferences know it. */
export type Gender = 'male' | 'female' | 'unknown';

/** The viewer's choice: the default, asked for a mentor on purpose, left mentorship, or switched off by the wiki. */
export type Status = 'enabled' | 'explicit' | 'opted-out' | 'disabled';

/** The user who looks at the page. */
export interface Viewer {
  name: string;
  /** The wiki's user id; 0 where the source has none. */
  id: number;
  gender: Gender;
  /** ISO 8601 in UTC; null: unknown, so a very old account. */
  registered: string | null;
  /** Edits on this wiki, never global ones; null: unknown. */
  editCount: number | null;
  status: Status;
  temporary: boolean;
  /** Blocked on the whole site and without expiry. */
  blocked: boolean;
  /** End of a block of the whole site, as ISO 8601 in UTC; null: not blocked for a time. */
  blockedUntil: string | null;
  /** True if the viewer has the right to enroll as a mentor; null: unknown. */
  mayEnroll: boolean | null;
  isMentor: boolean;
  inviteDeclined: boolean;
  /** End of the time for which the viewer put the invitation off, as ISO 8601 in UTC; null: not put off. */
  inviteSnoozedUntil: string | null;
  /** null: the source does not say. */
  email: 'confirmed' | 'unconfirmed' | 'none' | null;
  /** The viewer's own work as a mentor; null: the source does not say. */
  mentoring: {
    /** End of the mentor's break, as ISO 8601 in UTC; null: no break, or one without an end. */
    pausedUntil: string | null;
    /** Number of questions that wait for an answer; null: unknown. */
    waitingQuestions: number | null;
  } | null;
}

/** An experienced editor who answers a newcomer's questions. */
export interface Mentor {
  name: string;
  gender: Gender;
  editCount: number | null;
  /** ISO 8601 in UTC; null: unknown, or never. */
  lastActive: string | null;
  /** The mentor's own words: plain text, at most 240 characters. */
  intro: string | null;
  talkUrl: string | null;
  /** Opens a new section on the talk page, title filled in. */
  askUrl: string | null;
  /** null: not away. `until` is ISO 8601 in UTC, or null where the end is unknown. */
  away: { until: string | null } | null;
  /** Is no longer on the wiki's list of mentors. */
  retired: boolean;
  /** Hours after which this mentor usually answers; null: unknown. */
  typicalReplyHours: number | null;
}

export type QuestionState = 'waiting' | 'answered' | 'archived' | 'unknown';

/** A question that the viewer asked. */
export interface Question {
  text: string;
  url: string | null;
  /** ISO 8601 in UTC. */
  askedAt: string | null;
  state: QuestionState;
}

/** Settings of the wiki's mentorship program. Every URL is absolute http(s), or null. */
export interface Program {
  enabled: boolean;
  /** True if an editor who reaches both minimums may become a mentor. */
  automaticEligibility: boolean;
  minimumEditCount: number;
  minimumAgeDays: number;
  /** Replaces `minimumEditCount` where both minimums are 0, because then everybody would be experienced. */
  openWikiMinimumEditCount: number;
  /** Replaces `minimumAgeDays` where both minimums are 0. */
  openWikiMinimumAgeDays: number;
  /** Days for which “Not now” puts the invitation off. */
  inviteSnoozeDays: number;
  /** When the wiki takes a mentee to have grown out of mentorship. */
  graduation: { enabled: boolean; minimumEditCount: number; minimumAgeDays: number };
  learnMoreUrl: string | null;
  enrollUrl: string | null;
  dashboardUrl: string | null;
  homepageUrl: string | null;
  helpDeskUrl: string | null;
}

/** All that a source said at one moment. `snapshot.schema.json` describes it as a JSON document. */
export interface Snapshot {
  /** null: signed out. */
  viewer: Viewer | null;
  mentor: Mentor | null;
  /** Mentor who answers while the mentor is away. */
  standIn: Mentor | null;
  /** True if a mentor takes new mentees; null: unknown. */
  mentorsAvailable: boolean | null;
  /** Newest first, at most three. */
  questions: Question[];
  program: Program;
}

/** A snapshot of the host's own. All but names is optional; what is missing gets the default of the JSON Schema. */
export interface SnapshotInput {
  viewer?: ViewerInput | null;
  mentor?: MentorInput | null;
  standIn?: MentorInput | null;
  mentorsAvailable?: boolean | null;
  questions?: readonly Partial<Question>[];
  program?: ProgramInput;
}

/** Part of a `SnapshotInput`. */
export interface ViewerInput extends Partial<Omit<Viewer, 'name' | 'mentoring'>> {
  name: string;
  mentoring?: Partial<NonNullable<Viewer['mentoring']>> | null;
}

/** Part of a `SnapshotInput`. */
export interface MentorInput extends Partial<Omit<Mentor, 'name' | 'away'>> {
  name: string;
  away?: Partial<NonNullable<Mentor['away']>> | null;
}

/** Part of a `SnapshotInput`. */
export interface ProgramInput extends Partial<Omit<Program, 'graduation'>> {
  graduation?: Partial<Program['graduation']>;
}
