import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { type MentorshipSource, parseSnapshot } from '../../../src/sdk/index.js';
import { directionOf } from '../language.js';
import { cardAddress, comparisonAddress, isChanged, type FrontState, type Slot } from './address.js';
import type { CopyPanel } from './copy-panel.js';
import { count, factsOf } from './explain.js';
import { appearanceForm, dataForm, numberForm, type OnChange } from './form.js';
import { sampleSnapshot } from './sample-snapshot.js';
import { skinFrame } from './skin-frame.js';
import { type Outcome, why } from './why.js';

interface StoryOptions {
  view: FrontState['view'];
  outcome: Outcome;
  source: MentorshipSource;
  copyPanel: CopyPanel;
  onChange: OnChange;
  reset: () => void;
}

const CARDS = {
  mentored: 'sees the mentor',
  'opt-in': 'is offered a mentor',
  invite: 'is invited to help',
  mentor: 'sees a mentor’s card',
  unavailable: 'learns that no mentor is free',
  none: 'sees nothing',
};

/** Describes a card whose settings are no longer those of its story. */
function sentence(slot: Slot, outcome: Outcome): string {
  if (!isChanged(slot)) return slot.story.sentence;
  const { edits, days, later } = slot.settings;
  const result = outcome && 'decision' in outcome ? CARDS[outcome.decision.variant] : 'sees no card yet';
  return `${slot.story.name}, with ${count(Number(edits), 'edit')} in ${count(Number(days) + Number(later), 'day')}: ${result}.`;
}

/** Renders the card in its frame. The language is read when the element is connected, so it recreates the element. */
function stage({ id, settings }: Slot, { source, outcome }: StoryOptions): TemplateResult {
  const { lang, theme, width, text, skin } = settings;
  const frame = html`
    <div class="frame" lang=${lang} dir=${directionOf(settings)} data-preview=${id}>
      ${keyed(lang, html`<mentorship-module enroll="here" .source=${source}></mentorship-module>`)}
    </div>
    ${
      outcome && 'decision' in outcome && outcome.decision.variant === 'none'
        ? html`<p class="nothing">nothing is drawn</p>`
        : nothing
    }
  `;
  return html`
    <div class="stage" data-theme=${theme} data-width=${width} data-text=${text}>
      ${skinFrame({ skin, dir: directionOf(settings) }, frame)}
    </div>
  `;
}

/** Renders a card with its sentence, the reason for it, its controls, and its code. */
export function storyCard(slot: Slot, options: StoryOptions): TemplateResult {
  const { id, settings } = slot;
  const { view, outcome, copyPanel, onChange, reset } = options;
  const form = { settings, onChange };
  return html`
    <article class="story" id=${id} aria-labelledby="about-${id}">
      <header>
        <h2 id="about-${id}">${sentence(slot, outcome)}</h2>
        ${why(outcome, (decision) =>
          'viewer' in decision ? factsOf(decision) : parseSnapshot(sampleSnapshot(settings, new Date())),
        )}
      </header>
      ${stage(slot, options)}
      <div class="tools">
        ${view === 'two' ? appearanceForm({ ...form, label: `How card ${id.toUpperCase()} is shown` }) : nothing}
        ${numberForm(form)}
        <details ?open=${view !== 'all'}>
          <summary>Viewer, wiki, network and clock</summary>
          ${dataForm(form)}
        </details>
        ${
          isChanged(slot)
            ? html`<button type="button" class="reset" @click=${reset}>Undo all changes</button>`
            : nothing
        }
        ${copyPanel.render(slot)}
        <p class="links">
          ${view === 'one' ? nothing : html`<a href=${cardAddress(slot)}>Only this card</a>`}
          ${view === 'two' ? nothing : html`<a href=${comparisonAddress(slot)}>Two settings side by side</a>`}
        </p>
      </div>
    </article>
  `;
}
