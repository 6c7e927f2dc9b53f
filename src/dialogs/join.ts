import { html, nothing, type TemplateResult } from 'lit';
import en from '../generated/texts/en.join.json' with { type: 'json' };
import type { Messages, Templates } from '../i18n/messages.js';
import { SubmissionDialog } from './submission.js';
import type { Dialog, DialogContext } from './types.js';

export const english: Templates = en;

export const create = (context: DialogContext): Dialog => new JoinDialog(context);

class JoinDialog extends SubmissionDialog {
  readonly size = 'small';

  override get heading(): string {
    const { messages, data } = this.context;
    return messages.t(data.mentor ? 'mentor-keep' : 'get-mentor');
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    const { client, data } = this.context;
    await this.submission.run(
      { action: 'join' },
      () => client.join(),
      () => {
        const { messages, showNotice } = this.context;
        showNotice(messages.t(data.mentor ? 'dialog-join-kept' : 'dialog-join-done'));
      },
    );
  }

  #chooseButton(messages: Messages): TemplateResult {
    return html`
      <button
        type="button"
        aria-disabled=${this.busy}
        @click=${() => {
          if (!this.busy) this.context.switchTo('choose');
        }}
      >
        ${messages.t('dialog-join-choose')}
      </button>
    `;
  }

  override render(): TemplateResult {
    const { messages, data } = this.context;
    const { mentor } = data;
    return html`
      <form @submit=${(event: Event) => void this.#submit(event)}>
        <p>${mentor ? messages.rich('dialog-join-keep', mentor) : messages.t('dialog-join-about')}</p>
        ${this.submission.render(
          messages.t(mentor ? 'dialog-join-keep-button' : 'get-mentor'),
          mentor ? nothing : this.#chooseButton(messages),
        )}
      </form>
    `;
  }
}
