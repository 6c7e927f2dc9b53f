import { MentorshipError } from '../errors.js';
import { parseSnapshot } from '../parse-snapshot.js';
import { readUrl } from '../coerce.js';
import { readJson, withinPatience } from '../http.js';
import type { MentorshipSource } from '../source.js';

/** Options of `documentSource`. */
export interface DocumentSourceOptions {
  /** In place of the global one. */
  fetch?: typeof fetch;
}

/**
 * Reads a snapshot from a JSON document or a REST endpoint of the host; its relative links are resolved
 * against the document's own address.
 *
 * @param url - absolute, or relative to the page
 */
export function documentSource(url: string | URL, { fetch }: DocumentSourceOptions = {}): MentorshipSource {
  return {
    id: String(url),
    load: ({ signal }) =>
      withinPatience(signal, async (load) => {
        const address = absoluteUrl(url);
        return parseSnapshot(await readJson(address, { load, fetch }), address.href);
      }),
  };
}

/** @throws {MentorshipError} `bad-attribute` where the address is none @internal */
export function absoluteUrl(url: string | URL): URL {
  const base = (globalThis as { document?: Document }).document?.baseURI;
  const address = readUrl(String(url), base);
  if (address === null) throw new MentorshipError('bad-attribute', `“${url}” is no http(s) address.`);
  return new URL(address);
}
