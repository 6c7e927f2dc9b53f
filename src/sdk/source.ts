import type { Mentor, Question, Snapshot, Viewer } from './snapshot.js';

/** User for whom a browser keeps the last snapshot. */
export type KeptViewer = Pick<Viewer, 'id' | 'name'>;

/** Data source of a client: loads snapshots and, if it has actions, writes. */
export interface MentorshipSource {
  /** Identifies the data, such as by the API's URL. Drafts are stored, and tabs share locks, by this id. */
  readonly id?: string;
  /** `logged` (default): the choice of a mentor and its reason are logged publicly; `private`: they are not. */
  readonly choices?: 'logged' | 'private' | undefined;
  /**
   * The signed-in user, if the host knows it before a load; null: nobody is signed in. The element then keeps the last
   * snapshot in the browser for up to a day, renders it at once and reloads it afterwards. It deletes the data of other
   * users. Needs `id`. Missing: no snapshot is kept.
   */
  readonly keepFor?: KeptViewer | null | undefined;
  /**
   * Loads a snapshot, which the client validates and caches.
   *
   * @param options.signal - aborts all requests of the load
   * @throws {MentorshipError} any other error is wrapped with the code `refused`
   */
  load(options: { signal: AbortSignal }): Promise<Snapshot>;
  /** Resolves with the supported actions; called before the first action. Without it, the card is read-only. */
  loadActions?(): Promise<Partial<MentorshipActions>>;
}

/** A question that was published on the wiki. */
export interface AskedQuestion {
  /** URL of the question's section; null: unknown. */
  url: string | null;
  /** Revision id of the edit; null: unknown. */
  revision: number | null;
  /** True if the question was the viewer's first edit on this wiki. */
  firstEdit: boolean;
  /** Name of the user whose talk page has the question; null or missing: unknown. */
  recipient?: string | null;
  /** URL of a second copy, which exists because the browser has repeated the request; null or missing: none. */
  duplicateUrl?: string | null;
}

/** Terms under which a question is published. */
export interface QuestionTerms {
  /** False if the talk page is not wikitext, so that the question can only be asked there by hand. */
  writable: boolean;
  /** License of the wiki's content; null: the wiki names none. */
  copyright: { name: string; url: string | null } | null;
  /** True if the wiki has notifications, which tell the viewer of an answer. Defaults to false. */
  notifies?: boolean | undefined;
  /** True if the wiki also sends its notifications by e-mail. Defaults to false. */
  sendsEmail?: boolean | undefined;
  /** URL of the page to enter or confirm an e-mail address; null: not needed, or unknown. */
  emailUrl: string | null;
  /** Name of the viewer's mentor now; null: none; missing: unknown. */
  mentor?: string | null;
}

/** A mentor who takes new mentees. */
export interface ListedMentor {
  name: string;
  /** Introduction by the mentor, as plain text of at most 240 characters; null: none. */
  intro: string | null;
  talkUrl: string | null;
}

/** Public data about a mentor's account. */
export type MentorProfile = Pick<Mentor, 'name' | 'gender' | 'editCount' | 'lastActive'> & {
  blocked: boolean;
};

/** Figures from the threads of a user's talk page. */
export interface TalkPageFigures {
  /** Typical time until the user replies to others, in hours; null: unknown. */
  typicalReplyHours: number | null;
  /** Number of questions by others that nobody has answered; null: unknown. */
  waitingQuestions: number | null;
  /** URL of the talk page; null: unknown. */
  talkUrl: string | null;
}

/** Options of a source's actions. */
export interface ActionOptions {
  /** Aborts all requests of the action. */
  signal: AbortSignal;
}

/** Arguments of the action `ask`. `text` has 1 to 2,000 Unicode characters. */
export interface QuestionInput {
  text: string;
  /** Title of the page that the question is about; safe in a wikitext link. */
  pageTitle?: string | undefined;
  /** Called right before the question is sent, with the checkpoint for `findQuestion`. */
  onBeforeSend?: ((checkpoint: string) => void) | undefined;
}

/**
 * Actions of a source. `snapshot` is the client's cached snapshot and identifies the viewer. A write is sent
 * once; an error with `outcomeUnknown` means that it may have been stored. A write that changes nothing, because it
 * was made before, is a success.
 */
export interface MentorshipActions {
  /** Resolves with the terms under which a question is published. */
  prepareQuestion(snapshot: Snapshot, options: ActionOptions): Promise<QuestionTerms>;
  /** Publishes a question. If another tab has sent it since the snapshot was loaded, resolves with that question. */
  ask(snapshot: Snapshot, question: QuestionInput & ActionOptions): Promise<AskedQuestion>;
  /** Looks up a question that may have been published since `checkpoint`, without polling; null: it was not. */
  findQuestion(
    snapshot: Snapshot,
    question: { text: string; checkpoint: string } & ActionOptions,
  ): Promise<AskedQuestion | null>;
  /** Resolves with the last three questions and their states. */
  refreshQuestions(snapshot: Snapshot, options: ActionOptions): Promise<Question[]>;
  /** Ends the mentorship. @param options.reason - may be empty */
  leave(snapshot: Snapshot, options: { reason: string } & ActionOptions): Promise<void>;
  /** Assigns a mentor and sets the status `explicit`, so that an invitation does not replace the mentor's card. */
  join(snapshot: Snapshot, options: ActionOptions): Promise<void>;
  /** Reverts `leave`, and restores the former mentor. */
  undoLeave(snapshot: Snapshot, options: { mentor: string } & ActionOptions): Promise<void>;
  /** Resolves with the mentors who take new mentees, without the viewer. */
  getMentors(snapshot: Snapshot, options: ActionOptions): Promise<ListedMentor[]>;
  /** @param names - at most 50 */
  getProfiles(names: readonly string[], options: ActionOptions): Promise<MentorProfile[]>;
  /** Resolves with the figures of a user's talk page. @param options.name - name of the user */
  readTalkPage(snapshot: Snapshot, options: { name: string } & ActionOptions): Promise<TalkPageFigures>;
  chooseMentor(snapshot: Snapshot, choice: { name: string; reason: string } & ActionOptions): Promise<void>;
  /** @param introduction - at most 240 characters */
  enroll(snapshot: Snapshot, options: { introduction: string } & ActionOptions): Promise<void>;
  /** Stores `Viewer.inviteSnoozedUntil`. @param until - ISO 8601 in UTC */
  snoozeInvite(snapshot: Snapshot, options: { until: string } & ActionOptions): Promise<void>;
  declineInvite(snapshot: Snapshot, options: ActionOptions): Promise<void>;
  /** Reverts `snoozeInvite` and `declineInvite`. */
  restoreInvite(snapshot: Snapshot, options: ActionOptions): Promise<void>;
  /** Starts or changes the mentor's break. @param options.until - end, as ISO 8601 in UTC in whole seconds */
  pause(snapshot: Snapshot, options: { until: string } & ActionOptions): Promise<void>;
  /** Ends the mentor's break. */
  resume(snapshot: Snapshot, options: ActionOptions): Promise<void>;
  /** Removes the viewer from the list of mentors. */
  resign(snapshot: Snapshot, options: ActionOptions): Promise<void>;
}
