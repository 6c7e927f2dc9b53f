import type { Mentor, Question, Snapshot } from '../snapshot.js';

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

interface Asking {
  text: string;
  /** Of the page that the question is about. */
  pageTitle?: string | undefined;
  /** Called right before the question is sent, with what `findQuestion` needs to find it. */
  beforeSending?: ((mark: string) => void) | undefined;
}

/**
 * What a viewer can do through a source. `snapshot` is the one at hand; it says who the viewer is. A write is sent
 * once: an error whose `ambiguous` is true means that it may have been stored all the same. Writing what is so
 * already is a success.
 */
export interface MentorshipActions {
  prepareQuestion(snapshot: Snapshot, signal: AbortSignal): Promise<QuestionTerms>;
  /** A question that was sent since the snapshot, from elsewhere, is not sent again. */
  ask(snapshot: Snapshot, question: Asking, signal: AbortSignal): Promise<AskedQuestion>;
  /** Looks once for a question that may have been stored since `mark`; null: it was not. */
  findQuestion(
    snapshot: Snapshot,
    question: { text: string; mark: string },
    signal: AbortSignal,
  ): Promise<AskedQuestion | null>;
  /** The last three questions, with their states. */
  questions(snapshot: Snapshot, signal: AbortSignal): Promise<Question[]>;
  leave(snapshot: Snapshot, { reason }: { reason: string }, signal: AbortSignal): Promise<void>;
  /** Gives the viewer a mentor: on purpose, so that no invitation takes the mentor's place. */
  join(snapshot: Snapshot, signal: AbortSignal): Promise<void>;
  /** Takes back a `leave`: the former mentor comes back. */
  undoLeave(snapshot: Snapshot, mentor: string, signal: AbortSignal): Promise<void>;
  /** Those who take new mentees, without the viewer. */
  listMentors(snapshot: Snapshot, signal: AbortSignal): Promise<ListedMentor[]>;
  /** @param names - at most 50 */
  profiles(names: readonly string[], signal: AbortSignal): Promise<MentorProfile[]>;
  chooseMentor(
    snapshot: Snapshot,
    choice: { name: string; reason: string },
    signal: AbortSignal,
  ): Promise<void>;
  /** @param introduction - at most 240 characters */
  enroll(snapshot: Snapshot, { introduction }: { introduction: string }, signal: AbortSignal): Promise<void>;
  declineInvite(snapshot: Snapshot, signal: AbortSignal): Promise<void>;
  restoreInvite(snapshot: Snapshot, signal: AbortSignal): Promise<void>;
}
