// Installs the gadget as an administrator of a wiki does.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Wiki } from './start.ts';

const FOLDER = 'dist/gadget';
const DEFINITION = 'Gadgets-definition.txt';

interface Page {
  title: string;
  text: string;
}

export interface Gadget {
  pages: Page[];
  /** Lines of MediaWiki:Gadgets-definition, such as `* name[ResourceLoader|default]|name.js`. */
  definitions: string[];
}

/** Returns the gadget in `dist/gadget`, or null if there is no build. */
export function builtGadget(): Gadget | null {
  if (!existsSync(`${FOLDER}/${DEFINITION}`)) return null;
  const read = (name: string) => readFileSync(`${FOLDER}/${name}`, 'utf8');
  const pages = readdirSync(FOLDER)
    .filter((name) => /^mentorship-module.*\.js(on)?$/.test(name))
    .map((name) => ({ title: `MediaWiki:Gadget-${name}`, text: read(name) }));
  return { pages, definitions: read(DEFINITION).trim().split('\n') };
}

/** Writes the pages, and lists the gadget. */
export async function installGadget(wiki: Wiki, { pages, definitions }: Gadget): Promise<void> {
  for (const { title, text } of pages) await wiki.edit(title, text);
  await wiki.edit('MediaWiki:Gadgets-definition', definitions.join('\n'));
}
