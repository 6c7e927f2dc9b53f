import { html, nothing, type TemplateResult } from 'lit';
import { type Case, cases } from '../../test/card-cases.js';
import { dialogsOf, refresh } from './open-dialog.js';
import { exhibit, pointed, type Verdicts } from './preview-frame.js';
import { addressOf, type GalleryState, showing } from './gallery-state.js';
import { ThisWiki } from './wiki-panel.js';
import { setUp } from './case-data.js';

/** The exhibits that a state shows; `api` and `src` stand for the element with that attribute. */
export function exhibitsOf(state: GalleryState): string[] {
  if (state.api !== null) return ['api'];
  if (state.src !== null) return ['src'];
  return (state.case === null ? cases : cases.filter(({ id }) => id === state.case)).map(({ id }) => id);
}

function roomsOfAll(state: GalleryState, verdicts: Verdicts): TemplateResult {
  const rooms = new Map<string, Case[]>();
  for (const one of cases) rooms.set(one.expect, [...(rooms.get(one.expect) ?? []), one]);
  return html`
    <nav aria-label="Kinds of card">
      ${[...rooms].map(
        ([kind, inRoom]) => html`
          <a href="#kind-${kind}">
            ${kind}
            <small>${inRoom.length}</small>
          </a>
        `,
      )}
    </nav>
    ${[...rooms].map(
      ([kind, inRoom]) => html`
        <section class="room" aria-labelledby="kind-${kind}">
          <h2 id="kind-${kind}">${kind}</h2>
          <div class="grid">${inRoom.map((one) => exhibit(one, state, verdicts))}</div>
        </section>
      `,
    )}
  `;
}

const wikis = new Map<string, ThisWiki>();

function thisWiki(one: Case, changed: () => void): TemplateResult | typeof nothing {
  const { wiki } = setUp(one);
  if (!wiki || one.data.from !== 'wiki') return nothing;
  const { viewer } = one.data;
  const panel = wikis.get(one.id) ?? new ThisWiki({ wiki, viewer, refresh: () => refresh(one.id), changed });
  wikis.set(one.id, panel);
  return panel.render();
}

/** Each dialog of a card at its own address. */
const dialogs = (one: Case, state: GalleryState): TemplateResult => html`
  <nav aria-label="Dialogs of this card">
    ${dialogsOf(one.id).map(
      (name) =>
        html`<a href=${addressOf(showing(state, { case: one.id, dialog: name }))}>Dialog: ${name}</a>`,
    )}
  </nav>
`;

function roomOfOne(state: GalleryState, verdicts: Verdicts, changed: () => void): TemplateResult {
  const index = cases.findIndex(({ id }) => id === state.case);
  const one = cases[index];
  const step = (other: Case | undefined, words: string) =>
    other
      ? html`<a href=${addressOf(showing(state, { case: other.id }))}>${words}: ${other.id}</a>`
      : nothing;
  return html`
    <nav aria-label="Other cases">
      <a href=${addressOf(showing(state))}>All cases</a>
      ${one ? [step(cases[index - 1], 'Previous'), step(cases[index + 1], 'Next')] : nothing}
    </nav>
    ${
      one
        ? html`
            ${dialogs(one, state)}
            <div class="alone">${exhibit(one, state, verdicts)} ${thisWiki(one, changed)}</div>
          `
        : html`<p>There is no case “${state.case}”.</p>`
    }
  `;
}

/** All cases, or the one thing that is looked at. `changed` is called when something else is to be drawn. */
export function rooms(state: GalleryState, verdicts: Verdicts, changed: () => void): TemplateResult {
  const name = (['api', 'src'] as const).find((attribute) => state[attribute] !== null);
  if (name)
    return html`
      <nav aria-label="Other cases"><a href=${addressOf(showing(state))}>All cases</a></nav>
      ${pointed(state, name, verdicts.outcomes.get(name))}
    `;
  return state.case === null ? roomsOfAll(state, verdicts) : roomOfOne(state, verdicts, changed);
}
