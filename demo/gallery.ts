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

/** The skeleton appears after 300 ms: before that there is nothing to look at. */
const SKELETON_MS = 400;

/** How often is looked what a wiki has stored. */
const POLL_MS = 500;

const page = document.documentElement;
const eventLog = new EventLog();
let state = readState(location.search);
/** The dialog that the address asks for, until it was opened. */
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

/** All elements are made anew. */
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
  openDialog(preview, pendingDialog);
  pendingDialog = null;
}

/** Nothing leads away from the gallery, no link of a card and none of a dialog. */
function preventNavigation(event: Event): void {
  const isLink = event.composedPath().some((target) => target instanceof HTMLAnchorElement);
  if (isLink && frameOf(event)) event.preventDefault();
}

function start(): void {
  // Not by importing define.js: package.json names only its built form as having side effects.
  MentorshipModule.define();
  document.body.addEventListener('mentorship-ready', onElementEvent);
  document.body.addEventListener('mentorship-error', onElementEvent);
  document.body.addEventListener('mentorship-action', onElementEvent);
  document.body.addEventListener('click', preventNavigation);
  // What is late reaches a wiki without any event.
  if (state.case !== null) setInterval(show, POLL_MS);
  reset();
}

const translating = readTranslateState(location.search);
if (translating) void translate(translating);
else start();
