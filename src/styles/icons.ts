import { html, type TemplateResult } from 'lit';
import { check, clock } from '../generated/card-icons.js';

/** Renders an icon. Hidden from screen readers, because words are beside it. @param path - data of its path */
export const icon = (path: string): TemplateResult =>
  html`<svg viewBox="0 0 20 20" aria-hidden="true"><path d=${path} /></svg>`;

/** Icons of the states of a question. */
export const stateIcons = { waiting: clock, answered: check };
