declare global {
  /** Puts the page's clock forward. */
  var putForward: (ms: number) => void;
}

/**
 * Gives a page a clock that can be put forward, so that nobody waits for what the element waits for. Has to stand alone,
 * as `openEyes`.
 */
export function wind(): void {
  const RealDate = Date;
  let ahead = 0;
  const now = () => RealDate.now() + ahead;
  window.Date = new Proxy(RealDate, {
    construct: (target, given: unknown[], newTarget: typeof Date) =>
      Reflect.construct(target, given.length ? given : [now()], newTarget) as Date,
    get: (target, name) => (name === 'now' ? now : (Reflect.get(target, name) as unknown)),
  });
  window.putForward = (ms) => (ahead += ms);
}
