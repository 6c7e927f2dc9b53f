import { type OutsideRecord, readAt, readFields, readUrl } from '../coerce.js';

export interface Links {
  resolve(url: unknown): string | null;
  page(title: string): string | null;
  newSection(page: string, title: string): string | null;
}

/** The wiki's own addresses. Its `server` may lack the scheme; then it is the API's. */
export function linksOf(answer: OutsideRecord, api: URL): Links {
  const { server, articlepath, script } = readFields(readAt(answer, 'query', 'general'));
  const base = readUrl(server, api.href) ?? api.href;
  const resolve = (url: unknown) => readUrl(url, base);
  // A title that begins with a slash must not become the name of another host.
  const onWiki = (url: string | null) => (url && new URL(url).origin === new URL(base).origin ? url : null);
  const underscored = (title: string) => title.replaceAll(' ', '_');
  return {
    resolve,
    // All other characters are left to `new URL`: it writes them as the wiki does, and throws at nothing.
    page: (title) =>
      typeof articlepath === 'string'
        ? onWiki(
            resolve(
              articlepath.replace('$1', () => underscored(title).replace(/[%?#&+\\]/g, encodeURIComponent)),
            ),
          )
        : null,
    newSection: (page, title) =>
      resolve(script) &&
      `${resolve(script)}?${new URLSearchParams({
        title: underscored(page),
        action: 'edit',
        section: 'new',
        preloadtitle: title,
      })}`,
  };
}
