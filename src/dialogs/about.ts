import { html, nothing, type TemplateResult } from 'lit';
import en from '../generated/texts/en.about.json' with { type: 'json' };
import type { Templates } from '../i18n/messages.js';
import type { Dialog, DialogContext } from './types.js';

export const english: Templates = en;

export const create = (context: DialogContext): Dialog => ({
  done: true,
  get heading() {
    return context.messages.t('how-it-works');
  },
  render: () => about(context),
});

function about({ messages, data, close }: DialogContext): TemplateResult {
  const url = data.program.learnMoreUrl;
  return html`
    <ul class="points">
      <li>${messages.t('dialog-about-who')}</li>
      <li>${messages.t('dialog-about-what')}</li>
      <li>${messages.t('dialog-about-public')}</li>
      <li>${messages.t('dialog-about-leave')}</li>
    </ul>
    <p class="actions">
      ${url ? html` <a class="button" href=${url} target="_blank">${messages.t('learn-more')}</a> ` : nothing}
      <button type="button" class="primary" @click=${close}>${messages.t('dialog-common-done')}</button>
    </p>
  `;
}
