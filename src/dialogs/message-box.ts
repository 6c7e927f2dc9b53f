import { html, nothing, type TemplateResult } from 'lit';
import { check } from '../generated/card-icons.js';
import { bell, error, message } from '../generated/dialog-icons.js';

/** Renders an error, for an element with the role `alert`; nothing without a text. */
export const problemLine = (text: string): TemplateResult | typeof nothing =>
  text ? html` <p>${error} ${text}</p> ` : nothing;

const ROW_ICONS = { check, bell, message } as const;

/** Renders rows with an icon each. Omits empty ones. */
export const iconRows = (
  rows: readonly (readonly [keyof typeof ROW_ICONS, unknown[]])[],
): TemplateResult => html`
  <ul class="rows">
    ${rows.map(([name, words]) => (words.length ? html`<li>${ROW_ICONS[name]}<span>${words}</span></li>` : nothing))}
  </ul>
`;

/** Renders an error that takes the place of a dialog's content, and is announced when the dialog shows it. */
export const errorNotice = (words: unknown): TemplateResult => html`
  <p class="notice bad">${error} ${words}</p>
`;

/** Renders a notice with an icon. */
export const notice = (words: unknown): TemplateResult => html`<p class="notice">${bell} ${words}</p>`;
