import * as after from './optimistic-updates.js';
import type { Client } from './client.js';
import { isMentorshipError, MentorshipError } from './errors.js';
import type { CallOptions, Loader } from './snapshot-store.js';
import { lookFor, sharing, type World } from './concurrency.js';
import type { Snapshot } from './snapshot.js';
import { type Change, statesKept } from './optimistic-updates.js';
import { parseSnapshot } from './parse-snapshot.js';
import type { MentorshipActions, MentorshipSource } from './source.js';

type Acting = Pick<
  Client,
  'leave' | 'undoLeave' | 'join' | 'chooseMentor' | 'enroll' | 'declineInvite' | 'restoreInvite'
>;

/** Something of which the snapshot says whether it is so. */
interface Deed {
  /** Whatever has the same key is the same. */
  key: string;
  write: (snapshot: Snapshot, signal: AbortSignal) => Promise<void>;
  after: after.Change;
  isSo: (snapshot: Snapshot) => boolean;
}

/** Everything but asking. */
export function acting(actor: Actor): Acting {
  const { able } = actor;
  const act = (deed: Deed, { signal }: CallOptions = {}): Promise<Snapshot> =>
    actor.share(deed.key, (shared, sending) => perform(actor, deed, { signal: shared, sending }), signal);

  return {
    leave: ({ reason = '', ...options } = {}) =>
      act(
        {
          key: 'leave',
          write: async (snapshot, signal) => (await able('leave')).leave(snapshot, { reason, signal }),
          after: after.left,
          isSo: ({ viewer }) => viewer?.status === 'opted-out',
        },
        options,
      ),

    undoLeave: ({ mentor, ...options }) =>
      act(
        {
          key: `undoLeave ${mentor}`,
          write: async (snapshot, signal) =>
            (await able('undoLeave')).undoLeave(snapshot, { mentor, signal }),
          after: after.cameBack(mentor),
          isSo: (snapshot) => hasMentor(snapshot) && snapshot.mentor?.name === mentor,
        },
        options,
      ),

    join: (options) =>
      act(
        {
          key: 'join',
          write: async (snapshot, signal) => (await able('join')).join(snapshot, { signal }),
          after: after.joined,
          // Who keeps a mentor had one before.
          isSo: (snapshot) => hasMentor(snapshot) && snapshot.viewer?.status === 'explicit',
        },
        options,
      ),

    chooseMentor: async (name, { reason = '', ...options } = {}) => {
      if (typeof name !== 'string' || !name.trim()) throw invalid('The mentor has no name.');
      return act(
        {
          key: `chooseMentor ${name}`,
          write: async (snapshot, signal) =>
            (await able('chooseMentor')).chooseMentor(snapshot, { name, reason, signal }),
          after: after.chose(name),
          isSo: (snapshot) => hasMentor(snapshot) && snapshot.mentor?.name === name,
        },
        options,
      );
    },

    enroll: async ({ introduction, ...options }) => {
      checkIntroduction(introduction);
      return act(
        {
          key: 'enroll',
          write: async (snapshot, signal) =>
            (await able('enroll')).enroll(snapshot, { introduction, signal }),
          after: after.enrolled,
          isSo: ({ viewer }) => viewer?.isMentor === true,
        },
        options,
      );
    },

    declineInvite: (options) =>
      act(
        {
          key: 'declineInvite',
          write: async (snapshot, signal) =>
            (await able('declineInvite')).declineInvite(snapshot, { signal }),
          after: after.declined,
          isSo: ({ viewer }) => viewer?.inviteDeclined === true,
        },
        options,
      ),

    restoreInvite: (options) =>
      act(
        {
          key: 'restoreInvite',
          write: async (snapshot, signal) =>
            (await able('restoreInvite')).restoreInvite(snapshot, { signal }),
          after: after.restored,
          isSo: ({ viewer }) => viewer?.inviteDeclined === false,
        },
        options,
      ),
  };
}

const hasMentor = ({ viewer, mentor }: Snapshot) => viewer?.status !== 'opted-out' && mentor !== null;

/** Writes once. Where it is unknown whether that was stored, the source is read until it says so. */
async function perform(
  actor: Actor,
  deed: Deed,
  { signal, sending }: { signal: AbortSignal; sending: () => void },
): Promise<Snapshot> {
  const { loader } = actor;
  const before = await loader.load({ signal });
  sending();
  try {
    await deed.write(before, signal);
  } catch (cause) {
    const error = asSourceError(cause, { outcomeUnknown: true });
    // The snapshot at hand promises somebody whom there is not.
    if (error.code === 'no-mentor') void loader.refresh().catch(() => {});
    if (!error.outcomeUnknown || signal.aborted) throw error;
    return check(actor, { deed, before, error }, signal);
  }
  return actor.settle(deed.after, before, signal);
}

interface Doubt {
  deed: Deed;
  before: Snapshot;
  error: MentorshipError;
}

async function check(
  { loader, world }: Actor,
  { deed, before, error }: Doubt,
  signal: AbortSignal,
): Promise<Snapshot> {
  const look = async () => {
    const snapshot = await loader.refresh({ signal });
    if (snapshot.viewer?.name !== before.viewer?.name)
      throw new MentorshipError('session', 'Somebody else is signed in now.');
    return deed.isSo(snapshot) ? snapshot : null;
  };
  const found = await lookFor(look, world, signal).catch(() => {
    throw error;
  });
  if (found) return found;
  throw knownAs(error, { outcomeUnknown: false });
}

/** What all of a client's actions have in common. */
export interface Actor {
  readonly loader: Loader;
  readonly world: World;
  readonly share: ReturnType<typeof sharing>;
  /** @throws {MentorshipError} `unsupported` */
  able<K extends keyof MentorshipActions>(name: K): Promise<Pick<MentorshipActions, K>>;
  /** Makes a change known, and reads what the source says of it. */
  settle(change: Change, before: Snapshot, signal: AbortSignal): Promise<Snapshot>;
  /** Makes a change known that nothing needs to be read for. */
  note(change: Change, before: Snapshot): Snapshot;
}

export function actorOf(loader: Loader, world: World): Actor {
  let atHand: Snapshot | null = null;
  loader.subscribe((snapshot) => (atHand = snapshot));

  let loading: Promise<Partial<MentorshipActions>> | null = null;
  const actions = () => {
    loading ??= loadActions(loader.source).catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  };

  const note: Actor['note'] = (change, before) => {
    const changed = parseSnapshot(change(atHand ?? before));
    loader.put(changed);
    return changed;
  };

  return {
    loader,
    world,
    share: sharing(),
    able: async (name) => {
      const able = await actions();
      if (typeof able[name] !== 'function')
        throw new MentorshipError('unsupported', `The source has no “${name}”.`);
      return able as MentorshipActions;
    },
    note,
    settle: async (change, before, signal) => {
      // A load that began before the write does not know of it; after this, the next one is a new one.
      const changed = note(change, before);
      // What was written is written, also where it cannot be read.
      const fresh = await loader.refresh({ signal }).catch(() => null);
      const settled = fresh ? statesKept(changed)(fresh) : changed;
      loader.put(settled);
      return settled;
    },
  };
}

async function loadActions(source: MentorshipSource): Promise<Partial<MentorshipActions>> {
  try {
    return (await source.loadActions?.()) ?? {};
  } catch (cause) {
    throw asSourceError(cause, { retryable: true });
  }
}

/** A source may be the host's own: what it throws is as foreign as a document. */
export function asSourceError(
  cause: unknown,
  otherwise: { retryable?: boolean; outcomeUnknown?: boolean } = {},
): MentorshipError {
  if (isMentorshipError(cause)) return cause;
  return new MentorshipError('refused', 'The source failed.', { cause, ...otherwise });
}

/** The same error, with another answer to whether something may be stored. */
export const knownAs = (
  { code, message, cause, retryable, retryAfter, wikiMessage }: MentorshipError,
  { outcomeUnknown }: { outcomeUnknown: boolean },
) => new MentorshipError(code, message, { cause, retryable, retryAfter, wikiMessage, outcomeUnknown });
export const LONGEST_INTRODUCTION = 240;

/** Unicode characters, as a wiki counts them: after composing accents with their letters. */
export const lengthOf = (text: string): number => Array.from(text.normalize()).length;

/** @throws {MentorshipError} `invalid` */
export function checkIntroduction(text: string): void {
  if (typeof text !== 'string' || lengthOf(text) > LONGEST_INTRODUCTION)
    throw invalid('The introduction is too long.');
}

export const invalid = (message: string) => new MentorshipError('invalid', message);
