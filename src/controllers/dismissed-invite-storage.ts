import type { Snapshot } from '../sdk/snapshot.js';

/** Returns the `localStorage` key under which decline-invite.ts stores “Not now” if the wiki cannot. */
export const dismissalKey = (source: string, viewer: string) =>
  `mentorship-module invite ${source} ${viewer}`;

/** Returns the snapshot with the invitation declined, if this browser has stored that. */
export function applyStoredDismissal(snapshot: Snapshot, source: string | undefined): Snapshot {
  const { viewer } = snapshot;
  try {
    if (viewer && source && localStorage.getItem(dismissalKey(source, viewer.name)))
      return { ...snapshot, viewer: { ...viewer, inviteDeclined: true } };
  } catch {
    // Access to storage is denied.
  }
  return snapshot;
}
