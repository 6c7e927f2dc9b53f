import { FakeMediaWiki } from './fake-mediawiki/index.js';
import { nameOf } from './action-fixture.js';
import { signedIn } from './card-cases.js';
import { Clock } from './fake-timers.js';
import { ownStorage } from './isolated-storage.js';

type Page = Window & typeof globalThis;

const VIEWER = 'n_ana';

/** What a tab is given by the page around it. */
interface Surroundings {
  api: string;
  id: string;
  now: () => Date;
  /** `fetch()`, as the viewer. */
  carry: (request: Request) => Promise<Response>;
}

/** How a browser and a wiki may be. */
export interface Circumstances {
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
export class Tabs {
  clock = new Clock();
  wiki = new FakeMediaWiki();
  /** A tab is being reloaded. */
  isLoading = false;
  readonly #frames: HTMLIFrameElement[];
  readonly #endStorage = ownStorage(window);
  #unwatch = () => {};
  #id = '';
  #circumstances: Circumstances = { storage: 'allowed', preference: 'kept' };

  constructor(count: number) {
    Object.assign(window, { tabs: this });
    this.#frames = Array.from({ length: count }, () =>
      Object.assign(document.createElement('iframe'), { width: '800', height: '300' }),
    );
  }

  /** A new browser before a new wiki. */
  async start(circumstances: Circumstances = { storage: 'allowed', preference: 'kept' }): Promise<void> {
    this.#circumstances = circumstances;
    this.#unwatch();
    this.isLoading = false;
    this.clock = new Clock();
    this.#unwatch = this.clock.watch(window);
    this.wiki = new FakeMediaWiki({ now: () => new Date(this.clock.now) });
    await Promise.all(this.#frames.map((frame) => this.#load(frame, 'about:blank')));
    this.#id = nameOf(this.wiki);
    localStorage.clear();
    // An address of its own: frames share one history, into which a dialog must not write.
    await Promise.all(this.#frames.map((frame) => this.#load(frame, '/plain/two-tabs-frame#frame')));
    await this.clock.until(() => this.#frames.every((_, tab) => this.#stands(tab)), 'the cards');
  }

  /** Called by a tab. */
  enter(page: Page): Surroundings {
    const { clock, wiki } = this;
    const { forget } = clock.install(page);
    const { storage, preference } = this.#circumstances;
    if (storage === 'allowed') ownStorage(page);
    else forbid(page);
    let isThere = true;
    page.addEventListener('pagehide', () => {
      isThere = false;
      forget();
    });
    const fetch = signedIn(wiki.fetchAs(VIEWER));
    return {
      api: wiki.api,
      id: this.#id,
      now: () => new Date(clock.now),
      carry: async (request) => {
        if (preference === 'lost') wiki.setUser(VIEWER, { options: { [QUESTIONS]: null } });
        const answer = await fetch(request).catch((error: unknown) =>
          isThere ? Promise.reject(error as Error) : never,
        );
        // Nobody is there any more to hear it.
        return isThere ? answer : never;
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
    await this.clock.until(() => this.#stands(tab), 'the card');
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

  end(): void {
    for (const frame of this.#frames) frame.remove();
    this.#unwatch();
    localStorage.clear();
    this.#endStorage();
  }

  #stands(tab: number): boolean {
    return this.#frames[tab]?.contentDocument?.querySelector('mentorship-module[variant]') != null;
  }

  async #load(frame: HTMLIFrameElement, address: string): Promise<void> {
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    frame.src = address;
    if (!frame.isConnected) document.body.append(frame);
    await loaded;
  }
}
