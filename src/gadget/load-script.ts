import { MentorshipError } from '../sdk/errors.js';
import { config } from './mw.js';

/** Returns the URL of a script of the gadget. build/gadget.ts rewrites imports to the same URLs. */
const addressOf = (script: string): string =>
  `${String(config('wgScript'))}?title=MediaWiki:Gadget-${script}&action=raw&ctype=text/javascript`;

/** The card's script, and those that import its exports. */
const SCRIPTS = [
  'mentorship-module.js',
  'mentorship-module-dialogs.js',
  'mentorship-module-more.js',
] as const;

type Script = (typeof SCRIPTS)[number];

/** Downloads a script again, which replaces the copy in the browser's cache. */
const refetch = (script: Script): Promise<unknown> =>
  fetch(addressOf(script), { cache: 'reload' })
    .then((response) => response.text())
    .catch(() => {});

let isWarned = false;

/**
 * Loads another script than the card's. If it does not match, because one of them is an older version from the browser's
 * cache, downloads all of them again, so that the next page has matching ones.
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
  if (config('debug')) await refetch(script);
  try {
    const module = await load();
    // Old versions of MediaWiki respond with an empty script if the page does not exist.
    if (!(name in module)) throw new Error(`${address} is empty.`);
    return module;
  } catch (cause) {
    if (!isWarned) {
      isWarned = true;
      console.warn(
        `mentorship-module: MediaWiki:Gadget-${script} is missing, or of another version than MediaWiki:Gadget-mentorship-module.js, perhaps only in the browser’s cache. Reload the page.`,
      );
      for (const each of SCRIPTS) void refetch(each);
    }
    throw new MentorshipError('network', `GET ${address} failed. Please reload.`, { cause, retryable: true });
  }
}
