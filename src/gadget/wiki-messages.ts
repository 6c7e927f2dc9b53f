/** Replaces `src/i18n/wiki-messages.ts` in the gadget, whose settings may name a page with the wiki's own texts. */
export { wikiMessages } from './load-card-texts.js';
