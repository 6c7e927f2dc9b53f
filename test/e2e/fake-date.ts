declare global {
  /** Puts the page's clock forward. */
  var advanceDate: (ms: number) => void;
}

/**
 * Gives a page a clock that can be put forward, so that nobody waits for what the element waits for. Has to stand alone,
 * as `openEyes`.
 */
export function installFakeDate(): void {
  const RealDate = Date;
  const realNow = RealDate.now;
  let ahead = 0;
  const now = () => realNow() + ahead;
  window.Date = new Proxy(RealDate, {
    construct: (target, given: unknown[], newTarget: typeof Date) =>
      Reflect.construct(target, given.length ? given : [now()], newTarget) as Date,
    // A page may have a clock of its own for a while.
    get: (target, name) =>
      name === 'now' && target.now === realNow ? now : (Reflect.get(target, name) as unknown),
  });
  window.advanceDate = (ms) => (ahead += ms);
}
