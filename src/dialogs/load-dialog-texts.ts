import { importDefault } from '../i18n/import-default.js';
import { importTexts } from '../generated/dialog-texts.js';

/**
 * Loads the dialogs' texts of a locale, from a chunk of its own. The gadget replaces this module with
 * `src/gadget/load-dialog-texts.ts`, because a page of the wiki has the texts of card and dialogs.
 *
 * @param locale - name of a file in `locales/`, such as `pt-br`
 * @returns unvalidated texts by message id; null: the locale has none
 * @throws {MentorshipError} `network`
 */
export const loadDialogTexts = (locale: string): Promise<unknown> =>
  importDefault(importTexts[locale], locale);
