import '../define.js';
// Loaded on first use elsewhere, but a card may need them: in a language that falls back on another, and on a wiki without
// GrowthExperiments. Then it must not wait for the dialogs.
import '../i18n/locale-fallbacks.js';
import '../sdk/plain/snapshot.js';
import { dress } from './skin-styles.js';
import { upgradeAll } from './mount.js';
import { placeAll } from './placement.js';
import { onContent } from './mw.js';

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
