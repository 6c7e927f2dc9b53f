import { isMentorshipError, MentorshipError } from '../sdk/errors.js';
import type { LoadGuard } from '../sdk/snapshot-store.js';
import { attempt } from './wiki-page.js';

const SHORTEST_S = 30;
const LONGEST_S = 600;

/** Codes of errors of an overloaded or failing server, if they are temporary. */
const OUTAGE = /busy|http|rate|time/;

/**
 * Rejects every load of a source for 30 to 60 s after a failure of its server, or longer if the server asks for it, in all
 * tabs, so that page views during an outage send no requests. Runs a refresh in any case, because the viewer or the host
 * asks for it. Its success ends the pause. A source of the host has no guard, because it may send no requests.
 */
export const pauseInOutage: LoadGuard = async ({ id }, kind, load) => {
  const key = `mentorship-module outage ${id}`;
  const end = id && attempt(() => localStorage.getItem(key));
  const retryAfter = Math.ceil((Number(end) - Date.now()) / 1_000);
  // A later end was not stored by this code, or the clock was changed.
  if (kind === 'load' && retryAfter > 0 && retryAfter <= 2 * LONGEST_S)
    throw new MentorshipError('busy', `${id} failed before. Retry after ${retryAfter} s.`, {
      retryable: true,
      retryAfter,
    });
  try {
    const snapshot = await load();
    if (end) attempt(() => localStorage.removeItem(key));
    return snapshot;
  } catch (error) {
    if (id && isMentorshipError(error) && error.retryable && OUTAGE.test(error.code)) {
      const pause = Math.min(Math.max(SHORTEST_S, error.retryAfter ?? 0), LONGEST_S);
      // Adds up to the same time, so that not all browsers return at once.
      attempt(() => localStorage.setItem(key, String(Date.now() + pause * (1 + Math.random()) * 1_000)));
    }
    throw error;
  }
};
