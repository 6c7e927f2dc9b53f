import { MentorshipError } from '../sdk/errors.js';
import { type OutsideRecord, readFields } from '../sdk/read.js';
import { readJson, withinPatience } from '../sdk/sources/request.js';
import { config, settings } from './wiki.js';

/** A page of the wiki, as it was written. */
function pageFile(title: string): URL {
  const file = new URL(String(config('wgScript')), location.origin);
  file.search = `title=${encodeURIComponent(title)}&action=raw&ctype=application/json&maxage=86400&smaxage=86400`;
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

async function readOwnTexts(title: string): Promise<OutsideRecord> {
  try {
    return await withinPatience(new AbortController().signal, async (load) =>
      readFields(await readJson(pageFile(title), { load })),
    );
  } catch (error) {
    const isMissing = error instanceof MentorshipError && /^(?:http|bad-data)$/.test(error.code);
    console.warn(
      `mentorship-module: the page “${title}” ${isMissing ? 'is missing, or no JSON' : 'could not be loaded'}.`,
    );
    // What was not there for the moment is tried again by the next card.
    if (!isMissing) own = undefined;
    return {};
  }
}

/** A page that nobody has made, which the wiki answers with nothing, or HTTP 404: it is content with English. */
export const withoutFile = (error: unknown): null => {
  if (error instanceof MentorshipError && /^(?:http|bad-data)$/.test(error.code)) return null;
  throw error;
};

export const sampleFile = (): never => {
  throw new MentorshipError('bad-attribute', 'The gadget has no previews.');
};
