import { readFileSync } from 'node:fs';
import { startServer } from './dev-server.ts';

const TIMEOUT = 40_000;

const readTexts = (locale) => JSON.parse(readFileSync(`locales/${locale}.json`, 'utf8'));

/** Serves a folder as files. */
export const serveFiles = (rootDir) => startServer({ rootDir, port: 0, disableFileWatcher: true });

const english = readTexts('en');
const german = readTexts('de');
const text = (words) => `::-p-text(${words})`;

/** Throws unless the application's router notices nothing of the ask dialog, and leads to its second page and back. */
async function checkRouter(page) {
  const observe = () =>
    page.evaluate(() => {
      const { location, history } = document.defaultView;
      const { value } = document.querySelector('#field');
      return JSON.stringify([location.href, history.length, history.state, value]);
    });
  await page.type('#field', 'typed');
  const before = await observe();
  const dialog = '#english >>> dialog[open] textarea';
  for (const close of [() => page.keyboard.press('Escape'), () => page.click('#english >>> dialog .close')]) {
    // The button of a preview is a link.
    await page.$eval('#english', (element) => element.ask());
    await page.waitForSelector(dialog);
    await close();
    await page.waitForSelector(dialog, { hidden: true });
    // Going back, if a dialog did, would end later.
    await page.waitForNetworkIdle();
    const after = await observe();
    if (after !== before)
      throw new Error(
        `Closing the ask dialog changed URL, history length, state or field from ${before} to ${after}.`,
      );
  }
  await page.click('a[href="/second"]');
  await page.waitForSelector('h1');
  await page.goBack();
  await page.waitForSelector('#english >>> section');
  await page.goForward();
  await page.waitForSelector('h1');
}

/**
 * Opens a page of test/bundlers. Throws unless it shows the card in English and in German, a dialog in German, and
 * the application's own text if it has one, without errors in the console and in responses. If the page links to
 * `/second`, also throws unless the router works with the ask dialog.
 */
export async function checkPage(browser, url) {
  const page = await browser.newPage();
  page.setDefaultTimeout(TIMEOUT);
  const errors = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('response', (response) => {
    if (response.status() >= 400) errors.push(`${response.status()} ${response.url()}`);
  });
  try {
    await page.goto(url);
    if (url.includes('localized')) await page.waitForSelector(`#application${text('Guten Tag')}`);
    await page.waitForSelector(`#english >>> section ${text(english['questions-heading'])}`);
    await page.waitForSelector(`#german >>> section ${text(german['questions-heading'])}`);
    await page.click('#german >>> .detail button');
    await page.waitForSelector(`#german >>> dialog[open] ${text(german['dialog-about-who'])}`);
    await page.click('#german >>> dialog .close');
    if (await page.$('a[href="/second"]')) await checkRouter(page);
  } catch (error) {
    errors.push(error.message);
  } finally {
    await page.close();
  }
  if (errors.length > 0) throw new Error(`${url}: ${[...new Set(errors)].join(' | ')}`);
}
