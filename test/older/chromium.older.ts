// Opens the stand-alone file in an older Chromium; see scripts/older-chromiums.mjs.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';

interface Environment {
  version: string;
  support: 'full' | 'plain colors' | 'none';
  path: string;
  flags: string[];
  /** URL of the server. */
  url: string;
}

const { version, support, path, flags, url } = JSON.parse(process.env['OLDER'] ?? '{}') as Environment;
const THEMES = ['', 'light', 'dark', 'auto'];
const SCHEMES = ['light', 'dark'];

/** Colors of a part, as the browser has computed them. */
interface Colors {
  part: string;
  background: string;
  text: string;
}

describe(`Chromium ${version}`, () => {
  let browser: Browser;
  before(async () => {
    browser = await puppeteer.launch({ executablePath: path, headless: 'shell', args: flags });
  });
  after(() => browser.close());

  let count = 0;

  /** Opens a page with a card, and records errors. */
  async function openCard(file: string, theme = ''): Promise<{ page: Page; errors: string[] }> {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => {
      if (['error', 'warn'].includes(message.type())) errors.push(message.text());
    });
    await page.goto(`${url}card/${version}-${count++}/${file}?${theme}`);
    return { page, errors };
  }

  it('has the features of its support', async () => {
    const { page } = await openCard('mentorship-module');
    const features = await page.evaluate(() => [
      CSS.supports('color', 'light-dark(red, red)'),
      'canParse' in URL,
    ]);
    assert.deepEqual(features, [support === 'full', support !== 'none']);
    await page.close();
  });

  if (support === 'none') {
    for (const file of ['mentorship-module', 'lazy'])
      it(`keeps the content of the host with ${file}.js, without an error`, async () => {
        const { page, errors } = await openCard(file);
        await page.waitForNetworkIdle();
        const seen = await page.evaluate(() => ({
          isDefined: customElements.get('mentorship-module') !== undefined,
          content: document.querySelector('mentorship-module p')?.checkVisibility(),
        }));
        assert.deepEqual({ ...seen, errors }, { isDefined: false, content: true, errors: [] });
        await page.close();
      });
    return;
  }

  for (const file of ['mentorship-module', 'lazy'])
    it(`publishes a question with ${file}.js`, async () => {
      const { page, errors } = await openCard(file);
      await page.locator('mentorship-module >>> section .actions .primary').click();
      await page.locator('mentorship-module >>> dialog textarea').fill('How do I cite a book?');
      await page.locator('mentorship-module >>> dialog form .primary').click();
      await page.waitForSelector('mentorship-module >>> dialog a[href*="#Question_from"]');
      await page.locator('mentorship-module >>> dialog .close').click();
      await page.waitForSelector('mentorship-module >>> ::-p-text(How do I cite a book?)');
      assert.deepEqual(errors, []);
      await page.close();
    });

  for (const theme of THEMES)
    for (const scheme of SCHEMES)
      it(`has readable colors with the theme “${theme}” on a ${scheme} page`, async () => {
        const { page, errors } = await openCard('mentorship-module', theme);
        await page.evaluate((value) => {
          document.documentElement.style.colorScheme = value;
        }, scheme);
        await page.locator('mentorship-module >>> section .actions .primary').click();
        await page.waitForSelector('mentorship-module >>> dialog[open] textarea');
        const parts = await page.evaluate((): Colors[] => {
          const root = document.querySelector('mentorship-module')?.shadowRoot;
          return ['section', 'section .primary', 'dialog', 'dialog textarea', 'dialog .primary'].map(
            (part) => {
              const found = root?.querySelector(part);
              if (!found) return { part, background: '', text: '' };
              const { backgroundColor, color } = getComputedStyle(found);
              return { part, background: backgroundColor, text: color };
            },
          );
        });
        for (const { part, background, text } of parts) {
          assert.match(background, /^rgb\(/, `${part} has an opaque background`);
          assert.ok(contrast(background, text) >= 4.5, `${part}: ${text} on ${background}`);
        }
        const isDark = theme === 'dark' || (scheme === 'dark' && theme !== 'light');
        const [card] = parts;
        assert.equal(luminance(card?.background ?? '') < 0.5, isDark, 'the card follows the color scheme');
        assert.deepEqual(errors, []);
        await page.close();
      });
});

/** Relative luminance of a color `rgb(…)`, as WCAG 2.2 defines it. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map((channel) => {
    const value = Number(channel) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}
