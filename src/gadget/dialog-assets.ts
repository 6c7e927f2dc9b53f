/** Replaces `src/dialogs/dialog-assets.ts` in the gadget: one page has the texts of card and dialogs. */
export { loadCardTexts as loadDialogTexts } from './assets.js';
