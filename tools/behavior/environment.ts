/** Fixes the clock and random numbers. Imported first, before any other module keeps a reference to these functions. */

/** The moment at which the wiki in memory and the recordings stand. */
const NOW = Date.parse('2026-11-22T11:00:00Z');

/** Longer timers are time limits of requests, which need not end. */
const LONGEST_PAUSE_MS = 5_000;

/** Pauses from this length on are shortened: shorter ones wait for the browser itself. */
const LONG_PAUSE_MS = 1_000;
const SPEED = 10;

const QUIET_LOOKS = 3;
const LOOK_MS = 10;
const PATIENCE_MS = 120_000;

const { setTimeout, clearTimeout, fetch } = window;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));

const timers = new Set<number>();
let pending = 0;
let seed = 1;

/** Restarts the random numbers, and drops the timers of removed elements from those that `settle()` waits for. */
export function restart(): void {
  seed = 1;
  timers.clear();
}

/** The minimal standard generator. */
Math.random = () => {
  seed = (seed * 48_271) % 2_147_483_647;
  return seed / 2_147_483_647;
};

Date.now = () => NOW;
window.Date = new Proxy(Date, {
  construct: (target, args: unknown[], newTarget) =>
    Reflect.construct(target, args.length > 0 ? args : [Date.now()], newTarget) as Date,
});

const delayOf = (ms: number) => (ms >= LONG_PAUSE_MS && ms <= LONGEST_PAUSE_MS ? ms / SPEED : ms);

Object.assign(window, {
  setTimeout(task: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): number {
    const id = setTimeout(() => {
      timers.delete(id);
      task(...args);
    }, delayOf(ms));
    if (ms <= LONGEST_PAUSE_MS) timers.add(id);
    return id;
  },
  clearTimeout(id?: number): void {
    if (id !== undefined) timers.delete(id);
    clearTimeout(id);
  },
});

/** Makes `settle()` wait for the requests of this fetch. */
export const counted =
  (inner: typeof globalThis.fetch): typeof globalThis.fetch =>
  async (input, init) => {
    pending++;
    try {
      return await inner(input, init);
    } finally {
      pending--;
    }
  };

window.fetch = counted(fetch.bind(window));

const { locks } = navigator;
const requestLock = locks.request.bind(locks);

/** Makes `settle()` wait until a lock is granted. */
Object.assign(locks, {
  async request(name: string, options: LockOptions, task: LockGrantedCallback<unknown>): Promise<unknown> {
    pending++;
    let isPending = true;
    const end = () => {
      if (isPending) pending--;
      isPending = false;
    };
    try {
      return await requestLock(name, options, (lock) => {
        end();
        return task(lock);
      });
    } finally {
      end();
    }
  },
});

/**
 * Waits until no timer, no request and no lock is pending and the state stays the same.
 *
 * @param state - returns something that changes whenever anything worth recording happens
 */
export async function settle(state: () => string): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  let last = '';
  for (let quiet = 0; quiet < QUIET_LOOKS;) {
    if (performance.now() > end) throw new Error(`Still busy: ${timers.size} timers, ${pending} requests.`);
    await nextFrame();
    await nextFrame();
    await pause(LOOK_MS);
    const now = state();
    quiet = now === last && timers.size === 0 && pending === 0 ? quiet + 1 : 0;
    last = now;
  }
}
