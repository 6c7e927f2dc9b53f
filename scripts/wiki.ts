// Serves a real MediaWiki until Ctrl-C: `npm run wiki`, or `PORT=8080 npm run wiki`.
import { once } from 'node:events';
import { type PageUrl, wikiAt } from './wiki/addresses.ts';
import { builtGadget, installGadget } from './wiki/gadget.ts';
import { PASSWORD, PEOPLE } from './wiki/people.ts';
import { startWiki } from './wiki/start.ts';

const SKINS = {
  'Vector 2022': 'vector-2022',
  'Vector legacy': 'vector',
  Minerva: 'minerva',
  Timeless: 'timeless',
  MonoBook: 'monobook',
};

const table = (rows: [string, string][]): string => {
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  return rows.map(([name, text]) => `  ${name.padEnd(width)}${text}`).join('\n');
};

function printAddresses({ api, pageUrl }: { api: string; pageUrl: PageUrl }): void {
  const pages: [string, string][] = [
    ['Main page', pageUrl('Main Page')],
    ...Object.entries(SKINS).map(([name, useskin]): [string, string] => [
      name,
      pageUrl('Mentorship', { useskin }),
    ]),
    ['Gadgets', pageUrl('Special:Gadgets')],
    ['Preferences', `${pageUrl('Special:Preferences')}#mw-prefsection-gadgets`],
    ['Log in', pageUrl('Special:UserLogin', { returnto: 'Mentorship' })],
    ['API', api],
  ];
  console.log(`\n${table(pages)}\n\nMinerva has its phone layout in a window 320 px wide.`);
}

function printAccounts(): void {
  console.log(`\nAccounts with the password ${PASSWORD}, and their expected cards:\n`);
  console.log(table(PEOPLE.map(({ name, card }) => [name, card])));
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

async function show(): Promise<void> {
  if (process.env['WIKI_API']) {
    console.log('Uses the wiki of WIKI_API.');
    printAddresses(await wikiAt(process.env['WIKI_API']));
    return;
  }
  const stopped = Promise.race(SIGNALS.map((signal) => once(process, signal)));
  const since = Date.now();
  const wiki = await startWiki({ port: Number(process.env['PORT']) || undefined });
  try {
    const gadget = builtGadget();
    if (gadget) await installGadget(wiki, gadget);
    await wiki.keep();
    console.log(`Started a wiki in ${((Date.now() - since) / 1000).toFixed(1)} s.`);
    printAddresses(wiki);
    printAccounts();
    if (!gadget) console.log('\nThe wiki has no gadget. Run npm run build first.');
    console.log('\nCtrl-C stops and removes the wiki.');
    await stopped;
  } finally {
    await wiki.close();
  }
}

try {
  await show();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
