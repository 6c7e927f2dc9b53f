// The gadget, as an administrator of a wiki would install it.
import { existsSync, readFileSync } from 'node:fs';

/** The lines of MediaWiki:Gadgets-definition, and the files that the wiki’s pages are copied from. */
export const GADGET = {
  definitions: ['mentorship-module[ResourceLoader|default]|mentorship-module.js'],
  files: [{ title: 'MediaWiki:Gadget-mentorship-module.js', file: 'dist/mentorship-module.gadget.js' }],
};

/** Copies the files there are and lists the gadgets; returns the files that are missing. */
export async function installGadget(wiki, { definitions, files }) {
  const there = files.filter(({ file }) => existsSync(file));
  await putPages(
    wiki,
    there.map(({ title, file }) => ({ title, text: readFileSync(file, 'utf8') })),
  );
  if (there.length > 0) await putDefinitions(wiki, definitions);
  return files.filter((file) => !there.includes(file)).map(({ file }) => file);
}

/** Writes pages as an administrator does. */
export async function putPages(wiki, pages) {
  for (const { title, text } of pages) await wiki.edit(title, text);
}

/** Makes these lines the wiki’s list of gadgets. */
export const putDefinitions = (wiki, lines) =>
  wiki.edit('MediaWiki:Gadgets-definition', lines.map((line) => `* ${line}`).join('\n'));
