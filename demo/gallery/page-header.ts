import { html, nothing, type TemplateResult } from 'lit';
import { addressOf, defaults, type GalleryState, PSEUDO, withSubject } from './gallery-state.js';
import { translateAddress } from './translate/address.js';

/**
 * Returns the URL of the translation page. English and the pseudo-locales cannot be translated, so they open the page
 * for choosing a language.
 */
const translateUrl = ({ lang, theme }: Pick<GalleryState, 'lang' | 'theme'>): string =>
  translateAddress({
    code: lang === 'en' || lang in PSEUDO ? '' : lang.toLowerCase(),
    view: 'cards',
    key: null,
    rows: 'all',
    theme,
  });

/** Returns the URL of the documentation: pages on the site, and the Markdown file on the gallery's own server. */
const documentationUrl = () =>
  document.documentElement.dataset.files === 'static' ? '../index.html' : 'README.md';

interface HeaderOptions {
  /** The page, if it is one of those in the menu. */
  current: 'cards' | 'states' | null;
  /** Controls of the page. */
  content?: TemplateResult;
}

/** Renders the title of the page and the links to the other pages, in the same language and theme. */
export function pageHeader(
  appearance: Partial<GalleryState>,
  { current, content }: HeaderOptions,
): TemplateResult {
  const state = { ...defaults, ...appearance };
  const ifCurrent = (page: HeaderOptions['current']) => (page === current ? 'page' : nothing);
  const front = addressOf(withSubject(state));
  const states = addressOf(withSubject(state, { states: '' }));
  return html`
    <header class="top">
      <div class="title">
        <h1><a href=${front}>&lt;mentorship-module&gt;</a> gallery</h1>
        <nav class="pages" aria-label="Pages">
          <a href=${front} aria-current=${ifCurrent('cards')}>Five cards</a>
          <a href=${states} aria-current=${ifCurrent('states')}>All states</a>
          <a href=${translateUrl(state)}>Translations</a>
          <a href=${documentationUrl()}>Documentation</a>
        </nav>
      </div>
      ${content}
    </header>
  `;
}
