/** Reads data of the rows of a list that come into view: of each once, and one at a time. */
export class LazyRows {
  readonly #read: (name: string) => Promise<void>;
  readonly #observer: IntersectionObserver;
  readonly #waiting = new Set<Element>();
  /** Names whose data was read. */
  readonly #done = new Set<string>();
  #reading = false;

  /** @param read - reads the data of one row, which has an input whose value is the name */
  constructor(read: (name: string) => Promise<void>) {
    this.#read = read;
    this.#observer = new IntersectionObserver((entries) => this.#see(entries));
  }

  /** Observes rows, again after they were sorted. */
  watch(rows: Iterable<Element>): void {
    this.#observer.disconnect();
    this.#waiting.clear();
    for (const row of rows) this.#observer.observe(row);
  }

  end(): void {
    this.watch([]);
  }

  /** Queues rows that came into view, and drops rows that left it before their request. */
  #see(entries: IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries)
      this.#waiting[isIntersecting ? 'add' : 'delete'](target);
    if (!this.#reading) void this.#readAll();
  }

  async #readAll(): Promise<void> {
    this.#reading = true;
    for (const row of this.#waiting) {
      this.#waiting.delete(row);
      const name = row.querySelector('input')?.value;
      if (name === undefined || this.#done.has(name)) continue;
      this.#done.add(name);
      // Ignores an error, because a mentor can be chosen without the data.
      await this.#read(name).catch(() => {});
    }
    this.#reading = false;
  }
}
