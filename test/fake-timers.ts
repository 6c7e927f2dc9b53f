type Page = Window & typeof globalThis;

interface Timer {
  at: number;
  run: () => void;
  owner: object;
}

/** Somebody's turn: who wants one that nobody has is about to be given it. */
interface Turn {
  name: string;
  state: 'wanted' | 'held';
  owner: object;
}

/** What takes real time in a test besides timers and turns: bodies that are read. */
const READS = ['arrayBuffer', 'blob', 'formData', 'json', 'text'] as const;

/** Apart from what a page's own timers are called. */
const FIRST_ID = 1_000_000_000;

const realTimeout = window.setTimeout.bind(window);
const realTime = performance.now.bind(performance);

/** The time of one or several pages: it stands still until the test lets it go on, and no timer is passed over. */
export class Clock {
  /** Milliseconds since 1970: the moment at which the wiki in memory is set. */
  now = Date.parse('2026-11-22T11:00:00Z');
  readonly #timers = new Map<number, Timer>();
  readonly #turns = new Set<Turn>();
  #reading = 0;
  #id = FIRST_ID;

  /** Takes the place of a page's own clock. Returns what ends that, for a page that is gone or for one that stays. */
  install(page: Page): { forget: () => void; restore: () => void } {
    const owner = {};
    const { setTimeout, clearTimeout, Date } = page;
    const { now } = Date;
    const later = (task: (...given: unknown[]) => void, ms = 0, ...given: unknown[]): number => {
      const run = () => task(...given);
      this.#timers.set(++this.#id, { at: this.now + Math.max(0, ms || 0), run, owner });
      return this.#id;
    };
    const instead = { setTimeout: later, clearTimeout: (id?: number) => this.#forget(id, clearTimeout) };
    Object.assign(page, instead);
    Date.now = () => this.now;
    const ends = [this.watch(page), this.#watchTurns(page, owner)];
    const forget = () => {
      for (const [id, timer] of this.#timers) if (timer.owner === owner) this.#timers.delete(id);
      for (const turn of this.#turns) if (turn.owner === owner) this.#turns.delete(turn);
    };
    const restore = () => {
      forget();
      Object.assign(page, { setTimeout, clearTimeout });
      Date.now = now;
      for (const end of ends) end();
    };
    return { forget, restore };
  }

  /** Has something happen, after so many milliseconds, for the test itself. */
  later(run: () => void, ms: number): void {
    this.#timers.set(++this.#id, { at: this.now + ms, run, owner: this });
  }

  #forget(id: number | undefined, otherwise: (id?: number) => void): void {
    if (id !== undefined && !this.#timers.delete(id) && id < FIRST_ID) otherwise(id);
  }

  /** Waits for what a page reads. Returns what ends that. */
  watch({ Request, Response }: Page): () => void {
    const ends = [Request.prototype, Response.prototype].map((body) => this.#watch(body));
    return () => ends.forEach((end) => end());
  }

  #watch(body: Request | Response): () => void {
    const count = (change: number) => (this.#reading += change);
    const own = READS.map((name) => [name, body[name]] as const);
    for (const [name, read] of own)
      body[name] = async function (this: Body) {
        count(1);
        try {
          return (await read.call(this)) as never;
        } finally {
          count(-1);
        }
      };
    return () => Object.assign(body, Object.fromEntries(own));
  }

  #watchTurns(page: Page, owner: object): () => void {
    const { locks } = page.navigator;
    const own = locks.request.bind(locks);
    const request = async (name: string, options: LockOptions, task: () => unknown): Promise<unknown> => {
      const turn: Turn = { name, state: 'wanted', owner };
      this.#turns.add(turn);
      const run = () => {
        turn.state = 'held';
        return task();
      };
      try {
        return await own(name, options, run);
      } finally {
        this.#turns.delete(turn);
      }
    };
    Object.assign(locks, { request });
    return () => Reflect.deleteProperty(locks, 'request');
  }

  get #busy(): boolean {
    const turns = [...this.#turns];
    const isHeld = (name: string) => turns.some((turn) => turn.name === name && turn.state === 'held');
    return this.#reading > 0 || turns.some(({ name, state }) => state === 'wanted' && !isHeld(name));
  }

  /** Until everything that needs no clock has come to rest. */
  async rest(): Promise<void> {
    for (let calm = 0; calm < 3;) {
      await nextTask();
      await nextTask();
      await realPause(0);
      calm = this.#busy ? 0 : calm + 1;
    }
  }

  /** Lets so many milliseconds pass. */
  async pass(ms: number): Promise<void> {
    const end = this.now + ms;
    await this.rest();
    for (let next = this.#next(end); next !== null; next = this.#next(end)) await this.#ring(next);
    this.now = end;
  }

  /** Lets time pass, timer by timer, until something is so; for a minute at most. */
  async until(isSo: () => boolean, what: string, most = 60_000): Promise<void> {
    const end = this.now + most;
    const patience = realTime() + 5_000;
    for (;;) {
      await this.rest();
      if (isSo()) return;
      const next = this.#next(end);
      if (next !== null) await this.#ring(next);
      else if (realTime() > patience) throw new Error(`It did not come about: ${what}.`);
      else await realPause(5);
    }
  }

  /** Lets time pass until no timer is left. */
  async end(): Promise<void> {
    await this.until(() => this.#timers.size === 0, 'no timer waits', 600_000);
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

  async #ring(id: number): Promise<void> {
    const timer = this.#timers.get(id);
    if (!timer) return;
    this.#timers.delete(id);
    this.now = Math.max(this.now, timer.at);
    timer.run();
    await this.rest();
  }
}

const realPause = (ms: number) => new Promise<void>((resolve) => realTimeout(resolve, ms));

/** Sooner than a timer, which the browser holds back for 4 ms where they follow on each other. */
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
