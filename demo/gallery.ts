import { roomCss } from '../build/room-css.mjs';
import { MentorshipModule } from '../src/index.js';
import { FrontPage } from './gallery/front/front-page.js';
import { isOfStates, readState } from './gallery/gallery-state.js';
import { openStatesPage } from './gallery/states-page.js';
import { readTranslateState } from './gallery/translate/address.js';
import { translate } from './gallery/translate/translate.js';

const { search } = location;
const translating = readTranslateState(search);
if (translating) void translate(translating);
else {
  // Calls `define()` instead of importing define.js, because package.json declares only its built form as having side
  // effects.
  MentorshipModule.define();
  const room = new CSSStyleSheet();
  room.replaceSync(roomCss());
  document.adoptedStyleSheets.push(room);
  const state = readState(search);
  if (isOfStates(state)) openStatesPage(state);
  else new FrontPage(search).open();
}
