import { html, type TemplateResult } from 'lit';
import type { Decision, MentorshipError } from '../../../src/sdk/index.js';
import { rowCount, ROWS } from './decision-table.js';
import { explain, type Facts } from './explain.js';

/** Result of a load; null: pending. */
export type Outcome = { decision: Decision } | { error: MentorshipError } | null;

/**
 * Renders the reason for a card: the row of the decision table, and the viewer's numbers.
 *
 * @param facts - returns the data behind a decision; null: they are unknown
 */
export function why(outcome: Outcome, facts: (decision: Decision) => Facts | null): TemplateResult {
  if (outcome === null) return html`<p class="why">The card is being loaded.</p>`;
  if ('error' in outcome)
    return html` <p class="why"><strong>The card cannot be loaded:</strong> ${outcome.error.message}</p> `;
  const { decision } = outcome;
  const { condition } = ROWS[decision.row];
  const known = facts(decision);
  return html`
    <div class="why">
      <p>
        <strong>Why?</strong> <a href="#row-${decision.row}">Row ${decision.row} of ${rowCount}</a>: the
        viewer ${condition}.
      </p>
      ${
        known
          ? html`
              <ul>
                ${explain(decision.row, known, new Date()).map((reason) => html`<li>${reason}</li>`)}
              </ul>
            `
          : ''
      }
    </div>
  `;
}
