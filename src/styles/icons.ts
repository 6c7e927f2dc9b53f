import { html } from 'lit';

// Paths from @wikimedia/codex-icons 2.6.0, MIT; see LICENSE. Hidden from screen readers, because words are beside them.

export const person = html`<svg viewBox="0 0 20 20" aria-hidden="true">
  <path d="M12 11a6 6 0 016 6v2H2v-2a6 6 0 016-6zM10 1a4 4 0 110 8 4 4 0 010-8" />
</svg>`;

export const dots = html`<svg viewBox="0 0 20 20" aria-hidden="true">
  <path d="M5 11.5H2v-3h3zm6.5 0h-3v-3h3zm6.5 0h-3v-3h3z" />
</svg>`;

/** Icons of the states of a question: a clock, a check mark, and a tray. */
export const states = {
  waiting: html`<svg viewBox="0 0 20 20" aria-hidden="true">
    <path
      d="M10.5 10h4v2h-6V5.5h2zM10 1a9 9 0 110 18 9 9 0 010-18m0 2a7 7 0 100 14 7 7 0 000-14"
      fill-rule="evenodd"
    />
  </svg>`,
  answered: html`<svg viewBox="0 0 20 20" aria-hidden="true">
    <path d="M18.154 3.837 8.034 16.62l-1.384.18-4.8-3.6 1.2-1.6 4.02 3.015 9.517-12.02z" />
  </svg>`,
  archived: html`<svg viewBox="0 0 20 20" aria-hidden="true">
    <path
      d="M19 19H1V1h18zM3 17h14v-5h-3.112l-1.714 2H7.826l-1.714-2H3zm0-7h4.031l1.714 2h2.51l1.714-2H17V3H3z"
    />
  </svg>`,
};
