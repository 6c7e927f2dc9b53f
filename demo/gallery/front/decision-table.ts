import { html, type TemplateResult } from 'lit';
import type { Decision } from '../../../src/sdk/index.js';

type RowNumber = Decision['row'];

interface Row {
  condition: string;
  card: Decision['variant'];
}

/** Conditions and cards of `decide()`. The first row that matches wins. */
export const ROWS: Readonly<Record<RowNumber, Row>> = {
  1: { condition: 'is signed out, or has a temporary account', card: 'none' },
  2: { condition: 'visits a wiki whose mentorship program is off', card: 'none' },
  3: { condition: 'has the status “disabled”', card: 'none' },
  4: { condition: 'is a mentor', card: 'mentor' },
  5: { condition: 'is blocked without expiry', card: 'none' },
  6: {
    condition:
      'may become a mentor, has not asked for one, is not blocked, and has neither declined nor put off the invitation',
    card: 'invite',
  },
  7: { condition: 'has a mentor', card: 'mentored' },
  8: { condition: 'may become a mentor, but has declined or put off the invitation', card: 'none' },
  9: { condition: 'is blocked for a time', card: 'none' },
  10: { condition: 'has left mentorship', card: 'opt-in' },
  11: { condition: 'is experienced, on a wiki that grants the right to be a mentor by hand', card: 'opt-in' },
  12: { condition: 'has passed the point at which mentorship ends', card: 'opt-in' },
  13: { condition: 'could get a mentor, but none is free', card: 'unavailable' },
  14: { condition: 'fits none of the rows above', card: 'opt-in' },
};

export const rowCount = Object.keys(ROWS).length;

/** Renders the decision table, to whose rows the cards link. */
export const decisionTable: TemplateResult = html`
  <section class="table" aria-labelledby="table">
    <h2 id="table">Which card is shown</h2>
    <p>The first row that fits the viewer decides. Minimums are inclusive.</p>
    <div class="scroll" tabindex="0" role="group" aria-labelledby="table">
      <table>
        <thead>
          <tr>
            <th scope="col">Row</th>
            <th scope="col">The viewer …</th>
            <th scope="col">Card</th>
          </tr>
        </thead>
        <tbody>
          ${Object.entries(ROWS).map(
            ([row, { condition, card }]) => html`
              <tr id="row-${row}">
                <th scope="row">${row}</th>
                <td>${condition}</td>
                <td><code>${card}</code></td>
              </tr>
            `,
          )}
        </tbody>
      </table>
    </div>
  </section>
`;
