import { MentorshipError } from '../sdk/errors.js';
import { config } from './wiki.js';

/** In place of src/files.ts: a language is one page of the wiki, for the card and its dialogs. */
export const textsFile = (locale: string): URL => {
  const file = new URL(String(config('wgScript')), location.origin);
  file.search = `title=MediaWiki:Gadget-mentorship-module-${locale}.json&action=raw&ctype=application/json`;
  return file;
};

/** A page that nobody has made: the wiki is content with English. */
export const withoutFile = (error: unknown): null => {
  if (error instanceof MentorshipError && error.code === 'http') return null;
  throw error;
};

export const sampleFile = (): never => {
  throw new MentorshipError('bad-attribute', 'The gadget has no previews.');
};
