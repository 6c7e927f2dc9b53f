import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { LogEntry } from './event-log.js';

const line = ({ time, preview, type, summary, fields }: LogEntry): TemplateResult => html`
  <details>
    <summary>
      <time>${time}</time>
      <code>${preview}</code>
      ${type}
      <b>${summary}</b>
    </summary>
    <pre tabindex="0">${JSON.stringify(fields, null, 2)}</pre>
  </details>
`;

/**
 * Renders all events, newest first. The list is collapsed at first, because dozens of cards settle at once and would
 * be announced.
 */
export const eventList = (entries: readonly LogEntry[]): TemplateResult => html`
  <details class="event-log">
    <summary>Events: ${entries.length}</summary>
    <div role="log" aria-label="Events">${repeat(entries, ({ number }) => number, line)}</div>
  </details>
`;
