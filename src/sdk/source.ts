import type { Mentor, Question, Snapshot } from './snapshot.js';

/** Where data comes from. */
export interface MentorshipSource {
  /** The same for every source of the same data, such as the API's address. Keeps drafts and tabs apart. */
  readonly id?: string;
  /** Whether the choice of a mentor, and the reason for it, can be read by everybody; without it, they can. */
  readonly choices?: 'logged' | 'private' | undefined;
  /**
   * Reads everything once.
   *
   * @param options.signal - ends all its requests
   * @throws {MentorshipError}
   */
  load(options: { signal: AbortSignal }): Promise<Snapshot>;
  /** What the viewer can do here; asked for when the viewer first does something. Without it, the card only reads. */
  loadActions?(): Promise<Partial<MentorshipActions>>;
}

/** A question that stands on the wiki. */
export interface AskedQuestion {
  url: string | null;
  /** The wiki's number for the edit; null: unknown. */
  revision: number | null;
  /** Whether it was the viewer's first edit on this wiki. */
  firstEdit: boolean;
}

/** What is worth knowing before a question is written. */
export interface QuestionTerms {
  /** Whether a question can be posted where it would stand; else it can only be asked there by hand. */
  writable: boolean;
  /** The license under which everything on this wiki is published; null: the wiki names none. */
  copyright: { name: string; url: string | null } | null;
  /** Where the viewer's e-mail address is entered or confirmed. */
  emailUrl: string | null;
}

/** A mentor who takes new mentees. */
export interface ListedMentor {
  name: string;
  /** The mentor's own words: plain text, at most 240 characters. */
  intro: string | null;
  talkUrl: string | null;
}

/** What is known of a mentor's account. */
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
  /** Of the page that the question is about. */
  pageTitle?: string | undefined;
  /** Called right before the question is sent; `findQuestion` takes the checkpoint. */
  onBeforeSend?: ((checkpoint: string) => void) | undefined;
}

/**
 * What a viewer can do through a source. `snapshot` is the one at hand; it says who the viewer is. A write is sent
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
  /** Those who take new mentees, without the viewer. */
  getMentors(snapshot: Snapshot, options: ActionOptions): Promise<ListedMentor[]>;
  /** @param names - at most 50 */
  getProfiles(names: readonly string[], options: ActionOptions): Promise<MentorProfile[]>;
  chooseMentor(snapshot: Snapshot, choice: { name: string; reason: string } & ActionOptions): Promise<void>;
  /** @param introduction - at most 240 characters */
  enroll(snapshot: Snapshot, options: { introduction: string } & ActionOptions): Promise<void>;
  declineInvite(snapshot: Snapshot, options: ActionOptions): Promise<void>;
  restoreInvite(snapshot: Snapshot, options: ActionOptions): Promise<void>;
}
