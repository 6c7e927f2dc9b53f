import { html, render } from 'lit';
import {
  type MentorshipActionEvent,
  type MentorshipErrorEvent,
  MentorshipModule,
  type MentorshipReadyEvent,
} from '../src/index.js';
import { cases } from '../test/card-cases.js';
import { controls, pointers } from './gallery/controls.js';
import { openDialog } from './gallery/open-dialog.js';
import { Journal } from './gallery/event-log.js';
import { log } from './gallery/event-list.js';
import { exhibitsOf, rooms } from './gallery/pages.js';
import { addressOf, type GalleryState, readState, showing } from './gallery/gallery-state.js';
import { readTranslateState } from './gallery/translate/address.js';
import { translate } from './gallery/translate/translate.js';

/** The skeleton appears after 300 ms: before that there is nothing to look at. */
const SKELETON_MS = 400;

/** How often is looked what a wiki has stored. */
const LOOK_MS = 500;

const page = document.documentElement;
const journal = new Journal();
let state = readState(location.search);
/** The dialog that the address asks for, until it was opened. */
let wanted = state.dialog;

function show(): void {
  for (const name of ['theme', 'width', 'text'] as const) page.dataset[name] = state[name];
  render(
    html`
      <header class="top">
        <h1>
          <a href=${addressOf(showing(state))}>&lt;mentorship-module&gt;</a>
          gallery
        </h1>
        ${controls(state, change)} ${pointers(state)}
      </header>
      <main>${rooms(state, journal, show)}</main>
      ${log(journal.entries)}
    `,
    document.body,
  );
  if (exhibitsOf(state).every((exhibit) => journal.outcomes.has(exhibit))) page.dataset.ready = 'true';
}

function change(next: GalleryState): void {
  const isNewLanguage = next.lang !== state.lang;
  state = next;
  history.replaceState(null, '', addressOf(state));
  if (isNewLanguage) begin();
  else show();
}

/** All elements are made anew. */
function begin(): void {
  delete page.dataset.ready;
  journal.outcomes.clear();
  wanted = state.dialog;
  show();
  setTimeout(() => {
    const waiting = cases.filter(({ id, expect }) => expect === 'loading' && !journal.outcomes.has(id));
    for (const { id } of waiting) journal.outcomes.set(id, 'loading');
    show();
  }, SKELETON_MS);
}

const frameOf = (event: Event): HTMLElement | null =>
  event.target instanceof Element ? event.target.closest<HTMLElement>('[data-exhibit]') : null;

function hear(event: MentorshipReadyEvent | MentorshipErrorEvent | MentorshipActionEvent): void {
  const exhibit = frameOf(event)?.dataset.exhibit ?? '';
  journal.write(exhibit, event);
  show();
  if (!wanted || !('variant' in event)) return;
  openDialog(exhibit, wanted);
  wanted = null;
}

/** Nothing leads away from the gallery, no link of a card and none of a dialog. */
function stay(event: Event): void {
  const isLink = event.composedPath().some((target) => target instanceof HTMLAnchorElement);
  if (isLink && frameOf(event)) event.preventDefault();
}

function open(): void {
  // Not by importing define.js: package.json names only its built form as having side effects.
  MentorshipModule.define();
  document.body.addEventListener('mentorship-ready', hear);
  document.body.addEventListener('mentorship-error', hear);
  document.body.addEventListener('mentorship-action', hear);
  document.body.addEventListener('click', stay);
  // What is late reaches a wiki without any event.
  if (state.case !== null) setInterval(show, LOOK_MS);
  begin();
}

const translating = readTranslateState(location.search);
if (translating) void translate(translating);
else open();
