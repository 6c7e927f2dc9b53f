import { html, render } from 'lit';
import {
  type MentorshipActionEvent,
  type MentorshipErrorEvent,
  MentorshipModule,
  type MentorshipReadyEvent,
} from '../src/index.js';
import { cases } from '../test/card-cases.js';
import { controls, urlForms } from './gallery/controls.js';
import { openDialog } from './gallery/open-dialog.js';
import { EventLog } from './gallery/event-log.js';
import { eventList } from './gallery/event-list.js';
import { previewIds, renderPage } from './gallery/pages.js';
import { addressOf, type GalleryState, readState, withSubject } from './gallery/gallery-state.js';
import { readTranslateState } from './gallery/translate/address.js';
import { translate } from './gallery/translate/translate.js';

/** The skeleton appears after 300 ms; the card is not checked before. */
const SKELETON_MS = 400;

/** Interval at which the panel rereads the questions that the wiki has stored. */
const POLL_MS = 500;

const page = document.documentElement;
const eventLog = new EventLog();
let state = readState(location.search);
/** The dialog in the URL; null once it has been opened. */
let pendingDialog = state.dialog;

function show(): void {
  for (const name of ['theme', 'width', 'text'] as const) page.dataset[name] = state[name];
  render(
    html`
      <header class="top">
        <h1>
          <a href=${addressOf(withSubject(state))}>&lt;mentorship-module&gt;</a>
          gallery
        </h1>
        ${controls(state, change)} ${urlForms(state)}
      </header>
      <main>${renderPage(state, eventLog, show)}</main>
      ${eventList(eventLog.entries)}
    `,
    document.body,
  );
  if (previewIds(state).every((preview) => eventLog.outcomes.has(preview))) page.dataset.ready = 'true';
}

function change(next: GalleryState): void {
  const isNewLanguage = next.lang !== state.lang;
  state = next;
  history.replaceState(null, '', addressOf(state));
  if (isNewLanguage) reset();
  else show();
}

/** Renders all elements anew. */
function reset(): void {
  delete page.dataset.ready;
  eventLog.outcomes.clear();
  pendingDialog = state.dialog;
  show();
  setTimeout(() => {
    const waiting = cases.filter(({ id, expect }) => expect === 'loading' && !eventLog.outcomes.has(id));
    for (const { id } of waiting) eventLog.outcomes.set(id, 'loading');
    show();
  }, SKELETON_MS);
}

const frameOf = (event: Event): HTMLElement | null =>
  event.target instanceof Element ? event.target.closest<HTMLElement>('[data-preview]') : null;

function onElementEvent(event: MentorshipReadyEvent | MentorshipErrorEvent | MentorshipActionEvent): void {
  const preview = frameOf(event)?.dataset.preview ?? '';
  eventLog.add(preview, event);
  show();
  if (!pendingDialog || !('variant' in event)) return;
  const dialog = pendingDialog;
  // Cleared first, because opening a dialog dispatches an event.
  pendingDialog = null;
  openDialog(preview, dialog);
}

/** Cancels clicks on links inside a preview, because they would leave the gallery. */
function preventNavigation(event: Event): void {
  const isLink = event.composedPath().some((target) => target instanceof HTMLAnchorElement);
  if (isLink && frameOf(event)) event.preventDefault();
}

function start(): void {
  // Calls `define()` instead of importing define.js, because package.json declares only its built form as having side
  // effects.
  MentorshipModule.define();
  document.body.addEventListener('mentorship-ready', onElementEvent);
  document.body.addEventListener('mentorship-error', onElementEvent);
  document.body.addEventListener('mentorship-action', onElementEvent);
  document.body.addEventListener('click', preventNavigation);
  document.body.addEventListener('auxclick', preventNavigation);
  // Polls, because a late request reaches the wiki without dispatching an event.
  if (state.case !== null) setInterval(show, POLL_MS);
  reset();
}

const translating = readTranslateState(location.search);
if (translating) void translate(translating);
else start();
