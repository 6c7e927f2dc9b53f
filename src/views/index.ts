import { nothing, type TemplateResult } from 'lit';
import type { Variant } from '../sdk/variant.js';
import type { ViewContext } from './card.js';
import { invite } from './invite.js';
import { mentor } from './mentor.js';
import { mentored } from './mentored.js';
import { optIn } from './opt-in.js';
import { unavailable } from './unavailable.js';

/** Draws what was decided. The return type makes the compiler refuse a kind that is not here. */
export function view(variant: Variant, context: ViewContext): TemplateResult | typeof nothing {
  switch (variant.kind) {
    case 'none':
      return nothing;
    case 'mentored':
      return mentored(variant, context);
    case 'opt-in':
      return optIn(variant, context);
    case 'invite':
      return invite(variant, context);
    case 'mentor':
      return mentor(variant, context);
    case 'unavailable':
      return unavailable(variant, context);
  }
}
