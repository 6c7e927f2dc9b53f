import { createDeduper, type Dedupe, poll, type Runtime } from './concurrency.js';
import { isMentorshipError, MentorshipError, withOutcome } from './errors.js';
import {
  afterChooseMentor,
  afterDeclineInvite,
  afterEnroll,
  afterJoin,
  afterLeave,
  afterPause,
  afterResign,
  afterRestoreInvite,
  afterSnoozeInvite,
  afterUndoLeave,
  keepRefreshedData,
  type SnapshotUpdate,
} from './optimistic-updates.js';
import type { Snapshot } from './snapshot.js';
import type { CallOptions, SnapshotStore } from './snapshot-store.js';
import type { ActionOptions, MentorshipActions, MentorshipSource } from './source.js';
import { lengthOf, toIsoDate, toIsoTime } from './coerce.js';

/** State and helpers that all actions of one client share. @internal */
export interface ClientContext {
  readonly store: SnapshotStore;
  readonly runtime: Runtime;
  readonly dedupe: Dedupe;
  /** @throws {MentorshipError} `unsupported` if the source lacks the action */
  requireAction<K extends keyof MentorshipActions>(name: K): Promise<Pick<MentorshipActions, K>>;
  /**
   * Reloads after a write, and publishes the loaded snapshot with the data that a load does not read; or the optimistic
   * one if the reload fails.
   */
  commit(update: SnapshotUpdate, before: Snapshot, signal: AbortSignal): Promise<Snapshot>;
  /** Publishes a snapshot that needs no reload, unless the update returns the current one. */
  publish(update: SnapshotUpdate, before: Snapshot): Snapshot;
}

/** @internal */
export function createContext(store: SnapshotStore, runtime: Runtime): ClientContext {
  let latest: Snapshot | null = null;
  store.subscribe((snapshot) => (latest = snapshot));

  let loading: Promise<Partial<MentorshipActions>> | null = null;
  const actions = () => {
    loading ??= loadActions(store.source).catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  };

  const publish: ClientContext['publish'] = (update, before) => {
    const current = latest ?? before;
    const updated = update(current);
    if (updated !== current) store.set(updated);
    return updated;
  };

  return {
    store,
    runtime,
    dedupe: createDeduper(),
    requireAction: async (name) => {
      const available = await actions();
      if (typeof available[name] !== 'function')
        throw new MentorshipError('unsupported', `The source’s loadActions() has no “${name}”.`);
      return available as MentorshipActions;
    },
    publish,
    commit: async (update, before, signal) => {
      // Replaces a load that began before the write, because that load may not contain it.
      const optimistic = update(latest ?? before);
      store.set(optimistic);
      try {
        return await store.refresh({ signal, update: keepRefreshedData(optimistic) });
      } catch {
        // The write succeeded, so a failed reload falls back to the optimistic snapshot.
        store.set(optimistic);
        return optimistic;
      }
    },
  };
}

async function loadActions(source: MentorshipSource): Promise<Partial<MentorshipActions>> {
  try {
    return (await source.loadActions?.()) ?? {};
  } catch (cause) {
    throw toSourceError(cause, { retryable: true });
  }
}

/** Returns a `MentorshipError` unchanged, and wraps any other error of the host's own source. @internal */
export function toSourceError(
  cause: unknown,
  options: { retryable?: boolean; outcomeUnknown?: boolean } = {},
): MentorshipError {
  if (isMentorshipError(cause)) return cause;
  return new MentorshipError('refused', 'The source’s action failed. See the cause.', { cause, ...options });
}

/** A write whose success can be verified by reloading the snapshot. */
interface Mutation<Action extends keyof MentorshipActions, Input extends object> {
  /** Name of the source's action. */
  action: Action;
  write: (
    actions: Pick<MentorshipActions, Action>,
    snapshot: Snapshot,
    options: Input & ActionOptions,
  ) => Promise<void>;
  /** Returns the optimistic update. */
  update: (input: Input) => SnapshotUpdate;
  isApplied: (snapshot: Snapshot, input: Input) => boolean;
  /** Returns true if the mentor is stored, but not yet the status, so that `join` has to complete the change. */
  isIncomplete?: (snapshot: Snapshot, input: Input, before: Snapshot) => boolean;
}

const hasMentor = ({ viewer, mentor }: Snapshot) => viewer?.status !== 'opted-out' && mentor !== null;

const leave: Mutation<'leave', { reason: string }> = {
  action: 'leave',
  write: (actions, snapshot, options) => actions.leave(snapshot, options),
  update: () => afterLeave,
  isApplied: ({ viewer }) => viewer?.status === 'opted-out',
};

const undoLeave: Mutation<'undoLeave', { mentor: string }> = {
  action: 'undoLeave',
  write: (actions, snapshot, options) => actions.undoLeave(snapshot, options),
  update: ({ mentor }) => afterUndoLeave(mentor),
  isApplied: (snapshot, { mentor }) => hasMentor(snapshot) && snapshot.mentor?.name === mentor,
};

const join: Mutation<'join', object> = {
  action: 'join',
  write: (actions, snapshot, options) => actions.join(snapshot, options),
  update: () => afterJoin,
  // A viewer who keeps a mentor had one before, so the status is checked too.
  isApplied: (snapshot) => hasMentor(snapshot) && snapshot.viewer?.status === 'explicit',
  isIncomplete: (snapshot, _, before) => hasMentor(snapshot) && !hasMentor(before),
};

const chooseMentor: Mutation<'chooseMentor', { name: string; reason: string }> = {
  action: 'chooseMentor',
  write: (actions, snapshot, options) => actions.chooseMentor(snapshot, options),
  update: ({ name }) => afterChooseMentor(name),
  isApplied: (snapshot, { name }) => join.isApplied(snapshot, {}) && snapshot.mentor?.name === name,
  isIncomplete: ({ mentor }, { name }, before) => mentor?.name === name && before.mentor?.name !== name,
};

const enroll: Mutation<'enroll', { introduction: string }> = {
  action: 'enroll',
  write: (actions, snapshot, options) => actions.enroll(snapshot, options),
  update: () => afterEnroll,
  isApplied: ({ viewer }) => viewer?.isMentor === true,
};

const snoozeInvite: Mutation<'snoozeInvite', { until: string }> = {
  action: 'snoozeInvite',
  write: (actions, snapshot, options) => actions.snoozeInvite(snapshot, options),
  update: ({ until }) => afterSnoozeInvite(until),
  isApplied: ({ viewer }, { until }) => viewer?.inviteSnoozedUntil === until,
};

const declineInvite: Mutation<'declineInvite', object> = {
  action: 'declineInvite',
  write: (actions, snapshot, options) => actions.declineInvite(snapshot, options),
  update: () => afterDeclineInvite,
  isApplied: ({ viewer }) => viewer?.inviteDeclined === true,
};

const restoreInvite: Mutation<'restoreInvite', object> = {
  action: 'restoreInvite',
  write: (actions, snapshot, options) => actions.restoreInvite(snapshot, options),
  update: () => afterRestoreInvite,
  isApplied: ({ viewer }) => viewer?.inviteDeclined === false && viewer.inviteSnoozedUntil === null,
};

const pause: Mutation<'pause', { until: string }> = {
  action: 'pause',
  write: (actions, snapshot, options) => actions.pause(snapshot, options),
  update: ({ until }) => afterPause(until),
  isApplied: ({ viewer }, { until }) => viewer?.mentoring?.pausedUntil === until,
};

const resume: Mutation<'resume', object> = {
  action: 'resume',
  write: (actions, snapshot, options) => actions.resume(snapshot, options),
  update: () => afterPause(null),
  isApplied: ({ viewer }) => viewer?.mentoring?.pausedUntil === null,
};

const resign: Mutation<'resign', object> = {
  action: 'resign',
  write: (actions, snapshot, options) => actions.resign(snapshot, options),
  update: () => afterResign,
  isApplied: ({ viewer }) => viewer?.isMentor === false,
};

/** Creates the client's methods that write, except `ask`. @internal */
export function createMutations(context: ClientContext) {
  /** Runs a mutation. @param options.key - concurrent calls with the same key share one write */
  const run = <Action extends keyof MentorshipActions, Input extends object>(
    mutation: Mutation<Action, Input>,
    input: Input,
    { key = mutation.action, signal }: CallOptions & { key?: string } = {},
  ): Promise<Snapshot> => {
    const call = { mutation, input };
    return context.dedupe(
      key,
      (shared, markOutcomeUnknown) => runMutation(context, call, shared, markOutcomeUnknown),
      signal,
    );
  };

  const snooze = async (options: CallOptions = {}) => {
    const { program } = await context.store.load(options);
    const until = snoozeEnd(program.inviteSnoozeDays, context.runtime.now());
    return run(snoozeInvite, { until }, options);
  };

  return {
    leave: ({ reason = '', ...options }: CallOptions & { reason?: string | undefined } = {}) =>
      run(leave, { reason }, options),
    undoLeave: ({ mentor, signal }: CallOptions & { mentor: string }) =>
      run(undoLeave, { mentor }, { key: `undoLeave ${mentor}`, signal }),
    join: (options?: CallOptions) => run(join, {}, options),
    chooseMentor: async (
      name: string,
      { reason = '', signal }: CallOptions & { reason?: string | undefined } = {},
    ) => {
      if (typeof name !== 'string' || !name.trim()) throw invalidError('The mentor’s name is blank.');
      return run(chooseMentor, { name, reason }, { key: `chooseMentor ${name}`, signal });
    },
    enroll: async ({ introduction, ...options }: CallOptions & { introduction: string }) => {
      checkIntroduction(introduction);
      return run(enroll, { introduction }, options);
    },
    snoozeInvite: snooze,
    declineInvite: (options?: CallOptions) => run(declineInvite, {}, options),
    restoreInvite: (options?: CallOptions) => run(restoreInvite, {}, options),
    pause: async ({ until, signal }: CallOptions & { until: string }) => {
      const end = toEndOfBreak(until, context.runtime.now());
      return run(pause, { until: end }, { key: `pause ${end}`, signal });
    },
    resume: (options?: CallOptions) => run(resume, {}, options),
    resign: async (options?: CallOptions) => {
      await context.requireAction('resign');
      // Comes first, because the invitation would replace the card of a former mentor. An invitation that cannot be
      // snoozed keeps nobody from resigning.
      await snooze(options).catch((error: unknown) => {
        if (isMentorshipError(error) && error.retryable) throw error;
      });
      return run(resign, {}, options);
    },
  };
}

const DAY_MS = 86_400_000;
/** Replaces a date that ISO 8601 cannot express with four digits of the year. */
const LAST_DATE = '9999-12-31T23:59:59.999Z';

/** Returns the end of a snooze that begins now, as ISO 8601 in UTC. @internal */
export const snoozeEnd = (days: number, now: number): string => toIsoTime(now + days * DAY_MS) ?? LAST_DATE;

interface MutationCall<Action extends keyof MentorshipActions, Input extends object> {
  mutation: Mutation<Action, Input>;
  input: Input;
}

/** Sends the write once. If its outcome is unknown, reloads the snapshot until it shows the change. */
async function runMutation<Action extends keyof MentorshipActions, Input extends object>(
  context: ClientContext,
  { mutation, input }: MutationCall<Action, Input>,
  signal: AbortSignal,
  markOutcomeUnknown: () => void,
): Promise<Snapshot> {
  const { store, requireAction, commit } = context;
  const before = await store.load({ signal });
  markOutcomeUnknown();
  try {
    await mutation.write(await requireAction(mutation.action), before, { ...input, signal });
  } catch (cause) {
    const error = toSourceError(cause, { outcomeUnknown: true });
    // The cached snapshot is stale, because the mentor, or the list of mentors, has changed.
    if (error.code === 'no-mentor' || error.code === 'denied')
      await store.refresh({ signal }).catch(() => {});
    if (!error.outcomeUnknown || signal.aborted) throw error;
    const isApplied = (snapshot: Snapshot) => mutation.isApplied(snapshot, input);
    const isIncomplete = (snapshot: Snapshot) => mutation.isIncomplete?.(snapshot, input, before) ?? false;
    const confirmed = await confirm(context, { isApplied, isIncomplete, before, error }, signal);
    if (isApplied(confirmed)) return confirmed;
    await (await requireAction('join')).join(confirmed, { signal });
  }
  return commit(mutation.update(input), before, signal);
}

interface UnconfirmedMutation {
  isApplied: (snapshot: Snapshot) => boolean;
  isIncomplete: (snapshot: Snapshot) => boolean;
  before: Snapshot;
  error: MentorshipError;
}

/** Looks in the snapshot for a change that may have been stored, or its first part. Rejects with the error of the write. */
async function confirm(
  { store, runtime }: ClientContext,
  { isApplied, isIncomplete, before, error }: UnconfirmedMutation,
  signal: AbortSignal,
): Promise<Snapshot> {
  const find = async () => {
    const snapshot = await store.refresh({ signal });
    if (snapshot.viewer?.name !== before.viewer?.name)
      throw new MentorshipError('session', 'Another user is signed in now. Reload.');
    return isApplied(snapshot) || isIncomplete(snapshot) ? snapshot : null;
  };
  // The wiki's message ends its request, so what is stored is found at once.
  const search = error.wikiMessage === null ? poll(find, runtime, signal) : find();
  const found = await search.catch(() => {
    throw error;
  });
  if (found) return found;
  throw withOutcome(error, { outcomeUnknown: false });
}

/** Maximum length of an introduction, in Unicode characters. */
export const LONGEST_INTRODUCTION = 240;

/** @throws {MentorshipError} `invalid` if the introduction is too long */
function checkIntroduction(text: string): void {
  if (typeof text !== 'string' || lengthOf(text) > LONGEST_INTRODUCTION)
    throw invalidError(`The introduction is longer than ${LONGEST_INTRODUCTION} characters.`);
}

/** Returns a date in whole seconds, like the wiki's. @throws {MentorshipError} `invalid` if it is no date after now */
function toEndOfBreak(until: unknown, now: number): string {
  const end = toIsoDate(until)?.replace(/\.\d+/, '.000');
  if (!end || Date.parse(end) <= now)
    throw invalidError('The “until” of pause() must be an ISO 8601 date later than now.');
  return end;
}

/** @internal */
export const invalidError = (message: string) => new MentorshipError('invalid', message);
