import type { TestContext } from 'node:test';
import type { Browser, BrowserContext, Page, Protocol } from 'puppeteer-core';
import { openEyes, type Seen } from '../e2e/page-object.ts';
import { words } from '../e2e/message-text.ts';
import { launchBrowser } from '../launch-browser.ts';
import { found, type Wiki } from './start-wiki.ts';

/** Longer than anything takes on a machine that has other things to do as well. */
const PATIENCE_MS = 8_000;
const LOOK_MS = 40;

/** Starts Chromium. @returns it, and what ends it */
export const launch = () => launchBrowser({ browser: 'chrome', path: found.chromium, flags: found.flags });

export interface Sent {
  url: URL;
  method: string;
  headers: Record<string, string>;
}

interface Setting {
  browser: Browser;
  wiki: Wiki;
  /** Who is signed in; null: nobody. */
  user: string | null;
  width?: number;
  height?: number;
  /** What the console may say all the same. */
  expected?: RegExp;
}

/** A browser that nobody has used before, with somebody signed in on the wiki. */
export class Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What went over the wire, with the headers that really did. */
  readonly sent: Sent[] = [];
  /** What the console complained about. */
  readonly complaints: string[] = [];
  #closed = false;

  private constructor(page: Page) {
    this.page = page;
    this.context = page.browserContext();
  }

  /** Ends with the test, which fails if the page had an uncaught error or the console complained. */
  static async begin(test: TestContext, setting: Setting): Promise<Visitor> {
    const { browser, wiki, user, width = 1200, height = 900, expected } = setting;
    const context = await browser.createBrowserContext();
    const visitor = new Visitor(await context.newPage());
    test.after(async () => {
      await visitor.close();
      const unexpected = visitor.complaints.filter((text) => !expected?.test(text));
      if (unexpected.length) throw new Error(unexpected.join('\n'));
    });
    await visitor.page.setViewport({ width, height });
    if (user) await context.setCookie(...(await wiki.browserCookies(user)));
    await visitor.#listen();
    await visitor.page.evaluateOnNewDocument(openEyes);
    return visitor;
  }

  async #listen(): Promise<void> {
    this.page.on('pageerror', (error) =>
      this.complaints.push(error instanceof Error ? error.message : String(error)),
    );
    this.page.on('console', (message) => {
      if (['error', 'warn'].includes(message.type()))
        this.complaints.push(`${message.text()} (${message.location().url ?? ''})`);
    });
    const session = await this.page.createCDPSession();
    await session.send('Network.enable');
    // Of a request, the browser tells address and headers apart, in any order.
    const asked = new Map<string, { url: URL; method: string }>();
    const carried = new Map<string, Sent['headers']>();
    const join = (id: string) => {
      const [request, headers] = [asked.get(id), carried.get(id)];
      if (!request || !headers) return;
      this.sent.push({ ...request, headers });
      carried.delete(id);
    };
    session.on('Network.requestWillBeSent', ({ requestId, request }) => {
      asked.set(requestId, { url: new URL(request.url), method: request.method });
      join(requestId);
    });
    const withHeaders = ({ requestId, headers }: Protocol.Network.RequestWillBeSentExtraInfoEvent) => {
      const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
      carried.set(requestId, Object.fromEntries(lower) as Sent['headers']);
      join(requestId);
    };
    session.on('Network.requestWillBeSentExtraInfo', withHeaders);
  }

  /** Ends it before the test does. */
  async close(): Promise<void> {
    if (!this.#closed) await this.context.close();
    this.#closed = true;
  }

  /** What our own script asked of the wiki's API. */
  asked(api: string): Sent[] {
    return this.sent.filter(({ url }) => url.href.startsWith(api));
  }

  /** Opens a page and waits until the card has decided. */
  async go(address: string): Promise<Seen> {
    await this.page.goto(address);
    return this.until(({ card }) => card !== null);
  }

  now(): Promise<Seen> {
    return this.page.evaluate(() => window.eyes.see());
  }

  /** Waits until the page is as expected; else says how it is. */
  async until(expected: (seen: Seen) => unknown): Promise<Seen> {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      // A page that is being left does not answer.
      const seen = await this.now().catch(() => null);
      if (seen && expected(seen)) return seen;
      if (Date.now() > end)
        throw new Error(`Not in time: ${String(expected)}\nSeen: ${JSON.stringify(seen, null, 2)}`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  /** What can be read on the card. */
  text(): Promise<string> {
    return this.page.evaluate(() => {
      const card = document.querySelector('mentorship-module')?.shadowRoot?.querySelector('section');
      return card?.innerText.replace(/[\u2066-\u2069]/g, '').replace(/\s+/g, ' ') ?? '';
    });
  }

  async press(name: string, times = 1): Promise<void> {
    await this.until(({ controls }) => controls.includes(name));
    const control = await this.page.evaluateHandle((one) => window.eyes.find(one) ?? document.body, name);
    await control.evaluate(async (element) => {
      element.scrollIntoView({ block: 'center' });
      // What still moves would be missed.
      for (let before = -1; before !== element.getBoundingClientRect().top;) {
        before = element.getBoundingClientRect().top;
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      }
    });
    await control.click({ count: times });
  }

  /** Opens a dialog by the card's menu. */
  async choose(name: string): Promise<void> {
    await this.press(words('more'));
    await this.press(name);
    await this.until(({ dialog, focus }) => dialog !== null && /^(?:textarea|h2|input)/.test(focus));
  }

  /** Opens the dialog by the card's button and writes, but sends nothing. */
  async write(text: string): Promise<void> {
    await this.press(words('ask'));
    await this.until(({ draft, focus }) => draft === '' && focus.startsWith('textarea'));
    await this.page.keyboard.type(text);
    await this.until(({ draft }) => draft === text);
  }
}
