import type { Snapshot } from './snapshot.js';
import type { MentorshipActions } from './sources/actions.js';

/** Where data comes from. */
export interface MentorshipSource {
  /** The same for every source of the same data, such as the API's address. Keeps drafts and tabs apart. */
  readonly id?: string;
  /** Whether the choice of a mentor, and the reason for it, can be read by everybody; without it, they can. */
  readonly choices?: 'logged' | 'private' | undefined;
  /**
   * Reads everything once.
   *
   * @param options.signal - ends all its requests
   * @throws {MentorshipError}
   */
  load(options: { signal: AbortSignal }): Promise<Snapshot>;
  /** What the viewer can do here; asked for when the viewer first does something. Without it, the card only reads. */
  loadActions?(): Promise<Partial<MentorshipActions>>;
}
