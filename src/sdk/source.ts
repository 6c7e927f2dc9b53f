import type { Mentor, Question, Snapshot } from './snapshot.js';

/** Port through which a client reads and writes. */
export interface MentorshipSource {
  /** The same for every source of the same data, such as the API's address. Keeps drafts and tabs apart. */
  readonly id?: string;
  /** `logged` (the default): choices of a mentor and their reasons are public. */
  readonly choices?: 'logged' | 'private' | undefined;
  /**
   * Reads everything once.
   *
   * @param options.signal - ends all its requests
   * @throws {MentorshipError}
   */
  load(options: { signal: AbortSignal }): Promise<Snapshot>;
  /** Resolves with the actions; called before the viewer's first action. Without it, the card is read-only. */
  loadActions?(): Promise<Partial<MentorshipActions>>;
}

/** A question that stands on the wiki. */
export interface AskedQuestion {
  url: string | null;
  /** The wiki's number for the edit; null: unknown. */
  revision: number | null;
  /** True if the question was the viewer's first edit on this wiki. */
  firstEdit: boolean;
}

/** Facts that a viewer should know before writing a question. */
export interface QuestionTerms {
  /** False if a question can only be asked by hand, on the mentor's talk page. */
  writable: boolean;
  /** The license under which everything on this wiki is published; null: the wiki names none. */
  copyright: { name: string; url: string | null } | null;
  /** Page on which the viewer enters or confirms an e-mail address. */
  emailUrl: string | null;
}

/** A mentor who takes new mentees. */
export interface ListedMentor {
  name: string;
  /** The mentor's own words: plain text, at most 240 characters. */
  intro: string | null;
  talkUrl: string | null;
}

/** Public data about a mentor's account. */
export type MentorProfile = Pick<Mentor, 'name' | 'gender' | 'editCount' | 'lastActive'> & {
  blocked: boolean;
};

/** Options of a source's actions. */
export interface ActionOptions {
  /** Ends all requests of the action. */
  signal: AbortSignal;
}

/** A question to be asked. */
export interface QuestionInput {
  text: string;
  /** Title of the page that the question is about. */
  pageTitle?: string | undefined;
  /** Called right before the question is sent; `findQuestion` takes the checkpoint. */
  onBeforeSend?: ((checkpoint: string) => void) | undefined;
}

/**
 * Actions of a source. `snapshot` is the cached one and identifies the viewer. A write is sent
 * once: an error whose `outcomeUnknown` is true means that it may have been stored all the same. Writing what is so
 * already is a success.
 */
export interface MentorshipActions {
  prepareQuestion(snapshot: Snapshot, options: ActionOptions): Promise<QuestionTerms>;
  /** A question that was sent since the snapshot, from elsewhere, is not sent again. */
  ask(snapshot: Snapshot, question: QuestionInput & ActionOptions): Promise<AskedQuestion>;
  /** Looks once for a question that may have been stored since `checkpoint`; null: it was not. */
  findQuestion(
    snapshot: Snapshot,
    question: { text: string; checkpoint: string } & ActionOptions,
  ): Promise<AskedQuestion | null>;
  /** The last three questions, with their states. */
  refreshQuestions(snapshot: Snapshot, options: ActionOptions): Promise<Question[]>;
  leave(snapshot: Snapshot, options: { reason: string } & ActionOptions): Promise<void>;
  /** Gives the viewer a mentor: on purpose, so that no invitation takes the mentor's place. */
  join(snapshot: Snapshot, options: ActionOptions): Promise<void>;
  /** Takes back a `leave`: the former mentor comes back. */
  undoLeave(snapshot: Snapshot, options: { mentor: string } & ActionOptions): Promise<void>;
  /** Resolves with the mentors who take new mentees, without the viewer. */
  getMentors(snapshot: Snapshot, options: ActionOptions): Promise<ListedMentor[]>;
  /** @param names - at most 50 */
  getProfiles(names: readonly string[], options: ActionOptions): Promise<MentorProfile[]>;
  chooseMentor(snapshot: Snapshot, choice: { name: string; reason: string } & ActionOptions): Promise<void>;
  /** @param introduction - at most 240 characters */
  enroll(snapshot: Snapshot, options: { introduction: string } & ActionOptions): Promise<void>;
  declineInvite(snapshot: Snapshot, options: ActionOptions): Promise<void>;
  restoreInvite(snapshot: Snapshot, options: ActionOptions): Promise<void>;
}
