import { acting, type Actor, actorOf, asSourceError, invalid } from './mutations.js';
import { type Asked, asking, type AskOptions } from './ask.js';
import { type CallOptions, createLoader, type Loader } from './snapshot-store.js';
import { givenUp, type World } from './concurrency.js';
import type { Mentor, Snapshot } from './snapshot.js';
import type { ListedMentor, MentorProfile, MentorshipSource, QuestionTerms } from './source.js';
import * as after from './optimistic-updates.js';
import { readFields, readFlag, readList, readRecord, readText, readUrl } from './coerce.js';
import { MentorshipError } from './errors.js';
import { parseSnapshot } from './parse-snapshot.js';

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

type Inquiries = Pick<Client, 'prepareQuestion' | 'refreshQuestions' | 'getMentors' | 'getProfiles'>;
const MOST_PROFILES = 50;

/** What is only read. */
export function inquiries({ loader, share, able, note }: Actor): Inquiries {
  const inquire = <T>(
    key: unknown,
    task: (signal: AbortSignal) => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> => {
    const read = async (shared: AbortSignal) => {
      try {
        return await task(shared);
      } catch (cause) {
        throw asSourceError(cause, { retryable: true });
      }
    };
    return share(key, read, signal);
  };

  return {
    prepareQuestion: ({ signal } = {}) =>
      inquire(
        'prepareQuestion',
        async (shared) => {
          const before = await loader.load({ signal: shared });
          const actions = await able('prepareQuestion');
          return parseTerms(await actions.prepareQuestion(before, { signal: shared }));
        },
        signal,
      ),

    refreshQuestions: ({ signal } = {}) =>
      inquire(
        'refreshQuestions',
        async (shared) => {
          const before = await loader.load({ signal: shared });
          const actions = await able('refreshQuestions');
          return note(
            after.questionsFound(await actions.refreshQuestions(before, { signal: shared }), before),
            before,
          );
        },
        signal,
      ),

    getMentors: ({ signal } = {}) =>
      inquire(
        'getMentors',
        async (shared) => {
          const before = await loader.load({ signal: shared });
          const actions = await able('getMentors');
          return parseListed(await actions.getMentors(before, { signal: shared }));
        },
        signal,
      ),

    getProfiles: async (names, { signal } = {}) => {
      if (names.length > MOST_PROFILES) throw invalid('Too many names.');
      return inquire(
        // Each is another inquiry.
        Symbol(),
        async (shared) =>
          parseProfiles(await (await able('getProfiles')).getProfiles([...names], { signal: shared })),
        signal,
      );
    },
  };
}

export function parseTerms(data: unknown): QuestionTerms {
  const { writable, copyright, emailUrl } = readFields(data);
  const license = readRecord(copyright);
  const name = readText(license?.name, 255);
  return {
    writable: readFlag(writable, true),
    copyright: name === null ? null : { name, url: readUrl(license?.url) },
    emailUrl: readUrl(emailUrl),
  };
}

export const parseListed = (data: unknown): ListedMentor[] =>
  mentorsIn(data).map(([{ name, intro, talkUrl }]) => ({ name, intro, talkUrl }));

export const parseProfiles = (data: unknown): MentorProfile[] =>
  mentorsIn(data).map(([{ name, gender, editCount, lastActive }, item]) => ({
    name,
    gender,
    editCount,
    lastActive,
    blocked: readFlag(readFields(item).blocked, false),
  }));
function mentorsIn(data: unknown): [Mentor, unknown][] {
  if (!Array.isArray(data))
    throw new MentorshipError('bad-data', 'Not a list of mentors.', { cause: { answer: data } });
  return readList(data).flatMap((item): [Mentor, unknown][] => {
    const { mentor } = parseSnapshot({ viewer: null, mentor: item });
    return mentor ? [[mentor, item]] : [];
  });
}
