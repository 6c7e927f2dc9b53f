// The gadget’s pages, as an administrator of a wiki would copy them.
import { existsSync, readFileSync } from 'node:fs';

const ROOT = new URL('../../', import.meta.url);

/** The wiki’s pages and the files they are copied from. */
export const GADGET_FILES = [
  { title: 'MediaWiki:Gadget-mentorship-module.js', file: 'dist/mentorship-module.gadget.js' },
];

/** What stands in MediaWiki:Gadgets-definition. */
export const GADGET_DEFINITIONS = ['mentorship-module[ResourceLoader|default]|mentorship-module.js'];

/** The pages whose files there are, and the files that there are not. */
export function pagesFrom(files) {
  const there = files.map(({ title, file }) => ({ title, file, url: new URL(file, ROOT) }));
  return {
    pages: there
      .filter(({ url }) => existsSync(url))
      .map(({ title, url }) => ({ title, text: readFileSync(url, 'utf8') })),
    missing: there.filter(({ url }) => !existsSync(url)).map(({ file }) => file),
  };
}

/** Writes pages as the administrator does. */
export async function putPages(wiki, pages) {
  for (const { title, text } of pages) await wiki.edit(title, text);
}

/** Makes the lines the wiki’s list of gadgets. */
export const putDefinitions = (wiki, lines) =>
  wiki.edit('MediaWiki:Gadgets-definition', lines.map((line) => `* ${line}`).join('\n'));
