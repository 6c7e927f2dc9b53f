import type { MentorProfile } from '../sdk/source.js';

/** Maximum number of profiles per request. */
const MOST_PER_REQUEST = 50;

interface Work {
  ask: (names: string[]) => Promise<MentorProfile[]>;
  tell: (profiles: MentorProfile[]) => void;
}

/** Requests the profiles of rows that come into view: each once, in batches, one request at a time. */
export class LazyProfiles {
  readonly #work: Work;
  readonly #observer: IntersectionObserver;
  readonly #names = new Map<Element, string>();
  readonly #waiting = new Set<Element>();
  #asking = false;

  /** @param list - scroll container of the rows */
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

  /** Queues rows that came into view, and drops rows that left it before their request. */
  #see(entries: IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries)
      this.#waiting[isIntersecting ? 'add' : 'delete'](target);
    if (!this.#asking) void this.#askAll();
  }

  async #askAll(): Promise<void> {
    this.#asking = true;
    while (this.#waiting.size) {
      const rows = [...this.#waiting].slice(0, MOST_PER_REQUEST);
      for (const row of rows) {
        this.#observer.unobserve(row);
        this.#waiting.delete(row);
      }
      const names = rows.flatMap((row) => this.#names.get(row) ?? []);
      // Ignores an error, because a mentor can be chosen without a profile.
      await this.#work
        .ask(names)
        .then(this.#work.tell)
        .catch(() => {});
    }
    this.#asking = false;
  }
}
