import { loadScript, type Wiki } from './start-wiki.ts';

interface Built {
  pages: { title: string; text: string }[];
  definitions: string[];
}

interface Script {
  builtGadget(): Built | null;
  installGadget(wiki: Wiki, built: Built): Promise<void>;
}

const LOADER = 'MediaWiki:Gadget-mentorship-module-loader.js';

const script = () => loadScript<Script>('scripts/wiki/gadget.mjs');

async function built(): Promise<Built> {
  const gadget = (await script()).builtGadget();
  if (!gadget) throw new Error('dist/gadget is missing: npm run build');
  return gadget;
}

export const builtPages = async () => (await built()).pages;

/** Copies the gadget's pages to the wiki permanently, as its documentation describes. */
export async function installGadget(wiki: Wiki): Promise<void> {
  await (await script()).installGadget(wiki, await built());
  await wiki.keep();
}

/** Edits the settings at the top of the loader, as an administrator does. */
export async function setGadget(wiki: Wiki, settings: Record<string, unknown>): Promise<void> {
  const before = (await wiki.read(LOADER)) ?? '';
  const after = Object.entries(settings).reduce(
    (text, [name, value]) =>
      text.replace(
        new RegExp(`^( *${name}: ).*,$`, 'm'),
        (_, start: string) => `${start}${JSON.stringify(value)},`,
      ),
    before,
  );
  await wiki.edit(LOADER, after);
}
