import { html, nothing, type TemplateResult } from 'lit';
import { galleryAddress, translateAddress, type TranslateState } from './address.js';
import type { Progress } from './translation.js';

interface Header {
  title: string;
  state: TranslateState;
  progress: Progress;
  /** Who has looked at the locale so far, in its own words. */
  review: unknown;
}

const OTHER_VIEW = {
  cards: { view: 'forms', words: 'All plural and gender forms' },
  forms: { view: 'cards', words: 'Cards, dialogs and all texts' },
} as const;

const legend = html`
  <p class="legend">
    Press any text, and its key and what is said of it appear. Marked are
    <mark data-state="missing">missing</mark>, <mark data-state="same">still English</mark>,
    <mark data-state="findings">to be mended</mark>.
  </p>
`;

/** How far a translation is, and where else to look. */
export function header({ title, state, progress, review }: Header): TemplateResult {
  const { all, translated, findings } = progress;
  const here = { ...state, key: null };
  const { view, words } = OTHER_VIEW[state.view];
  const isOfCards = state.view === 'cards';
  return html`
    <header class="top">
      <h1>
        <a href=${galleryAddress(state)}>&lt;mentorship-module&gt;</a>
        ${title}
      </h1>
      <p class="progress">
        <progress max=${all} value=${translated} aria-label="Translated"></progress>
        <b>${translated} of ${all} translated, ${findings} findings</b>
        <span>${typeof review === 'string' ? review : 'nobody says who has reviewed it'}</span>
      </p>
      <nav aria-label="Pages">
        <a href=${translateAddress({ ...here, view })}>${words}</a>
        ${isOfCards ? html`<a href="#texts">Table of all texts</a>` : nothing}
        <a href=${translateAddress({ ...here, code: '', view: 'cards' })}>Other languages</a>
        <a href=${galleryAddress(state)}>Gallery</a>
      </nav>
      ${isOfCards ? legend : nothing}
    </header>
  `;
}
