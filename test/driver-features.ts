/** Features of a browser's driver that only Chromium's DevTools protocol has. */
const REASONS = {
  'media features': 'this driver cannot emulate media features',
  'garbage collection': 'this driver cannot collect garbage and count objects',
};

const hasDevtools = navigator.userAgent.includes('Chrome/');

/** Defines a test that needs a feature of the driver. Without it the test is skipped, and its name says why. */
export function itNeeding(feature: keyof typeof REASONS, title: string, test: Mocha.AsyncFunc): void {
  if (hasDevtools) it(title, test);
  else it.skip(`${title} (skipped: ${REASONS[feature]})`, test);
}
