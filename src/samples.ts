import invite from './previews/invite.json' with { type: 'json' };
import mentor from './previews/mentor.json' with { type: 'json' };
import mentored from './previews/mentored.json' with { type: 'json' };
import none from './previews/none.json' with { type: 'json' };
import optIn from './previews/opt-in.json' with { type: 'json' };
import unavailable from './previews/unavailable.json' with { type: 'json' };
import type { Variant } from './sdk/decide.js';

/** Snapshots for `preview`, unvalidated like every document. */
export const samples: Readonly<Record<Variant, unknown>> = {
  invite,
  mentor,
  mentored,
  none,
  'opt-in': optIn,
  unavailable,
};
