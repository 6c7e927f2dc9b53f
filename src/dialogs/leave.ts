import { html, type TemplateResult } from 'lit';
import en from '../generated/texts/en.leave.json' with { type: 'json' };
import { textsOf } from '../i18n/load-locale.js';
import type { Templates } from '../i18n/messages.js';
import { lengthOf } from '../sdk/coerce.js';
import type { Dialog, Stage } from './types.js';
import { Deed } from './submission.js';

export const english: Templates = textsOf(en);

export const open = (stage: Stage): Dialog => new LeaveDialog(stage);

const REASONS = ['experienced', 'elsewhere', 'mismatch', 'other'] as const;

class LeaveDialog implements Dialog {
  readonly #stage: Stage;
  readonly #deed: Deed;
  #reason = '';
  #text = '';

  constructor(stage: Stage) {
    this.#stage = stage;
    this.#deed = new Deed(stage);
  }

  get heading(): string {
    return this.#stage.messages.t('dialog-leave-heading');
  }

  get busy(): boolean {
    return this.#deed.busy;
  }

  get done(): boolean {
    return this.#deed.done;
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    const { client, messages, scene } = this.#stage;
    const { mentor } = scene;
    const [reason, text] = [this.#reason, this.#text.trim()];
    await this.#deed.run(
      { action: 'leave', reason, text, length: lengthOf(text) },
      () => client.leave({ reason: [reason, text].filter(Boolean).join(': ') }),
      () =>
        this.#stage.note(
          messages.t('dialog-leave-done'),
          mentor ? { action: 'join', run: () => client.undoLeave({ mentor: mentor.name }) } : undefined,
        ),
    );
  }

  render(): TemplateResult {
    const { messages, scene } = this.#stage;
    return html`
      <form @submit=${(event: Event) => void this.#submit(event)}>
        <p>${messages.rich('dialog-leave-about', scene.mentor ?? '')}</p>
        <fieldset>
          <legend>${messages.t('dialog-leave-why', scene.mentor ?? '')}</legend>
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
            dir="auto"
            maxlength="1000"
            .value=${this.#text}
            @input=${(event: Event) => {
              if (event.target instanceof HTMLTextAreaElement) this.#text = event.target.value;
            }}
          ></textarea>
        </fieldset>
        ${this.#deed.render(messages.t('leave'))}
      </form>
    `;
  }
}
