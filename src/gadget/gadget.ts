import '../define.js';
// A wiki without GrowthExperiments has cards as well: what reads them is of the first script.
import '../sdk/sources/mediawiki-answers.js';
import { dress } from './dress.js';
import { upgradeAll } from './mount.js';
import { placeAll } from './places.js';
import { onContent } from './wiki.js';

/** For the build: scripts/pair.mjs. */
export { loadDialogs } from './dialogs.js';

function start(): void {
  upgradeAll(document);
  placeAll();
}

dress();
onContent((content) => {
  for (const piece of content) upgradeAll(piece);
});
if (document.readyState === 'loading') addEventListener('DOMContentLoaded', start);
else start();
