import { html, nothing, type TemplateResult } from 'lit';
import { galleryAddress, translateAddress, type TranslateState } from './address.js';
import { sectionId } from './side-by-side.js';
import { previewSections } from './previews.js';
import type { Progress } from './translation.js';

interface Header {
  title: string;
  state: TranslateState;
  progress: Progress;
  /** The `review` field of the locale's metadata. */
  review: unknown;
  /** `known` if the browser or the locale provides the number format of the language. */
  numbers: 'known' | 'unknown';
  /** Limits the table to unfinished texts. */
  showUnfinished: () => void;
}

const OTHER_VIEW = {
  cards: { view: 'forms', label: 'All plural and gender forms' },
  forms: { view: 'cards', label: 'Cards, dialogs and all texts' },
} as const;

const legend = html`
  <p class="legend">
    Press a text to show its key and its documentation. Highlighted texts are
    <mark data-state="missing">missing</mark>, <mark data-state="same">still English</mark>,
    <mark data-state="findings">with findings</mark>; <mark class="spoken">a dashed frame</mark> surrounds an
    element with such a text for screen readers only. With the keyboard, every text can be reached from the
    <a href="#texts">table of all texts</a>.
  </p>
`;

const sections = html`
  <nav aria-label="Sections">
    ${previewSections.map((section) => html`<a href="#${sectionId(section)}">${section.title}</a>`)}
    <a href="#texts">Table of all texts</a>
  </nav>
`;

/** Renders the progress of a translation and links to the other pages. */
export function header({ title, state, progress, review, numbers, showUnfinished }: Header): TemplateResult {
  const { all, translated, findings } = progress;
  const current = { ...state, key: null };
  const { view, label } = OTHER_VIEW[state.view];
  const isOfCards = state.view === 'cards';
  const unfinishedUrl = `${translateAddress({ ...state, view: 'cards', rows: 'to-do' })}#texts`;
  return html`
    <header class="top">
      <h1>
        <a href=${galleryAddress(state)}>&lt;mentorship-module&gt;</a>
        ${title}
      </h1>
      <p class="progress">
        <progress max=${all} value=${translated} aria-label="Translated"></progress>
        <b>
          ${translated} of ${all} translated,
          <a href=${unfinishedUrl} @click=${showUnfinished}
            >${findings} ${findings === 1 ? 'finding' : 'findings'}</a
          >
        </b>
        <span>${typeof review === 'string' ? review : 'not reviewed'}</span>
      </p>
      ${
        numbers === 'unknown'
          ? html`
              <p class="wrong">
                This browser has no numbers for ${title}: put <code>"numbers": "es"</code>, or another
                language with the same digits and separators, into <code>@metadata</code>.
              </p>
            `
          : nothing
      }
      <nav aria-label="Pages">
        <a href=${translateAddress({ ...current, view })}>${label}</a>
        <a href=${translateAddress({ ...current, code: '', view: 'cards' })}>Other languages</a>
        <a href=${galleryAddress(state)}>Gallery</a>
      </nav>
      ${isOfCards ? [sections, legend] : nothing}
    </header>
  `;
}
