import { stringAt } from './answers.ts';

/** Parameters such as `useskin` and `uselang`. */
export type Query = Record<string, string>;

export type PageUrl = (title: string, query?: Query) => string;

/** Returns a function for the addresses of pages. @param path - $wgArticlePath, such as /wiki/$1 */
export const pageUrls =
  (server: string, path: string): PageUrl =>
  (title, query = {}) => {
    const address = new URL(
      path.replace('$1', () => encodeURI(title.replaceAll(' ', '_'))),
      server,
    );
    for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
    return address.href;
  };

/** Returns the addresses of an existing wiki. */
export async function wikiAt(api: string): Promise<{ api: string; pageUrl: PageUrl }> {
  const response = await fetch(`${api}?action=query&meta=siteinfo&format=json`);
  const answer: unknown = await response.json();
  const server = new URL(stringAt(answer, 'query', 'general', 'server'), api).href;
  return { api, pageUrl: pageUrls(server, stringAt(answer, 'query', 'general', 'articlepath')) };
}
