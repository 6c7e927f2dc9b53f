// Installs, updates and removes the gadget with the files that an administrator gets.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it, type TestContext } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { messageText } from '../e2e/message-text.ts';
import { escapeXml } from '../../build/import-file.ts';
import { textsOf, until } from './check-lines.ts';
import { builtPages, SCRIPT_PAGES, SETTINGS_PAGE } from './install-gadget.ts';
import type { Wiki } from './start-wiki.ts';
import { startWikiAndBrowser, WikiPage } from './wiki-page.ts';

const read = (name: string) => readFileSync(`dist/gadget/${name}`, 'utf8');
const { DIALOGS, LOADER } = SCRIPT_PAGES;
/** Returns the text that docs/gadget.md says to write, from the code block that has a word. */
function documented(word: string): string {
  const [, installing = ''] = readFileSync('docs/gadget.md', 'utf8').split('## Installing it');
  const [, ...blocks] = installing.split(/^ *```\w*$/m).map((block) => block.trim());
  const found = blocks.find((block) => block.includes(word));
  if (found === undefined) throw new Error(`docs/gadget.md has no block with ${word}.`);
  return found;
}

const DESCRIPTION = 'MediaWiki:Gadget-mentorship-module';
const OWN_SETTINGS = 'window.mentorshipModule = { homepage: "nobody" };';

describe('the import file on a real wiki', () => {
  let wiki: Wiki;
  let browser: Browser;
  let close = async () => {};
  const folder = mkdtempSync(path.join(tmpdir(), 'import-'));

  before(async () => {
    ({ wiki, browser, close } = await startWikiAndBrowser());
  });
  after(async () => {
    await close();
    rmSync(folder, { recursive: true });
  });

  /** Imports a file in the form of Special:Import. Returns the text of the wiki's answer. */
  async function importFile(test: TestContext, xml: string, user = 'admin'): Promise<string> {
    const { page } = await WikiPage.open(test, { browser, wiki, user });
    await page.goto(wiki.pageUrl('Special:Import'));
    if (await page.$('input[type=file]')) await submitImport(page, xml);
    return page.$eval('#mw-content-text', ({ textContent }) => textContent);
  }

  async function submitImport(page: Page, xml: string): Promise<void> {
    const file = path.join(folder, 'import.xml');
    writeFileSync(file, xml);
    await (await page.$('input[type=file]'))?.uploadFile(file);
    await page.type('input[name=usernamePrefix]', 'import');
    await submit(page, '#mw-import-upload-form [type=submit]');
  }

  const submit = (page: Page, button: string) => Promise.all([page.waitForNavigation(), page.click(button)]);

  /** Changes the text of a page in the form of `action=edit`. */
  async function editInForm(page: Page, title: string, change: (text: string) => string): Promise<void> {
    await page.goto(wiki.pageUrl(title, { action: 'edit' }));
    const text = await page.$eval('#wpTextbox1', (area) => (area as HTMLTextAreaElement).value);
    await page.$eval('#wpTextbox1', (area) => (area as HTMLTextAreaElement).select());
    await page.keyboard.sendCharacter(change(text));
    await submit(page, '#wpSave');
  }

  async function expectCard(test: TestContext): Promise<void> {
    const wikiPage = await WikiPage.open(test, { browser, wiki, user: 'n_ana' });
    const { card } = await wikiPage.go(wiki.pageUrl('Mentorship'));
    assert.equal(card, 'mentored');
  }

  const contentModels = async (titles: string[]) => {
    const models: Record<string, string> = {};
    for (let index = 0; index < titles.length; index += 50) {
      const answer = await wiki.as('admin').get({
        action: 'query',
        prop: 'info',
        titles: titles.slice(index, index + 50).join('|'),
      });
      const { pages } = answer['query'] as { pages: { title: string; contentmodel: string }[] };
      for (const { title, contentmodel } of pages) models[title] = contentmodel;
    }
    return models;
  };

  it('creates each page with its content model and unchanged text', async (test) => {
    await importFile(test, read('import.xml'));
    const pages = await builtPages();
    for (const { title, text } of pages) assert.equal(await wiki.read(title), text, title);
    assert.match((await wiki.read(DESCRIPTION)) ?? '', /^Mentorship: /);
    const models = await contentModels([...pages.map(({ title }) => title), DESCRIPTION]);
    for (const [title, model] of Object.entries(models))
      assert.equal(
        model,
        title.endsWith('.js') ? 'javascript' : title.endsWith('.json') ? 'json' : 'wikitext',
        title,
      );
  });

  it('lists the same pages for removal', async () => {
    const pages = await builtPages();
    const titles = [...pages.map(({ title }) => title), DESCRIPTION];
    assert.deepEqual(read('uninstall.txt').trim().split('\n').sort(), titles.sort());
  });

  it('is the first of three steps in the browser, after which an administrator sees a card, and the report finds no mistake', async (test) => {
    await wiki.reset();
    const admin = await WikiPage.open(test, { browser, wiki, user: 'admin' });
    const { page } = admin;
    const start = Date.now();
    await page.goto(wiki.pageUrl('Special:Import'));
    await submitImport(page, read('import.xml'));
    await editInForm(page, 'MediaWiki:Gadgets-definition', () => documented('[ResourceLoader|'));
    await editInForm(page, 'Mentorship', () => documented('class="mentorship-module"'));
    const { card } = await admin.until((seen) => seen.card !== null);
    test.diagnostic(`three steps in ${Date.now() - start} ms`);
    assert.equal(card, 'opt-in');
    await page.goto(wiki.pageUrl('Mentorship', { 'mentorship-check': '1' }));
    const none = messageText('dialog-check-none');
    await until(none, async () => (await textsOf(admin, 'dialog[open] li')).includes(none));
    await expectCard(test);
  });

  it('creates the page of settings, where an administrator changes a value', async (test) => {
    const { page } = await WikiPage.open(test, { browser, wiki, user: 'admin' });
    await editInForm(page, SETTINGS_PAGE, (text) => text.replace('sidebar: false', 'sidebar: true'));
    const reader = await WikiPage.open(test, { browser, wiki, user: 'n_ana' });
    const { card } = await reader.go(wiki.pageUrl('River', { useskin: 'vector' }));
    assert.equal(card, 'mentored');
    assert.ok(await reader.page.$('#mw-panel mentorship-module[layout=summary]'));
  });

  it('of another build, even an older one, updates the scripts, and keeps what the administrator has edited', async (test) => {
    await wiki.edit(SETTINGS_PAGE, OWN_SETTINGS);
    await wiki.edit(DESCRIPTION, 'Mentoring at our wiki');
    await wiki.edit(DIALOGS, '// edited by hand');
    const loader = read('mentorship-module-loader.js');
    const marked = `/* next build */${loader}`;
    const xml = read('import.xml').replace(/<sha1>[^<]*<\/sha1>/g, '');
    assert.ok(xml.includes(escapeXml(loader)));
    await importFile(
      test,
      xml.replace(escapeXml(loader), () => escapeXml(marked)),
    );
    assert.equal(await wiki.read(LOADER), marked);
    assert.equal(await wiki.read(DIALOGS), read('mentorship-module-dialogs.js'));
    assert.equal(await wiki.read(SETTINGS_PAGE), OWN_SETTINGS);
    assert.equal(await wiki.read(DESCRIPTION), 'Mentoring at our wiki');
    await expectCard(test);
  });

  it('of the first build restores its scripts', async (test) => {
    await importFile(test, read('import.xml'));
    await importFile(test, read('import.xml'));
    for (const { title, text } of await builtPages())
      assert.equal(await wiki.read(title), title === SETTINGS_PAGE ? OWN_SETTINGS : text, title);
  });

  it('names the pages that an account without the right to edit scripts cannot import', async (test) => {
    wiki.set({ wgGroupPermissions: { user: { import: true, importupload: true } } });
    const before = await wiki.revisions(LOADER);
    const report = await importFile(test, read('import.xml'), 'm_fatima');
    wiki.set({ wgGroupPermissions: { user: { import: false, importupload: false } } });
    assert.match(report, new RegExp(`"${LOADER}".*not allowed to edit`));
    assert.deepEqual(await wiki.revisions(LOADER), before);
  });

  it('is refused to an account without the right', async (test) => {
    assert.match(await importFile(test, read('import.xml'), 'm_fatima'), /permission/i);
  });
});
