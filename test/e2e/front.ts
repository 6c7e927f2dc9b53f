import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, it, type TestContext } from 'node:test';
import type { AxeResults, ElementContext, RunOptions } from 'axe-core';
import type { Browser, Page } from 'puppeteer-core';
import { FaultServer } from '../fault-injection-server.ts';
import { environment } from './browser.ts';
import { startGallery } from './gallery-server.ts';
import { BOUNDS, CHANGES } from './front-changes.ts';
import { FrontPage } from './front-page.ts';

declare const axe: { run(context: ElementContext, options: RunOptions): Promise<AxeResults> };

const AXE = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

/** Excludes the cards, which test/cards-axe.test.ts checks. */
const NOT_OURS: ElementContext = { exclude: [['.frame']] };

/** Serves a page on an origin of its own. */
async function serveHtml(test: TestContext, html: string): Promise<string> {
  const server = createServer((_, response) =>
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html),
  );
  test.after(() => server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** Waits for the card of a page, and returns its variant and text. */
async function cardOn(page: Page): Promise<{ variant: string | null; text: string }> {
  await page.waitForFunction(
    () => document.querySelector('mentorship-module')?.shadowRoot?.querySelector('section h2')?.textContent,
  );
  return page.$eval('mentorship-module', (element) => ({
    variant: element.getAttribute('variant'),
    text: (element.shadowRoot?.querySelector('section')?.textContent ?? '').replace(/\s+/g, ' ').trim(),
  }));
}

const excess = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

const openAll = (page: Page) =>
  page.$$eval('main details', (all) => all.forEach((details) => (details.open = true)));

export const frontTests = (browser: () => Browser) =>
  describe('front page', () => {
    const open = (test: TestContext, address: string, width?: number) =>
      FrontPage.open(test, browser(), address, width);

    it('shows five people, each with a sentence, a reason and a card', async (test) => {
      const front = await open(test, '.');
      const seen = await Promise.all(['ana', 'ben', 'noor', 'fatima', 'eli'].map((id) => front.card(id)));
      assert.deepEqual(
        seen.map(({ variant, about }) => [
          variant,
          /^.*?(?=\. Why)/.exec(about)?.[0],
          /Row \d+/.exec(about)?.[0],
        ]),
        [
          ['mentored', 'Ana joined yesterday: she sees her mentor', 'Row 7'],
          ['opt-in', 'Ben has no mentor yet: he can get one', 'Row 14'],
          ['invite', 'Noor has made 1,480 edits in three years: she is invited to help', 'Row 6'],
          ['mentor', 'Fatima is a mentor: two questions wait for her', 'Row 4'],
          ['unavailable', 'Eli wants a mentor, but none is free: he learns where else to ask', 'Row 13'],
        ],
      );
    });

    it('has a control for each setting, which changes the card at once, and the URL', async (test) => {
      const front = await open(test, '.');
      for (const { before = '', name, value, then } of CHANGES)
        await test.test(`${name}=${value}`, async () => {
          await front.go(`?card=ana${before}`);
          assert.ok(!then(await front.card('a')), 'the card already is so');
          await front.set('a', name, value);
          const after = await front.until('a', then);
          const address = await front.page.evaluate(() => location.search);
          assert.ok(address.includes(`${name}=${value}`), address);
          await front.go(address);
          assert.deepEqual(await front.until('a', then), after, 'the URL restores the card');
        });
      const names = await front.page.$$eval('.front :is(input, select)', (all) => all.map((one) => one.name));
      const tested: readonly string[] = [...CHANGES.map(({ name }) => name), 'writes', 'api', 'viewer'];
      assert.deepEqual(
        names.filter((name) => !tested.includes(name)),
        [],
        'a control without a test',
      );
    });

    it('loses the response of a write, or refuses the write', async (test) => {
      const front = await open(test, '?card=ana&writes=lost');
      const ask = async (text: string) => {
        await front.page.locator('mentorship-module >>> .actions .primary').click();
        await front.page.locator('mentorship-module >>> dialog[open] textarea').fill(text);
        await front.page.locator('mentorship-module >>> dialog[open] .actions .primary').click();
      };
      await ask('Is this stored?');
      await front.until('a', ({ dialog }) => dialog?.includes('See your question'));
      await front.go('?card=ana&writes=read-only');
      await ask('And this?');
      await front.until('a', ({ dialog }) => dialog?.includes('The servers are being moved.'));
    });

    it('names the row on both sides of each bound, with the viewer’s numbers', async (test) => {
      const front = await open(test, '.');
      for (const [card, name, ...sides] of BOUNDS) {
        await front.go(`?card=${card}`);
        for (const [value, row, reason] of sides) {
          await front.set('a', name, value);
          const { about } = await front.until('a', (seen) => seen.about.includes(`Row ${row} of 14`));
          assert.ok(about.includes(reason), `${card}, ${name}=${value}: ${about}`);
        }
      }
      await front.page.locator('.why a').click();
      const target = await front.page.$eval('tr:target', (row) =>
        row.textContent.replace(/\s+/g, ' ').trim(),
      );
      assert.match(target, /^6 may become a mentor.* invite$/);
    });

    it('shows the appearance on all cards, and changes one person only', async (test) => {
      const front = await open(test, '.');
      await front.set('ana', 'lang', 'he');
      await front.set('ana', 'edits', '600');
      await front.set('ana', 'days', '300');
      const ana = await front.until('ana', ({ about, lang }) => about.includes('Row 6') && lang === 'he');
      assert.match(ana.about, /^Ana, with 600 edits in 300 days: is invited to help\./);
      const ben = await front.until('ben', ({ lang, variant }) => lang === 'he' && variant !== null);
      assert.equal(ben.variant, 'opt-in');
      await front.page.locator('#ana .reset').click();
      await front.until('ana', ({ variant }) => variant === 'mentored');
      assert.equal(await front.page.evaluate(() => location.search), '?lang=he');
    });

    it('shows two settings side by side', async (test) => {
      const front = await open(test, '?card=noor&lang=de');
      await Promise.all([
        front.page.waitForNavigation(),
        front.page.locator('xpath/.//a[.="Two settings side by side"]').click(),
      ]);
      await front.until('b', ({ variant }) => variant === 'invite');
      for (const [name, value] of Object.entries({ lang: 'ar', theme: 'dark', edits: '499' }))
        await front.set('b', name, value);
      const b = await front.until('b', ({ about, lang }) => about.includes('Row 14') && lang === 'ar');
      const a = await front.card('a');
      assert.deepEqual(
        [a.variant, a.lang, a.direction, a.colorScheme === 'dark'],
        ['invite', 'de', 'ltr', false],
      );
      assert.equal(b.colorScheme, 'dark');
      await front.reload();
      assert.deepEqual(await front.until('b', ({ text }) => text === b.text), b);
      assert.deepEqual(await front.until('a', ({ text }) => text === a.text), a);
    });

    it('copies HTML, JavaScript and a link that show the card elsewhere', async (test) => {
      const front = await open(test, '?lang=ru&theme=dark&ana.questions=several');
      const { text, variant } = await front.until('ana', (card) => card.variant === 'mentored');
      const page = await front.page.browserContext().newPage();
      await test.test('HTML', async () => {
        await page.goto(await serveHtml(test, await front.copy('ana', 'HTML')));
        assert.deepEqual(await cardOn(page), { variant, text });
        assert.equal(await page.$eval('mentorship-module', ({ theme }) => theme), 'dark');
      });
      await test.test('JavaScript', async () => {
        await page.goto(await serveHtml(test, '<!doctype html><title>Empty</title>'));
        await page.addScriptTag({ type: 'module', content: await front.copy('ana', 'JavaScript') });
        assert.deepEqual(await cardOn(page), { variant, text });
      });
      await test.test('link', async () => {
        await page.goto(await front.copy('ana', 'Link'));
        assert.deepEqual(await cardOn(page), { variant, text });
      });
      await front.set('ana', 'questions', 'none');
      assert.equal(await front.page.$('#ana textarea'), null, 'code of other settings is not shown');
    });

    it('shows the card of a user of a wiki', async (test) => {
      const wiki = await FaultServer.start(test, null, 'anon');
      const front = await open(test, '.');
      await front.page.locator('.as-user [name=api]').fill(wiki.api);
      await front.page.locator('.as-user [name=viewer]').fill('Experienced Hal');
      await Promise.all([front.page.waitForNavigation(), front.page.locator('.as-user button').click()]);
      await front.page.waitForSelector('[data-preview=api] [variant=invite]');
      const reason = await front.page.$eval('.why', (why) => why.textContent.replace(/\s+/g, ' '));
      assert.match(reason, /Row 6 of 14.*1,500 edits: at least the 500 that a mentor needs\./);
      const viewers = await front.page.$$eval('.as-user input', (all) => all.map(({ value }) => value));
      assert.deepEqual(viewers, [wiki.api, 'Experienced Hal']);
    });

    it('searches all states', async (test) => {
      const front = await open(test, '.');
      await Promise.all([
        front.page.waitForNavigation(),
        front.page.locator('xpath/.//nav//a[.="All states"]').click(),
      ]);
      const ids = () =>
        front.page.$$eval('[data-preview]', (all) => all.map((one) => one.getAttribute('data-preview')));
      await front.page.waitForSelector('html[data-ready]');
      const all = await ids();
      assert.ok(all.length >= 62);
      await front.page.locator('[name=states]').fill('AWAY summary');
      await front.page.waitForFunction(() => document.querySelector('output')?.textContent === '1 state');
      assert.deepEqual(await ids(), ['mentored-away-summary']);
      await front.page.reload();
      await front.page.waitForSelector('[variant=mentored]');
      assert.deepEqual(await ids(), ['mentored-away-summary']);
      await front.page.focus('[name=states]');
      for (let count = 0; count < 'AWAY summary'.length; count++)
        await front.page.keyboard.press('Backspace');
      await front.page.waitForSelector('html[data-ready]');
      assert.deepEqual(await ids(), all);
      assert.equal(await front.page.$('.wrong'), null);
      await front.go('?states=away&theme=dark&width=240');
      const reset = await front.page.$eval('.controls a', (link) => link.href);
      assert.equal(reset, `${environment.gallery}?states=away`);
    });

    it('follows no link of a sample, and makes no request elsewhere', async (test) => {
      const front = await open(test, '.');
      const count = await front.page.evaluate(() => {
        const roots = Array.from(
          document.querySelectorAll('mentorship-module'),
          ({ shadowRoot }) => shadowRoot,
        );
        const links = roots.flatMap((root) => [
          ...(root?.querySelectorAll<HTMLAnchorElement>('a[href]') ?? []),
        ]);
        for (const link of links) link.click();
        return links.length;
      });
      assert.ok(count > 5, `only ${count} links`);
      await front.set('ana', 'lang', 'fr');
      await front.until('ana', ({ text }) => text.includes('Camille'));
      assert.equal(await front.page.evaluate(() => location.origin + location.pathname), environment.gallery);
      assert.deepEqual(front.foreign, []);
    });

    it('is served to the network with HOST', async (test) => {
      const { urls } = await startGallery(test, { HOST: '0.0.0.0' });
      const own = Object.values(networkInterfaces()).flatMap((all = []) => all);
      const addresses = own.filter(({ family }) => family === 'IPv4').map(({ address }) => address);
      assert.deepEqual(urls.map((url) => new URL(url).hostname).sort(), addresses.sort());
      for (const url of urls) assert.match(await (await fetch(url)).text(), /gallery\.js/, url);
    });

    it('can be used with the keyboard', async (test) => {
      const front = await open(test, '.');
      await front.page.focus('#noor [name=edits]');
      await front.page.keyboard.press('End');
      for (let count = 0; count < 4; count++) await front.page.keyboard.press('Backspace');
      await front.page.keyboard.type('499');
      const { about } = await front.until('noor', ({ variant }) => variant === 'opt-in');
      assert.ok(about.includes('Row 14'));
      await front.page.focus('#noor summary');
      await front.page.keyboard.press('Enter');
      await front.page.focus('#noor [name=mentors]');
      await front.page.keyboard.type('none');
      await front.until('noor', ({ variant }) => variant === 'unavailable');
      await front.page.focus('#noor .reset');
      await front.page.keyboard.press('Enter');
      await front.until('noor', ({ variant }) => variant === 'invite');
    });

    for (const address of [
      '.',
      '?card=ana&skin=timeless',
      '?card=ana&compare&b.lang=ar&b.skin=vector',
      '?states',
    ])
      it(`fits in 390 px: ${address}`, async (test) => {
        const front = await open(test, address, 390);
        await openAll(front.page);
        assert.ok((await excess(front.page)) <= 0);
      });

    for (const address of ['.', '?card=noor&compare&b.theme=dark', '?states=invite'])
      it(`is accessible: ${address}`, async (test) => {
        const front = await open(test, address);
        await openAll(front.page);
        await front.page.evaluate(AXE);
        for (const scheme of ['light', 'dark'])
          await test.test(scheme, async () => {
            await front.page.evaluate((theme) => (document.documentElement.dataset['theme'] = theme), scheme);
            const { violations } = await front.page.evaluate(
              (context) => axe.run(context, { resultTypes: ['violations'] }),
              NOT_OURS,
            );
            assert.deepEqual(
              violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`)),
              [],
            );
          });
      });
  });
