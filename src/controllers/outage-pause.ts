import { isMentorshipError, MentorshipError } from '../sdk/errors.js';
import type { CallOptions, SnapshotStore } from '../sdk/snapshot-store.js';
import { attempt } from './wiki-page.js';

const SHORTEST_MS = 30_000;
const LONGEST_MS = 600_000;

/** Codes of errors of an overloaded or failing server, if they are temporary. */
const OUTAGES = ['busy', 'http', 'rate-limited', 'timeout'];

/** Stores that have loaded, whose cache needs no request. */
const loaded = new WeakSet<SnapshotStore>();

/**
 * Loads or refreshes a snapshot. After a failure of the server, rejects every `load` of the same source at once, in all
 * tabs, for 30 to 60 s or longer if the server asks for it, so that page views during an outage send no requests. A
 * `refresh` is sent in any case, because the viewer or the host asks for it, and ends the pause if it succeeds.
 *
 * @throws {MentorshipError} `busy` during the pause
 */
export async function loadUnlessPaused(
  store: SnapshotStore,
  how: 'load' | 'refresh',
  options: CallOptions,
): Promise<void> {
  const { id } = store.source;
  const key = `mentorship-module outage ${id}`;
  const end = id === undefined ? null : attempt(() => localStorage.getItem(key));
  const ms = Number(end) - Date.now();
  // A later end was not stored by this code, or the clock was changed.
  if (how === 'load' && ms > 0 && ms <= 2 * LONGEST_MS && !loaded.has(store)) {
    const retryAfter = Math.ceil(ms / 1_000);
    throw new MentorshipError('busy', `${id} failed before. Retry after ${retryAfter} s.`, {
      retryable: true,
      retryAfter,
    });
  }
  try {
    await store[how](options);
  } catch (error) {
    if (id !== undefined && isMentorshipError(error) && error.retryable && OUTAGES.includes(error.code)) {
      const pause = Math.min(Math.max(SHORTEST_MS, (error.retryAfter ?? 0) * 1_000), LONGEST_MS);
      // Adds up to the same time, so that not all browsers return at once.
      attempt(() => localStorage.setItem(key, String(Math.round(Date.now() + pause * (1 + Math.random())))));
    }
    throw error;
  }
  loaded.add(store);
  if (end) attempt(() => localStorage.removeItem(key));
}
