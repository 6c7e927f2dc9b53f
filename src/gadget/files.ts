import { MentorshipError } from '../sdk/errors.js';
import { type OutsideRecord, readFields, readRecord } from '../sdk/read.js';
import { readJson, withinPatience } from '../sdk/sources/request.js';
import { config, keeping, settings } from './wiki.js';

/** A page of the wiki, as it was written. */
function pageFile(title: string): URL {
  const file = new URL(String(config('wgScript')), location.origin);
  file.search = `title=${encodeURIComponent(title)}&action=raw&ctype=application/json${keeping()}`;
  return file;
}

/** In place of src/files.ts: a language is one page of the wiki, for the card and its dialogs. */
export const textsFile = (locale: string): URL =>
  pageFile(`MediaWiki:Gadget-mentorship-module-${locale}.json`);

/** A card waits no longer for a wiki's own words. */
const PATIENCE_MS = 1_500;

let own: Promise<OutsideRecord> | undefined;

/** The page that the settings name, once for all cards. Whatever is wrong with it, the card stands. */
export const ownTexts = settings.texts
  ? (): Promise<OutsideRecord> => {
      const nothing = new Promise<OutsideRecord>((resolve) => setTimeout(resolve, PATIENCE_MS, {}));
      return Promise.race([(own ??= readOwnTexts(settings.texts)), nothing]);
    }
  : null;

const tell = (title: string, what: string) => console.warn(`mentorship-module: the page “${title}” ${what}.`);

async function readOwnTexts(title: string): Promise<OutsideRecord> {
  try {
    const page = await withinPatience(new AbortController().signal, async (load) =>
      readFields(await readJson(pageFile(title), { load })),
    );
    if (!Object.values(page).some(readRecord)) tell(title, 'has no texts by language');
    // The wiki's own code, such as zh-tw, and that of its pages, zh-Hant-TW.
    const mine = page[String(config('wgUserLanguage'))];
    return mine ? { ...page, [document.documentElement.lang.toLowerCase()]: mine } : page;
  } catch (error) {
    tell(title, isMissing(error) ? 'is missing, or no JSON' : 'could not be loaded');
    // What was not there for the moment is tried again by the next card.
    if (!isMissing(error)) own = undefined;
    return {};
  }
}

/** A page that nobody has made, which the wiki answers with nothing, or HTTP 404. */
const isMissing = (error: unknown): boolean =>
  error instanceof MentorshipError && /^(?:http|bad-data)$/.test(error.code);

/** Without the page of a language, a wiki is content with English. */
export const withoutFile = (error: unknown): null => {
  if (isMissing(error)) return null;
  throw error;
};

export const sampleFile = (): never => {
  throw new MentorshipError('bad-attribute', 'The gadget has no previews.');
};
