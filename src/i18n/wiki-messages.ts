import type { OutsideRecord } from '../sdk/coerce.js';

/**
 * Loads a wiki's own texts, by language code. Null, because other hosts set `messages`; the gadget replaces this module
 * with `src/gadget/wiki-messages.ts`.
 */
export const wikiMessages = null as (() => Promise<OutsideRecord>) | null;
