import { isMentorshipError } from '../sdk/errors.js';
import { getJson, withDeadline } from '../sdk/http.js';
import { wikiStarted } from '../controllers/wiki-page.js';
import { cacheParameters, config } from './mw.js';

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

/** Returns true if the page does not exist (HTTP 404, or an empty body) or is not JSON. */
export const isMissing = (error: unknown): boolean =>
  isMentorshipError(error) && !error.retryable && /^(?:http|bad-data)$/.test(error.code);
