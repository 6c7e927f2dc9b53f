import type * as Fallbacks from '../i18n/locale-fallbacks.js';
import { loadScript } from './load-script.js';

/**
 * Loads the fallbacks of languages without texts, from the third script. This module replaces `src/i18n/load-fallbacks.ts` in
 * the gadget.
 *
 * @throws {MentorshipError} `network`
 */
export const loadFallbacks = (): Promise<typeof Fallbacks> =>
  loadScript('mentorship-module-more.js', () => import('../i18n/locale-fallbacks.js'), 'fallbackFor');
