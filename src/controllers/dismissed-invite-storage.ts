import type { Snapshot } from '../sdk/snapshot.js';

/** Returns the `localStorage` key under which decline-invite.ts stores “Not now” if the wiki cannot. */
export const dismissalKey = (source: string, viewer: string) =>
  `mentorship-module invite ${source} ${viewer}`;

/** The snapshot, with what only this browser remembers. */
export function applyStoredDismissal(snapshot: Snapshot, source: string | undefined): Snapshot {
  const { viewer } = snapshot;
  try {
    if (viewer && source && localStorage.getItem(dismissalKey(source, viewer.name)))
      return { ...snapshot, viewer: { ...viewer, inviteDeclined: true } };
  } catch {
    // Forbidden.
  }
  return snapshot;
}
