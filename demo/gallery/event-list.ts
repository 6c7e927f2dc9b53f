import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { LogEntry } from './event-log.js';

const line = ({ time, preview: preview, type, summary: summary, fields }: LogEntry): TemplateResult => html`
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

/** All events, newest first. Closed at first: dozens of cards that settle are nothing to be read out. */
export const eventList = (entries: readonly LogEntry[]): TemplateResult => html`
  <details class="event-log">
    <summary>Events: ${entries.length}</summary>
    <div role="log" aria-label="Events">${repeat(entries, ({ number }) => number, line)}</div>
  </details>
`;
