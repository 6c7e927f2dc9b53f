import { nothing, type TemplateResult } from 'lit';
import type { Decision } from '../sdk/decide.js';
import type { CardContext } from './card.js';
import { invite } from './invite.js';
import { mentor } from './mentor.js';
import { mentored } from './mentored.js';
import { optIn } from './opt-in.js';
import { unavailable } from './unavailable.js';

/**
 * Renders the card of a decision. The return type makes the compiler reject a variant that is not handled. Imports all
 * cards, because a chunk for each would add a round of requests, and the card of a mentee, which needs the most code,
 * would not become smaller: brotli finds most of the markup of one card in another.
 */
export function renderCard(decision: Decision, context: CardContext): TemplateResult | typeof nothing {
  switch (decision.variant) {
    case 'none':
      return nothing;
    case 'mentored':
      return mentored(decision, context);
    case 'opt-in':
      return optIn(decision, context);
    case 'invite':
      return invite(decision, context);
    case 'mentor':
      return mentor(decision, context);
    case 'unavailable':
      return unavailable(decision, context);
  }
}
