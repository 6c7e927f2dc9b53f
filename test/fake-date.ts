/** Makes `new Date()` return a fake time. Returns a function that restores the real one. */
export function installDate(now: () => number): () => void {
  const RealDate = Date;
  window.Date = class extends RealDate {
    constructor(...given: [] | [number | string | Date]) {
      super(...((given.length ? given : [now()]) as [number]));
    }
  } as DateConstructor;
  return () => (window.Date = RealDate);
}
