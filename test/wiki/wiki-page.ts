import type { TestContext } from 'node:test';
import type { Browser, BrowserContext, Page, Protocol } from 'puppeteer-core';
import { installPageObject, type PageState } from '../e2e/page-object.ts';
import { messageText } from '../e2e/message-text.ts';
import { launchBrowser } from '../launch-browser.ts';
import { environment, startWiki, type Wiki } from './start-wiki.ts';

/** Longer than any step takes on a busy machine. */
const TIMEOUT_MS = 8_000;
const POLL_MS = 40;

/** Starts a wiki and Chromium. Returns both, and a function that closes them. */
export async function startWikiAndBrowser(options?: Parameters<typeof startWiki>[0]) {
  const wiki = await startWiki(options);
  const { browser, close: closeBrowser } = await launchBrowser({
    browser: 'chrome',
    path: environment.chromium,
    flags: environment.flags,
  });
  const close = async () => {
    await closeBrowser();
    await wiki.close();
  };
  return { wiki, browser, close };
}

export interface SentRequest {
  url: URL;
  method: string;
  headers: Record<string, string>;
}

interface PageOptions {
  browser: Browser;
  wiki: Wiki;
  /** The signed-in user; null for an anonymous one. */
  user: string | null;
  width?: number;
  height?: number;
  /** Expected console messages. */
  expected?: RegExp;
}

/** A page of the wiki in a fresh browser context, with a signed-in user. */
export class WikiPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Sent requests with the headers that were transmitted. */
  readonly sent: SentRequest[] = [];
  /** Warnings and errors of the console. */
  readonly consoleMessages: string[] = [];
  #closed = false;

  private constructor(page: Page) {
    this.page = page;
    this.context = page.browserContext();
  }

  /** Closes with the test, which fails on an uncaught error or an unexpected console message. */
  static async open(test: TestContext, options: PageOptions): Promise<WikiPage> {
    const { browser, wiki, user, width = 1200, height = 900, expected } = options;
    const context = await browser.createBrowserContext();
    const wikiPage = new WikiPage(await context.newPage());
    test.after(async () => {
      await wikiPage.close();
      const unexpected = wikiPage.consoleMessages.filter((text) => !expected?.test(text));
      if (unexpected.length) throw new Error(unexpected.join('\n'));
    });
    await wikiPage.page.setViewport({ width, height });
    if (user) await context.setCookie(...(await wiki.browserCookies(user)));
    await wikiPage.#listen();
    await wikiPage.page.evaluateOnNewDocument(installPageObject);
    return wikiPage;
  }

  async #listen(): Promise<void> {
    this.page.on('pageerror', (error) =>
      this.consoleMessages.push(error instanceof Error ? error.message : String(error)),
    );
    this.page.on('console', (message) => {
      if (['error', 'warn'].includes(message.type()))
        this.consoleMessages.push(`${message.text()} (${message.location().url ?? ''})`);
    });
    const session = await this.page.createCDPSession();
    await session.send('Network.enable');
    // The browser reports URL and headers of a request separately, in any order.
    const requestsById = new Map<string, { url: URL; method: string }>();
    const headersById = new Map<string, SentRequest['headers']>();
    const join = (id: string) => {
      const [request, headers] = [requestsById.get(id), headersById.get(id)];
      if (!request || !headers) return;
      this.sent.push({ ...request, headers });
      headersById.delete(id);
    };
    session.on('Network.requestWillBeSent', ({ requestId, request }) => {
      requestsById.set(requestId, { url: new URL(request.url), method: request.method });
      join(requestId);
    });
    const withHeaders = ({ requestId, headers }: Protocol.Network.RequestWillBeSentExtraInfoEvent) => {
      const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
      headersById.set(requestId, Object.fromEntries(lower) as SentRequest['headers']);
      join(requestId);
    };
    session.on('Network.requestWillBeSentExtraInfo', withHeaders);
  }

  /** Closes the page before the test ends. */
  async close(): Promise<void> {
    if (!this.#closed) await this.context.close();
    this.#closed = true;
  }

  /** Returns the requests of our script to the API of the wiki. */
  asked(api: string): SentRequest[] {
    return this.sent.filter(({ url }) => url.href.startsWith(api));
  }

  /** Opens a page and waits until the card has decided. */
  async go(address: string): Promise<PageState> {
    await this.page.goto(address);
    return this.until(({ card }) => card !== null);
  }

  state(): Promise<PageState> {
    return this.page.evaluate(() => window.pageObject.read());
  }

  /** Waits until the page is in the expected state. If it times out, the error contains the current state. */
  async until(expected: (state: PageState) => unknown): Promise<PageState> {
    const end = Date.now() + TIMEOUT_MS;
    for (;;) {
      // A page that is being unloaded does not respond.
      const state = await this.state().catch(() => null);
      if (state && expected(state)) return state;
      if (Date.now() > end)
        throw new Error(`Not in time: ${String(expected)}\nSeen: ${JSON.stringify(state, null, 2)}`);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  /** Returns the visible text of the card. */
  text(): Promise<string> {
    return this.page.evaluate(() => {
      const card = document.querySelector('mentorship-module')?.shadowRoot?.querySelector('section');
      return card?.innerText.replace(/[\u2066-\u2069]/g, '').replace(/\s+/g, ' ') ?? '';
    });
  }

  async press(name: string, times = 1): Promise<void> {
    await this.until(({ controls }) => controls.includes(name));
    const control = await this.page.evaluateHandle(
      (one) => window.pageObject.findControl(one) ?? document.body,
      name,
    );
    await control.evaluate(async (element) => {
      element.scrollIntoView({ block: 'center' });
      // Waits until the element stops moving, because a click would miss it.
      for (let before = -1; before !== element.getBoundingClientRect().top;) {
        before = element.getBoundingClientRect().top;
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      }
    });
    await control.click({ count: times });
  }

  /** Opens a dialog from the card's menu. */
  async openFromMenu(name: string): Promise<void> {
    await this.press(messageText('more'));
    await this.press(name);
    await this.until(({ dialog, focus }) => dialog !== null && /^(?:textarea|h2|input)/.test(focus));
  }

  /** Opens the dialog and writes without sending. */
  async write(text: string): Promise<void> {
    await this.press(messageText('ask'));
    await this.until(({ draft, focus }) => draft === '' && focus.startsWith('textarea'));
    await this.page.keyboard.type(text);
    await this.until(({ draft }) => draft === text);
  }
}
