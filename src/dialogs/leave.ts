import { html, nothing, type TemplateResult } from 'lit';
import en from '../generated/texts/en.leave.json' with { type: 'json' };
import type { Templates } from '../i18n/messages.js';
import { lengthOf } from '../sdk/coerce.js';
import type { Dialog, DialogContext } from './types.js';
import { fieldDirection, SubmissionDialog } from './submission.js';

export const english: Templates = en;

export const create = (context: DialogContext): Dialog => new LeaveDialog(context);

const REASONS = ['experienced', 'elsewhere', 'mismatch', 'other'] as const;

class LeaveDialog extends SubmissionDialog {
  #reason = '';
  #text = '';

  override get heading(): string {
    return this.context.messages.t('dialog-leave-heading');
  }

  get size() {
    return this.context.leaveReasons ? undefined : ('small' as const);
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    const { client, data } = this.context;
    const { mentor } = data;
    const [reason, text] = [this.#reason, this.#text.trim()];
    await this.submission.run(
      { action: 'leave', reason, text, length: lengthOf(text) },
      () => client.leave({ reason: [reason, text].filter(Boolean).join(': ') }),
      () =>
        this.context.showNotice(
          this.context.messages.t('dialog-leave-done'),
          mentor ? { action: 'join', run: () => client.undoLeave({ mentor: mentor.name }) } : undefined,
        ),
    );
  }

  override render(): TemplateResult {
    const { messages, data } = this.context;
    return html`
      <form @submit=${(event: Event) => void this.#submit(event)}>
        <p>${messages.rich('dialog-leave-about', data.mentor ?? '')}</p>
        ${this.context.leaveReasons ? this.#reasons() : nothing}
        ${this.submission.render(messages.t('leave'), nothing, 'primary destructive')}
      </form>
    `;
  }

  #reasons(): TemplateResult {
    const { messages, data } = this.context;
    return html`
      <fieldset>
        <legend>${messages.t('dialog-leave-why', data.mentor ?? '')}</legend>
        ${REASONS.map(
          (reason) => html`
            <label class="choice">
              <input
                type="radio"
                name="reason"
                value=${reason}
                .checked=${this.#reason === reason}
                @change=${() => {
                  this.#reason = reason;
                }}
              />
              ${messages.t(`dialog-leave-${reason}`)}
            </label>
          `,
        )}
        <label for="more-about">${messages.t('dialog-leave-more')}</label>
        <textarea
          id="more-about"
          rows="2"
          dir=${fieldDirection(messages, this.#text)}
          maxlength="1000"
          .value=${this.#text}
          @input=${(event: Event) => {
            if (event.target instanceof HTMLTextAreaElement) this.#text = event.target.value;
            this.context.update();
          }}
        ></textarea>
      </fieldset>
    `;
  }
}
