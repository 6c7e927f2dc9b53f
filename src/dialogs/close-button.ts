import { html, type TemplateResult } from 'lit';
import { cross } from '../generated/dialog-icons.js';
import type { Messages } from '../i18n/messages.js';

/** Renders the button with a cross at the top of a dialog. */
export const closeButton = (messages: Messages, close: () => void): TemplateResult => html`
  <button type="button" class="close" @click=${close} aria-label=${messages.t('dialog-common-close')}>
    ${cross}
  </button>
`;
