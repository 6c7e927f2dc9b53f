import { acting } from './mutations.js';
import { actorOf } from './client-context.js';
import { asking } from './ask.js';
import { inquiries } from './inquiries.js';
import { type CallOptions, createLoader, type Loader } from './snapshot-store.js';
import type { World } from './looks.js';
import { givenUp } from './concurrency.js';
import type { Snapshot } from './snapshot.js';
import type { AskedQuestion, ListedMentor, MentorProfile, QuestionTerms } from './sources/actions.js';
import type { MentorshipSource } from './source.js';

/** Options of `ask`. */
export interface AskOptions extends CallOptions {
  /** Of the page that the question is about. */
  pageTitle?: string | undefined;
  /** Called right before the question is sent; `findQuestion` takes the checkpoint. */
  onBeforeSend?: ((checkpoint: string) => void) | undefined;
}

/** A question that was asked, and what the source said afterwards. */
export type Asked = AskedQuestion & { snapshot: Snapshot };

/**
 * Reads one source, and does what its viewer can do there. Whatever changes something resolves with a new snapshot.
 * Nothing is ever sent twice: where it is unknown whether something was stored, the wiki is asked; where that does not
 * help, the error's `outcomeUnknown` is true. All reject with a `MentorshipError`; `unsupported` where the source cannot.
 */
export interface Client {
  /**
   * Resolves with the cached snapshot, or loads one. Concurrent calls share one request.
   *
   * @param options.signal - ends this caller's wait; the request ends when every caller has given up
   * @throws {MentorshipError} the source's error; `aborted` when the signal fires
   */
  load(options?: CallOptions): Promise<Snapshot>;
  /** Discards the cached snapshot and loads a new one; otherwise like `load`. */
  refresh(options?: CallOptions): Promise<Snapshot>;
  /**
   * Calls the listener with each new snapshot.
   *
   * @returns a function that unsubscribes it
   */
  subscribe(listener: (snapshot: Snapshot) => void): () => void;
  /** @internal */
  readonly source: MentorshipSource;
  /** Replaces the cached snapshot and notifies subscribers. @internal */
  put(snapshot: Snapshot): void;
  /** Resolves with what a viewer should know before writing a question, such as its license. */
  prepareQuestion(options?: CallOptions): Promise<QuestionTerms>;
  /**
   * Asks the mentor, or the stand-in. The same text that is on its way already is not sent again, nor one that
   * another tab has sent since the snapshot at hand. Later, the same text is another question.
   *
   * @param text - 1 to 2,000 Unicode characters that can be seen; else `invalid`, and nothing is sent
   */
  ask(text: string, options?: AskOptions): Promise<Asked>;
  /**
   * Looks whether a question was stored since `checkpoint`, for up to 15 s; null: certainly not. Rejects, with `outcomeUnknown`,
   * where the last look failed: unknown remains unknown.
   */
  findQuestion(text: string, options: CallOptions & { checkpoint: string }): Promise<Asked | null>;
  /** Finds out how the last three questions stand. */
  refreshQuestions(options?: CallOptions): Promise<Snapshot>;
  /**
   * Ends the viewer's mentorship.
   *
   * @param options.reason - for the source; a wiki with GrowthExperiments has no place for it
   */
  leave(options?: CallOptions & { reason?: string | undefined }): Promise<Snapshot>;
  /** Takes back a `leave`, and brings the former mentor back. */
  undoLeave(options: CallOptions & { mentor: string }): Promise<Snapshot>;
  /** Gives the viewer a mentor; `no-mentor` where nobody takes new mentees. Leaves a mentor who is there already. */
  join(options?: CallOptions): Promise<Snapshot>;
  /** Resolves with the mentors who take new mentees, without the viewer. */
  getMentors(options?: CallOptions): Promise<ListedMentor[]>;
  /**
   * Resolves with the accounts of mentors. Names without an account are left out.
   *
   * @param names - at most 50
   */
  getProfiles(names: readonly string[], options?: CallOptions): Promise<MentorProfile[]>;
  /** Choice and reason are logged publicly, unless the source's `choices` are `private`. */
  chooseMentor(name: string, options?: CallOptions & { reason?: string | undefined }): Promise<Snapshot>;
  /**
   * Adds the viewer to the list of mentors.
   *
   * @param options.introduction - at most 240 Unicode characters
   */
  enroll(options: CallOptions & { introduction: string }): Promise<Snapshot>;
  /** Declines the invitation to become a mentor. */
  declineInvite(options?: CallOptions): Promise<Snapshot>;
  /** Takes back `declineInvite`. */
  restoreInvite(options?: CallOptions): Promise<Snapshot>;
}

const clients = new WeakMap<Loader, Client>();

/**
 * Creates a client of one source.
 *
 * @param options.source - where the data comes from
 */
export const createClient = ({ source }: { source: MentorshipSource }): Client =>
  clientOf(createLoader(source));

/** The one client of a loader: whoever shares the loader shares what is on its way. @internal */
export function clientOf(loader: Loader): Client {
  const client = clients.get(loader) ?? clientIn(loader, HERE);
  clients.set(loader, client);
  return client;
}

/** A client with a clock and locks of its own, for tests. @internal */
export function clientIn(loader: Loader, world: World): Client {
  const actor = actorOf(loader, world);
  return { ...loader, ...inquiries(actor), ...asking(actor), ...acting(actor) };
}

const HERE: World = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(givenUp(signal));
      const giveUp = () => {
        clearTimeout(timer);
        reject(givenUp(signal));
      };
      const timer = setTimeout(() => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      }, ms);
      signal.addEventListener('abort', giveUp, { once: true });
    }),
  // Not there in Node before 24, on pages without HTTPS, and in older browsers.
  locks: (globalThis as { navigator?: Partial<Navigator> }).navigator?.locks ?? null,
};
