import '../define.js';
// Loaded on first use elsewhere, but a card may need them: in a language that falls back on another, and on a wiki without
// GrowthExperiments. Then it must not wait for the dialogs.
import '../fallbacks.js';
import '../sdk/sources/mediawiki-answers.js';
import { dress } from './dress.js';
import { upgradeAll } from './mount.js';
import { placeAll } from './places.js';
import { onContent } from './wiki.js';

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
