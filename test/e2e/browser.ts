import { launchBrowser } from '../launch-browser.ts';

/** What scripts/test.mjs has found: the path of a browser, its flags, and where the gallery is. */
interface Found {
  name: string;
  path: string;
  flags: string[];
  gallery: string;
}

export const found = JSON.parse(process.env['E2E'] ?? 'null') as Found;

/** Starts the browser that is to be tested. @returns it, and what ends it */
export const launch = () =>
  launchBrowser({
    browser: found.name === 'firefox' ? 'firefox' : 'chrome',
    path: found.path,
    flags: found.flags,
  });
