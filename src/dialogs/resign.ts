import { html, type TemplateResult } from 'lit';
import en from '../generated/texts/en.resign.json' with { type: 'json' };
import type { Templates } from '../i18n/messages.js';
import type { Dialog, DialogContext } from './types.js';
import { Submission } from './submission.js';

export const english: Templates = en;

export const create = (context: DialogContext): Dialog => new ResignDialog(context);

class ResignDialog implements Dialog {
  readonly #context: DialogContext;
  readonly #submission: Submission;

  constructor(context: DialogContext) {
    this.#context = context;
    this.#submission = new Submission(context);
  }

  get heading(): string {
    return this.#context.messages.t('dialog-resign-heading');
  }

  get busy(): boolean {
    return this.#submission.busy;
  }

  get done(): boolean {
    return this.#submission.done;
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    const context = this.#context;
    await this.#submission.run(
      { action: 'resign' },
      () => context.client.resign(),
      () => context.showNotice(context.messages.t('dialog-resign-done')),
    );
  }

  render(): TemplateResult {
    const { messages } = this.#context;
    return html`
      <form @submit=${(event: Event) => void this.#submit(event)}>
        <p>${messages.t('dialog-resign-about')}</p>
        ${this.#submission.render(messages.t('resign'))}
      </form>
    `;
  }
}
