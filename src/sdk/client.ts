import { type Asked, type AskOptions, createAsk } from './ask.js';
import { flag, record, textUpTo, toHttpUrl, toInteger, toRecordOrEmpty } from './coerce.js';
import { mapInTasks, type Runtime } from './concurrency.js';
import { abortable, MentorshipError } from './errors.js';
import {
  type ClientContext,
  createContext,
  createMutations,
  invalidError,
  toSourceError,
} from './mutations.js';
import { afterReadTalkPage, afterRefreshQuestions } from './optimistic-updates.js';
import { parseMentor, parseQuestions } from './parse-snapshot.js';
import type { Mentor, Snapshot } from './snapshot.js';
import { type CallOptions, createSnapshotStore, type SnapshotStore } from './snapshot-store.js';
import type {
  ActionOptions,
  ListedMentor,
  MentorProfile,
  MentorshipActions,
  MentorshipSource,
  QuestionTerms,
  TalkPageFigures,
} from './source.js';

/**
 * Reads one source and runs its actions. Actions that change something resolve with a new snapshot. No write is sent
 * twice: if its outcome is unknown, the client reloads the snapshot for up to 15 s to find out (after `ask`, call
 * `findQuestion`). If it stays unknown, the error's `outcomeUnknown` is true. All methods reject with a
 * `MentorshipError`, whose code is `unsupported` if the source does not have the action.
 */
export interface Client {
  /**
   * Resolves with the cached snapshot, or loads one. Concurrent calls share one request.
   *
   * @param options.signal - aborts this caller's wait; the request is aborted once every caller has aborted
   * @throws {MentorshipError} the source's error; `aborted` if the signal fires
   */
  load(options?: CallOptions): Promise<Snapshot>;
  /** Like `load`, but discards the cached snapshot and loads a new one. */
  refresh(options?: CallOptions): Promise<Snapshot>;
  /**
   * Calls the listener with each new snapshot.
   *
   * @returns a function that unsubscribes the listener
   */
  subscribe(listener: (snapshot: Snapshot) => void): () => void;
  /** @internal */
  readonly source: MentorshipSource;
  /** Replaces the cached snapshot and notifies subscribers. @internal */
  set(snapshot: Snapshot): void;
  /**
   * Resolves with the terms under which a question is published, such as the license. Reloads the snapshot first if the
   * viewer has another mentor now.
   */
  prepareQuestion(options?: CallOptions): Promise<QuestionTerms>;
  /**
   * Publishes a question to the mentor, or to the stand-in. Shares a pending request with the same text, and does not
   * resend a text that another tab has sent since the snapshot was loaded. Afterwards, the same text is a new question.
   *
   * @param text - 1 to 2,000 Unicode characters, not blank; otherwise rejects with `invalid` and sends nothing
   */
  ask(text: string, options?: AskOptions): Promise<Asked>;
  /**
   * Polls for up to 15 s for a question that was published since `checkpoint`; null: it was not published. If the last
   * poll fails, rejects with `outcomeUnknown`, because the outcome is still unknown.
   */
  findQuestion(text: string, options: CallOptions & { checkpoint: string }): Promise<Asked | null>;
  /** Reads the states of the last three questions and resolves with the updated snapshot. */
  refreshQuestions(options?: CallOptions): Promise<Snapshot>;
  /**
   * Ends the viewer's mentorship.
   *
   * @param options.reason - passed to the source; not stored on a wiki
   */
  leave(options?: CallOptions & { reason?: string | undefined }): Promise<Snapshot>;
  /** Reverts `leave`, and restores the former mentor, whose name is `mentor`. */
  undoLeave(options: CallOptions & { mentor: string }): Promise<Snapshot>;
  /** Assigns a mentor, or keeps the current one. Rejects with `no-mentor` if no mentor takes new mentees. */
  join(options?: CallOptions): Promise<Snapshot>;
  /** Resolves with the mentors who take new mentees, without the viewer. */
  getMentors(options?: CallOptions): Promise<ListedMentor[]>;
  /**
   * Resolves with the accounts of mentors. Names without an account are left out.
   *
   * @param names - at most 50; otherwise rejects with `invalid`
   */
  getProfiles(names: readonly string[], options?: CallOptions): Promise<MentorProfile[]>;
  /** Resolves with the figures of a user's talk page. @internal */
  readTalkPage(name: string, options?: CallOptions): Promise<TalkPageFigures>;
  /** Publishes the figures of a user's talk page, if they are new. @internal */
  setTalkPage(name: string, figures: TalkPageFigures): Promise<Snapshot>;
  /** Changes the mentor. The choice and the reason are logged publicly, unless the source's `choices` is `private`. */
  chooseMentor(name: string, options?: CallOptions & { reason?: string | undefined }): Promise<Snapshot>;
  /**
   * Adds the viewer to the list of mentors.
   *
   * @param options.introduction - at most 240 Unicode characters
   */
  enroll(options: CallOptions & { introduction: string }): Promise<Snapshot>;
  /** Dismisses the invitation to become a mentor for `program.inviteSnoozeDays`. */
  snoozeInvite(options?: CallOptions): Promise<Snapshot>;
  /** Dismisses the invitation for good. */
  declineInvite(options?: CallOptions): Promise<Snapshot>;
  /** Reverts `snoozeInvite` and `declineInvite`. */
  restoreInvite(options?: CallOptions): Promise<Snapshot>;
  /**
   * Starts a break, in which the mentor gets no new mentees, or changes its end. `unsupported` with GrowthExperiments,
   * like `resume` and `resign`, because its mentor dashboard has these actions.
   *
   * @param options.until - end of the break, as ISO 8601; rejects with `invalid` unless it is later than now
   */
  pause(options: CallOptions & { until: string }): Promise<Snapshot>;
  /** Ends the mentor's break. */
  resume(options?: CallOptions): Promise<Snapshot>;
  /** Removes the viewer from the list of mentors. */
  resign(options?: CallOptions): Promise<Snapshot>;
}

const clients = new WeakMap<SnapshotStore, Client>();

/**
 * Creates a client of one source.
 *
 * @param options.source - source to read, such as `autoSource({ api })`
 */
export const createClient = ({ source }: { source: MentorshipSource }): Client =>
  clientFor(createSnapshotStore(source));

/** Returns the only client of a store, because all users of the store share its requests. @internal */
export function clientFor(store: SnapshotStore): Client {
  const client = clients.get(store) ?? createClientIn(store, defaultRuntime);
  clients.set(store, client);
  return client;
}

/** Creates a client with another clock, timer and locks, for tests. @internal */
export function createClientIn(store: SnapshotStore, runtime: Runtime): Client {
  const context = createContext(store, runtime);
  return { ...store, ...createReads(context), ...createAsk(context), ...createMutations(context) };
}

const defaultRuntime: Runtime = {
  now: () => Date.now(),
  async sleep(ms, signal) {
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      await abortable(new Promise<void>((resolve) => (timer = setTimeout(resolve, ms))), signal);
    } finally {
      clearTimeout(timer);
    }
  },
  // The Web Locks API is missing in Node before 24, on pages without HTTPS, and in older browsers.
  locks: (globalThis as { navigator?: Partial<Navigator> }).navigator?.locks ?? null,
};

const MOST_PROFILES = 50;

/** Creates the client's methods that only read. */
function createReads({ store, dedupe, requireAction, publish }: ClientContext) {
  const read = <T>(
    key: unknown,
    task: (signal: AbortSignal) => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> => {
    const run = async (shared: AbortSignal) => {
      try {
        return await task(shared);
      } catch (cause) {
        throw toSourceError(cause, { retryable: true });
      }
    };
    return dedupe(key, run, signal);
  };

  /** Runs an action of the source on the cached snapshot. Concurrent calls share one request. */
  const readWith =
    <K extends keyof MentorshipActions, T>(
      name: K,
      run: (actions: Pick<MentorshipActions, K>, snapshot: Snapshot, options: ActionOptions) => Promise<T>,
    ) =>
    ({ signal }: CallOptions = {}) =>
      read(
        name,
        async (shared) => {
          const snapshot = await store.load({ signal: shared });
          return run(await requireAction(name), snapshot, { signal: shared });
        },
        signal,
      );

  return {
    prepareQuestion: readWith('prepareQuestion', async (actions, snapshot, options) => {
      const terms = toQuestionTerms(await actions.prepareQuestion(snapshot, options));
      const isStale = terms.mentor !== undefined && terms.mentor !== (snapshot.mentor?.name ?? null);
      // The terms are valid even if the snapshot cannot be reloaded.
      if (isStale) await store.refresh(options).catch(() => {});
      return terms;
    }),

    refreshQuestions: readWith('refreshQuestions', async (actions, snapshot, options) => {
      const questions = parseQuestions(await actions.refreshQuestions(snapshot, options));
      // Waits for the reload after a write, which `publish` would replace.
      await store.load(options).catch(() => {});
      return publish(afterRefreshQuestions(questions, snapshot), snapshot);
    }),

    getMentors: readWith('getMentors', async (actions, snapshot, options) =>
      toListedMentors(await actions.getMentors(snapshot, options)),
    ),

    getProfiles: async (names: readonly string[], { signal }: CallOptions = {}) => {
      if (names.length > MOST_PROFILES)
        throw invalidError(`getProfiles() takes at most ${MOST_PROFILES} names.`);
      return read(
        // A unique key, because calls with other names must not share a request.
        Symbol(),
        async (shared) => {
          const actions = await requireAction('getProfiles');
          return toProfiles(await actions.getProfiles([...names], { signal: shared }));
        },
        signal,
      );
    },

    readTalkPage: (name: string, { signal }: CallOptions = {}) =>
      read(
        `readTalkPage ${name}`,
        async (shared) => {
          const snapshot = await store.load({ signal: shared });
          const actions = await requireAction('readTalkPage');
          return toTalkPageFigures(await actions.readTalkPage(snapshot, { name, signal: shared }));
        },
        signal,
      ),

    setTalkPage: async (name: string, figures: TalkPageFigures) => {
      const snapshot = await store.load();
      return publish(afterReadTalkPage(name, figures), snapshot);
    },
  };
}

const toTalkPageFigures = record<TalkPageFigures>({
  typicalReplyHours: toInteger,
  waitingQuestions: toInteger,
  talkUrl: toHttpUrl,
});

const toName = textUpTo(255);
const toLicense = record({ name: toName, url: toHttpUrl });

const toTerms = record({
  writable: flag(true),
  copyright: (value): QuestionTerms['copyright'] => {
    const { name, url } = toLicense(value);
    return name === null ? null : { name, url };
  },
  notifies: flag(false),
  sendsEmail: flag(false),
  emailUrl: toHttpUrl,
  mentor: (value) => (value === undefined ? undefined : toName(value)),
});

function toQuestionTerms(data: unknown): QuestionTerms {
  const { mentor, ...terms } = toTerms(data);
  return { ...terms, ...(mentor !== undefined && { mentor }) };
}

const isBlocked = flag(false);

const toListedMentors = async (data: unknown): Promise<ListedMentor[]> =>
  (await toMentorItems(data)).map(([{ name, intro, talkUrl }]) => ({ name, intro, talkUrl }));

const toProfiles = async (data: unknown): Promise<MentorProfile[]> =>
  (await toMentorItems(data)).map(([{ name, gender, editCount, lastActive }, item]) => ({
    name,
    gender,
    editCount,
    lastActive,
    blocked: isBlocked(toRecordOrEmpty(item).blocked),
  }));

/** Returns each valid mentor of a list with the data that it was read from. */
async function toMentorItems(data: unknown): Promise<[Mentor, unknown][]> {
  if (!Array.isArray(data))
    throw new MentorshipError('bad-data', 'The source’s action returned no list of mentors.', {
      cause: { answer: data },
    });
  const items = await mapInTasks(data as unknown[], (item): [Mentor, unknown][] => {
    const mentor = parseMentor(item);
    return mentor ? [[mentor, item]] : [];
  });
  return items.flat();
}
