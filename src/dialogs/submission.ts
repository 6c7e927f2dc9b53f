import { html, nothing, type TemplateResult } from 'lit';
import type { MentorshipSubmission } from '../events.js';
import { asMentorshipError, type MentorshipError } from '../sdk/errors.js';
import type { MessageId } from '../i18n/messages.js';
import type { Snapshot } from '../sdk/snapshot.js';
import type { DialogContext } from './types.js';

/** Message ids by error code. */
const PROBLEMS: Partial<Record<string, MessageId>> = {
  session: 'dialog-common-session',
  'no-mentor': 'dialog-common-no-mentor',
};

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
    this.#state = { error };
    context.emit({ ...details, phase: 'failed', errorCode: error.code });
    context.announce('');
    if (!context.open) context.showNotice(context.messages.t('dialog-common-failed'));
  }

  /** @param words - label of the submit button */
  render(words: string): TemplateResult {
    const { messages } = this.#context;
    return html`
      ${this.busy ? html` <progress aria-label=${messages.t('dialog-common-busy')}></progress> ` : nothing}
      <div role="alert">${typeof this.#state === 'object' ? this.#problem(this.#state.error) : nothing}</div>
      <p class="actions">
        <button class="primary" aria-disabled=${this.busy}>${words}</button>
        <button type="button" @click=${() => this.#context.close()}>
          ${messages.t('dialog-common-cancel')}
        </button>
      </p>
    `;
  }

  #problem({ outcomeUnknown, code, wikiMessage }: MentorshipError): TemplateResult {
    const { messages } = this.#context;
    const id = PROBLEMS[code] ?? (outcomeUnknown ? 'dialog-common-unsure' : 'dialog-common-failed');
    return html`
      <p>${messages.t(id)}</p>
      ${wikiMessage ? html` <p><q dir="auto">${wikiMessage}</q></p> ` : nothing}
    `;
  }
}
