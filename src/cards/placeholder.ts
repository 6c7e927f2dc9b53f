import { html, nothing, type TemplateResult } from 'lit';
import { card, type ViewContext } from './card.js';

/** Gray bars in the place of the card to come; seen only if it takes long. */
export const skeleton: TemplateResult = html`
  <div class="skeleton" aria-hidden="true">
    <i></i>
    <i></i>
    <i></i>
  </div>
`;

/** Loads everything anew. */
export const again = (
  { messages, busy, refresh }: ViewContext,
  words: 'retry' | 'look-again',
): TemplateResult => html`
  <button type="button" @click=${busy ? nothing : refresh}>${messages.t(words)}</button>
`;

/** One sentence and a way out. */
export const failure = (context: ViewContext): TemplateResult =>
  card(context, {
    body: html` <p>${context.messages.t('failed')}</p> `,
    actions: [again(context, 'retry')],
  });
