import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { type Case, cases } from '../../test/card-cases.js';
import { dialogsOf, refresh } from './open-dialog.js';
import { sourceForm } from './url-form.js';
import { decisionTable } from './front/decision-table.js';
import { viewerForm } from './front/viewer-form.js';
import { preview, previewOf, previewOfUrl, type Results } from './preview-frame.js';
import { addressOf, type GalleryState, withSubject } from './gallery-state.js';
import { WikiPanel } from './wiki-panel.js';
import { dataFor } from './case-data.js';

/** Calls of a page that change what is shown. */
interface Handlers {
  /** Renders the page again. */
  refresh: () => void;
  /** Renders another state, and puts it into the URL. */
  change: (state: GalleryState) => void;
}

/** Returns the cases that contain each word of the search. */
function casesFor({ states }: GalleryState): readonly Case[] {
  const words = (states ?? '').toLowerCase().split(/\s+/);
  return cases.filter(({ id, title, expect, reason = '' }) => {
    const text = `${id} ${title} ${expect} ${reason}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Returns the IDs of the previews that a state shows. */
export function previewIds(state: GalleryState): string[] {
  if (state.api !== null || state.src !== null) return [previewOf(state)];
  const shown = state.case === null ? casesFor(state) : cases.filter(({ id }) => id === state.case);
  return shown.map(({ id }) => id);
}

function search(state: GalleryState, count: number, { change }: Handlers): TemplateResult {
  const find = ({ target }: Event) => {
    if (target instanceof HTMLInputElement) change({ ...state, states: target.value });
  };
  return html`
    <search>
      <form class="search" @submit=${(event: Event) => event.preventDefault()}>
        <label>
          Search the states
          <input type="search" name="states" .value=${state.states ?? ''} spellcheck="false" @input=${find} />
        </label>
        <output>${count === 1 ? '1 state' : `${count} states`}</output>
      </form>
    </search>
  `;
}

function allCases(state: GalleryState, results: Results, handlers: Handlers): TemplateResult {
  const found = casesFor(state);
  const kinds = [...new Set(found.map(({ expect }) => expect))].map(
    (kind) => [kind, found.filter(({ expect }) => expect === kind)] as const,
  );
  return html`
    ${search(state, found.length, handlers)}
    <nav aria-label="Kinds of card">
      ${kinds.map(
        ([kind, casesOfKind]) => html`
          <a href="#kind-${kind}">
            ${kind}
            <small>${casesOfKind.length}</small>
          </a>
        `,
      )}
    </nav>
    ${repeat(
      kinds,
      ([kind]) => kind,
      ([kind, casesOfKind]) => html`
        <section class="section" aria-labelledby="kind-${kind}">
          <h2 id="kind-${kind}">${kind}</h2>
          <div class="grid">
            ${repeat(
              casesOfKind,
              ({ id }) => id,
              (one) => preview(one, state, results),
            )}
          </div>
        </section>
      `,
    )}
    <section class="section" aria-labelledby="document">
      <h2 id="document">Another snapshot document</h2>
      ${sourceForm(state)}
    </section>
  `;
}

const panels = new Map<string, WikiPanel>();

function wikiPanel(one: Case, onChange: () => void): TemplateResult | typeof nothing {
  const { wiki } = dataFor(one);
  if (!wiki || one.data.from !== 'wiki') return nothing;
  const { viewer } = one.data;
  const panel =
    panels.get(one.id) ?? new WikiPanel({ wiki, viewer, refresh: () => refresh(one.id), onChange });
  panels.set(one.id, panel);
  return panel.render();
}

/** Renders links to the dialogs of a card. */
const dialogs = (one: Case, state: GalleryState): TemplateResult => html`
  <nav aria-label="Dialogs of this card">
    ${dialogsOf(one.id).map(
      (name) =>
        html`<a href=${addressOf(withSubject(state, { case: one.id, dialog: name }))}>Dialog: ${name}</a>`,
    )}
  </nav>
`;

function singleCase(state: GalleryState, results: Results, { refresh: onChange }: Handlers): TemplateResult {
  const index = cases.findIndex(({ id }) => id === state.case);
  const one = cases[index];
  const linkTo = (other: Case | undefined, label: string) =>
    other
      ? html`<a href=${addressOf(withSubject(state, { case: other.id }))}>${label}: ${other.id}</a>`
      : nothing;
  return html`
    <nav aria-label="Other states">
      <a href=${addressOf(withSubject(state, { states: '' }))}>All states</a>
      ${one ? [linkTo(cases[index - 1], 'Previous'), linkTo(cases[index + 1], 'Next')] : nothing}
    </nav>
    ${
      one
        ? html`
            ${dialogs(one, state)}
            <h2>${one.expect}</h2>
            <div class="single-case">${preview(one, state, results)} ${wikiPanel(one, onChange)}</div>
          `
        : html`<p>There is no case “${state.case}”.</p>`
    }
  `;
}

/** Renders the states that match the search, or a single preview. */
export function renderPage(state: GalleryState, results: Results, handlers: Handlers): TemplateResult {
  if (state.api !== null) return html`${previewOfUrl(state, results)} ${viewerForm(state)} ${decisionTable}`;
  if (state.src !== null) return html`${previewOfUrl(state, results)} ${sourceForm(state)} ${decisionTable}`;
  return state.case === null ? allCases(state, results, handlers) : singleCase(state, results, handlers);
}
