import type { Variant } from '../sdk/decide.js';
import { importChunk } from '../sdk/http.js';

/** Loads the sample snapshot of a card, for `preview`. @throws {MentorshipError} `network` */
export const loadSample = async (variant: Variant): Promise<unknown> =>
  (await importChunk(() => import('./samples.js'), 'samples')).samples[variant];
