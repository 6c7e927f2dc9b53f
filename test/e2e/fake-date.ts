declare global {
  /** Advances the page's clock. */
  var advanceDate: (ms: number) => void;
}

/**
 * Replaces the page's clock by one that can be advanced. Must not reference anything outside, like
 * `installPageObject`.
 */
export function installFakeDate(): void {
  const RealDate = Date;
  const realNow = RealDate.now;
  let ahead = 0;
  const now = () => realNow() + ahead;
  window.Date = new Proxy(RealDate, {
    construct: (target, given: unknown[], newTarget: typeof Date) =>
      Reflect.construct(target, given.length ? given : [now()], newTarget) as Date,
    // Keeps `Date.now` if the page has replaced it.
    get: (target, name) =>
      name === 'now' && target.now === realNow ? now : (Reflect.get(target, name) as unknown),
  });
  window.advanceDate = (ms) => (ahead += ms);
}
