import { launchBrowser } from '../launch-browser.ts';

/** Environment set by scripts/test.mjs: path and flags of the browser, and the URL of the gallery. */
interface Environment {
  name: string;
  path: string;
  flags: string[];
  gallery: string;
}

export const environment = JSON.parse(process.env['E2E'] ?? 'null') as Environment;

/** Starts the browser under test. @returns the browser, and a function that closes it */
export const launch = () =>
  launchBrowser({
    browser: environment.name === 'firefox' ? 'firefox' : 'chrome',
    path: environment.path,
    flags: environment.flags,
  });
