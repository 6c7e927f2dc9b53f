import type { Dialogs } from '../dialogs/dialog-controller.js';
import { importDefault } from './import-default.js';
import { importChunk } from '../sdk/http.js';
import type { OutsideRecord } from '../sdk/coerce.js';
import type { Variant } from '../sdk/decide.js';

/**
 * Loads the card's texts of a locale, from a chunk of its own. The gadget replaces this module by
 * `src/gadget/assets.ts`, because its texts are pages of the wiki.
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

/** Loads the snapshot that `preview` shows. @throws {MentorshipError} `network` */
export const loadSample = async (variant: Variant): Promise<unknown> =>
  (await importChunk(() => import('../previews/samples.js'), 'samples')).samples[variant];

/** Texts that a wiki has in its own words, by language. Only the gadget has them: elsewhere hosts set `messages`. */
export const wikiMessages = null as (() => Promise<OutsideRecord>) | null;

/** Loads the code of all dialogs, but for what one of them alone needs. @throws {MentorshipError} `network` */
export const loadDialogs = async (): Promise<typeof Dialogs> =>
  (await importChunk(() => import('../dialogs/dialog-controller.js'), 'dialogs')).Dialogs;
