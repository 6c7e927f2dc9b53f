// The gadget, as an administrator of a wiki would install it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const FOLDER = 'dist/gadget';
const DEFINITION = 'Gadgets-definition.txt';

/** What the build has made for a wiki: pages, and lines of MediaWiki:Gadgets-definition; null: nothing is built. */
export function builtGadget() {
  if (!existsSync(`${FOLDER}/${DEFINITION}`)) return null;
  const read = (name) => readFileSync(`${FOLDER}/${name}`, 'utf8');
  const pages = readdirSync(FOLDER)
    .filter((name) => name !== DEFINITION)
    .map((name) => ({ title: `MediaWiki:Gadget-${name}`, text: read(name) }));
  return { pages, definitions: read(DEFINITION).trim().split('\n') };
}

/** Writes the pages and lists the gadgets. */
export async function installGadget(wiki, { pages, definitions }) {
  await putPages(wiki, pages);
  await putDefinitions(wiki, definitions);
}

/** Writes pages as an administrator does. */
export async function putPages(wiki, pages) {
  for (const { title, text } of pages) await wiki.edit(title, text);
}

/** Makes these lines the wiki’s list of gadgets, as `* name[ResourceLoader|default]|name.js`. */
export const putDefinitions = (wiki, lines) => wiki.edit('MediaWiki:Gadgets-definition', lines.join('\n'));
