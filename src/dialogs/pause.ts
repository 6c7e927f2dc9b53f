import { html, type TemplateResult } from 'lit';
import en from '../generated/texts/en.pause.json' with { type: 'json' };
import type { Templates } from '../i18n/messages.js';
import { problemLine } from './message-box.js';
import type { Dialog, DialogContext } from './types.js';
import { SubmissionDialog } from './submission.js';

export const english: Templates = en;

export const create = (context: DialogContext): Dialog => new PauseDialog(context);

/** Returns tomorrow in the viewer's time zone, such as 2026-11-23. */
function tomorrow(): string {
  const date = new Date();
  date.setDate(date.getDate() + 1);
  const [year, ...rest] = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return [year, ...rest.map((part) => String(part).padStart(2, '0'))].join('-');
}

class PauseDialog extends SubmissionDialog {
  readonly size = 'small';
  /** The last day of the break, such as 2026-12-24; empty: none, or an incomplete date. */
  #day = '';
  #isMissing = false;

  override get heading(): string {
    return this.context.messages.t('pause');
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    const context = this.context;
    const day = this.#day;
    // A longer year than four digits is a typing error.
    this.#isMissing = day.length !== 10 || day < tomorrow();
    if (this.#isMissing) {
      context.showStep();
      return;
    }
    // The texts give days in UTC.
    const until = `${day}T23:59:59.000Z`;
    await this.submission.run(
      { action: 'pause', until },
      () => context.client.pause({ until }),
      () => {
        const { messages } = context;
        context.showNotice(messages.t('dialog-pause-done', messages.day(until)));
      },
    );
  }

  #write(event: Event): void {
    if (!(event.target instanceof HTMLInputElement)) return;
    this.#day = event.target.value;
    this.#isMissing = false;
    this.context.update();
  }

  override render(): TemplateResult {
    const { messages } = this.context;
    // Sets the attribute, because the property would clear a date that is only typed in part.
    return html`
      <form novalidate @submit=${(event: Event) => void this.#submit(event)}>
        <label for="until">${messages.t('dialog-pause-until')}</label>
        <input
          id="until"
          data-focus
          type="date"
          required
          min=${tomorrow()}
          value=${this.#day}
          aria-describedby="about problem"
          aria-invalid=${this.#isMissing ? 'true' : 'false'}
          @input=${(event: Event) => this.#write(event)}
        />
        <p id="about">${messages.t('dialog-pause-about')}</p>
        <div id="problem" role="alert">
          ${problemLine(this.#isMissing ? messages.t('dialog-pause-missing') : '')}
        </div>
        ${this.submission.render(messages.t('pause'))}
      </form>
    `;
  }
}
