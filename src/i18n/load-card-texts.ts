import { importTexts } from '../generated/card-texts.js';
import { importDefault } from './import-default.js';

/**
 * Loads the card's texts of a locale, from a chunk of its own. The gadget replaces this module with
 * `src/gadget/load-card-texts.ts`, because its texts are pages of the wiki.
 *
 * @param locale - name of a file in `locales/`, such as `pt-br`
 * @returns unvalidated texts by message id; null: the locale has none
 * @throws {MentorshipError} `network`
 */
export const loadCardTexts = (locale: string): Promise<unknown> => importDefault(importTexts[locale], locale);
