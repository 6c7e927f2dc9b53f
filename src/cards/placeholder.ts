import { html, nothing, type TemplateResult } from 'lit';
import { card, type CardContext } from './card.js';

/** Gray bars in the place of the card to come; seen only if it takes long. */
export const skeleton: TemplateResult = html`
  <div class="skeleton" aria-hidden="true">
    <i></i>
    <i></i>
    <i></i>
  </div>
`;

/** Loads everything anew. */
export const retryButton = (
  { messages, busy, refresh }: CardContext,
  words: 'retry' | 'look-again',
): TemplateResult => html`
  <button type="button" @click=${busy ? nothing : refresh}>${messages.t(words)}</button>
`;

/** One sentence and a way out. */
export const failure = (context: CardContext): TemplateResult =>
  card(context, {
    body: html` <p>${context.messages.t('failed')}</p> `,
    actions: [retryButton(context, 'retry')],
  });
