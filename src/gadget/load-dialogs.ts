import type { DialogController } from '../dialogs/dialog-controller.js';
import { MentorshipError } from '../sdk/errors.js';
import { config } from './mw.js';

/** Returns the URL of a script of the gadget. build/gadget.ts rewrites imports to the same URLs. */
const addressOf = (script: string): string =>
  `${String(config('wgScript'))}?title=MediaWiki:Gadget-${script}&action=raw&ctype=text/javascript`;

const SCRIPTS = ['mentorship-module-dialogs.js', 'mentorship-module.js'].map(addressOf);

/** Downloads a script again, which replaces the copy in the browser's cache. */
const refetch = (address: string): Promise<unknown> =>
  fetch(address, { cache: 'reload' })
    .then((response) => response.text())
    .catch(() => {});

let isWarned = false;

/**
 * Loads the second script. If it does not match the first, because one of them is an older version from the browser's
 * cache, downloads both again, so that the next page has a matching pair.
 *
 * @throws {MentorshipError} `network`
 */
export async function loadDialogs(): Promise<typeof DialogController> {
  const [dialogs = ''] = SCRIPTS;
  if (config('debug')) await refetch(dialogs);
  try {
    const module = await import('../dialogs/dialog-controller.js');
    // Old versions of MediaWiki respond with an empty script if the page does not exist.
    if (!('DialogController' in module)) throw new Error(`${dialogs} is empty.`);
    return module.DialogController;
  } catch (cause) {
    if (!isWarned) {
      isWarned = true;
      console.warn(
        'mentorship-module: MediaWiki:Gadget-mentorship-module-dialogs.js is missing, or of another version than MediaWiki:Gadget-mentorship-module.js, perhaps only in the browser’s cache. Reload the page.',
      );
      for (const address of SCRIPTS) void refetch(address);
    }
    throw new MentorshipError('network', `GET ${dialogs} failed. Please reload.`, { cause, retryable: true });
  }
}
