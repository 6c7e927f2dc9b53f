import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Entry } from './event-log.js';

const line = ({ time, exhibit, type, gist, fields }: Entry): TemplateResult => html`
  <details>
    <summary>
      <time>${time}</time>
      <code>${exhibit}</code>
      ${type}
      <b>${gist}</b>
    </summary>
    <pre tabindex="0">${JSON.stringify(fields, null, 2)}</pre>
  </details>
`;

/** All events, newest first. Closed at first: dozens of cards that settle are nothing to be read out. */
export const log = (entries: readonly Entry[]): TemplateResult => html`
  <details class="log">
    <summary>Events: ${entries.length}</summary>
    <div role="log" aria-label="Events">${repeat(entries, ({ number }) => number, line)}</div>
  </details>
`;
