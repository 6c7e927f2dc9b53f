// Runs test/*.test.ts in a browser, and installs it if it is missing. With `TARGET=dist` the tests get the built files.
import { buildIfStale } from './build-if-stale.mjs';
import { installChromium, installFirefox, installWebKit } from './setup.mjs';
import { counted, run } from './testing.mjs';

/** Installs a browser. Resolves with the environment variables that the test runner needs, if any. */
const INSTALLS = {
  chromium: async () => ({ CHROME_PATH: await installChromium() }),
  firefox: async () => ({ FIREFOX_PATH: await installFirefox() }),
  webkit: installWebKit,
};

/** Names of all browsers. */
export const ENGINES = Object.keys(INSTALLS);

/**
 * Runs the tests in a browser. A test that is skipped with a reason counts neither as passed nor as failed; one that is
 * skipped without a reason is a failure.
 *
 * @param {string} name - one of `ENGINES`
 * @returns {Promise<{ passed: number, failed: number, skipped: string[] }>}
 */
export async function browserTests(name) {
  if (process.env.TARGET === 'dist') await buildIfStale();
  const env = { BROWSERS: name, ...(await INSTALLS[name]()) };
  const { ok, output } = await run('node_modules/.bin/wtr', [], env);
  const count = (what) => Number(new RegExp(`^counted: .*?(\\d+) ${what}`, 'm').exec(output)?.[1] ?? 0);
  const skipped = [...output.matchAll(/^skipped: (.+)$/gm)].map(([, title]) => title);
  return { ...counted(ok, count('passed'), count('failed')), skipped };
}
