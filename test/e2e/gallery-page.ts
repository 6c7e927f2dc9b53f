import type { TestContext } from 'node:test';
import type { Browser, ElementHandle, KeyInput, Page } from 'puppeteer-core';
import { found } from './browser.ts';
import { wind } from './fake-date.ts';
import { openEyes, type Seen } from './page-object.ts';
import { words } from './message-text.ts';

/** Longer than anything takes on a machine that has other things to do as well. */
const PATIENCE_MS = 30_000;
const LOOK_MS = 40;

export interface Setting {
  /** Of the gallery, from `?` on. */
  address: string;
  width?: number;
  height?: number;
}

/** Opens the gallery for one test. */
export type Begin = (test: TestContext, setting: Setting) => Promise<Visit>;

/** The gallery in a browser that nobody has used before, as a person works with it. */
export class Visit {
  readonly page: Page;
  readonly #mistakes: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) =>
      this.#mistakes.push(error instanceof Error ? error.message : String(error)),
    );
  }

  /** Ends with the test, which fails if the page had an uncaught error. */
  static async begin(test: TestContext, browser: Browser, setting: Setting): Promise<Visit> {
    const { address, width = 1000, height = 1400 } = setting;
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    const visit = new Visit(page);
    test.after(async () => {
      await context.close();
      if (visit.#mistakes.length) throw new Error(visit.#mistakes.join('\n'));
    });
    await page.setViewport({ width, height });
    await page.evaluateOnNewDocument(openEyes);
    await page.evaluateOnNewDocument(wind);
    await visit.go(address);
    return visit;
  }

  async go(address: string): Promise<void> {
    await this.page.goto(found.gallery + address);
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

  now(): Promise<Seen> {
    return this.page.evaluate(() => window.eyes.see());
  }

  /** Waits until the page is as expected; else says how it is. */
  async until(expected: (seen: Seen) => unknown): Promise<Seen> {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      const seen = await this.now();
      if (expected(seen)) return seen;
      if (Date.now() > end)
        throw new Error(`Not in time: ${String(expected)}\nSeen: ${JSON.stringify(seen, null, 2)}`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  /** Presses a button, follows a link, or picks a choice of the dialog that is open, else of the card. */
  async press(name: string): Promise<void> {
    await this.until(({ controls }) => controls.includes(name));
    const control = await this.page.evaluateHandle((one) => window.eyes.find(one) ?? document.body, name);
    await this.#click(control);
  }

  /** Presses a button of the gallery's panel, or turns one of its switches. */
  async set(name: string): Promise<void> {
    const control = await this.page.waitForSelector(`.this-wiki [name="${name}"]`);
    if (control) await this.#click(control);
  }

  /** What becomes of the next write. */
  async fate(how: string): Promise<void> {
    await this.page.select('select[name="fate"]', how);
  }

  /** Puts the page's clock forward. */
  async later(seconds: number): Promise<void> {
    await this.page.evaluate((ms) => window.putForward(ms), seconds * 1_000);
  }

  /** Scrolls until the card is out of sight, or in sight again. */
  async look(where: 'away' | 'back'): Promise<void> {
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
    await this.press(words('ask'));
    await this.until(({ draft }) => draft === '');
    await this.type(text);
    await this.press(words('dialog-ask-send'));
  }

  async #click(control: ElementHandle): Promise<void> {
    await control.evaluate((element) => element.scrollIntoView({ block: 'center' }));
    await control.click();
  }
}
