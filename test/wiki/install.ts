import { readdirSync, readFileSync } from 'node:fs';
import type { Wiki } from './wiki.ts';
import { found } from './wiki.ts';

const FOLDER = new URL('dist/gadget/', found.root);
const LOADER = 'MediaWiki:Gadget-mentorship-module-loader.js';

const textOf = (file: string) => readFileSync(new URL(file, FOLDER), 'utf8');

/** Copies the gadget's pages to the wiki, as its documentation says, for good. */
export async function installGadget(wiki: Wiki): Promise<void> {
  for (const file of readdirSync(FOLDER)) {
    const isList = file === 'Gadgets-definition.txt';
    await wiki.edit(isList ? 'MediaWiki:Gadgets-definition' : `MediaWiki:Gadget-${file}`, textOf(file));
  }
  await wiki.keep();
}

/** Edits the top of the loader as an administrator does. */
export async function setGadget(wiki: Wiki, settings: Record<string, unknown>): Promise<void> {
  const whole = Object.entries(settings).reduce(
    (text, [name, value]) =>
      text.replace(
        new RegExp(`^( *${name}: ).*,$`, 'm'),
        (_, start: string) => `${start}${JSON.stringify(value)},`,
      ),
    textOf('mentorship-module-loader.js'),
  );
  await wiki.edit(LOADER, whole);
}
