import type { MentorProfile } from '../sdk/source.js';

/** Most profiles per request. */
const MOST = 50;

interface Work {
  ask: (names: string[]) => Promise<MentorProfile[]>;
  tell: (profiles: MentorProfile[]) => void;
}

/** Asks for the profiles of those whose rows come into view: each once, and all that wait in one request at a time. */
export class LazyProfiles {
  readonly #work: Work;
  readonly #observer: IntersectionObserver;
  readonly #names = new Map<Element, string>();
  readonly #waiting = new Set<Element>();
  #asking = false;

  /** @param list - in which the rows are scrolled */
  constructor(list: Element, work: Work) {
    this.#work = work;
    this.#observer = new IntersectionObserver((entries) => this.#see(entries), { root: list });
  }

  watch(row: Element, name: string): void {
    this.#names.set(row, name);
    this.#observer.observe(row);
  }

  end(): void {
    this.#observer.disconnect();
    this.#waiting.clear();
  }

  /** The browser tells at once of all that moved within a frame. */
  #see(entries: IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries)
      this.#waiting[isIntersecting ? 'add' : 'delete'](target);
    if (!this.#asking) void this.#askAll();
  }

  async #askAll(): Promise<void> {
    this.#asking = true;
    while (this.#waiting.size) {
      const rows = [...this.#waiting].slice(0, MOST);
      for (const row of rows) {
        this.#observer.unobserve(row);
        this.#waiting.delete(row);
      }
      const names = rows.flatMap((row) => this.#names.get(row) ?? []);
      // A row without figures can be chosen all the same.
      await this.#work
        .ask(names)
        .then(this.#work.tell)
        .catch(() => {});
    }
    this.#asking = false;
  }
}
