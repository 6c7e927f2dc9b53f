import { html, nothing, type TemplateResult } from 'lit';
import { type Case, cases } from '../../test/card-cases.js';
import { dialogsOf, refresh } from './open-dialog.js';
import { preview, previewOfUrl, type Results } from './preview-frame.js';
import { addressOf, type GalleryState, withSubject } from './gallery-state.js';
import { WikiPanel } from './wiki-panel.js';
import { dataFor } from './case-data.js';

/**
 * Returns the IDs of the previews that a state shows; `api` and `src` are the previews of the element with that
 * attribute.
 */
export function previewIds(state: GalleryState): string[] {
  if (state.api !== null) return ['api'];
  if (state.src !== null) return ['src'];
  return (state.case === null ? cases : cases.filter(({ id }) => id === state.case)).map(({ id }) => id);
}

function allCases(state: GalleryState, results: Results): TemplateResult {
  const casesByKind = new Map<string, Case[]>();
  for (const one of cases) casesByKind.set(one.expect, [...(casesByKind.get(one.expect) ?? []), one]);
  return html`
    <nav aria-label="Kinds of card">
      ${[...casesByKind].map(
        ([kind, casesOfKind]) => html`
          <a href="#kind-${kind}">
            ${kind}
            <small>${casesOfKind.length}</small>
          </a>
        `,
      )}
    </nav>
    ${[...casesByKind].map(
      ([kind, casesOfKind]) => html`
        <section class="section" aria-labelledby="kind-${kind}">
          <h2 id="kind-${kind}">${kind}</h2>
          <div class="grid">${casesOfKind.map((one) => preview(one, state, results))}</div>
        </section>
      `,
    )}
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

function singleCase(state: GalleryState, results: Results, onChange: () => void): TemplateResult {
  const index = cases.findIndex(({ id }) => id === state.case);
  const one = cases[index];
  const linkTo = (other: Case | undefined, label: string) =>
    other
      ? html`<a href=${addressOf(withSubject(state, { case: other.id }))}>${label}: ${other.id}</a>`
      : nothing;
  return html`
    <nav aria-label="Other cases">
      <a href=${addressOf(withSubject(state))}>All cases</a>
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

/** Renders all cases or a single preview. `onChange` is called when the page has to be rendered again. */
export function renderPage(state: GalleryState, results: Results, onChange: () => void): TemplateResult {
  const name = (['api', 'src'] as const).find((attribute) => state[attribute] !== null);
  if (name)
    return html`
      <nav aria-label="Other cases"><a href=${addressOf(withSubject(state))}>All cases</a></nav>
      ${previewOfUrl(state, name, results.outcomes.get(name))}
    `;
  return state.case === null ? allCases(state, results) : singleCase(state, results, onChange);
}
