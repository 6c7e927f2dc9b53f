/** Grammatical gender, from the user's preferences on the wiki. */
export type Gender = 'male' | 'female' | 'unknown';

/** `enabled`: the default; `explicit`: asked for a mentor; `opted-out`: left; `disabled`: the account takes no part. */
export type Status = 'enabled' | 'explicit' | 'opted-out' | 'disabled';

/** The user who views the page. */
export interface Viewer {
  name: string;
  /** User id on the wiki; 0: unknown. */
  id: number;
  gender: Gender;
  /** Date of registration, as ISO 8601 in UTC; null: unknown, which means a very old account. */
  registered: string | null;
  /** Number of edits on this wiki, not global; null: unknown. */
  editCount: number | null;
  status: Status;
  /** True for a temporary account, which is shown no card. */
  temporary: boolean;
  /** True if the viewer is blocked on the whole site and without expiry. */
  blocked: boolean;
  /** End of a temporary block on the whole site, as ISO 8601 in UTC; null: none. */
  blockedUntil: string | null;
  /** True if the viewer has the right to enroll as a mentor; null: unknown. */
  mayEnroll: boolean | null;
  isMentor: boolean;
  inviteDeclined: boolean;
  /** End of the period for which the viewer snoozed the invitation, as ISO 8601 in UTC; null: not snoozed. */
  inviteSnoozedUntil: string | null;
  /** State of the viewer's e-mail address; null: unknown. */
  email: 'confirmed' | 'unconfirmed' | 'none' | null;
  /** The viewer's work as a mentor, if the source has `pause`, `resume` and `resign`; null: it has not. */
  mentoring: {
    /** End of the mentor's break, as ISO 8601 in UTC; `unknown`: a break without a known end; null: no break. */
    pausedUntil: string | null;
    /** Number of questions that wait for an answer; null: unknown. */
    waitingQuestions: number | null;
  } | null;
  /** Figures of the viewer's talk page, if it was read. Replaces `mentoring.waitingQuestions`. @internal */
  talkPage?: { waitingQuestions: number | null; talkUrl: string | null };
}

/** An experienced editor who answers a newcomer's questions. */
export interface Mentor {
  name: string;
  gender: Gender;
  editCount: number | null;
  /** Time of the last edit, as ISO 8601 in UTC; null: unknown, or no edits. */
  lastActive: string | null;
  /** Introduction by the mentor, as plain text of at most 240 characters; null: none. */
  intro: string | null;
  talkUrl: string | null;
  /** URL that opens a new section on the talk page, with its title filled in. */
  askUrl: string | null;
  /** Absence, with its end as ISO 8601 in UTC (null: unknown); null: not away. */
  away: { until: string | null } | null;
  /** True if the mentor is no longer on the wiki's list of mentors. */
  retired: boolean;
  /** Typical time until the mentor replies, in hours; null: unknown. */
  typicalReplyHours: number | null;
}

/** `archived`: no longer on the talk page; `unknown`: not read yet, or not detectable. */
export type QuestionState = 'waiting' | 'answered' | 'archived' | 'unknown';

/** A question that the viewer asked. */
export interface Question {
  text: string;
  /** URL of the question's section on the talk page; null: unknown. */
  url: string | null;
  /** Time of asking, as ISO 8601 in UTC; null: unknown. */
  askedAt: string | null;
  state: QuestionState;
}

/** Settings of the wiki's mentorship program. URLs are absolute http(s) URLs, or null. */
export interface Program {
  enabled: boolean;
  /** True if an editor who reaches both minimums may become a mentor. */
  automaticEligibility: boolean;
  /** Number of edits that a viewer needs to become a mentor. */
  minimumEditCount: number;
  minimumAgeDays: number;
  /**
   * Number of edits of an experienced editor. Replaces `minimumEditCount` on an open wiki, where it is 0 and eligibility
   * is automatic, because everybody may become a mentor there.
   */
  openWikiMinimumEditCount: number;
  /** Age of an experienced editor's account, in days. On an open wiki, the larger of this and `minimumAgeDays` counts. */
  openWikiMinimumAgeDays: number;
  /** Number of days for which “Not now” snoozes the invitation; at least 1. */
  inviteSnoozeDays: number;
  /** Thresholds at which the wiki considers a mentee too experienced for mentorship. */
  graduation: { enabled: boolean; minimumEditCount: number; minimumAgeDays: number };
  learnMoreUrl: string | null;
  enrollUrl: string | null;
  dashboardUrl: string | null;
  homepageUrl: string | null;
  helpDeskUrl: string | null;
}

/** Data of one load: viewer, mentor, questions and program. `snapshot.schema.json` is its JSON Schema. */
export interface Snapshot {
  /** The signed-in user; null: signed out. */
  viewer: Viewer | null;
  mentor: Mentor | null;
  /** Mentor who answers while `mentor` is away; null: none. */
  standIn: Mentor | null;
  /** True if a mentor takes new mentees; null: unknown. */
  mentorsAvailable: boolean | null;
  /** Newest first, at most three. */
  questions: Question[];
  program: Program;
}

/** Snapshot that a host provides. Only names are required; missing fields get the defaults of the JSON Schema. */
export interface SnapshotInput {
  viewer?: ViewerInput | null;
  mentor?: MentorInput | null;
  standIn?: MentorInput | null;
  mentorsAvailable?: boolean | null;
  questions?: readonly Partial<Question>[];
  program?: ProgramInput;
}

/** Viewer in a `SnapshotInput`. */
export interface ViewerInput extends Partial<Omit<Viewer, 'name' | 'mentoring' | 'talkPage'>> {
  name: string;
  mentoring?: Partial<NonNullable<Viewer['mentoring']>> | null;
}

/** Mentor in a `SnapshotInput`. */
export interface MentorInput extends Partial<Omit<Mentor, 'name' | 'away'>> {
  name: string;
  away?: Partial<NonNullable<Mentor['away']>> | null;
}

/** Program in a `SnapshotInput`. */
export interface ProgramInput extends Partial<Omit<Program, 'graduation'>> {
  graduation?: Partial<Program['graduation']>;
}
