import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Case } from '../../test/card-cases.js';
import { addressOf, type GalleryState, withSubject } from './gallery-state.js';
import { dataFor } from './case-data.js';
import { factsOf } from './front/explain.js';
import { directionOf } from './language.js';
import { type Outcome, why } from './front/why.js';

interface FrameContent {
  preview: string;
  element: TemplateResult;
  outcome: string | undefined;
}

/**
 * Renders the container from which the element inherits language and direction. `keyed` recreates the element,
 * because it reads its language only when connected.
 */
const frame = (state: GalleryState, { preview, element, outcome }: FrameContent): TemplateResult => html`
  <div>
    <div class="frame" lang=${state.lang} dir=${directionOf(state)} data-preview=${preview}>
      ${keyed(state.lang, element)}
    </div>
    ${outcome?.startsWith('none') ? html`<p class="nothing">nothing is drawn</p>` : nothing}
  </div>
`;

function element(one: Case, { dialog }: GalleryState): TemplateResult {
  const { preview, snapshot, source, viewer, layout, theme } = dataFor(one).properties;
  const { heading, footer, content } = one.slots ?? {};
  return html`
    <mentorship-module
      preview=${preview ?? nothing}
      viewer=${viewer ?? nothing}
      layout=${layout ?? nothing}
      theme=${theme ?? nothing}
      page-title=${one.pageTitle ?? nothing}
      ?leave-reasons=${one.leaveReasons}
      enroll=${dialog === 'enroll' ? 'here' : nothing}
      .snapshot=${snapshot}
      .source=${source}
    >
      ${heading && html`<h2 slot="heading">${heading}</h2>`} ${footer && html`<p slot="footer">${footer}</p>`}
      ${content}
    </mentorship-module>
  `;
}

/** Outcomes of the previews, and the previews whose viewer has written something. */
export interface Results {
  readonly outcomes: ReadonlyMap<string, string>;
  readonly modified: ReadonlySet<string>;
  readonly results: ReadonlyMap<string, NonNullable<Outcome>>;
}

/** Returns the expected outcome of a case in the format of the event log. */
const expectation = ({ expect, reason }: Case): string => (reason ? `${expect}, ${reason}` : expect);

function result(one: Case, { outcomes, modified }: Results): TemplateResult {
  const outcome = outcomes.get(one.id);
  if (outcome === undefined) return html`<span class="outcome">…</span>`;
  const expected = expectation(one);
  // Accepts a failure with any code.
  const fits = outcome === expected || (expected === 'failed' && outcome.startsWith('failed'));
  return html`
    <span class="outcome">${outcome}</span>
    ${fits || modified.has(one.id) ? nothing : html`<strong class="wrong">expected: ${expected}</strong>`}
  `;
}

/** Returns the ID of the preview that a URL with `api` or `src` shows. */
export const previewOf = ({ api }: GalleryState): string => (api === null ? 'src' : 'api');

/** Renders the caption and the card of a case. */
export const preview = (one: Case, state: GalleryState, results: Results): TemplateResult => html`
  <article class="preview" aria-labelledby="about-${one.id}">
    <header>
      <h3 id="about-${one.id}">
        <a href=${addressOf(withSubject(state, { case: one.id }))}>${one.title}</a>
      </h3>
      <p>
        <code>${one.id}</code>
        ${result(one, results)}
      </p>
    </header>
    ${frame(state, { preview: one.id, element: element(one, state), outcome: results.outcomes.get(one.id) })}
  </article>
`;

/** Renders the element with the attributes in the URL, as a host page writes it. */
export function previewOfUrl(state: GalleryState, { outcomes, results }: Results): TemplateResult {
  const { api, src, viewer } = state;
  const preview = previewOf(state);
  const element = html`
    <mentorship-module
      api=${api ?? nothing}
      viewer=${viewer ?? nothing}
      src=${src ?? nothing}
    ></mentorship-module>
  `;
  const attributes = Object.entries({ api, viewer, src }).filter(([, value]) => value !== null);
  const markup = attributes.map(([name, value]) => ` ${name}="${value}"`).join('');
  const outcome = outcomes.get(preview);
  return html`
    <article class="preview">
      <header>
        <h2><code>${`<mentorship-module${markup}>`}</code></h2>
        <p><span class="outcome">${outcome ?? '…'}</span></p>
      </header>
      ${frame(state, { preview, element, outcome })}
      ${why(results.get(preview) ?? null, (decision) => ('viewer' in decision ? factsOf(decision) : null))}
    </article>
  `;
}
