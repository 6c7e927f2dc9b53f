import { html, nothing, type TemplateResult } from 'lit';
import { card, type CardContext } from './card.js';

/**
 * Renders the placeholder of a pending card, visible after 0.3 s.
 *
 * @param look - `room` takes the height of a card; an empty one takes no room
 */
export const skeleton = (look: 'room' | ''): TemplateResult => html`
  <div class="skeleton ${look}" aria-hidden="true">
    <i></i>
    <i></i>
    <i class="avatar"></i>
    <i></i>
    <i></i>
  </div>
`;

/** Renders a button that reloads the snapshot. Does nothing while a load is pending. */
export const retryButton = (
  { messages, busy, refresh }: CardContext,
  words: 'retry' | 'look-again',
): TemplateResult => html`
  <button type="button" @click=${busy ? nothing : refresh}>${messages.t(words)}</button>
`;

/** Renders the error message of a script that could not be loaded, with a button to reload the page. */
export const reloadNotice = ({ messages }: CardContext): TemplateResult => html`
  <div class="notice" role="alert" lang=${messages.language} dir=${messages.direction}>
    <p>${messages.t('script-missing')}</p>
    <p class="actions">
      <button type="button" @click=${() => location.reload()}>${messages.t('reload')}</button>
    </p>
  </div>
`;

/** Renders the error message of a failed load, with a button to retry. */
export const failure = (context: CardContext): TemplateResult =>
  card(context, {
    body: html` <p>${context.messages.t('failed')}</p> `,
    actions: [retryButton(context, 'retry')],
  });
