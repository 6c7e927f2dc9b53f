// A real MediaWiki to look at, until Ctrl-C: `npm run wiki`, or `PORT=8080 npm run wiki`.
import { installPackages } from './setup.mjs';
import { wikiAt } from './wiki/addresses.mjs';
import { builtGadget, installGadget } from './wiki/gadget.mjs';
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
  return rows.map(([name, text]) => `  ${name.padEnd(width)}${text}`).join('\n');
};

function tellAddresses({ api, pageUrl }) {
  const pages = [
    ['Main page', pageUrl('Main Page')],
    ...Object.entries(SKINS).map(([name, useskin]) => [name, pageUrl('Mentorship', { useskin })]),
    ['Gadgets', pageUrl('Special:Gadgets')],
    ['Preferences', `${pageUrl('Special:Preferences')}#mw-prefsection-gadgets`],
    ['Log in', pageUrl('Special:UserLogin', { returnto: 'Mentorship' })],
    ['API', api],
  ];
  console.log(`\n${table(pages)}\n\nMinerva as on a phone: in a window 320 px wide.`);
}

function tellAccounts() {
  console.log(`\nAccounts, all with the password ${PASSWORD}, and the card that each should see:\n`);
  console.log(table(PEOPLE.map(({ name, card }) => [name, card])));
}

function untilStopped() {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, resolve);
  });
}

async function show() {
  if (process.env.WIKI_API) {
    console.log('WIKI_API names a wiki, so that none is set up.');
    tellAddresses(await wikiAt(process.env.WIKI_API));
    return;
  }
  installPackages();
  const stopped = untilStopped();
  const since = Date.now();
  const wiki = await startWiki({ port: Number(process.env.PORT) || undefined });
  try {
    const gadget = builtGadget();
    if (gadget) await installGadget(wiki, gadget);
    await wiki.keep();
    console.log(`A new wiki after ${((Date.now() - since) / 1000).toFixed(1)} s.`);
    tellAddresses(wiki);
    tellAccounts();
    if (!gadget) console.log('\nThe wiki has no gadget: run npm run build first.');
    console.log('\nCtrl-C ends the wiki and removes it.');
    await stopped;
  } finally {
    await wiki.close();
  }
}

try {
  await show();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
