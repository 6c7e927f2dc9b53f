import { isMentorshipError } from './errors.js';

/** Seconds after the first look. */
const LOOKS = [0, 1, 3, 7, 15];

/** Clock, rest and locks of the place where a client runs. */
export interface World {
  /** Milliseconds since 1970. */
  now(): number;
  /** @param signal - ends it with a rejection */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  locks: Pick<LockManager, 'request'> | null;
}

/**
 * Looks for what may have been stored, with growing pauses, for 15 s.
 *
 * @param look - null: not there
 * @returns null: not there at the last look, so that it can be relied upon
 * @throws {MentorshipError} of the last look
 */
export async function lookFor<T>(
  look: () => Promise<T | null>,
  { now, sleep }: World,
  signal: AbortSignal,
): Promise<T | null> {
  const start = now();
  let failed: { error: unknown } | null = null;
  for (const seconds of LOOKS) {
    const pause = start + seconds * 1_000 - now();
    // One look may take as long as several pauses. The last one is never left out.
    if (pause < 0 && seconds !== LOOKS[0] && seconds !== LOOKS.at(-1)) continue;
    if (pause > 0) await sleep(pause, signal);
    try {
      const found = await look();
      if (found !== null) return found;
      failed = null;
    } catch (error) {
      if (isFinal(error)) throw error;
      failed = { error };
    }
  }
  if (failed) throw failed.error;
  return null;
}

/** Whether looking again would come to the same. */
const isFinal = (error: unknown) =>
  isMentorshipError(error) && ['aborted', 'denied', 'session', 'unsupported'].includes(error.code);
