import type { loadPlainSnapshot as Load } from '../sdk/plain/snapshot.js';
import { loadScript } from './load-script.js';

/**
 * Loads the third script, which reads a wiki without GrowthExperiments. This module replaces `src/sdk/plain/snapshot.ts`
 * for a card's first load in the gadget.
 *
 * @throws {MentorshipError} `network` if the script cannot be loaded
 */
export const loadPlainSnapshot: typeof Load = async (batch, context) => {
  const load = () => import('../sdk/plain/snapshot.js');
  const script = await loadScript('mentorship-module-more.js', load, 'loadPlainSnapshot');
  return script.loadPlainSnapshot(batch, context);
};
