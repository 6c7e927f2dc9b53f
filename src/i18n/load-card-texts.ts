import { importDefault } from './import-default.js';
import { importChunk } from '../sdk/http.js';
import type { OutsideRecord } from '../sdk/coerce.js';

/**
 * Loads the card's texts of a locale, from a chunk of its own. The gadget replaces this module by
 * `src/gadget/load-card-texts.ts`, because its texts are pages of the wiki.
 *
 * @param locale - name of a file in `locales/`, such as `pt-br`
 * @returns unvalidated texts by message id; null: the locale has none
 * @throws {MentorshipError} `network`
 */
export async function loadCardTexts(locale: string): Promise<unknown> {
  // A chunk of its own, because most of the viewers of most wikis need one locale or none.
  const { importTexts } = await importChunk(() => import('../generated/card-texts.js'), 'card-texts');
  return importDefault(importTexts[locale], locale);
}

/** Texts that a wiki has in its own words, by language. Only the gadget has them: elsewhere hosts set `messages`. */
export const wikiMessages = null as (() => Promise<OutsideRecord>) | null;
