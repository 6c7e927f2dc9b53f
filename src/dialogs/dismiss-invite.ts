import { dismissalKey } from '../controllers/dismissed-invite-storage.js';
import { attempt } from '../controllers/wiki-page.js';
import { asMentorshipError, type MentorshipError } from '../sdk/errors.js';
import { snoozeEnd } from '../sdk/mutations.js';
import type { Messages } from '../i18n/messages.js';
import type { Snapshot, Viewer } from '../sdk/snapshot.js';
import { problemText } from './submission.js';
import type { DialogContext } from './types.js';

/** Fields of the viewer that a dismissal changes. */
type Dismissal = Partial<Pick<Viewer, 'inviteDeclined' | 'inviteSnoozedUntil'>>;

/** Snoozes the invitation, and offers to decline it or to undo. Uses this browser's storage if the wiki cannot store it. */
export async function snoozeWithUndo(context: DialogContext): Promise<void> {
  const { client, data, sourceId, now, emit, showNotice } = context;
  const days = data.program.inviteSnoozeDays;
  const key = sourceId && dismissalKey(sourceId, data.viewer.name);
  let isOnWiki = false;
  let isHere = false;

  /** Returns true if the value was stored. */
  const keepHere = (value: string, dismissal: Dismissal): boolean => {
    const isStored = key !== null && store(key, value);
    // Changes the last snapshot, because a new load may fail like the write.
    const { snapshot } = context;
    if (snapshot?.viewer) client.set({ ...snapshot, viewer: { ...snapshot.viewer, ...dismissal } });
    return isStored;
  };

  /** Resolves with the error if the choice ends with the page, because neither the wiki nor the browser has stored it. */
  const dismiss = async (
    action: 'snooze' | 'decline',
    write: () => Promise<Snapshot>,
    ...local: Parameters<typeof keepHere>
  ): Promise<MentorshipError | null> => {
    try {
      await write();
      isOnWiki = true;
      emit({ action, phase: 'done' });
      return null;
    } catch (cause) {
      const error = asMentorshipError(cause);
      isOnWiki ||= error.outcomeUnknown;
      isHere = true;
      emit({ action, phase: 'failed', errorCode: error.code });
      return keepHere(...local) ? null : error;
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
    const error = await dismiss('decline', () => client.declineInvite(), '1', { inviteDeclined: true });
    const { messages } = context;
    if (error) showNotice(error.wikiMessage ?? problemText(messages, error), undo, () => void decline());
    else showNotice(messages.t('dialog-common-declined'), undo);
  };

  // Comes first, because the write and the reload after it may take long.
  showNotice(context.messages.t('dialog-common-busy'));
  const until = snoozeEnd(days, now.getTime());
  const error = await dismiss('snooze', () => client.snoozeInvite(), until, { inviteSnoozedUntil: until });
  const { messages } = context;
  if (error) showNotice(messages.t('dialog-common-hidden'), undo);
  else showNotice(snoozedText(messages, days), undo, () => void decline());
}

/** Number of days from which a snooze is given in months, and the length of a month. */
const MANY_DAYS = 60;
const MONTH_DAYS = 30;

const snoozedText = (messages: Messages, days: number): string =>
  days >= MANY_DAYS && days % MONTH_DAYS === 0
    ? messages.t('dialog-common-snoozed-months', days / MONTH_DAYS)
    : messages.t('dialog-common-snoozed-days', days);

/** Returns false if storage is full or denied. @param value - empty: removes the item */
const store = (key: string, value: string): boolean =>
  attempt(() => {
    if (value) localStorage.setItem(key, value);
    else localStorage.removeItem(key);
    return true;
  }) ?? false;
