/** Tracks the resources that a page has open. Must be called before the element is loaded. */
export interface ResourceTracker {
  /** Returns the number of open resources by kind. */
  open(): Record<string, number>;
  /** Returns the number of requests since the start, finished or not. */
  fetches(): number;
  restore(): void;
}

type Listener = EventListenerOrEventListenerObject | null;

const outlivesElements = (target: EventTarget) =>
  target === window ||
  target === document ||
  target instanceof AbortSignal ||
  target instanceof MediaQueryList;

export function trackResources(): ResourceTracker {
  const undo: (() => void)[] = [];
  const entries = {
    listeners: new Map<string, number>(),
    timers: new Set<number>(),
    intervals: new Set<number>(),
    frames: new Set<number>(),
    requests: new Set<symbol>(),
    observers: new Set<object>(),
  };
  const replace = <T extends object, K extends keyof T>(
    owner: T,
    name: K,
    make: (original: T[K]) => T[K],
  ) => {
    const original = owner[name];
    owner[name] = make(original);
    undo.push(() => (owner[name] = original));
  };

  const ids = new WeakMap<object, number>();
  let last = 0;
  const idOf = (value: object) => {
    const id = ids.get(value) ?? ++last;
    ids.set(value, id);
    return id;
  };
  const key = (target: EventTarget, type: string, listener: object, options: unknown) => {
    const capture =
      typeof options === 'object' ? (options as AddEventListenerOptions | null)?.capture : options;
    return `${type} ${idOf(target)} ${idOf(listener)} ${Boolean(capture)}`;
  };
  const prototype = EventTarget.prototype;
  replace(prototype, 'addEventListener', (add) => {
    return function (this: EventTarget | undefined, type: string, listener: Listener, options?: unknown) {
      const target = this ?? window;
      if (listener && outlivesElements(target)) {
        const name = key(target, type, listener, options);
        entries.listeners.set(name, 1);
        const { once, signal } = (typeof options === 'object' ? options : {}) as AddEventListenerOptions;
        const close = () => entries.listeners.delete(name);
        if (once) add.call(target, type, close, { once: true });
        if (signal) add.call(signal, 'abort', close);
      }
      add.call(target, type, listener, options as AddEventListenerOptions);
    };
  });
  replace(prototype, 'removeEventListener', (remove) => {
    return function (this: EventTarget | undefined, type: string, listener: Listener, options?: unknown) {
      const target = this ?? window;
      if (listener) entries.listeners.delete(key(target, type, listener, options));
      remove.call(target, type, listener, options as EventListenerOptions);
    };
  });

  const timed = (start: 'setTimeout' | 'setInterval', stop: 'clearTimeout' | 'clearInterval') => {
    const open = start === 'setTimeout' ? entries.timers : entries.intervals;
    replace(window as unknown as Record<string, unknown>, start, (original) => {
      const begin = original as (task: () => void, ms?: number) => number;
      return (task: (...params: unknown[]) => void, ms?: number, ...params: unknown[]) => {
        const id = begin(() => {
          if (start === 'setTimeout') open.delete(id);
          task(...params);
        }, ms);
        open.add(id);
        return id;
      };
    });
    replace(window as unknown as Record<string, unknown>, stop, (original) => (id: number) => {
      entries.timers.delete(id);
      entries.intervals.delete(id);
      (original as (id: number) => void)(id);
    });
  };
  timed('setTimeout', 'clearTimeout');
  timed('setInterval', 'clearInterval');
  replace(window, 'requestAnimationFrame', (request) => (task) => {
    const id = request((time) => {
      entries.frames.delete(id);
      task(time);
    });
    entries.frames.add(id);
    return id;
  });
  let fetches = 0;
  replace(window, 'fetch', (fetch) => async (input, init) => {
    const request = Symbol();
    fetches++;
    entries.requests.add(request);
    try {
      return await fetch(input, init);
    } finally {
      entries.requests.delete(request);
    }
  });
  for (const name of ['MutationObserver', 'IntersectionObserver', 'ResizeObserver'] as const)
    replace(window as unknown as Record<string, unknown>, name, (original) => {
      const Observer = original as new (callback: () => void) => { disconnect(): void };
      return class extends Observer {
        constructor(callback: () => void) {
          super(callback);
          entries.observers.add(this);
        }
        override disconnect() {
          entries.observers.delete(this);
          super.disconnect();
        }
      };
    });

  return {
    open: () => Object.fromEntries(Object.entries(entries).map(([kind, { size }]) => [kind, size])),
    fetches: () => fetches,
    restore: () => undo.forEach((task) => task()),
  };
}
