import '../define.js';
// Includes modules that other builds load on first use, because a card in another language than English needs them and
// must not wait for the dialogs' script.
import '../i18n/load-locale.js';
import './load-fallbacks.js';
import './plain-snapshot.js';
import { wikiStarted } from '../controllers/wiki-page.js';
import { applySkinStyles } from './skin-styles.js';
import { upgradeAll } from './mount.js';
import { placeAll } from './placement.js';
import { onContent } from './mw.js';

function start(): void {
  upgradeAll(document);
  placeAll();
}

applySkinStyles();
// The file may be loaded without the loader, before the wiki's own script.
void wikiStarted().then(() => {
  onContent((content) => {
    for (const piece of content) upgradeAll(piece);
  });
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', start);
  else start();
});
