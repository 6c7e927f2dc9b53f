import { html, nothing, render, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { MentorshipSource } from '../../../src/index.js';
import { type ElementEvent, frameOf, isFailure, listen } from '../element-events.js';
import { defaults } from '../gallery-state.js';
import { pageHeader } from '../page-header.js';
import { frontAddress, type FrontState, readFrontState, type Slot } from './address.js';
import { CopyPanel } from './copy-panel.js';
import { decisionTable } from './decision-table.js';
import { APPEARANCE, DATA, type FieldName, type Settings } from './fields.js';
import { appearanceForm } from './form.js';
import { sampleSource } from './sample-source.js';
import { storyCard } from './story-card.js';
import { viewerForm } from './viewer-form.js';
import type { Outcome } from './why.js';

/** Fields that change the data of the element. */
const SOURCE_FIELDS: readonly FieldName[] = [...DATA, 'lang'];

/** Parts of a card that outlast a rendering. */
interface Parts {
  key: string;
  source: MentorshipSource;
  copyPanel: CopyPanel;
  outcome: Outcome;
}

/** Shows the stories, or one or two of their cards, and keeps the settings in the URL. */
export class FrontPage {
  #state: FrontState;
  readonly #parts = new Map<string, Parts>();

  constructor(search: string) {
    this.#state = readFrontState(search);
  }

  open(): void {
    listen((event) => this.#onElementEvent(event));
    this.#render();
  }

  #onElementEvent(event: ElementEvent): void {
    const parts = this.#parts.get(frameOf(event)?.dataset.preview ?? '');
    if (!parts || 'action' in event) return;
    if ('decision' in event) parts.outcome = { decision: event.decision };
    else if (isFailure(event)) parts.outcome = { error: event.error };
    this.#render();
  }

  /** Returns the parts of a card, with a new source if its data have changed. */
  #partsOf({ id, settings }: Slot): Parts {
    const key = SOURCE_FIELDS.map((name) => settings[name]).join(' ');
    const known = this.#parts.get(id);
    if (known?.key === key) return known;
    const copyPanel = known?.copyPanel ?? new CopyPanel(() => this.#render());
    const parts = { key, source: sampleSource(settings), copyPanel, outcome: null };
    this.#parts.set(id, parts);
    return parts;
  }

  /** Replaces the settings of the cards whose id is given. */
  #change(ids: readonly string[], changed: Partial<Settings>): void {
    const slots = this.#state.slots.map((slot) =>
      ids.includes(slot.id) ? { ...slot, settings: { ...slot.settings, ...changed } } : slot,
    );
    this.#state = { ...this.#state, slots };
    for (const id of ids) this.#parts.get(id)?.copyPanel.clear();
    history.replaceState(null, '', frontAddress(this.#state));
    this.#render();
  }

  #story(slot: Slot): TemplateResult {
    const { outcome, source, copyPanel } = this.#partsOf(slot);
    return storyCard(slot, {
      view: this.#state.view,
      outcome,
      source,
      copyPanel,
      onChange: (name, value) => this.#change([slot.id], { [name]: value }),
      reset: () =>
        this.#change([slot.id], Object.fromEntries(DATA.map((name) => [name, slot.story.settings[name]]))),
    });
  }

  #render(): void {
    const { view, slots } = this.#state;
    const [first] = slots;
    if (!first) return;
    const { settings } = first;
    const { lang, theme, dir, width, text } = settings;
    const page = document.documentElement;
    page.dataset.theme = view === 'two' ? 'auto' : theme;
    const changeAll = (name: FieldName, value: string) =>
      this.#change(
        slots.map(({ id }) => id),
        { [name]: value },
      );
    const shared = Object.fromEntries(APPEARANCE.map((name) => [name, settings[name]]));
    render(
      html`
        ${pageHeader({ lang, theme, dir, width, text }, { current: view === 'all' ? 'cards' : null })}
        <main class="front" data-view=${view}>
          ${
            view === 'all'
              ? html`
                  <p class="lead">
                    One element, and the card that fits the person who looks at the page. Here are five
                    people. Change what is known about them: the card follows at once, and so does its
                    address.
                  </p>
                `
              : html`<p><a href=${frontAddress(withAll(shared))}>All five cards</a></p>`
          }
          ${view === 'two' ? nothing : appearanceForm({ label: 'How the cards are shown', settings, onChange: changeAll })}
          <div class="stories">
            ${repeat(
              slots,
              ({ id }) => id,
              (slot) => this.#story(slot),
            )}
          </div>
          ${viewerForm({ ...defaults, lang, theme, dir, width, text })} ${decisionTable}
        </main>
      `,
      document.body,
    );
    if (slots.every(({ id, settings: { network } }) => this.#parts.get(id)?.outcome || network === 'silent'))
      page.dataset.ready = 'true';
    else delete page.dataset.ready;
  }
}

/** Returns the page of all stories, with the appearance of a card. */
function withAll(appearance: Partial<Settings>): FrontState {
  const { slots } = readFrontState('');
  return {
    view: 'all',
    slots: slots.map((slot) => ({ ...slot, settings: { ...slot.settings, ...appearance } })),
  };
}
