import { importDefault } from './import-default.js';
import { importChunk } from '../sdk/http.js';
import type { OutsideRecord } from '../sdk/coerce.js';

/**
 * Loads the card's texts of a locale, from a chunk of its own. The gadget replaces this module with
 * `src/gadget/load-card-texts.ts`, because its texts are pages of the wiki.
 *
 * @param locale - name of a file in `locales/`, such as `pt-br`
 * @returns unvalidated texts by message id; null: the locale has none
 * @throws {MentorshipError} `network`
 */
export async function loadCardTexts(locale: string): Promise<unknown> {
  // The list of locales is a chunk of its own, because most viewers need one locale or none.
  const { importTexts } = await importChunk(() => import('../generated/card-texts.js'), 'card-texts');
  return importDefault(importTexts[locale], locale);
}

/** Loads a wiki's own texts, by language code. Null except in the gadget, because other hosts set `messages`. */
export const wikiMessages = null as (() => Promise<OutsideRecord>) | null;
