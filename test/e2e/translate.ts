import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { AxeResults, ElementContext, RunOptions } from 'axe-core';
import type { Page } from 'puppeteer-core';
import de from '../../locales/de.json' with { type: 'json' };
import en from '../../locales/en.json' with { type: 'json' };
import qqq from '../../locales/qqq.json' with { type: 'json' };
import { expand, flat, parse } from '../../build/locales/message.ts';
import { environment } from './browser.ts';
import { startGallery } from './gallery-server.ts';
import type { OpenGallery } from './gallery-page.ts';

const TIMEOUT = { timeout: 60_000 };
const CARD = '#preview-mentored-question-states [data-side=translation]';
const ASK = `${CARD} >>> .actions .primary`;
/** URL of a single case. */
const ALONE = '?case=mentor';

/** Excludes the cards, which test/cards-axe.test.ts checks. */
const NOT_OURS: ElementContext = { exclude: [['.frame']] };
const AXE: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
};

declare const axe: { run(context: ElementContext, options: RunOptions): Promise<AxeResults> };

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.waitForSelector('html[data-ready]', TIMEOUT);
}

const textOf = (page: Page, selector: string) =>
  page.$eval(selector, (element) => element.textContent.replaceAll(/\s+/g, ' ').trim());

/** Returns the texts of a highlight. */
const painted = (page: Page, kind: string) =>
  page.evaluate((name) => [...(CSS.highlights.get(name)?.values() ?? [])].map(String), `translate-${kind}`);

/** Returns true if the element is entirely within the window. */
const isInSight = (page: Page, selector: string) =>
  page.$eval(selector, (element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= -1 && bottom <= innerHeight;
  });

const scrolled = (page: Page) => page.evaluate(() => Math.round(scrollY));

export const translateTests = (openGallery: OpenGallery) =>
  describe('translation page', () => {
    it('shows a locale next to English', async (test) => {
      const { page } = await openGallery(test, { address: ALONE });
      await open(page, `${environment.gallery}?translate=de`);

      await test.test(
        'works by keyboard: a row opens the panel, its links select other keys, Escape closes it',
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

      await test.test('shows every text of the cards and the details of each', async () => {
        const unseen = (await page.$eval('html', ({ dataset }) => dataset['unseen'])) ?? '';
        // The report for administrators is no part of the element.
        const ofCards = unseen.split(' ').filter((key) => !key.startsWith('dialog-check-'));
        assert.deepEqual(ofCards, ['loading', 'script-missing', 'reload']);
        await page.locator(ASK).click();
        const panel = await textOf(page, '.panel');
        assert.equal(await textOf(page, '.panel h2'), 'ask');
        for (const words of [en.ask, de.ask, qqq.ask.split(':')[0]!]) assert.ok(panel.includes(words), words);
        assert.match(await page.evaluate(() => location.search), /key=ask/);
        const marks = await painted(page, 'chosen');
        assert.ok(marks.includes(en.ask), marks.join());
      });

      await test.test('only selects the text when a link, a button or a text is pressed', async () => {
        const address = () => page.evaluate(() => location.pathname + location.hash);
        const before = await address();
        // The panel at the bottom must not cover the link.
        await page.$eval(`${CARD} >>> .links a`, (link) => link.scrollIntoView());
        await page.locator(`${CARD} >>> .links a`).click();
        assert.equal(await textOf(page, '.panel h2'), 'conversations');
        await page.locator(`${CARD} >>> h2`).click();
        assert.equal(await textOf(page, '.panel h2'), 'mentored-heading');
        await page.locator('#preview-ask-writing [data-side=english] >>> dialog .close').click();
        assert.equal(await textOf(page, '.panel h2'), 'dialog-common-close');
        assert.equal(await address(), before);
      });
    });

    it('highlights missing and English texts, and reloads on save at the same position', async (test) => {
      const { page } = await openGallery(test, { address: ALONE });
      const { url, change } = await startGallery(test);
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
      await page.$eval('.toggle input', (box) => box.click());
      await page.locator('#preview-opt-in [data-side=translation] >>> h2').click();
      await page.evaluate(() => scrollBy(0, 800));
      const before = await scrolled(page);

      change('de', (texts) => {
        texts['ask'] = 'Frag doch';
        texts['mentored-about'] = 'Hier steht jetzt etwas.';
      });
      await page.waitForFunction(() => document.documentElement.dataset['ready'] === undefined, TIMEOUT);
      await page.waitForSelector('html[data-ready]', TIMEOUT);
      assert.equal(await textOf(page, ASK), 'Frag doch');
      assert.deepEqual(await painted(page, 'missing'), []);
      assert.equal(await textOf(page, '.panel h2'), 'opt-in-heading');
      assert.ok(await page.$eval('.toggle input', (box) => box.checked));
      const after = await scrolled(page);
      assert.ok(Math.abs(after - before) < 200, `${before} before, ${after} after`);
    });

    it('scrolls to the fragment of the URL and filters unfinished texts', async (test) => {
      const { page } = await openGallery(test, { address: ALONE });
      const { url, change } = await startGallery(test);
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
      await page.waitForFunction(() => location.hash === '#texts', TIMEOUT);
      assert.ok(await isInSight(page, '#texts'));
      const rows = await page.$$eval('.texts tbody tr', (all) => all.map((row) => row.dataset['key']));
      const ka = JSON.parse(readFileSync('locales/ka.json', 'utf8')) as Record<string, string>;
      assert.deepEqual(new Set(rows), new Set(['retry', ...Object.keys(en).filter((key) => !(key in ka))]));
      assert.deepEqual(await heights(), before, 'the dialogs stay as they were');
      assert.match(await page.evaluate(() => location.search), /to-do/);
    });

    it('shows all plural and gender forms', async (test) => {
      const { page } = await openGallery(test, { address: ALONE });
      await open(page, `${environment.gallery}?translate=ar&forms`);
      const shown = await page.$$eval('.message', (messages) =>
        messages.map((one) => [one.getAttribute('data-key'), one.querySelectorAll('.form').length]),
      );
      const ar = JSON.parse(readFileSync('locales/ar.json', 'utf8')) as Record<string, string>;
      // A missing text is shown in English.
      const { '@metadata': _, ...texts } = { ...en, ...ar };
      const expected = Object.entries(texts)
        .map(([key, text]) => [key, parse(text)] as const)
        .filter(([, pieces]) => flat(pieces).some((piece) => 'forms' in piece))
        .map(([key, pieces]) => [key, expand(pieces, 'ar').length]);
      assert.deepEqual(Object.fromEntries(shown), Object.fromEntries(expected));
      assert.equal(await page.$('.wrong'), null);
    });

    it('explains how to add a language, and links to the gallery and back', async (test) => {
      const { page } = await openGallery(test, { address: `${ALONE}&lang=de` });
      await open(page, `${environment.gallery}?translate=xx`);
      assert.match(await textOf(page, 'main'), /npm run locale:new xx/);
      await open(page, `${environment.gallery}?translate=en`);
      assert.doesNotMatch(await textOf(page, 'main'), /npm run/);
      await open(page, `${environment.gallery}?case=mentor&lang=de`);
      const there = `${environment.gallery}?translate=de`;
      const pages = await page.$$eval('.pages a', (links) => links.map((link) => link.href));
      assert.ok(pages.includes(there));
      await open(page, `${there}&forms`);
      const links = await page.$$eval('.top a', (all) => all.map((link) => link.href));
      assert.ok(links.includes(`${environment.gallery}?lang=de`));
    });

    for (const address of ['?translate=de&key=away-until', '?translate=de&forms', '?translate=xx'])
      it(`is accessible: ${address}`, async (test) => {
        const { page } = await openGallery(test, { address: ALONE, width: 1400 });
        await open(page, `${environment.gallery}${address}&theme=light`);
        await page.evaluate(readFileSync('node_modules/axe-core/axe.min.js', 'utf8'));
        for (const scheme of ['light', 'dark'])
          await test.test(scheme, async () => {
            await page.evaluate((theme) => (document.documentElement.dataset['theme'] = theme), scheme);
            const { violations } = await page.evaluate(
              (context, options) => axe.run(context, options),
              NOT_OURS,
              AXE,
            );
            const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
            assert.deepEqual(found, []);
          });
      });
  });
