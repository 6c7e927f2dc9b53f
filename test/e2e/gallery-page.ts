import type { TestContext } from 'node:test';
import type { Browser, ElementHandle, KeyInput, Page } from 'puppeteer-core';
import { environment } from './browser.ts';
import { installFakeDate } from './fake-date.ts';
import { installPageObject, type PageState } from './page-object.ts';
import { messageText } from './message-text.ts';

/** Longer than anything takes on a machine that has other things to do as well. */
const TIMEOUT_MS = 30_000;
const POLL_MS = 40;

export interface PageOptions {
  /** Of the gallery, from `?` on. */
  address: string;
  width?: number;
  height?: number;
}

/** Opens the gallery for one test. */
export type OpenGallery = (test: TestContext, options: PageOptions) => Promise<GalleryPage>;

/** The gallery in a browser that nobody has used before, as a person works with it. */
export class GalleryPage {
  readonly page: Page;
  readonly #errors: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) =>
      this.#errors.push(error instanceof Error ? error.message : String(error)),
    );
  }

  /** Ends with the test, which fails if the page had an uncaught error. */
  static async open(test: TestContext, browser: Browser, options: PageOptions): Promise<GalleryPage> {
    const { address, width = 1000, height = 1400 } = options;
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    const gallery = new GalleryPage(page);
    test.after(async () => {
      await context.close();
      if (gallery.#errors.length) throw new Error(gallery.#errors.join('\n'));
    });
    await page.setViewport({ width, height });
    await page.evaluateOnNewDocument(installPageObject);
    await page.evaluateOnNewDocument(installFakeDate);
    await gallery.go(address);
    return gallery;
  }

  async go(address: string): Promise<void> {
    await this.page.goto(environment.gallery + address);
    await this.#ready();
    // The script of a dialog comes after the card, which has controls of the same names.
    if (/[?&]dialog=/.test(address)) await this.until(({ dialog }) => dialog !== null);
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.#ready();
  }

  async #ready(): Promise<void> {
    await this.until(({ card }) => card !== null);
  }

  state(): Promise<PageState> {
    return this.page.evaluate(() => window.pageObject.read());
  }

  /** Waits until the page is as expected; else says how it is. */
  async until(expected: (state: PageState) => unknown): Promise<PageState> {
    const end = Date.now() + TIMEOUT_MS;
    for (;;) {
      const state = await this.state();
      if (expected(state)) return state;
      if (Date.now() > end)
        throw new Error(`Not in time: ${String(expected)}\nSeen: ${JSON.stringify(state, null, 2)}`);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  /** Presses a button, follows a link, or picks a choice of the dialog that is open, else of the card. */
  async press(name: string): Promise<void> {
    await this.until(({ controls }) => controls.includes(name));
    const control = await this.page.evaluateHandle(
      (one) => window.pageObject.findControl(one) ?? document.body,
      name,
    );
    await this.#click(control);
  }

  /** Presses a button of the gallery's panel, or turns one of its switches. */
  async toggle(name: string): Promise<void> {
    const control = await this.page.waitForSelector(`.wiki-panel [name="${name}"]`);
    if (control) await this.#click(control);
  }

  /** What becomes of the next write. */
  async failNextWrite(how: string): Promise<void> {
    await this.page.select('select[name="fault"]', how);
  }

  /** Puts the page's clock forward. */
  async advance(seconds: number): Promise<void> {
    await this.page.evaluate((ms) => window.advanceDate(ms), seconds * 1_000);
  }

  /** Scrolls until the card is out of sight, or in sight again. */
  async scrollCard(where: 'away' | 'back'): Promise<void> {
    await this.page.evaluate(async (isAway) => {
      const card = document.querySelector('mentorship-module');
      document.querySelector('main')?.style.setProperty('padding-block-end', '200vh');
      if (isAway) window.scrollTo(0, document.documentElement.scrollHeight);
      else card?.scrollIntoView();
      await new Promise<void>((resolve) => {
        const observer = new IntersectionObserver((entries) => {
          if (entries.at(-1)?.isIntersecting !== isAway) resolve();
        });
        if (card) observer.observe(card);
      });
    }, where === 'away');
  }

  /** Presses the browser's Back. Firefox does not tell when that leads to the same address. */
  async back(): Promise<void> {
    await this.page.goBack({ timeout: 1_000 }).catch(() => null);
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  async key(...keys: KeyInput[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Opens the dialog by the card's button, writes, and sends. */
  async ask(text: string): Promise<void> {
    await this.press(messageText('ask'));
    await this.until(({ draft }) => draft === '');
    await this.type(text);
    await this.press(messageText('dialog-ask-send'));
  }

  async #click(control: ElementHandle): Promise<void> {
    await control.evaluate((element) => element.scrollIntoView({ block: 'center' }));
    await control.click();
  }
}
