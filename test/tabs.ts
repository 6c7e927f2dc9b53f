import { MemoryWiki } from '../demo/wiki.js';
import { signedIn } from './cases.js';
import { Clock } from './clock.js';

type Page = Window & typeof globalThis;

const VIEWER = 'n_ana';

/** What a tab is given by the page around it. */
interface Surroundings {
  api: string;
  now: () => Date;
  /** `fetch()`, as the viewer. */
  carry: (request: Request) => Promise<Response>;
}

const never = new Promise<never>(() => {});

/** Tabs of one browser, in frames: each is a page with an element and modules of its own, all see one wiki. */
export class Tabs {
  clock = new Clock();
  wiki = new MemoryWiki();
  readonly #frames: HTMLIFrameElement[];
  #unwatch = () => {};

  constructor(count: number) {
    Object.assign(window, { tabs: this });
    this.#frames = Array.from({ length: count }, () =>
      Object.assign(document.createElement('iframe'), { width: '800', height: '300' }),
    );
  }

  /** A new browser before a new wiki. */
  async start(): Promise<void> {
    this.#unwatch();
    this.clock = new Clock();
    this.#unwatch = this.clock.watch(window);
    this.wiki = new MemoryWiki({ now: () => new Date(this.clock.now) });
    await Promise.all(this.#frames.map((frame) => this.#load(frame, 'about:blank')));
    localStorage.clear();
    // An address of its own: frames share one history, into which a dialog must not write.
    await Promise.all(this.#frames.map((frame) => this.#load(frame, '/plain/tab#tab')));
    await this.clock.until(() => this.#frames.every((_, tab) => this.#stands(tab)), 'the cards');
  }

  /** Called by a tab. */
  enter(page: Page): Surroundings {
    const { clock, wiki } = this;
    const { forget } = clock.install(page);
    let isThere = true;
    page.addEventListener('pagehide', () => {
      isThere = false;
      forget();
    });
    const fetch = signedIn(wiki.fetchAs(VIEWER));
    return {
      api: wiki.api,
      now: () => new Date(clock.now),
      carry: async (request) => {
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
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    frame.contentWindow?.location.reload();
    await loaded;
    await this.clock.until(() => this.#stands(tab), 'the card');
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
