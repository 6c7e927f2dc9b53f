// Makes the mistakes that administrators make with the gadget, and looks for the line that names each of them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, afterEach, before, describe, it, type TestContext } from 'node:test';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Browser } from 'puppeteer-core';
import de from '../../locales/de.json' with { type: 'json' };
import { messageText } from '../e2e/message-text.ts';
import { shownLines, textsOf, until, untilLogged } from './check-lines.ts';
import { installGadget, SCRIPT_PAGES, SETTINGS_PAGE } from './install-gadget.ts';
import { changeSettings, MENTORS, mentorsOf, SETTINGS, type Wiki } from './start-wiki.ts';
import { startWikiAndBrowser, WikiPage } from './wiki-page.ts';

const { CARD, DIALOGS, MORE, CHECK, LOADER } = SCRIPT_PAGES;

declare const axe: { run(context: unknown, options: RunOptions): Promise<AxeResults> };

describe('mistakes of an administrator on a real wiki', () => {
  let wiki: Wiki;
  let browser: Browser;
  let close = async () => {};

  before(async () => {
    ({ wiki, browser, close } = await startWikiAndBrowser());
    await installGadget(wiki);
  });
  afterEach(() => wiki.reset());
  after(() => close());

  /** Opens the page with a mount point. The console may have anything, because the tests look for lines in it. */
  async function open(
    test: TestContext,
    user: string,
    query: Record<string, string> = {},
  ): Promise<WikiPage> {
    const wikiPage = await WikiPage.open(test, { browser, wiki, user, expected: /./ });
    await wikiPage.page.goto(wiki.pageUrl('Mentorship', query));
    return wikiPage;
  }

  const remove = (title: string) => wiki.as('admin').post({ action: 'delete', title });

  const editMentors = async (change: Record<string, object>) => {
    const list = await mentorsOf(wiki);
    await wiki.edit(MENTORS, JSON.stringify({ Mentors: { ...list, ...change } }));
  };

  interface Mistake {
    make: () => Promise<unknown>;
    /** Line in the console of every reader; null: readers' pages do not read what shows it. */
    logged: string | null;
    /** Line on the page of those who may edit the interface. */
    shown: string;
  }

  const AGAIN = 'Import import.xml again.';
  /** Mistakes by number; 3, dialogs of another build, is in mixed-builds.wiki.ts. */
  const MISTAKES: Record<string, Mistake> = {
    '1 a missing card': {
      make: () => remove(CARD),
      logged: `${CARD}: the page is missing. ${AGAIN}`,
      shown: `${CARD}: the page is missing. ${AGAIN}`,
    },
    '1 a missing third script': {
      make: () => remove(MORE),
      logged: `${MORE}: the page is missing. ${AGAIN}`,
      shown: `${MORE}: the page is missing. ${AGAIN}`,
    },
    '2 a foreign card': {
      make: () => wiki.edit(CARD, '<!doctype html><h1>404</h1>'),
      logged: `${CARD}: the page is not our script. ${AGAIN}`,
      shown: `${CARD}: the page is not our script. ${AGAIN}`,
    },
    '2 a foreign third script': {
      make: () => wiki.edit(MORE, 'export const a = 1;'),
      logged: `${MORE}: the page is not our script. ${AGAIN}`,
      shown: `${MORE}: the page is not our script. ${AGAIN}`,
    },
    '4 a mentor list that is wikitext': {
      make: async () => {
        await remove(MENTORS);
        await wiki.edit(MENTORS, '* [[User:Mentor Fatima]]', 'admin', { contentmodel: 'wikitext' });
      },
      logged: `${MENTORS}: the page is not valid JSON (`,
      shown: 'Correct it, and change its content model to JSON on Special:ChangeContentModel.',
    },
    '4 a mentor list without mentors': {
      make: () => wiki.edit(MENTORS, '{"mentors": {}}'),
      logged: `${MENTORS}: “mentors” is no field, so it is ignored. Write “Mentors”.`,
      shown: `${MENTORS}: “mentors” is no field, so it is ignored. Write “Mentors”.`,
    },
    '5 an unknown mentor': {
      make: () => editMentors({ 4711: { username: 'Sasha', message: null, weight: 2 } }),
      logged: null,
      shown: `${MENTORS}: “4711” (Sasha) has no account on this wiki. Correct the user ID, or remove the entry.`,
    },
    '6 a weight in quotation marks': {
      make: () => editMentors({ 3: { username: 'Mentor Fatima', message: null, weight: '2' } }),
      logged: `${MENTORS}: “weight” of “3” must be 0, 1, 2 or 4, not "2".`,
      shown: `${MENTORS}: “weight” of “3” must be 0, 1, 2 or 4, not "2".`,
    },
    '7 a misspelt setting of the program': {
      make: () => changeSettings(wiki, { helpDeskURl: '/wiki/Help' }),
      logged: `${SETTINGS}: “helpDeskURl” is no field, so it is ignored. Write “helpDeskUrl”.`,
      shown: `${SETTINGS}: “helpDeskURl” is no field, so it is ignored. Write “helpDeskUrl”.`,
    },
    '7 a setting of the wrong type': {
      make: () => changeSettings(wiki, { GEMentorshipMinimumAge: '90' }),
      logged: `${SETTINGS}: “GEMentorshipMinimumAge” must be a whole number from 0 on, not "90".`,
      shown: `${SETTINGS}: “GEMentorshipMinimumAge” must be a whole number from 0 on, not "90".`,
    },
    '8 a misspelt setting of the gadget': {
      make: () => wiki.edit(SETTINGS_PAGE, 'window.mentorshipModule = { sidebr: true };'),
      logged: `${SETTINGS_PAGE}: “sidebr” is no field. Use: pages,userPage,sidebar,homepage,enroll,reasons,texts.`,
      shown: `${SETTINGS_PAGE}: “sidebr” is no field, so it is ignored. Write “sidebar”.`,
    },
    '8 an unknown value of the gadget': {
      make: () => wiki.edit(SETTINGS_PAGE, 'window.mentorshipModule = { homepage: "all" };'),
      logged: `${SETTINGS_PAGE}: “homepage” must be "experienced", "everybody" or "nobody".`,
      shown: `${SETTINGS_PAGE}: “homepage” must be one of "experienced", "everybody", "nobody", not "all".`,
    },
  };

  for (const [name, { make, logged, shown }] of Object.entries(MISTAKES)) {
    it(`${name}: the console of a reader names it, the page does not`, async (test) => {
      await make();
      const reader = await open(test, 'n_ana');
      if (logged) await untilLogged(reader, logged);
      else await reader.until(({ card }) => card === 'mentored');
      assert.deepEqual(await shownLines(reader), []);
      assert.ok(!reader.sent.some(({ url }) => url.search.includes('-check.js')));
    });

    it(`${name}: the page names it for an interface editor, where the card would stand`, async (test) => {
      await make();
      const editor = await open(test, 'admin');
      const lines = async () => (await shownLines(editor)).join('\n');
      await until(shown, async () => (await lines()).includes(shown));
      assert.ok(
        await editor.page.$eval('div.mentorship-module', ({ previousElementSibling }) =>
          Boolean(previousElementSibling?.shadowRoot),
        ),
      );
    });
  }

  it('a missing check: the console says so', async (test) => {
    await remove(CHECK);
    await untilLogged(
      await open(test, 'admin', { 'mentorship-check': '1' }),
      `${CHECK}: the page is missing.`,
    );
  });

  it('no mistake: an interface editor sees the card only', async (test) => {
    const editor = await open(test, 'admin');
    await editor.until(({ card }) => card === 'opt-in');
    await editor.page.waitForNetworkIdle();
    assert.deepEqual(await shownLines(editor), []);
    const ours = editor.consoleMessages.filter((text) => text.includes('mentorship-module:'));
    assert.deepEqual(ours, []);
  });

  describe('?mentorship-check=1', () => {
    const REPORT = { 'mentorship-check': '1' };
    const AXE: RunOptions = {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      resultTypes: ['violations'],
    };
    const reportLines = (wikiPage: WikiPage) => textsOf(wikiPage, 'dialog[open] li');
    const untilRead = (wikiPage: WikiPage) =>
      until('the report', async () => (await reportLines(wikiPage)).length > 5);

    it('opens a report for an interface editor', async (test) => {
      const editor = await open(test, 'admin', REPORT);
      await untilRead(editor);
      const lines = (await reportLines(editor)).join('\n');
      for (const part of [
        'No mistakes found.',
        `${CARD}: version `,
        `${DIALOGS}: version `,
        `${MORE}: version `,
        `${CHECK}: version `,
        `${LOADER}: version `,
        `${SETTINGS}: found`,
        `${MENTORS}: found`,
        'The program is on.',
        'Mentors on the list: 5. Mentors who take new mentees now: 3.',
        'The texts are the built-in English ones.',
        '(row 14 of the decision table)',
      ])
        assert.ok(lines.includes(part), `${part} is not in:\n${lines}`);
    });

    it('works on any page, and if the card is missing', async (test) => {
      await remove(CARD);
      const editor = await WikiPage.open(test, { browser, wiki, user: 'admin', expected: /./ });
      await editor.page.goto(wiki.pageUrl('River', REPORT));
      await untilRead(editor);
      const lines = await reportLines(editor);
      assert.ok(lines.includes(`${CARD}: the page is missing. ${AGAIN}`), lines.join('\n'));
      assert.ok(lines.some((line) => line.includes('(row 14')));
    });

    it('is in the language of the viewer', async (test) => {
      const editor = await open(test, 'admin', { ...REPORT, uselang: 'de' });
      await untilRead(editor);
      const lines = (await reportLines(editor)).join('\n');
      assert.ok(lines.includes(de['dialog-check-none']), lines);
      const page = 'MediaWiki:Gadget-mentorship-module-de.json';
      assert.ok(lines.includes(de['dialog-check-found'].replace('$1', page)), lines);
    });

    it('can be read and closed with the keyboard, returns the focus, and is accessible', async (test) => {
      await changeSettings(wiki, { helpDeskURl: '/wiki/Help' });
      const editor = await open(test, 'admin');
      const { page } = editor;
      const button = await page.waitForSelector('div >>> section[aria-labelledby=heading] button');
      const isFocused = () => button?.evaluate((element) => element.matches(':focus')) ?? false;
      await button?.focus();
      await page.keyboard.press('Enter');
      await untilRead(editor);
      await page.evaluate(readFileSync('node_modules/axe-core/axe.min.js', 'utf8'));
      const hosts = await page.$$eval('div', (elements) =>
        elements.filter(({ shadowRoot }) => shadowRoot).map((host, index) => (host.id = `check-${index}`)),
      );
      assert.equal(hosts.length, 2);
      const violations = await page.evaluate(
        async (ids, options) => {
          const { violations } = await axe.run({ include: ids.map((id) => [`#${id}`]) }, options);
          return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
        },
        hosts,
        AXE,
      );
      assert.deepEqual(violations, []);
      const focused = () =>
        page.evaluate(() => {
          const inner = document.activeElement?.shadowRoot?.activeElement;
          return inner?.textContent.trim() ?? '';
        });
      assert.equal(await focused(), messageText('dialog-check-heading'));
      await page.keyboard.press('Escape');
      await until('closed', async () => (await reportLines(editor)).length === 0);
      assert.equal(await isFocused(), true);
    });

    it('does nothing for another reader', async (test) => {
      const reader = await open(test, 'n_ana', REPORT);
      await reader.until(({ card }) => card === 'mentored');
      await reader.page.waitForNetworkIdle();
      assert.deepEqual(await reportLines(reader), []);
      assert.ok(!reader.sent.some(({ url }) => url.search.includes('-check.js')));
    });
  });
});
