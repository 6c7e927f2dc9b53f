import { html, nothing, type TemplateResult } from 'lit';
import { type Case, cases } from '../../test/cases.js';
import { exhibit, pointed } from './exhibit.js';
import { addressOf, type GalleryState, showing } from './state.js';

type Outcomes = ReadonlyMap<string, string>;

/** The exhibits that a state shows; `api` and `src` stand for the element with that attribute. */
export function exhibitsOf(state: GalleryState): string[] {
  if (state.api !== null) return ['api'];
  if (state.src !== null) return ['src'];
  return (state.case === null ? cases : cases.filter(({ id }) => id === state.case)).map(({ id }) => id);
}

function roomsOfAll(state: GalleryState, outcomes: Outcomes): TemplateResult {
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
          <div class="grid">${inRoom.map((one) => exhibit(one, state, outcomes.get(one.id)))}</div>
        </section>
      `,
    )}
  `;
}

function roomOfOne(state: GalleryState, outcomes: Outcomes): TemplateResult {
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
    ${one ? exhibit(one, state, outcomes.get(one.id)) : html`<p>There is no case “${state.case}”.</p>`}
  `;
}

/** All cases, or the one thing that is looked at. */
export function rooms(state: GalleryState, outcomes: Outcomes): TemplateResult {
  const name = (['api', 'src'] as const).find((attribute) => state[attribute] !== null);
  if (name)
    return html`
      <nav aria-label="Other cases"><a href=${addressOf(showing(state))}>All cases</a></nav>
      ${pointed(state, name, outcomes.get(name))}
    `;
  return state.case === null ? roomsOfAll(state, outcomes) : roomOfOne(state, outcomes);
}
