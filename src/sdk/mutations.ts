import { type Actor, asSourceError, knownAs } from './client-context.js';
import * as after from './optimistic-updates.js';
import type { Client } from './client.js';
import { MentorshipError } from './errors.js';
import { checkIntroduction, invalid } from './validation.js';
import type { CallOptions } from './snapshot-store.js';
import { lookFor } from './looks.js';
import type { Snapshot } from './snapshot.js';

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
