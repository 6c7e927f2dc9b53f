import { scriptError } from '../sdk/http.js';
import { config } from './mw.js';

/** Returns the URL of a script of the gadget. build/gadget.ts rewrites imports to the same URLs. */
export const addressOf = (script: string): string =>
  `${String(config('wgScript'))}?title=MediaWiki:Gadget-${script}&action=raw&ctype=text/javascript`;

/** The card's script, and those that import its exports. */
export const SCRIPTS = [
  'mentorship-module.js',
  'mentorship-module-dialogs.js',
  'mentorship-module-more.js',
] as const;

type Script = (typeof SCRIPTS)[number];

/** Time after which a script counts as unavailable. */
const REFETCH_MS = 5_000;

/** Downloads a script again, which replaces the copy in the browser's cache. Returns an empty text if the page is missing. Rejects on a temporary error. */
export async function refetch(
  script: string,
  credentials: RequestCredentials = 'same-origin',
): Promise<string> {
  const response = await fetch(addressOf(script), {
    cache: 'reload',
    credentials,
    signal: AbortSignal.timeout(REFETCH_MS),
  });
  // Read even if the page is missing, because a request whose body is not read lasts until it times out.
  const text = await response.text();
  if (response.status >= 429) throw new Error(`HTTP ${response.status}`);
  return response.ok ? text : '';
}

/** Returns the version in the first line of a script; undefined: not a script of the gadget. */
export const versionOf = (text: string | undefined): string | undefined =>
  /^\/\*! mentorship-module (\S+),/.exec(text ?? '')?.[1];

/** Downloads all scripts again, so that the next page has matching ones, and logs the mistake in the given one. */
async function repair(script: Script): Promise<void> {
  const [card, ...others] = await Promise.all(SCRIPTS.map((name) => refetch(name)));
  const text = others[SCRIPTS.indexOf(script) - 1];
  console.warn(`mentorship-module: MediaWiki:Gadget-${script}: ${mistakeIn(text, versionOf(card))}`);
}

/** Returns the mistake in a script that does not fit the card's, and the remedy. */
export function mistakeIn(text: string | undefined, expected: string | undefined): string {
  const version = versionOf(text);
  if (version && version === expected)
    return 'the browser’s cache had one of another version. Reload the page.';
  const mistake = version
    ? `version ${version}, but the card’s is ${expected}`
    : `the page is ${text ? 'not our script' : 'missing'}`;
  return `${mistake}. Import import.xml again.`;
}

let repairing: Promise<void> | undefined;

/**
 * Loads another script than the card's. If it does not match, because one of them is an older version from the browser's
 * cache, downloads all of them again before it rejects, so that a reload of the page helps.
 *
 * @param script - name of the script that `load` imports
 * @param name - an export of the script
 * @throws {MentorshipError} `network`
 */
export async function loadScript<T extends object>(
  script: Script,
  load: () => Promise<T>,
  name: keyof T & string,
): Promise<T> {
  const address = addressOf(script);
  if (config('debug')) await refetch(script).catch(() => {});
  try {
    const module = await load();
    // Old versions of MediaWiki respond with an empty script if the page does not exist.
    if (!(name in module)) throw new Error(`${address} is empty.`);
    return module;
  } catch (cause) {
    await (repairing ??= repair(script).catch(() => (repairing = undefined)));
    throw scriptError(`GET ${address} failed. Reload the page.`, cause);
  }
}
