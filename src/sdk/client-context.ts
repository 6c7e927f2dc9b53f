import { type Change, statesKept } from './optimistic-updates.js';
import { isMentorshipError, MentorshipError } from './errors.js';
import type { Loader } from './snapshot-store.js';
import type { World } from './looks.js';
import { parseSnapshot } from './parse-snapshot.js';
import { sharing } from './concurrency.js';
import type { Snapshot } from './snapshot.js';
import type { MentorshipActions } from './sources/actions.js';
import type { MentorshipSource } from './source.js';

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
