import { MentorshipError } from '../sdk/errors.js';
import { readFields } from '../sdk/read.js';
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

let own: Promise<Readonly<Record<string, unknown>>> | undefined;

/** The page that the settings name, once for all cards. Whatever is wrong with it, the card stands. */
export const ownTexts = async (locale: string): Promise<unknown> => {
  const { texts } = settings;
  if (!texts) return {};
  own ??= withinPatience(new AbortController().signal, (load) => readJson(pageFile(texts), { load })).then(
    readFields,
    () => {
      console.warn(`mentorship-module: the page “${texts}” is missing, or no JSON.`);
      return {};
    },
  );
  return (await own)[locale];
};

/** A page that nobody has made, which the wiki answers with nothing, or HTTP 404: it is content with English. */
export const withoutFile = (error: unknown): null => {
  if (error instanceof MentorshipError && /^(?:http|bad-data)$/.test(error.code)) return null;
  throw error;
};

export const sampleFile = (): never => {
  throw new MentorshipError('bad-attribute', 'The gadget has no previews.');
};
