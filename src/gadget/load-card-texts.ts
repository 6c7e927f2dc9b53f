import { isMentorshipError } from '../sdk/errors.js';
import { type OutsideRecord, toRecord, toRecordOrEmpty } from '../sdk/coerce.js';
import { getJson, withDeadline } from '../sdk/http.js';
import { wikiStarted } from '../controllers/wiki-page.js';
import { config, cacheParameters, settings } from './mw.js';

/** Returns the URL of a page's raw content. */
function pageFile(title: string): URL {
  const file = new URL(String(config('wgScript')), location.origin);
  file.search = `title=${encodeURIComponent(title)}&action=raw&ctype=application/json${cacheParameters()}`;
  return file;
}

/** Reads a page of the wiki as JSON, once the address of the wiki is known. */
export async function readPage(title: string): Promise<unknown> {
  await wikiStarted();
  return withDeadline(new AbortController().signal, (budget) => getJson(pageFile(title), { budget }));
}

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

let own: Promise<OutsideRecord> | undefined;

/** Loads the page that `settings.texts` names, once for all cards. Never rejects: the built-in texts remain. */
export const wikiMessages = settings.texts
  ? (): Promise<OutsideRecord> => {
      const nothing = new Promise<OutsideRecord>((resolve) => setTimeout(resolve, PATIENCE_MS, {}));
      return Promise.race([(own ??= readOwnTexts(settings.texts)), nothing]);
    }
  : null;

const tell = (title: string, what: string) => console.warn(`mentorship-module: the page “${title}” ${what}.`);

async function readOwnTexts(title: string): Promise<OutsideRecord> {
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

/** Returns true if the page does not exist (HTTP 404, or an empty body) or is not JSON. */
export const isMissing = (error: unknown): boolean =>
  isMentorshipError(error) && !error.retryable && /^(?:http|bad-data)$/.test(error.code);
