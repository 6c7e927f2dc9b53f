import { MentorshipActionEvent } from '../events.js';
import { toEnum } from '../sdk/coerce.js';
import type { Decision } from '../sdk/decide.js';

/** Milliseconds after which becoming a mentor is no longer attributed to the link. */
const KEPT_MS = 7 * 86_400_000;

/**
 * Dispatches `enroll`, `done` if the viewer has followed the link to the wiki's page and is a mentor now. Deletes the
 * entry first, so that the event is dispatched once. Also deletes an expired or invalid entry.
 *
 * @param key - key of the entry in `localStorage`
 */
export function completeEnroll(element: HTMLElement, key: string, { variant }: Decision): void {
  // Another element on the page may have completed it meanwhile. A detached one could not tell the host.
  const [start, time] = localStorage.getItem(key)?.split(' ') ?? [];
  if (!start || !element.isConnected) return;
  // The time may be in the future, because the clock may have been set back.
  const isRecent = Math.abs(Date.now() - Number(time)) <= KEPT_MS;
  if (isRecent && variant !== 'mentor') return;
  localStorage.removeItem(key);
  if (!isRecent) return;
  const card = toEnum(start, ['mentored', 'opt-in'], 'invite');
  element.dispatchEvent(new MentorshipActionEvent(card, { action: 'enroll', phase: 'done' }));
}
