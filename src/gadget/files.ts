import { MentorshipError } from '../sdk/errors.js';
import { config } from './wiki.js';

/** In place of src/files.ts: a language is one page of the wiki, for the card and its dialogs. */
export const textsFile = (locale: string): URL => {
  const file = new URL(String(config('wgScript')), location.origin);
  const title = `MediaWiki:Gadget-mentorship-module-${locale}.json`;
  file.search = `title=${title}&action=raw&ctype=application/json&maxage=86400&smaxage=86400`;
  return file;
};

/** A page that nobody has made, which the wiki answers with nothing, or HTTP 404: it is content with English. */
export const withoutFile = (error: unknown): null => {
  if (error instanceof MentorshipError && /^(?:http|bad-data)$/.test(error.code)) return null;
  throw error;
};

export const sampleFile = (): never => {
  throw new MentorshipError('bad-attribute', 'The gadget has no previews.');
};
