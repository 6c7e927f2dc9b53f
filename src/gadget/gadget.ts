import '../define.js';
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
