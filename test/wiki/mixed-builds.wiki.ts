// Mixes pages of two builds, as an administrator who pastes some of them, a browser's cache, or an update do.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it, type TestContext } from 'node:test';
import type { Browser } from 'puppeteer-core';
import de from '../../locales/de.json' with { type: 'json' };
import { messageText } from '../e2e/message-text.ts';
import { shownLines, textsOf, until, untilLogged, untilShown } from './check-lines.ts';
import { builtPages, installGadget, SCRIPT_PAGES } from './install-gadget.ts';
import type { Wiki } from './start-wiki.ts';
import { startWikiAndBrowser, WikiPage } from './wiki-page.ts';

const { CARD, DIALOGS, MORE, CHECK, LOADER } = SCRIPT_PAGES;
const SCRIPTS = Object.values(SCRIPT_PAGES);
const OUTDATED = 'This couldn’t be loaded. Reload the page.';
const OWN = 'Ask at the help desk.';

/** Turns a script into that of a later build with the same exports. */
const compatible = (text: string) => text.replace(/^(\/\*! mentorship-module \S+\+)\w{8},/, '$101234567,');

/** Turns a script into that of a later build, in which an export of the card has another name. */
const incompatible = (text: string) =>
  compatible(text)
    .replace(' as MentorshipError,', ' as LaterError,')
    .replace(/\bMentorshipError as /, 'LaterError as ');

describe('pages of two builds on a real wiki', () => {
  let wiki: Wiki;
  let browser: Browser;
  let close = async () => {};
  let now: ReadonlyMap<string, string>;

  before(async () => {
    ({ wiki, browser, close } = await startWikiAndBrowser());
    await wiki.edit('Mentorship', `<div class="mentorship-module">${OWN}</div>`);
    await installGadget(wiki);
    now = new Map((await builtPages()).map(({ title, text }) => [title, text]));
  });
  afterEach(() => wiki.reset());
  after(() => close());

  const text = (title: string) => now.get(title) ?? '';

  /** Replaces pages by those of another build. */
  async function replace(titles: readonly string[], change: (text: string) => string): Promise<void> {
    for (const title of titles) {
      assert.notEqual(change(text(title)), text(title), title);
      await wiki.edit(title, change(text(title)));
    }
  }

  /** Opens the page with a mount point. The console may have anything, because the tests look for lines in it. */
  async function open(test: TestContext, user: string): Promise<WikiPage> {
    const wikiPage = await WikiPage.open(test, { browser, wiki, user, expected: /./ });
    await wikiPage.page.goto(wiki.pageUrl('Mentorship'));
    return wikiPage;
  }

  const ourLines = ({ consoleMessages }: WikiPage) =>
    consoleMessages.filter((line) => line.includes('mentorship-module: '));

  /** Presses a button that has no page of the wiki, and expects the message that a reload helps. */
  async function expectOutdated(reader: WikiPage): Promise<void> {
    await reader.press(messageText('not-now'));
    await until(OUTDATED, async () => (await textsOf(reader, '[role=alert] p')).includes(OUTDATED));
    await untilLogged(reader, `${DIALOGS}: `);
  }

  /** Reloads with the button of the message, and expects dialogs that work. */
  async function expectRepair(reader: WikiPage): Promise<void> {
    await Promise.all([reader.page.waitForNavigation(), reader.press(messageText('reload'))]);
    await reader.until(({ card }) => card === 'invite');
    await reader.press(messageText('not-now'));
    await reader.until(({ note }) => note);
    // The note is optimistic, and a later write would reach the wiki of the next test.
    await until(
      'the write',
      async () => 'userjs-mentorship-module-invite-snoozed' in (await wiki.optionsOf('e_hal')),
    );
  }

  const others = (...titles: string[]) => SCRIPTS.filter((title) => !titles.includes(title));

  for (const [name, titles] of [
    ['later dialogs', [DIALOGS]],
    ['dialogs that are older than the rest', others(DIALOGS)],
  ] as const)
    it(`${name}: the card says “Reload”, and an interface editor sees both versions`, async (test) => {
      await replace(titles, incompatible);
      const reader = await open(test, 'e_hal');
      await reader.until(({ card }) => card === 'invite');
      await expectOutdated(reader);
      await untilLogged(reader, `${DIALOGS}: version `);
      await untilShown(await open(test, 'admin'), `${DIALOGS}: version `);
    });

  for (const [name, titles] of [
    ['a later third script', [MORE]],
    ['a third script that is older than the rest', others(MORE)],
  ] as const)
    it(`${name}: the page’s own text stays, and an interface editor sees both versions`, async (test) => {
      await replace(titles, incompatible);
      const reader = await open(test, 'e_hal');
      await untilLogged(reader, `${MORE}: version `);
      const visible = await reader.page.$eval(
        '#mw-content-text',
        (content) => (content as HTMLElement).innerText,
      );
      assert.ok(visible.includes(OWN), visible);
      await untilShown(await open(test, 'admin'), `${MORE}: version `);
    });

  for (const [name, titles] of [
    ['a later card', [CARD]],
    ['later dialogs', [DIALOGS]],
    ['a later third script', [MORE]],
    ['a later loader', [LOADER]],
    ['a loader that is older than the rest', others(LOADER)],
    ['a later check', [CHECK]],
    ['a check that is older than the rest', others(CHECK)],
  ] as const)
    it(`${name} with the same exports: card and dialogs work, an interface editor sees both versions`, async (test) => {
      await replace(titles, compatible);
      const reader = await open(test, 'n_ana');
      await reader.until(({ card }) => card === 'mentored');
      await reader.write('May I?');
      assert.deepEqual(ourLines(reader), []);
      const [odd = ''] = titles.length === 1 ? titles : others(...titles);
      // All other scripts differ from the card, if the card is the odd one.
      await untilShown(await open(test, 'admin'), `${odd === CARD ? DIALOGS : odd}: version `);
    });

  const GERMAN = 'MediaWiki:Gadget-mentorship-module-de.json';

  /** Expects a control of the German card with a text in English or German. */
  async function expectHelpDesk(test: TestContext, name: string): Promise<void> {
    await wiki.setOptions('n_ana', { language: 'de' });
    const reader = await open(test, 'n_ana');
    const { controls } = await reader.until(({ card }) => card === 'mentored');
    assert.ok(controls.includes(name), controls.join());
    assert.ok(controls.includes(de['how-it-works']), controls.join());
    assert.deepEqual(ourLines(reader), []);
  }

  it('older texts: a missing text is in English, and a superfluous one is ignored', async (test) => {
    const { 'help-desk': removed, ...older } = JSON.parse(text(GERMAN)) as Record<string, string>;
    assert.equal(removed, de['help-desk']);
    await wiki.edit(GERMAN, JSON.stringify({ ...older, 'removed-later': 'Nothing' }));
    await expectHelpDesk(test, messageText('help-desk'));
  });

  it('later texts: the card of this build uses those that it knows', async (test) => {
    const texts = JSON.parse(text(GERMAN)) as Record<string, string>;
    await wiki.edit(GERMAN, JSON.stringify({ 'added-later': 'New', ...texts, 'help-desk': 'Later' }));
    await expectHelpDesk(test, 'Later');
  });

  it('an update while a page is open: its dialogs say “Reload”, which helps', async (test) => {
    const reader = await open(test, 'e_hal');
    await reader.until(({ card }) => card === 'invite');
    await replace(SCRIPTS, incompatible);
    await expectOutdated(reader);
    await expectRepair(reader);
    assert.deepEqual(await shownLines(reader), []);
  });

  it('an update back while a page is open does the same', async (test) => {
    await replace(SCRIPTS, incompatible);
    const reader = await open(test, 'e_hal');
    await reader.until(({ card }) => card === 'invite');
    for (const title of SCRIPTS) await wiki.edit(title, text(title));
    await expectOutdated(reader);
    await expectRepair(reader);
  });

  it('dialogs that are repaired on the wiki: a reload helps', async (test) => {
    await replace([DIALOGS], incompatible);
    const reader = await open(test, 'e_hal');
    await reader.until(({ card }) => card === 'invite');
    await expectOutdated(reader);
    await wiki.edit(DIALOGS, text(DIALOGS));
    // The wiki was corrected after the browser had cached the script again.
    await reader.page.evaluate(
      (url) => fetch(url, { cache: 'reload' }),
      `${wiki.url}/w/index.php?title=${DIALOGS}&action=raw&ctype=text/javascript`,
    );
    await expectRepair(reader);
  });
});
