import { inviteKey } from '../invite-memory.js';
import { asMentorshipError } from '../sdk/errors.js';
import type { Stage } from './dialog.js';

/** Puts the invitation away. Where the wiki cannot remember it, this browser does. */
export async function dismissInvite({ client, messages, scene, sourceId, tell, note }: Stage): Promise<void> {
  const keepHere = async (invite: 'dismissed' | 'open') => {
    if (sourceId) rememberHere(invite, inviteKey(sourceId, scene.viewer.name));
    const snapshot = await client.load();
    const viewer = snapshot.viewer && { ...snapshot.viewer, inviteDismissed: invite === 'dismissed' };
    client.put({ ...snapshot, viewer });
  };
  let restore: () => Promise<unknown> = () => client.restoreInvite();
  try {
    await client.dismissInvite();
    tell({ phase: 'done' });
  } catch (error) {
    tell({ phase: 'failed', errorCode: asMentorshipError(error).code });
    await keepHere('dismissed');
    restore = () => keepHere('open');
  }
  note(messages.t('dialog-common-dismissed'), { action: 'restore', run: restore });
}

function rememberHere(invite: 'dismissed' | 'open', key: string): void {
  try {
    if (invite === 'dismissed') localStorage.setItem(key, '1');
    else localStorage.removeItem(key);
  } catch {
    // Storage may be full or forbidden; then it holds for this page only.
  }
}
