/** How a page's clock goes. */
export interface Pace {
  /** How many times as fast as usual. */
  speed: number;
}

declare global {
  /** Puts the page's clock forward. */
  var putForward: (ms: number) => void;
}

/**
 * Gives a page a clock of its own before its scripts run, so that nobody waits for what the element waits for. It has to
 * stand alone: its text is sent to the browser.
 */
export function wind({ speed }: Pace): void {
  const { Date: RealDate, setTimeout: realTimeout } = window;
  const start = RealDate.now();
  let ahead = 0;
  const now = () => Math.round(start + (RealDate.now() - start) * speed + ahead);
  window.Date = new Proxy(RealDate, {
    construct: (target, given: [], newTarget: typeof Date) =>
      Reflect.construct(target, given.length ? given : [now()], newTarget) as Date,
    get: (target, name) => (name === 'now' ? now : (Reflect.get(target, name) as unknown)),
  });
  window.setTimeout = ((handler: () => void, ms = 0, ...given: []) =>
    realTimeout(handler, ms / speed, ...given)) as typeof setTimeout;
  window.putForward = (ms) => (ahead += ms);
}
