import { toIsoDate } from '../sdk/coerce.js';
import type { Snapshot } from '../sdk/snapshot.js';

/** Returns the `localStorage` key under which dismiss-invite.ts stores a dismissal if the wiki cannot. */
export const dismissalKey = (source: string, viewer: string) =>
  `mentorship-module invite ${source} ${viewer}`;

/** Returns the snapshot with the invitation snoozed (if a date is stored) or declined, if this browser has stored that. */
export function applyStoredDismissal(snapshot: Snapshot, source: string | undefined): Snapshot {
  const { viewer } = snapshot;
  try {
    const stored = viewer && source && localStorage.getItem(dismissalKey(source, viewer.name));
    if (!stored) return snapshot;
    const end = toIsoDate(stored) ?? '';
    // Keeps a later date of the wiki. All dates have the same format.
    const until = end > (viewer.inviteSnoozedUntil ?? '') ? end : viewer.inviteSnoozedUntil;
    const inviteDeclined = viewer.inviteDeclined || stored === '1';
    return { ...snapshot, viewer: { ...viewer, inviteDeclined, inviteSnoozedUntil: until } };
  } catch {
    // Access to storage is denied.
  }
  return snapshot;
}
