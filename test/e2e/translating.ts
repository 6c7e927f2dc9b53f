import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { AxeResults, ElementContext, RunOptions } from 'axe-core';
import type { Page } from 'puppeteer-core';
import de from '../../locales/de.json' with { type: 'json' };
import en from '../../locales/en.json' with { type: 'json' };
import qqq from '../../locales/qqq.json' with { type: 'json' };
import { expand, flat, parse } from '../../build/locales/message.ts';
import { found } from './browser.ts';
import { ownGallery } from './gallery-server.ts';
import type { Begin } from './visit.ts';

const PATIENCE = { timeout: 60_000 };
const CARD = '#scene-mentored-question-states [data-side=theirs]';
const ASK = `${CARD} >>> .actions .primary`;
/** Alone in the world. */
const ALONE = '?case=mentor';

/** The cards themselves are looked at by test/axe.test.ts. */
const NOT_OURS: ElementContext = { exclude: [['.frame']] };
const AXE: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
};

declare const axe: { run(context: ElementContext, options: RunOptions): Promise<AxeResults> };

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.waitForSelector('html[data-ready]', PATIENCE);
}

const textOf = (page: Page, selector: string) =>
  page.$eval(selector, (element) => element.textContent.replaceAll(/\s+/g, ' ').trim());

/** What is painted so, word for word. */
const painted = (page: Page, kind: string) =>
  page.evaluate((name) => [...(CSS.highlights.get(name)?.values() ?? [])].map(String), `translate-${kind}`);

/** Whether all of it can be seen, with the page where it is. */
const isInSight = (page: Page, selector: string) =>
  page.$eval(selector, (element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= -1 && bottom <= innerHeight;
  });

const scrolled = (page: Page) => page.evaluate(() => Math.round(scrollY));

export const translating = (begin: Begin) =>
  describe('translating', () => {
    it('shows one locale beside English', async (test) => {
      const { page } = await begin(test, { address: ALONE });
      await open(page, `${found.gallery}?translate=de`);

      await test.test(
        'works by keyboard: a row opens the panel, its links lead on, Escape closes it',
        async () => {
          const row = 'tr[data-key="failed"] button';
          await page.focus(row);
          await page.keyboard.press('Enter');
          assert.equal(await textOf(page, '.panel h2'), 'failed');
          await page.focus('.panel .row button');
          await page.keyboard.press('Enter');
          assert.equal(await isInSight(page, row), false);
          await page.focus('.panel dd button');
          await page.keyboard.press('Enter');
          assert.equal(await textOf(page, '.panel h2'), 'retry');
          await page.keyboard.press('Escape');
          assert.equal(await page.$('.panel'), null);
          assert.equal(await page.evaluate(() => document.activeElement?.textContent.trim()), 'failed');
          assert.ok(await isInSight(page, row));
        },
      );

      await test.test('shows every text that a card can show, and says of each what is known', async () => {
        const unseen = await page.$eval('html', ({ dataset }) => dataset['unseen']);
        assert.equal(unseen, 'loading');
        await page.locator(ASK).click();
        const panel = await textOf(page, '.panel');
        assert.equal(await textOf(page, '.panel h2'), 'ask');
        for (const words of [en.ask, de.ask, qqq.ask.split(':')[0]!]) assert.ok(panel.includes(words), words);
        assert.match(await page.evaluate(() => location.search), /key=ask/);
        const marks = await painted(page, 'chosen');
        assert.ok(marks.includes(en.ask), marks.join());
      });

      await test.test('does nothing else when a link, a button or a text is pressed', async () => {
        const address = () => page.evaluate(() => location.pathname + location.hash);
        const before = await address();
        await page.locator(`${CARD} >>> .links a`).click();
        assert.equal(await textOf(page, '.panel h2'), 'conversations');
        await page.locator(`${CARD} >>> h2`).click();
        assert.equal(await textOf(page, '.panel h2'), 'mentored-heading');
        await page.locator('#scene-ask-writing [data-side=english] >>> dialog .close').click();
        assert.equal(await textOf(page, '.panel h2'), 'dialog-common-close');
        assert.equal(await address(), before);
      });
    });

    it('marks what is missing or still English, and is loaded anew on save where it was', async (test) => {
      const { page } = await begin(test, { address: ALONE });
      const { url, change } = await ownGallery(test);
      change('de', (texts) => {
        delete texts['mentored-about'];
        texts['ask'] = en.ask;
      });
      await open(page, `${url}?translate=de`);
      assert.ok((await painted(page, 'missing')).includes(en['mentored-about']));
      assert.ok((await painted(page, 'same')).includes(en.ask));
      await page.locator('tr[data-key="mentored-about"] button').click();
      assert.match(await textOf(page, '.panel'), /missing; until then English is shown/);
      assert.doesNotMatch(await textOf(page, '.panel'), /It has/);
      await page.$eval('.switch input', (box) => box.click());
      await page.locator('#scene-opt-in [data-side=theirs] >>> h2').click();
      await page.evaluate(() => scrollBy(0, 800));
      const before = await scrolled(page);

      change('de', (texts) => {
        texts['ask'] = 'Frag doch';
        texts['mentored-about'] = 'Hier steht jetzt etwas.';
      });
      await page.waitForFunction(() => document.documentElement.dataset['ready'] === undefined, PATIENCE);
      await page.waitForSelector('html[data-ready]', PATIENCE);
      assert.equal(await textOf(page, ASK), 'Frag doch');
      assert.deepEqual(await painted(page, 'missing'), []);
      assert.equal(await textOf(page, '.panel h2'), 'opt-in-heading');
      assert.ok(await page.$eval('.switch input', (box) => box.checked));
      const after = await scrolled(page);
      assert.ok(Math.abs(after - before) < 200, `${before} before, ${after} after`);
    });

    it('begins where the address says, and leads to what is left to do', async (test) => {
      const { page } = await begin(test, { address: ALONE });
      const { url, change } = await ownGallery(test);
      change('ka', (texts) => {
        texts['retry'] = 'ხელახლა  ცდა';
        delete (texts['@metadata'] as Record<string, unknown>)['numbers'];
      });
      await open(page, `${url}?translate=ka#leaving`);
      assert.ok(await isInSight(page, '#leaving'));
      const isKnown = await page.evaluate(() => Intl.NumberFormat.supportedLocalesOf('ka').length > 0);
      assert.equal((await textOf(page, '.top')).includes('no numbers for Georgian'), !isKnown);
      assert.equal(await textOf(page, '.progress a'), '1 finding');
      const heights = () => page.$$eval('.pair', (all) => all.map((one) => one.clientHeight));
      const before = await heights();
      await page.locator('.progress a').click();
      await page.waitForFunction(() => location.hash === '#texts', PATIENCE);
      assert.ok(await isInSight(page, '#texts'));
      const rows = await page.$$eval('.texts tbody tr', (all) => all.map((row) => row.dataset['key']));
      assert.deepEqual(rows, ['retry']);
      assert.deepEqual(await heights(), before, 'the dialogs stay as they were');
      assert.match(await page.evaluate(() => location.search), /to-do/);
    });

    it('shows all plural and gender forms', async (test) => {
      const { page } = await begin(test, { address: ALONE });
      await open(page, `${found.gallery}?translate=ar&forms`);
      const shown = await page.$$eval('.message', (messages) =>
        messages.map((one) => [one.getAttribute('data-key'), one.querySelectorAll('.form').length]),
      );
      const ar = JSON.parse(readFileSync('locales/ar.json', 'utf8')) as Record<string, string>;
      const expected = Object.entries(ar)
        .filter(([key]) => key !== '@metadata')
        .map(([key, text]) => [key, parse(text)] as const)
        .filter(([, pieces]) => flat(pieces).some((piece) => 'forms' in piece))
        .map(([key, pieces]) => [key, expand(pieces, 'ar').length]);
      assert.deepEqual(Object.fromEntries(shown), Object.fromEntries(expected));
      assert.equal(await page.$('.wrong'), null);
    });

    it('says how a language is begun, and leads there from the gallery and back', async (test) => {
      const { page } = await begin(test, { address: `${ALONE}&lang=de` });
      await open(page, `${found.gallery}?translate=xx`);
      assert.match(await textOf(page, 'main'), /npm run locale:new xx/);
      await open(page, `${found.gallery}?translate=en`);
      assert.doesNotMatch(await textOf(page, 'main'), /npm run/);
      await open(page, `${found.gallery}?case=mentor&lang=de`);
      const [there] = await page.$$eval('.controls a', (links) => links.map((link) => link.href));
      assert.equal(there, `${found.gallery}?translate=de`);
      await open(page, `${there}&forms`);
      const links = await page.$$eval('.top a', (all) => all.map((link) => link.href));
      assert.ok(links.includes(`${found.gallery}?lang=de`));
    });

    for (const address of ['?translate=de&key=away-until', '?translate=de&forms', '?translate=xx'])
      it(`is accessible: ${address}`, async (test) => {
        const { page } = await begin(test, { address: ALONE, width: 1400 });
        await open(page, `${found.gallery}${address}&theme=light`);
        await page.evaluate(readFileSync('node_modules/axe-core/axe.min.js', 'utf8'));
        for (const scheme of ['light', 'dark'])
          await test.test(scheme, async () => {
            await page.evaluate((theme) => (document.documentElement.dataset['theme'] = theme), scheme);
            const { violations } = await page.evaluate(
              (context, options) => axe.run(context, options),
              NOT_OURS,
              AXE,
            );
            const said = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
            assert.deepEqual(said, []);
          });
      });
  });
