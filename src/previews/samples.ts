import invite from './invite.json' with { type: 'json' };
import mentor from './mentor.json' with { type: 'json' };
import mentored from './mentored.json' with { type: 'json' };
import none from './none.json' with { type: 'json' };
import optIn from './opt-in.json' with { type: 'json' };
import unavailable from './unavailable.json' with { type: 'json' };
import type { Variant } from '../sdk/decide.js';

/** Sample snapshots for `preview`, by card; not validated yet. */
export const samples: Readonly<Record<Variant, unknown>> = {
  invite,
  mentor,
  mentored,
  none,
  'opt-in': optIn,
  unavailable,
};
