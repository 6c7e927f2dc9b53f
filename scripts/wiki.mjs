// A real MediaWiki to look at, until Ctrl-C: `npm run wiki`.
import { once } from 'node:events';
import { installPackages } from './setup.mjs';
import { GADGET_DEFINITIONS, GADGET_FILES, pagesFrom, putDefinitions, putPages } from './wiki/gadget.mjs';
import { PASSWORD, PEOPLE } from './wiki/people.mjs';
import { startWiki } from './wiki/start.mjs';

const SKINS = {
  'Vector 2022': 'vector-2022',
  'Vector legacy': 'vector',
  Minerva: 'minerva',
  Timeless: 'timeless',
  MonoBook: 'monobook',
};

const table = (rows) => {
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  return rows.map(([name, ...rest]) => `  ${name.padEnd(width)}${rest.join('  ')}`).join('\n');
};

async function installGadget(wiki) {
  const { pages, missing } = pagesFrom(GADGET_FILES);
  if (missing.length > 0)
    console.log(`Without the gadget, since there is no ${missing.join(', ')}: npm run build`);
  await putPages(wiki, pages);
  if (pages.length > 0) await putDefinitions(wiki, GADGET_DEFINITIONS);
  await wiki.keep();
}

function tell(wiki) {
  const pages = [
    ['Main page', wiki.pageUrl('Main Page')],
    ...Object.entries(SKINS).map(([name, useskin]) => [name, wiki.pageUrl('Mentorship', { useskin })]),
    ['Gadgets', wiki.pageUrl('Special:Gadgets')],
    ['Preferences', `${wiki.pageUrl('Special:Preferences')}#mw-prefsection-gadgets`],
    ['API', wiki.api],
  ];
  console.log(`\n${table(pages)}\n\nMinerva as on a phone: a window 320 px wide.`);
  console.log(`\nAccounts, all with the password ${PASSWORD}, and the card that each sees:\n`);
  console.log(table(PEOPLE.map(({ name, card }) => [name, card])));
  console.log('\nCtrl-C ends the wiki and removes all of it.');
}

async function run() {
  const since = Date.now();
  const stopped = Promise.race(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal)));
  const wiki = await startWiki({ port: Number(process.env.PORT) || undefined });
  try {
    await installGadget(wiki);
    console.log(`A new wiki after ${((Date.now() - since) / 1000).toFixed(1)} s.`);
    tell(wiki);
    await stopped;
  } finally {
    await wiki.close();
  }
}

if (process.env.WIKI_API) {
  console.log(`WIKI_API names a wiki, so none is set up: ${process.env.WIKI_API}`);
} else {
  installPackages();
  await run();
}
