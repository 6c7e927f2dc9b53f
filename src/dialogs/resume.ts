import en from '../generated/texts/en.resume.json' with { type: 'json' };
import type { Templates } from '../i18n/messages.js';
import { asMentorshipError } from '../sdk/errors.js';
import { problemText } from './submission.js';
import type { DialogContext } from './types.js';

export const english: Templates = en;

/** Ends the mentor's break, and tells the outcome above the card. */
export async function resume(context: DialogContext): Promise<void> {
  const { client, emit, showNotice } = context;
  showNotice(context.messages.t('dialog-common-busy'));
  try {
    await client.resume();
    emit({ action: 'resume', phase: 'done' });
    showNotice(context.messages.t('dialog-resume-done'));
  } catch (cause) {
    const error = asMentorshipError(cause);
    emit({ action: 'resume', phase: 'failed', errorCode: error.code });
    showNotice(error.wikiMessage ?? problemText(context.messages, error));
  }
}
