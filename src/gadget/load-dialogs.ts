import type { DialogController } from '../dialogs/dialog-controller.js';
import { MentorshipError } from '../sdk/errors.js';
import { config } from './mw.js';

/** The build rewrites imports of the two files to these addresses: scripts/gadget.mjs. */
const addressOf = (script: string): string =>
  `${String(config('wgScript'))}?title=MediaWiki:Gadget-${script}&action=raw&ctype=text/javascript`;

const SCRIPTS = ['mentorship-module-dialogs.js', 'mentorship-module.js'].map(addressOf);

/** Replaces what the browser has in its cache. */
const refetch = (address: string): Promise<unknown> =>
  fetch(address, { cache: 'reload' })
    .then((response) => response.text())
    .catch(() => {});

let isWarned = false;

/**
 * Loads the second script. Where it does not fit the first, because one of them is an older version from the browser's
 * cache, both are fetched again, so that the next page has a pair.
 *
 * @throws {MentorshipError} `network`
 */
export async function loadDialogs(): Promise<typeof DialogController> {
  const [dialogs = ''] = SCRIPTS;
  if (config('debug')) await refetch(dialogs);
  try {
    const module = await import('../dialogs/dialog-controller.js');
    // An old MediaWiki answers with an empty script where there is no page.
    if (!('DialogController' in module)) throw new Error(`${dialogs} is empty.`);
    return module.DialogController;
  } catch (cause) {
    if (!isWarned) {
      isWarned = true;
      console.warn(
        'mentorship-module: MediaWiki:Gadget-mentorship-module-dialogs.js is missing, or of another version than MediaWiki:Gadget-mentorship-module.js, perhaps in this browser’s cache alone: reload the page.',
      );
      for (const address of SCRIPTS) void refetch(address);
    }
    throw new MentorshipError('network', `GET ${dialogs} failed.`, { cause, retryable: true });
  }
}
