import type { TestContext } from 'node:test';
import type { Browser, ElementHandle, KeyInput, Page } from 'puppeteer-core';
import { environment } from './browser.ts';
import { installFakeDate } from './fake-date.ts';
import { installPageObject, type PageState } from './page-object.ts';
import { messageText } from './message-text.ts';

/** Longer than any step takes on a busy machine. */
const TIMEOUT_MS = 30_000;
const POLL_MS = 40;

export interface PageOptions {
  /** URL relative to the gallery, starting with `?`. */
  address: string;
  width?: number;
  height?: number;
}

/** Opens the gallery for one test. */
export type OpenGallery = (test: TestContext, options: PageOptions) => Promise<GalleryPage>;

/** The gallery in a fresh browser context, operated as by a user. */
export class GalleryPage {
  readonly page: Page;
  readonly #errors: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) =>
      this.#errors.push(error instanceof Error ? error.message : String(error)),
    );
  }

  /** Closes with the test, which fails if the page had an uncaught error. */
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
    // The dialog's script loads after the card, which has controls with the same names.
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

  /** Waits until the page is in the expected state. If it times out, the error contains the current state. */
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

  /** Clicks a button, link or option of the open dialog, or else of the card. */
  async press(name: string): Promise<void> {
    await this.until(({ controls }) => controls.includes(name));
    const control = await this.page.evaluateHandle(
      (one) => window.pageObject.findControl(one) ?? document.body,
      name,
    );
    await this.#click(control);
  }

  /** Clicks a button or a checkbox of the wiki panel. */
  async toggle(name: string): Promise<void> {
    const control = await this.page.waitForSelector(`.wiki-panel [name="${name}"]`);
    if (control) await this.#click(control);
  }

  /** Selects a fault for the next write. */
  async failNextWrite(how: string): Promise<void> {
    await this.page.select('select[name="fault"]', how);
  }

  /** Advances the page's clock. */
  async advance(seconds: number): Promise<void> {
    await this.page.evaluate((ms) => window.advanceDate(ms), seconds * 1_000);
  }

  /** Scrolls until the card is out of view, or back in view. */
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

  /** Goes back in history. Firefox reports no navigation if the URL stays the same. */
  async back(): Promise<void> {
    await this.page.goBack({ timeout: 1_000 }).catch(() => null);
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  async key(...keys: KeyInput[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Opens the dialog, writes and sends. */
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
