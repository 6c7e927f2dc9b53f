// Where a wiki has its pages.

/** The address of a page; `query` may have `useskin`, `uselang`, … `path` is as $wgArticlePath: /wiki/$1. */
export function pageUrl(title, query, { server, path }) {
  const address = new URL(
    path.replace('$1', () => encodeURI(title.replaceAll(' ', '_'))),
    server,
  );
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  return address.href;
}

/** A wiki that somebody else runs, found by the address of its API. */
export async function wikiAt(api) {
  const response = await fetch(`${api}?action=query&meta=siteinfo&format=json`);
  const { server, articlepath: path } = (await response.json()).query.general;
  const where = { server: new URL(server, api).href, path };
  return { api, pageUrl: (title, query = {}) => pageUrl(title, query, where) };
}
