import type { fallbackFor } from '../i18n/locale-fallbacks.js';
import { loadScript } from './load-script.js';

/**
 * Loads the fallbacks of languages without texts, from the third script. This module replaces `src/i18n/load-fallbacks.ts` in
 * the gadget.
 *
 * @throws {MentorshipError} `network`
 */
export const loadFallbacks = (): Promise<{ fallbackFor: typeof fallbackFor }> =>
  loadScript('mentorship-module-more.js', () => import('../i18n/locale-fallbacks.js'), 'fallbackFor');
