import { wikiStarted } from '../controllers/wiki-page.js';
import type { OutsideRecord } from '../sdk/coerce.js';
import { loadScript } from './load-script.js';
import { settings } from './mw.js';
import { isMissing, readPage } from './read-page.js';

const loading = new Map<string, Promise<unknown>>();

/**
 * Loads the texts of a locale, for card and dialogs, from a page of the wiki. This module replaces
 * `src/i18n/load-card-texts.ts` in the gadget.
 *
 * @param locale - last part of the page's title, such as `pt-br`
 * @returns unvalidated texts by message id; null: the wiki has no such page
 * @throws {MentorshipError} if the page cannot be loaded; the next call retries
 */
export function loadCardTexts(locale: string): Promise<unknown> {
  const known = loading.get(locale);
  if (known) return known;
  const texts = readPage(`MediaWiki:Gadget-mentorship-module-${locale}.json`).catch((error: unknown) => {
    if (isMissing(error)) return null;
    loading.delete(locale);
    throw error;
  });
  loading.set(locale, texts);
  return texts;
}

/** Milliseconds after which a card is shown without the wiki's own texts. */
const PATIENCE_MS = 1_500;

/** Loads the page that `settings.texts` names, with the third script. Never rejects: the built-in texts remain. */
export const wikiMessages = settings.texts
  ? (): Promise<OutsideRecord> => {
      const load = () => import('./own-texts.js');
      const own = wikiStarted()
        .then(() => loadScript('mentorship-module-more.js', load, 'readOwnTexts'))
        .then(
          ({ readOwnTexts }) => readOwnTexts(settings.texts),
          () => ({}),
        );
      const nothing = new Promise<OutsideRecord>((resolve) => setTimeout(resolve, PATIENCE_MS, {}));
      return Promise.race([own, nothing]);
    }
  : null;
