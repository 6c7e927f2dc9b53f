import { rememberHere } from '../invite-memory.js';
import { asMentorshipError } from '../sdk/errors.js';
import type { Stage } from './dialog.js';

/** Puts the invitation away, or takes it out again. Where the wiki cannot remember it, this browser does. */
export async function setInvite(
  action: 'dismiss' | 'restore',
  stages: Record<'dismiss' | 'restore', Stage>,
): Promise<void> {
  const { client, messages, scene, sourceId, tell, note } = stages[action];
  const undo = async () => {
    if (stages.restore.tell({ phase: 'start' })) await setInvite('restore', stages);
  };
  const remember = (invite: 'dismissed' | 'open') => {
    if (sourceId) rememberHere(invite, sourceId, scene.viewer.name);
  };
  if (action === 'restore') remember('open');
  try {
    await (action === 'dismiss' ? client.dismissInvite() : client.restoreInvite());
    tell({ phase: 'done' });
  } catch (error) {
    tell({ phase: 'failed', errorCode: asMentorshipError(error).code });
    if (action === 'restore') throw error;
    remember('dismissed');
    client.put({ ...(await client.load()) });
  }
  if (action === 'dismiss') note(messages.t('dialog-common-dismissed'), undo);
}
