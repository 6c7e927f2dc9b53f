import { FakeMediaWiki } from './fake-mediawiki/index.js';
import { uniqueId } from './action-fixture.js';
import { signedIn } from './card-cases.js';
import { FakeTimers } from './fake-timers.js';
import { isolateStorage } from './isolated-storage.js';

type Page = Window & typeof globalThis;

const VIEWER = 'n_ana';

/** Data that a tab receives from the page around it. */
interface TabContext {
  api: string;
  id: string;
  now: () => Date;
  /** Calls `fetch()` as the viewer. */
  send: (request: Request) => Promise<Response>;
}

/** Conditions of the browser and the wiki. */
export interface BrowserConditions {
  /** `forbidden` if the browser denies access to storage. */
  storage: 'allowed' | 'forbidden';
  /** `lost` if the wiki does not store questions in the viewer's preferences, so that only edits reveal them. */
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

/** Tabs of one browser in frames: each has its own element and modules, and all share one wiki. */
export class TabsFixture {
  clock = new FakeTimers();
  wiki = new FakeMediaWiki();
  /** True while a tab reloads. */
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

  /** Starts with an empty browser storage and a new wiki. */
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
    // Adds a fragment, because frames share one history, to which a dialog would otherwise add an entry.
    await Promise.all(this.#frames.map((frame) => this.#load(frame, '/plain/two-tabs-frame#frame')));
    await this.clock.advanceUntil(() => this.#frames.every((_, tab) => this.#hasCard(tab)), 'the cards');
  }

  /** Called by a tab. */
  connect(page: Page): TabContext {
    const { clock, wiki } = this;
    const { clearPage } = clock.install(page);
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
        // Never settles, because the tab has been unloaded.
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

  /** Returns the texts of the viewer's stored questions. */
  get asked(): string[] {
    return this.wiki.questionsOf(VIEWER).map(({ text }) => text);
  }

  /** Returns all drafts in the browser's storage. */
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
