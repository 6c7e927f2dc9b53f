type Page = Window & typeof globalThis;

interface Timer {
  at: number;
  run: () => void;
  owner: object;
}

/** A request for a lock. If nobody holds the lock, it is about to be granted. */
interface LockRequest {
  name: string;
  state: 'wanted' | 'held';
  owner: object;
}

/** Methods that read bodies, which take real time in a test besides timers and locks. */
const READS = ['arrayBuffer', 'blob', 'formData', 'json', 'text'] as const;

/** Distinguishes fake timer IDs from those of the page. */
const FIRST_ID = 1_000_000_000;

const realTimeout = window.setTimeout.bind(window);
const realTime = performance.now.bind(performance);

/** Fake timers for one or several pages: time stands still until the test advances it, and timers run in order. */
export class FakeTimers {
  /** Milliseconds since 1970; starts at the time of the fake wiki. */
  now = Date.parse('2026-11-22T11:00:00Z');
  readonly #timers = new Map<number, Timer>();
  readonly #lockRequests = new Set<LockRequest>();
  /** Bodies that are being read, each with its page. */
  readonly #reads = new Set<{ owner: object }>();
  #id = FIRST_ID;

  /**
   * Replaces the clock of a page. Returns functions to clean up: `clearPage` for an unloaded page, `restore` for one
   * that stays.
   */
  install(page: Page): { clearPage: () => void; restore: () => void } {
    const owner = {};
    const { setTimeout, clearTimeout, Date } = page;
    const { now } = Date;
    const schedule = (task: (...given: unknown[]) => void, ms = 0, ...given: unknown[]): number => {
      const run = () => task(...given);
      this.#timers.set(++this.#id, { at: this.now + Math.max(0, ms || 0), run, owner });
      return this.#id;
    };
    const replacements = {
      setTimeout: schedule,
      clearTimeout: (id?: number) => this.#clear(id, clearTimeout),
    };
    Object.assign(page, replacements);
    Date.now = () => this.now;
    const cleanups = [this.trackReads(page, owner), this.#trackLocks(page, owner)];
    const clearPage = () => {
      for (const [id, timer] of this.#timers) if (timer.owner === owner) this.#timers.delete(id);
      for (const lockRequest of this.#lockRequests)
        if (lockRequest.owner === owner) this.#lockRequests.delete(lockRequest);
      // Firefox never settles a read in an unloaded page.
      for (const read of this.#reads) if (read.owner === owner) this.#reads.delete(read);
    };
    const restore = () => {
      clearPage();
      Object.assign(page, { setTimeout, clearTimeout });
      Date.now = now;
      for (const cleanUp of cleanups) cleanUp();
    };
    return { clearPage, restore };
  }

  /** Schedules a task of the test itself. */
  schedule(run: () => void, ms: number): void {
    this.#timers.set(++this.#id, { at: this.now + ms, run, owner: this });
  }

  #clear(id: number | undefined, fallback: (id?: number) => void): void {
    if (id !== undefined && !this.#timers.delete(id) && id < FIRST_ID) fallback(id);
  }

  /** Waits for bodies that the page reads. Returns a function that ends this. */
  trackReads({ Request, Response }: Page, owner: object = {}): () => void {
    const cleanups = [Request.prototype, Response.prototype].map((body) => this.#trackReadsOf(body, owner));
    return () => cleanups.forEach((cleanUp) => cleanUp());
  }

  #trackReadsOf(body: Request | Response, owner: object): () => void {
    const reads = this.#reads;
    const original = READS.map((name) => [name, body[name]] as const);
    for (const [name, read] of original)
      body[name] = async function (this: Body) {
        const entry = { owner };
        reads.add(entry);
        try {
          return (await read.call(this)) as never;
        } finally {
          reads.delete(entry);
        }
      };
    return () => Object.assign(body, Object.fromEntries(original));
  }

  #trackLocks(page: Page, owner: object): () => void {
    const { locks } = page.navigator;
    const original = locks.request.bind(locks);
    const request = async (name: string, options: LockOptions, task: () => unknown): Promise<unknown> => {
      const lockRequest: LockRequest = { name, state: 'wanted', owner };
      this.#lockRequests.add(lockRequest);
      const run = () => {
        lockRequest.state = 'held';
        return task();
      };
      try {
        return await original(name, options, run);
      } finally {
        this.#lockRequests.delete(lockRequest);
      }
    };
    Object.assign(locks, { request });
    return () => Reflect.deleteProperty(locks, 'request');
  }

  get #busy(): boolean {
    const lockRequests = [...this.#lockRequests];
    const isHeld = (name: string) =>
      lockRequests.some((lockRequest) => lockRequest.name === name && lockRequest.state === 'held');
    return (
      this.#reads.size > 0 || lockRequests.some(({ name, state }) => state === 'wanted' && !isHeld(name))
    );
  }

  /** Waits until nothing is pending that needs no timer. */
  async settle(): Promise<void> {
    for (let idleRounds = 0; idleRounds < 3;) {
      await nextTask();
      await nextTask();
      await realPause(0);
      idleRounds = this.#busy ? 0 : idleRounds + 1;
    }
  }

  /** Advances the time. */
  async advance(ms: number): Promise<void> {
    const end = this.now + ms;
    await this.settle();
    for (let next = this.#next(end); next !== null; next = this.#next(end)) await this.#fire(next);
    this.now = end;
  }

  /** Advances the time, timer by timer, until a condition is true; for a minute at most. */
  async advanceUntil(condition: () => boolean, what: string, most = 60_000): Promise<void> {
    const end = this.now + most;
    const realDeadline = realTime() + 5_000;
    for (;;) {
      await this.settle();
      if (condition()) return;
      const next = this.#next(end);
      if (next !== null) await this.#fire(next);
      else if (realTime() > realDeadline) throw new Error(`It did not come about: ${what}.`);
      else await realPause(5);
    }
  }

  /** Advances the time until no timer is left. */
  async runAll(): Promise<void> {
    await this.advanceUntil(() => this.#timers.size === 0, 'no timer waits', 600_000);
  }

  #next(end: number): number | null {
    let first: number | null = null;
    let at = Infinity;
    for (const [id, timer] of this.#timers)
      if (timer.at < at) {
        first = id;
        at = timer.at;
      }
    return at <= end ? first : null;
  }

  async #fire(id: number): Promise<void> {
    const timer = this.#timers.get(id);
    if (!timer) return;
    this.#timers.delete(id);
    this.now = Math.max(this.now, timer.at);
    timer.run();
    await this.settle();
  }
}

const realPause = (ms: number) => new Promise<void>((resolve) => realTimeout(resolve, ms));

/** Resolves earlier than a timer, which browsers delay by 4 ms when nested. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
