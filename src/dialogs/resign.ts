import { html, nothing, type TemplateResult } from 'lit';
import en from '../generated/texts/en.resign.json' with { type: 'json' };
import type { Templates } from '../i18n/messages.js';
import type { Dialog, DialogContext } from './types.js';
import { SubmissionDialog } from './submission.js';

export const english: Templates = en;

export const create = (context: DialogContext): Dialog => new ResignDialog(context);

class ResignDialog extends SubmissionDialog {
  readonly size = 'small';

  override get heading(): string {
    return this.context.messages.t('dialog-resign-heading');
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    const context = this.context;
    await this.submission.run(
      { action: 'resign' },
      () => context.client.resign(),
      () => context.showNotice(context.messages.t('dialog-resign-done')),
    );
  }

  override render(): TemplateResult {
    const { messages } = this.context;
    return html`
      <form @submit=${(event: Event) => void this.#submit(event)}>
        <p>${messages.t('dialog-resign-about')}</p>
        ${this.submission.render(messages.t('resign'), nothing, 'primary destructive')}
      </form>
    `;
  }
}
