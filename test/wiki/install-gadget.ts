import { builtGadget, type Gadget, installGadget as install } from '../../scripts/wiki/gadget.ts';
import type { Wiki } from './start-wiki.ts';

/** Pages of the scripts that a build writes. */
export const SCRIPT_PAGES = {
  CARD: 'MediaWiki:Gadget-mentorship-module.js',
  DIALOGS: 'MediaWiki:Gadget-mentorship-module-dialogs.js',
  MORE: 'MediaWiki:Gadget-mentorship-module-more.js',
  CHECK: 'MediaWiki:Gadget-mentorship-module-check.js',
  LOADER: 'MediaWiki:Gadget-mentorship-module-loader.js',
};
export const SETTINGS_PAGE = 'MediaWiki:Gadget-mentorship-module-settings.js';

function built(): Gadget {
  const gadget = builtGadget();
  if (!gadget) throw new Error('dist/gadget is missing: npm run build');
  return gadget;
}

export const builtPages = async () => built().pages;

/** Copies the gadget's pages to the wiki permanently, as its documentation describes. */
export async function installGadget(wiki: Wiki): Promise<void> {
  await install(wiki, built());
  await wiki.keep();
}

/** Edits the page of the gadget's settings, as an administrator does. */
export async function setGadget(wiki: Wiki, settings: Record<string, unknown>): Promise<void> {
  const before = (await wiki.read(SETTINGS_PAGE)) ?? '';
  const after = Object.entries(settings).reduce(
    (text, [name, value]) =>
      text.replace(
        new RegExp(`^( *${name}: ).*,$`, 'm'),
        (_, start: string) => `${start}${JSON.stringify(value)},`,
      ),
    before,
  );
  await wiki.edit(SETTINGS_PAGE, after);
}
