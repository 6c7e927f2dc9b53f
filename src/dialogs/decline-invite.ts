import { dismissalKey } from '../controllers/dismissed-invite-storage.js';
import { asMentorshipError } from '../sdk/errors.js';
import type { DialogContext } from './types.js';

/** Declines the invitation. Stores that in this browser if the wiki cannot. */
export async function declineWithUndo({
  client,
  messages,
  data,
  sourceId,
  emit,
  showNotice,
}: DialogContext): Promise<void> {
  const keepHere = async (invite: 'declined' | 'open') => {
    if (sourceId) rememberHere(invite, dismissalKey(sourceId, data.viewer.name));
    const snapshot = await client.load();
    const viewer = snapshot.viewer && { ...snapshot.viewer, inviteDeclined: invite === 'declined' };
    client.set({ ...snapshot, viewer });
  };
  let restore: () => Promise<unknown> = () => client.restoreInvite();
  try {
    await client.declineInvite();
    emit({ action: 'decline', phase: 'done' });
  } catch (error) {
    emit({ action: 'decline', phase: 'failed', errorCode: asMentorshipError(error).code });
    await keepHere('declined');
    restore = () => keepHere('open');
  }
  showNotice(messages.t('dialog-common-declined'), { action: 'restore', run: restore });
}

function rememberHere(invite: 'declined' | 'open', key: string): void {
  try {
    if (invite === 'declined') localStorage.setItem(key, '1');
    else localStorage.removeItem(key);
  } catch {
    // Storage may be full or denied; the choice then lasts until the page is reloaded.
  }
}
