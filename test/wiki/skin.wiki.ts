// Puts examples/skin into copies of five skins as its documentation describes.
import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { MEDIAWIKI } from '../../scripts/wiki/debian.ts';
import { copyElement, expectCard, expectNothingForReaders, type Skin, SKINS } from './example-pages.ts';
import type { Wiki } from './start-wiki.ts';
import { startWikiAndBrowser } from './wiki-page.ts';

const BODY = '{{{html-body-content}}}';

/** Skins, with their folders, and the line of the template before which the tag is written. */
const TEMPLATES: Record<Skin, { folder: string; template: string; line: string }> = {
  'vector-2022': { folder: 'Vector', template: 'includes/templates/skin.mustache', line: BODY },
  vector: { folder: 'Vector', template: 'includes/templates/skin-legacy.mustache', line: BODY },
  minerva: { folder: 'MinervaNeue', template: 'includes/Skins/skin.mustache', line: BODY },
  timeless: {
    folder: 'Timeless',
    template: 'includes/TimelessTemplate.php',
    line: "$this->get( 'bodytext' ) .",
  },
  monobook: { folder: 'MonoBook', template: 'templates/skin.mustache', line: BODY },
};

/** Returns the JSON of the documentation's third step. */
function documentedModules(): string {
  const [, json] = /```json\n([^]*?)```/.exec(readFileSync('examples/skin/README.md', 'utf8')) ?? [];
  if (json === undefined) throw new Error('examples/skin/README.md has no JSON.');
  return json;
}

interface SkinJson {
  ResourceModules: object;
  ValidSkinNames: Record<string, { args: { scripts?: string[] }[] }>;
}

function edit(file: string, change: (text: string) => string): void {
  const text = readFileSync(file, 'utf8');
  const changed = change(text);
  assert.notEqual(changed, text, file);
  writeFileSync(file, changed);
}

/** Follows the four steps of the documentation in a copy of a skin. */
function addToSkin(wiki: Wiki, folder: string, names: Skin[]): void {
  const copy = wiki.copy(`${MEDIAWIKI}/skins/${folder}`, `skins/${folder}`);
  cpSync('examples/skin/mentorship', `${copy}/mentorship`, { recursive: true });
  copyElement(`${copy}/mentorship/dist`);
  for (const { template, line } of names.map((name) => TEMPLATES[name])) {
    const tag = '<mentorship-module></mentorship-module>';
    edit(`${copy}/${template}`, (text) => {
      const at = text.lastIndexOf(line);
      return `${text.slice(0, at)}${template.endsWith('.php') ? `'${tag}' . ` : `${tag}\n`}${text.slice(at)}`;
    });
  }
  edit(`${copy}/skin.json`, (text) => {
    const skin = JSON.parse(text) as SkinJson;
    const modules = documentedModules().replaceAll('Example', folder);
    Object.assign(skin.ResourceModules, (JSON.parse(`{${modules}}`) as SkinJson).ResourceModules);
    for (const name of names) {
      const [args] = skin.ValidSkinNames[name]?.args ?? [];
      (args!.scripts ??= []).push('skins.example.mentorship');
    }
    return JSON.stringify(skin);
  });
  edit(`${copy}/mentorship/loader.js`, (text) => text.replace("'Example'", `'${folder}'`));
}

describe('the example of a skin', () => {
  let wiki: Wiki;
  let browser: Browser;
  let close = async () => {};

  before(async () => {
    ({ wiki, browser, close } = await startWikiAndBrowser({ settings: { wgCSPHeader: true } }));
    for (const folder of new Set(Object.values(TEMPLATES).map(({ folder }) => folder)))
      addToSkin(
        wiki,
        folder,
        SKINS.filter((name) => TEMPLATES[name].folder === folder),
      );
  });
  after(() => close());

  for (const skin of SKINS)
    for (const more of [{}, { debug: 'true' }, { uselang: 'ar' }] as Record<string, string>[])
      it(`${skin}: shows a card above the content ${JSON.stringify(more)}`, async (test) => {
        const options = { browser, wiki, user: 'q_kim', ...(skin === 'minerva' && { width: 390 }) };
        const address = wiki.pageUrl('River', { useskin: skin, ...more });
        const { page } = await expectCard(test, options, address, 'mentored');
        const isAbove = await page.evaluate(() => {
          const bottom =
            document.querySelector('mentorship-module')?.getBoundingClientRect().bottom ?? Infinity;
          return bottom <= (document.querySelector('#mw-content-text')?.getBoundingClientRect().top ?? 0);
        });
        assert.ok(isAbove);
      });

  it('downloads nothing for readers who are signed out', async (test) => {
    for (const skin of SKINS)
      await expectNothingForReaders(test, { browser, wiki }, wiki.pageUrl('River', { useskin: skin }));
  });
});
