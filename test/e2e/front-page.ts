import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { environment } from './browser.ts';

/** Longer than any step takes on a busy machine. */
const TIMEOUT = { timeout: 30_000, polling: 50 };

/** A card of the front page, as a person sees it. */
export interface SeenCard {
  variant: string | null;
  /** Text of the card. */
  text: string;
  /** Sentence, row and reasons. */
  about: string;
  lang: string;
  direction: string;
  colorScheme: string;
  width: number;
  fontSize: string;
  skin: string | null;
  /** Name of the stand-alone dialog that is open; null: none. */
  dialog: string | null;
}

/** The gallery's front page in a fresh browser context. */
export class FrontPage {
  readonly page: Page;
  /** Requests to other origins than the gallery's. */
  readonly foreign: string[] = [];
  readonly #errors: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.#errors.push(String(error)));
    page.on('request', (request) => {
      const url = request.url();
      if (/^https?:/.test(url) && !url.startsWith(environment.gallery)) this.foreign.push(url);
    });
  }

  /** Closes with the test, which fails if the page had an uncaught error. */
  static async open(test: TestContext, browser: Browser, address: string, width = 1280): Promise<FrontPage> {
    const context = await browser.createBrowserContext();
    const front = new FrontPage(await context.newPage());
    test.after(async () => {
      await context.close();
      assert.deepEqual(front.#errors, []);
    });
    await front.page.setViewport({ width, height: 900 });
    await front.go(address);
    return front;
  }

  async go(address: string): Promise<void> {
    await this.page.goto(new URL(address, environment.gallery).href);
    await this.#ready();
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.#ready();
  }

  async #ready(): Promise<void> {
    await this.page.waitForFunction(() => document.documentElement.dataset['ready'] === 'true', TIMEOUT);
  }

  /** Returns the state of a card. */
  card(id: string): Promise<SeenCard> {
    return this.page.evaluate(readCard, id);
  }

  /** Waits until the card is in a state, and returns it. */
  async until(id: string, expected: (card: SeenCard) => unknown): Promise<SeenCard> {
    const end = Date.now() + TIMEOUT.timeout;
    for (;;) {
      const card = await this.card(id);
      if (expected(card)) return card;
      if (Date.now() > end)
        throw new Error(`Not in time: ${String(expected)}\nSeen: ${JSON.stringify(card)}`);
      await new Promise((resolve) => setTimeout(resolve, TIMEOUT.polling));
    }
  }

  /** Sets a control of a card, or one of the page if the card has none, as a person does. */
  async set(id: string, name: string, value: string): Promise<void> {
    await this.page.evaluate(
      (card, field, next) => {
        const control =
          document.querySelector<HTMLInputElement | HTMLSelectElement>(`#${card} [name="${field}"]`) ??
          document.querySelector<HTMLInputElement | HTMLSelectElement>(
            `.front > .controls [name="${field}"]`,
          );
        if (!control) throw new Error(`No control ${field}.`);
        control.value = next;
        if (control.value !== next) throw new Error(`${field} has no value ${next}.`);
        control.dispatchEvent(new Event('input', { bubbles: true }));
        control.dispatchEvent(new Event('change', { bubbles: true }));
      },
      id,
      name,
      value,
    );
  }

  /** Presses a button of the copy panel. Returns the copied text. */
  async copy(id: string, format: 'HTML' | 'JavaScript' | 'Link'): Promise<string> {
    await this.page.$eval(`#${id} .copy`, (details) => ((details as HTMLDetailsElement).open = true));
    const [button] = await this.page.$$(`xpath/.//article[@id="${id}"]//button[.="${format}"]`);
    await button?.click();
    const field = await this.page.waitForSelector(`#${id} textarea[aria-label="${format}"]`);
    await this.page.waitForFunction(
      (card) => document.querySelector(`#${card} .copy [role=status]`)?.textContent !== '',
      TIMEOUT,
      id,
    );
    return (await field?.evaluate((area) => area.value)) ?? '';
  }
}

/** Must not reference anything outside, because its source text runs in the browser. */
function readCard(id: string): SeenCard {
  const article = document.getElementById(id);
  const element = article?.querySelector('mentorship-module');
  if (!article || !element) throw new Error(`No card ${id}.`);
  const style = getComputedStyle(element);
  const textOf = (node: Element | null | undefined) => (node?.textContent ?? '').replace(/\s+/g, ' ').trim();
  return {
    variant: element.getAttribute('variant'),
    text:
      textOf(element.shadowRoot?.querySelector('section')) || textOf(element.shadowRoot?.querySelector('p')),
    about: textOf(article.querySelector('header')),
    lang: element.closest('[lang]')?.getAttribute('lang') ?? '',
    direction: style.direction,
    colorScheme: getComputedStyle(element.parentElement ?? element).colorScheme,
    width: Math.round(element.getBoundingClientRect().width),
    fontSize: style.fontSize,
    skin: article.querySelector('.skin')?.getAttribute('data-skin') ?? null,
    dialog: textOf(element.shadowRoot?.querySelector('dialog[open]')) || null,
  };
}
