import { FakeMediaWiki } from './fake-mediawiki/index.js';
import { uniqueId } from './action-fixture.js';
import { signedIn } from './card-cases.js';
import { FakeTimers } from './fake-timers.js';
import { isolateStorage } from './isolated-storage.js';

type Page = Window & typeof globalThis;

const VIEWER = 'n_ana';

/** What a tab is given by the page around it. */
interface TabContext {
  api: string;
  id: string;
  now: () => Date;
  /** `fetch()`, as the viewer. */
  send: (request: Request) => Promise<Response>;
}

/** How a browser and a wiki may be. */
export interface BrowserConditions {
  /** Whether the browser lets pages store anything. */
  storage: 'allowed' | 'forbidden';
  /** Whether the wiki keeps questions with the viewer's preferences, besides saving them; where that fails, only edits tell. */
  preference: 'kept' | 'lost';
}

const QUESTIONS = 'growthexperiments-mentor-questions';

const forbid = (page: Page) =>
  Object.defineProperty(page, 'localStorage', {
    get: () => {
      throw new DOMException('Forbidden.', 'SecurityError');
    },
  });

const never = new Promise<never>(() => {});

/** Tabs of one browser, in frames: each is a page with an element and modules of its own, all see one wiki. */
export class TabsFixture {
  clock = new FakeTimers();
  wiki = new FakeMediaWiki();
  /** A tab is being reloaded. */
  isLoading = false;
  readonly #frames: HTMLIFrameElement[];
  readonly #restoreStorage = isolateStorage(window);
  #stopTracking = () => {};
  #id = '';
  #conditions: BrowserConditions = { storage: 'allowed', preference: 'kept' };

  constructor(count: number) {
    Object.assign(window, { tabs: this });
    this.#frames = Array.from({ length: count }, () =>
      Object.assign(document.createElement('iframe'), { width: '800', height: '300' }),
    );
  }

  /** A new browser before a new wiki. */
  async start(conditions: BrowserConditions = { storage: 'allowed', preference: 'kept' }): Promise<void> {
    this.#conditions = conditions;
    this.#stopTracking();
    this.isLoading = false;
    this.clock = new FakeTimers();
    this.#stopTracking = this.clock.trackReads(window);
    this.wiki = new FakeMediaWiki({ now: () => new Date(this.clock.now) });
    await Promise.all(this.#frames.map((frame) => this.#load(frame, 'about:blank')));
    this.#id = uniqueId(this.wiki);
    localStorage.clear();
    // An address of its own: frames share one history, into which a dialog must not write.
    await Promise.all(this.#frames.map((frame) => this.#load(frame, '/plain/two-tabs-frame#frame')));
    await this.clock.advanceUntil(() => this.#frames.every((_, tab) => this.#hasCard(tab)), 'the cards');
  }

  /** Called by a tab. */
  connect(page: Page): TabContext {
    const { clock, wiki } = this;
    const { clearPage: clearPage } = clock.install(page);
    const { storage, preference } = this.#conditions;
    if (storage === 'allowed') isolateStorage(page);
    else forbid(page);
    let isAlive = true;
    page.addEventListener('pagehide', () => {
      isAlive = false;
      clearPage();
    });
    const fetch = signedIn(wiki.fetchAs(VIEWER));
    return {
      api: wiki.api,
      id: this.#id,
      now: () => new Date(clock.now),
      send: async (request) => {
        if (preference === 'lost') wiki.setUser(VIEWER, { options: { [QUESTIONS]: null } });
        const answer = await fetch(request).catch((error: unknown) =>
          isAlive ? Promise.reject(error as Error) : never,
        );
        // Nobody is there any more to hear it.
        return isAlive ? answer : never;
      },
    };
  }

  element(tab: number): Element {
    const element = this.#frames[tab]?.contentDocument?.querySelector('mentorship-module');
    if (!element) throw new Error(`Tab ${tab} has no element.`);
    return element;
  }

  async reload(tab: number): Promise<void> {
    const frame = this.#frames[tab];
    if (!frame) return;
    this.isLoading = true;
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    frame.contentWindow?.location.reload();
    await loaded;
    await this.clock.advanceUntil(() => this.#hasCard(tab), 'the card');
    this.isLoading = false;
  }

  /** What the viewer has asked. */
  get asked(): string[] {
    return this.wiki.questionsOf(VIEWER).map(({ text }) => text);
  }

  /** All drafts that this browser keeps. */
  get drafts(): string {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith('mentorship-module question '))
      .map((key) => localStorage.getItem(key))
      .join('\n');
  }

  dispose(): void {
    for (const frame of this.#frames) frame.remove();
    this.#stopTracking();
    localStorage.clear();
    this.#restoreStorage();
  }

  #hasCard(tab: number): boolean {
    return this.#frames[tab]?.contentDocument?.querySelector('mentorship-module[variant]') != null;
  }

  async #load(frame: HTMLIFrameElement, address: string): Promise<void> {
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    frame.src = address;
    if (!frame.isConnected) document.body.append(frame);
    await loaded;
  }
}
