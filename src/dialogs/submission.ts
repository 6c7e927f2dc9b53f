import { html, nothing, type TemplateResult } from 'lit';
import type { MentorshipSubmission } from '../events.js';
import { asMentorshipError, type MentorshipError } from '../sdk/errors.js';
import type { MessageId } from '../i18n/messages.js';
import type { Snapshot } from '../sdk/snapshot.js';
import type { Stage } from './types.js';

/** Messages for codes of errors. */
const PROBLEMS: Partial<Record<string, MessageId>> = {
  session: 'dialog-common-session',
  'no-mentor': 'dialog-common-no-mentor',
};

/** The end of a dialog: one write, its button, and what is said of it. Doing it again after a failure does no harm. */
export class Deed {
  readonly #stage: Stage;
  #state: 'ready' | 'busy' | 'done' | { error: MentorshipError } = 'ready';

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  get busy(): boolean {
    return this.#state === 'busy';
  }

  get done(): boolean {
    return this.#state === 'done';
  }

  /**
   * @param after - runs when it is done
   * @param end - whether the dialog is closed by then, or goes on
   */
  async run(
    details: MentorshipSubmission,
    write: () => Promise<Snapshot>,
    after: () => void,
    end: 'close' | 'go-on' = 'close',
  ): Promise<void> {
    const stage = this.#stage;
    if (this.busy || this.done) return;
    if (!stage.tell({ ...details, phase: 'submit' })) {
      stage.close();
      return;
    }
    this.#state = 'busy';
    stage.announce(stage.messages.t('dialog-common-busy'));
    try {
      await write();
      this.#state = 'done';
      stage.tell({ ...details, phase: 'done' });
      if (end === 'close') stage.close();
      after();
    } catch (error) {
      this.#fail(asMentorshipError(error), details);
    }
  }

  #fail(error: MentorshipError, details: MentorshipSubmission): void {
    const stage = this.#stage;
    this.#state = { error };
    stage.tell({ ...details, phase: 'failed', errorCode: error.code });
    stage.announce('');
    if (!stage.open) stage.note(stage.messages.t('dialog-common-failed'));
  }

  /** @param words - on the button */
  render(words: string): TemplateResult {
    const { messages } = this.#stage;
    return html`
      ${this.busy ? html` <progress aria-label=${messages.t('dialog-common-busy')}></progress> ` : nothing}
      <div role="alert">${typeof this.#state === 'object' ? this.#problem(this.#state.error) : nothing}</div>
      <p class="actions">
        <button class="primary" aria-disabled=${this.busy}>${words}</button>
        <button type="button" @click=${() => this.#stage.close()}>
          ${messages.t('dialog-common-cancel')}
        </button>
      </p>
    `;
  }

  #problem({ outcomeUnknown, code, wikiMessage }: MentorshipError): TemplateResult {
    const { messages } = this.#stage;
    const id = PROBLEMS[code] ?? (outcomeUnknown ? 'dialog-common-unsure' : 'dialog-common-failed');
    return html`
      <p>${messages.t(id)}</p>
      ${wikiMessage ? html` <p><q dir="auto">${wikiMessage}</q></p> ` : nothing}
    `;
  }
}
