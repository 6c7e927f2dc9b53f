import { launchBrowser } from '../launch-browser.ts';

/** What scripts/test.mjs has found: the path of a browser, its flags, and where the gallery is. */
interface Environment {
  name: string;
  path: string;
  flags: string[];
  gallery: string;
}

export const environment = JSON.parse(process.env['E2E'] ?? 'null') as Environment;

/** Starts the browser that is to be tested. @returns it, and what ends it */
export const launch = () =>
  launchBrowser({
    browser: environment.name === 'firefox' ? 'firefox' : 'chrome',
    path: environment.path,
    flags: environment.flags,
  });
