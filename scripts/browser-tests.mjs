// Runs test/*.test.ts in browsers, and installs those that are missing.
import { installChromium, installFirefox, installWebKit } from './setup.mjs';
import { counted, run } from './testing.mjs';

/** Installs a browser. Resolves with the environment variables that the test runner needs, if any. */
const INSTALLS = {
  chromium: async () => ({ CHROME_PATH: await installChromium() }),
  firefox: async () => ({ FIREFOX_PATH: await installFirefox() }),
  webkit: async () => installWebKit(),
};

/** Names of all browsers. */
export const ENGINES = Object.keys(INSTALLS);

/**
 * Runs the tests in the browsers with these names. A test that is skipped with a reason counts neither as passed nor as
 * failed; one that is skipped without a reason is a failure.
 *
 * @param {string[]} names
 * @returns {Promise<{ passed: number, failed: number, skipped: string[] }>}
 */
export async function browserTests(names) {
  const unknown = names.find((name) => !(name in INSTALLS));
  if (unknown !== undefined) throw new Error(`Unknown browser “${unknown}”. Known: ${ENGINES.join(', ')}.`);
  const env = { BROWSERS: names.join() };
  for (const name of names) Object.assign(env, await INSTALLS[name]());
  const { ok, output } = await run('node_modules/.bin/wtr', [], env);
  const count = (name) => Number(new RegExp(`^counted: .*?(\\d+) ${name}`, 'm').exec(output)?.[1] ?? 0);
  const skipped = [...output.matchAll(/^skipped: (.+)$/gm)].map(([, name]) => name);
  return { ...counted(ok, count('passed'), count('failed')), skipped };
}
