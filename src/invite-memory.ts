import type { Snapshot } from './sdk/snapshot.js';

const keyOf = (source: string, viewer: string) => `mentorship-module invite ${source} ${viewer}`;

/** For where the wiki could not remember that the viewer said “not now”. */
export function rememberHere(invite: 'dismissed' | 'open', source: string, viewer: string): void {
  try {
    if (invite === 'dismissed') localStorage.setItem(keyOf(source, viewer), '1');
    else localStorage.removeItem(keyOf(source, viewer));
  } catch {
    // Storage may be full or forbidden; then it holds for this page only.
  }
}

/** The snapshot, with what only this browser remembers. */
export function withMemory(snapshot: Snapshot, source: string | undefined): Snapshot {
  const { viewer } = snapshot;
  try {
    if (viewer && source && localStorage.getItem(keyOf(source, viewer.name)))
      return { ...snapshot, viewer: { ...viewer, inviteDismissed: true } };
  } catch {
    // Forbidden.
  }
  return snapshot;
}
