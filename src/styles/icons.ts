import { html, type TemplateResult } from 'lit';

/** Creates the template of an icon. Hidden from screen readers, because words are beside it. @param path - data of its path */
export const icon = (path: string): TemplateResult =>
  html`<svg viewBox="0 0 20 20" aria-hidden="true"><path d=${path} /></svg>`;
