/** Replaces `src/dialogs/load-dialog-texts.ts` in the gadget, because one page has the texts of card and dialogs. */
export { loadCardTexts as loadDialogTexts } from './load-card-texts.js';
