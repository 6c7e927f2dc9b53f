import type { Snapshot } from '../snapshot.js';

/** Where data comes from. */
export interface MentorshipSource {
  /**
   * Reads everything once.
   *
   * @param signal - ends all its requests
   * @throws {MentorshipError}
   */
  load(signal: AbortSignal): Promise<Snapshot>;
}
