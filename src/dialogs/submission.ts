import { html, nothing, type TemplateResult } from 'lit';
import type { MentorshipSubmission } from '../events.js';
import { asMentorshipError, type MentorshipError } from '../sdk/errors.js';
import type { MessageId, Messages } from '../i18n/messages.js';
import type { Snapshot } from '../sdk/snapshot.js';
import { problemLine } from './message-box.js';
import type { Dialog, DialogContext } from './types.js';

/** Message ids by error code. */
const PROBLEMS: Partial<Record<string, MessageId>> = {
  session: 'dialog-common-session',
  'no-mentor': 'dialog-common-no-mentor',
  busy: 'dialog-common-later',
  'rate-limited': 'dialog-common-later',
  'read-only': 'dialog-common-later',
};

/** Number of seconds from which a time is given in minutes. */
const MANY_SECONDS = 120;

/** Returns the text for a failed write. */
export function problemText(messages: Messages, error: MentorshipError): string {
  const { code, outcomeUnknown, retryable, retryAfter } = error;
  if (outcomeUnknown) return messages.t('dialog-common-unsure');
  if (retryAfter)
    return retryAfter < MANY_SECONDS
      ? messages.t('dialog-common-seconds', retryAfter)
      : messages.t('dialog-common-minutes', Math.ceil(retryAfter / 60));
  // A write that failed for a time without a reason of the wiki was not received, or was not found afterwards.
  return messages.t(PROBLEMS[code] ?? (retryable ? 'dialog-common-missing' : 'dialog-common-failed'));
}

/** Write of a dialog, with its buttons, progress and error message. Safe to retry, because the write is idempotent. */
export class Submission {
  readonly #context: DialogContext;
  #state: 'ready' | 'busy' | 'done' | { error: MentorshipError } = 'ready';

  constructor(context: DialogContext) {
    this.#context = context;
  }

  get busy(): boolean {
    return this.#state === 'busy';
  }

  get done(): boolean {
    return this.#state === 'done';
  }

  /**
   * @param after - called when the write has succeeded
   * @param end - `close` closes the dialog before `after` is called
   */
  async run(
    details: MentorshipSubmission,
    write: () => Promise<Snapshot>,
    after: () => void,
    end: 'close' | 'go-on' = 'close',
  ): Promise<void> {
    const context = this.#context;
    if (this.busy || this.done) return;
    if (!context.emit({ ...details, phase: 'submit' })) {
      context.close();
      return;
    }
    this.#state = 'busy';
    context.announce(context.messages.t('dialog-common-busy'));
    try {
      await write();
      this.#state = 'done';
      context.emit({ ...details, phase: 'done' });
      if (end === 'close') context.close();
      after();
    } catch (error) {
      this.#fail(asMentorshipError(error), details);
    }
  }

  #fail(error: MentorshipError, details: MentorshipSubmission): void {
    const context = this.#context;
    // A notice on the card tells the error if the dialog was closed, so the dialog does not repeat it when it is reopened.
    this.#state = context.open ? { error } : 'ready';
    context.emit({ ...details, phase: 'failed', errorCode: error.code });
    context.announce('');
    if (!context.open) context.showNotice(problemText(context.messages, error));
  }

  /**
   * @param words - label of the submit button
   * @param other - another button, beside it
   * @param look - classes of the submit button
   */
  render(
    words: string,
    other: TemplateResult | typeof nothing = nothing,
    look: 'primary' | 'primary destructive' = 'primary',
  ): TemplateResult {
    const { messages } = this.#context;
    return html`
      ${this.busy ? html` <progress aria-label=${messages.t('dialog-common-busy')}></progress> ` : nothing}
      <div role="alert">${typeof this.#state === 'object' ? this.#problem(this.#state.error) : nothing}</div>
      <p class="actions">
        <button type="button" @click=${() => this.#context.close()}>
          ${messages.t('dialog-common-cancel')}
        </button>
        ${other}
        <button class=${look} aria-disabled=${this.busy}>${words}</button>
      </p>
    `;
  }

  #problem(error: MentorshipError): TemplateResult {
    return html` ${problemLine(problemText(this.#context.messages, error))} ${quotation(error.wikiMessage)} `;
  }
}

/** Renders the wiki's own words, if it gave any. */
export const quotation = (wikiMessage: string | null): TemplateResult | typeof nothing =>
  wikiMessage
    ? html`
        <p>
          <q><bdi>${wikiMessage}</bdi></q>
        </p>
      `
    : nothing;

/** Dialog with one write. */
export abstract class SubmissionDialog implements Dialog {
  protected readonly context: DialogContext;
  protected readonly submission: Submission;

  constructor(context: DialogContext) {
    this.context = context;
    this.submission = new Submission(context);
  }

  abstract get heading(): string;

  abstract render(): TemplateResult;

  get busy(): boolean {
    return this.submission.busy;
  }

  get done(): boolean {
    return this.submission.done;
  }

  get keepsInput(): boolean {
    return !this.done;
  }
}

/** Returns the `dir` of a text field: the card's if it is empty, because `auto` would be left to right. */
export const fieldDirection = ({ direction }: Messages, text: string): 'auto' | 'ltr' | 'rtl' =>
  text.trim() ? 'auto' : direction;
