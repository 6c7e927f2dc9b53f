import { importChunk } from '../sdk/http.js';
import type * as Fallbacks from './locale-fallbacks.js';

/**
 * Loads the fallbacks of languages without texts, which few viewers need. The gadget replaces this module with
 * `src/gadget/load-fallbacks.ts`.
 *
 * @throws {MentorshipError} `network`
 */
export const loadFallbacks = (): Promise<typeof Fallbacks> =>
  importChunk(() => import('./locale-fallbacks.js'), 'locale-fallbacks');
