import { dismissalKey } from '../controllers/dismissed-invite-storage.js';
import { asMentorshipError } from '../sdk/errors.js';
import { snoozeEnd } from '../sdk/mutations.js';
import type { Messages } from '../i18n/messages.js';
import type { Snapshot, Viewer } from '../sdk/snapshot.js';
import type { DialogContext } from './types.js';

/** Fields of the viewer that a dismissal changes. */
type Dismissal = Partial<Pick<Viewer, 'inviteDeclined' | 'inviteSnoozedUntil'>>;

/** Snoozes the invitation, and offers to decline it or to undo. Uses this browser's storage if the wiki cannot store it. */
export async function snoozeWithUndo(context: DialogContext): Promise<void> {
  const { client, messages, data, sourceId, now, emit, showNotice } = context;
  const days = data.program.inviteSnoozeDays;
  const key = sourceId && dismissalKey(sourceId, data.viewer.name);
  let isOnWiki = false;
  let isHere = false;

  const keepHere = (value: string, dismissal: Dismissal) => {
    if (key) store(key, value);
    // Changes the last snapshot, because a new load may fail like the write.
    const { snapshot } = context;
    if (snapshot?.viewer) client.set({ ...snapshot, viewer: { ...snapshot.viewer, ...dismissal } });
  };

  const dismiss = async (
    action: 'snooze' | 'decline',
    write: () => Promise<Snapshot>,
    ...local: Parameters<typeof keepHere>
  ) => {
    try {
      await write();
      isOnWiki = true;
      emit({ action, phase: 'done' });
    } catch (cause) {
      const { code, outcomeUnknown } = asMentorshipError(cause);
      isOnWiki ||= outcomeUnknown;
      isHere = true;
      emit({ action, phase: 'failed', errorCode: code });
      keepHere(...local);
    }
  };

  const undo = {
    action: 'restore',
    run: async () => {
      if (isOnWiki) await client.restoreInvite();
      if (isHere) keepHere('', { inviteDeclined: false, inviteSnoozedUntil: null });
    },
  } as const;

  const decline = async () => {
    if (!emit({ action: 'decline', phase: 'start', href: null })) return;
    showNotice(context.messages.t('dialog-common-busy'));
    await dismiss('decline', () => client.declineInvite(), '1', { inviteDeclined: true });
    showNotice(context.messages.t('dialog-common-declined'), undo);
  };

  // Comes first, because the write and the reload after it may take long.
  showNotice(context.messages.t('dialog-common-busy'));
  const until = snoozeEnd(days, now.getTime());
  await dismiss('snooze', () => client.snoozeInvite(), until, { inviteSnoozedUntil: until });
  showNotice(snoozedText(messages, days), undo, () => void decline());
}

/** Number of days from which a snooze is given in months, and the length of a month. */
const MANY_DAYS = 60;
const MONTH_DAYS = 30;

const snoozedText = (messages: Messages, days: number): string =>
  days >= MANY_DAYS && days % MONTH_DAYS === 0
    ? messages.t('dialog-common-snoozed-months', days / MONTH_DAYS)
    : messages.t('dialog-common-snoozed-days', days);

/** @param value - empty: removes the item */
function store(key: string, value: string): void {
  try {
    if (value) localStorage.setItem(key, value);
    else localStorage.removeItem(key);
  } catch {
    // Storage may be full or denied; the choice then lasts until the page is reloaded.
  }
}
