import { type OutsideRecord, toRecord, toRecordOrEmpty } from '../sdk/coerce.js';
import { config } from './mw.js';
import { isMissing, readPage } from './read-page.js';

let own: Promise<OutsideRecord> | undefined;

/** Reads the page with the wiki's own texts, by language code, once for all cards. Never rejects. */
export const readOwnTexts = (title: string): Promise<OutsideRecord> => (own ??= read(title));

const tell = (title: string, what: string) => console.warn(`mentorship-module: the page “${title}” ${what}.`);

async function read(title: string): Promise<OutsideRecord> {
  try {
    const page = toRecordOrEmpty(await readPage(title));
    if (!Object.values(page).some(toRecord)) tell(title, 'has no texts by language');
    // Adds the texts under the page's `lang` (zh-Hant-TW), because the wiki's code (zh-tw) may differ from it.
    const mine = page[String(config('wgUserLanguage'))];
    return mine ? { ...page, [document.documentElement.lang.toLowerCase()]: mine } : page;
  } catch (error) {
    tell(title, isMissing(error) ? 'is missing, or no JSON' : 'could not be loaded');
    // The next card retries after a temporary error.
    if (!isMissing(error)) own = undefined;
    return {};
  }
}
