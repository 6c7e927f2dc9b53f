import { html, render } from 'lit';
import { cases } from '../../test/card-cases.js';
import { controls } from './controls.js';
import { type ElementEvent, frameOf, listen } from './element-events.js';
import { openDialog } from './open-dialog.js';
import { EventLog } from './event-log.js';
import { eventList } from './event-list.js';
import { pageHeader } from './page-header.js';
import { previewIds, renderPage } from './pages.js';
import { addressOf, defaults, type GalleryState } from './gallery-state.js';

/** The skeleton appears after 300 ms; the card is not checked before. */
const SKELETON_MS = 400;

/** Interval at which the panel rereads the questions that the wiki has stored. */
const POLL_MS = 500;

const page = document.documentElement;
const eventLog = new EventLog();
let state = defaults;
/** The dialog in the URL; null once it has been opened. */
let pendingDialog: GalleryState['dialog'] = null;

function show(): void {
  for (const name of ['theme', 'width', 'text'] as const) page.dataset[name] = state[name];
  render(
    html`
      ${pageHeader(state, { current: state.states === null ? null : 'states', content: controls(state, change) })}
      <main>${renderPage(state, eventLog, { refresh: show, change })}</main>
      ${eventList(eventLog.entries)}
    `,
    document.body,
  );
  if (previewIds(state).every((preview) => eventLog.outcomes.has(preview))) page.dataset.ready = 'true';
  else delete page.dataset.ready;
}

function change(next: GalleryState): void {
  const isNewLanguage = next.lang !== state.lang;
  state = next;
  history.replaceState(null, '', addressOf(state));
  if (isNewLanguage) reset();
  else settle();
}

/** Renders all elements anew. */
function reset(): void {
  eventLog.outcomes.clear();
  pendingDialog = state.dialog;
  settle();
}

/** Renders the page, and knows a little later which cards stay in their loading state. */
function settle(): void {
  show();
  setTimeout(() => {
    const waiting = cases.filter(({ id, expect }) => expect === 'loading' && !eventLog.outcomes.has(id));
    for (const { id } of waiting) eventLog.outcomes.set(id, 'loading');
    show();
  }, SKELETON_MS);
}

function onElementEvent(event: ElementEvent): void {
  const preview = frameOf(event)?.dataset.preview ?? '';
  eventLog.add(preview, event);
  show();
  if (!pendingDialog || !('variant' in event)) return;
  const dialog = pendingDialog;
  // Cleared first, because opening a dialog dispatches an event.
  pendingDialog = null;
  openDialog(preview, dialog);
}

/** Opens the page with all states, or with a single one. */
export function openStatesPage(given: GalleryState): void {
  state = given;
  listen(onElementEvent);
  // Polls, because a late request reaches the wiki without dispatching an event.
  if (state.case !== null) setInterval(show, POLL_MS);
  reset();
}
