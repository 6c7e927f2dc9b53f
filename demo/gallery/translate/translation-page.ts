import { html, nothing, render, type TemplateResult } from 'lit';
import { translateAddress, type TranslateState } from './address.js';
import type { TextLocator } from './text-locator.js';
import { header } from './header.js';
import { Highlights } from './highlights.js';
import { nameOf } from './languages.js';
import { pairs, renderPreviews, type Side } from './side-by-side.js';
import { panel } from './panel.js';
import { restoreScroll } from './reload-on-save.js';
import { focusOn, patchDialogs } from './static-dialogs.js';
import { formsPage, table } from './tables.js';
import { entriesOf, type Entry, progressOf, type Translation } from './translation.js';

/** Renders the translation page of one locale. */
export class TranslationPage {
  readonly #translation: Translation;
  readonly #entries: Map<string, Entry>;
  readonly #title: string;
  readonly #fallbacks: readonly string[];
  readonly #translatedLocators = new Set<TextLocator>();
  readonly #highlights = new Highlights((key, locator) => this.#kindsOf(key, locator));
  #state: TranslateState;
  /** Delays the highlights until all previews are rendered, because each range slows down every DOM change. */
  #isReady = false;
  /** The element that had focus before the panel was opened. */
  #opener: Element | null = null;

  /** @param fallbacks - codes of the locales that may contain missing texts */
  constructor(translation: Translation, state: TranslateState, fallbacks: readonly string[]) {
    this.#translation = translation;
    this.#state = state;
    this.#fallbacks = fallbacks;
    this.#title = nameOf(translation.language);
    this.#entries = new Map(entriesOf(translation).map((entry) => [entry.key, entry]));
    document.title = `${this.#title}: mentorship-module`;
    document.addEventListener('keydown', (event) => this.#onKey(event), { capture: true });
  }

  async open(): Promise<void> {
    this.#render();
    const restore = restoreScroll();
    if (this.#state.view === 'cards') {
      patchDialogs();
      const sides = this.#sides;
      await renderPreviews({
        sides,
        keys: [...this.#entries.keys()],
        onPress: (event, locator) => this.#select(locator.keyAt(event)),
        onRender: (locator, side) => this.#onRender(locator, side),
      });
    }
    this.#isReady = true;
    this.#highlights.paintAll();
    restore();
    this.#render();
    this.#reportReady();
  }

  get #sides(): Side[] {
    const { code, language, english, filled } = this.#translation;
    const texts = { ...english, ...filled };
    return [
      { name: 'translation', title: this.#title, code, language, texts },
      { name: 'english', title: 'English', code: 'en', language: 'en', texts: english },
    ];
  }

  #onRender(locator: TextLocator, { name }: Side): void {
    if (name === 'translation') this.#translatedLocators.add(locator);
    this.#highlights.add(locator);
    if (this.#isReady) this.#highlights.paint(locator);
  }

  #kindsOf(key: string, locator: TextLocator) {
    const state = this.#entries.get(key)?.state;
    return [
      ...(this.#translatedLocators.has(locator) && state && state !== 'fine' ? [state] : []),
      ...(key === this.#state.key ? ['chosen' as const] : []),
    ];
  }

  /** Reports to tests which texts are not visible. */
  #reportReady(): void {
    const seen = new Set(this.#highlights.locations.filter(isVisible).map(({ key }) => key));
    const unseen = [...this.#entries.keys()].filter((key) => !seen.has(key));
    document.documentElement.dataset.unseen = unseen.join(' ');
    document.documentElement.dataset.ready = 'true';
  }

  #select(key: string | null): void {
    if (key === null || !this.#entries.has(key)) return;
    const focus = deepFocus();
    if (!focus?.closest('.panel')) this.#opener = focus;
    this.#update({ key });
    focusOn(document.getElementById('panel-key'));
  }

  #update(change: Partial<TranslateState>): void {
    this.#state = { ...this.#state, ...change };
    history.replaceState(null, '', translateAddress(this.#state) + location.hash);
    this.#render();
    this.#highlights.paintAll();
  }

  #close(): void {
    this.#update({ key: null });
    focusOn(this.#opener);
    this.#opener = null;
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || this.#state.key === null) return;
    event.preventDefault();
    this.#close();
  }

  /** Scrolls to the next occurrence of a text below the middle of the window. */
  #scrollTo(key: string): void {
    const places = this.#highlights.locations.filter((place) => place.key === key && isVisible(place));
    const tops = places.map(({ where }) => where.getBoundingClientRect().top);
    const next = tops.find((top) => top > innerHeight / 2) ?? tops[0];
    if (next !== undefined) scrollBy({ top: next - innerHeight / 3 });
  }

  get #table() {
    return {
      entries: [...this.#entries.values()],
      translation: this.#translation,
      title: this.#title,
      choose: (key: string) => this.#select(key),
      formsAddress: (key: string) => this.#formsAddress(key),
    };
  }

  #formsAddress(key: string): string {
    return `${translateAddress({ ...this.#state, view: 'forms', key: null })}#forms-${key}`;
  }

  get #numbers(): 'known' | 'unknown' {
    const { language, metadata } = this.#translation;
    const isKnown = 'numbers' in metadata || Intl.NumberFormat.supportedLocalesOf(language).length > 0;
    return isKnown ? 'known' : 'unknown';
  }

  #render(): void {
    render(
      html`
        ${header({
          title: this.#title,
          state: this.#state,
          progress: progressOf([...this.#entries.values()]),
          review: this.#translation.metadata['review'],
          numbers: this.#numbers,
          // The link itself leads to the table, so the state changes only on the page that has one.
          showUnfinished: () => this.#state.view === 'cards' && this.#update({ rows: 'to-do' }),
        })}
        <main>${this.#state.view === 'forms' ? formsPage(this.#table) : this.#cards()}</main>
        ${this.#panel()}
      `,
      document.body,
    );
  }

  #cards(): TemplateResult {
    const choose = ({ target }: Event) => {
      if (!(target instanceof HTMLInputElement)) return;
      this.#update({ rows: target.checked ? 'to-do' : 'all' });
    };
    const { entries, ...rest } = this.#table;
    const isShort = this.#state.rows === 'to-do';
    return html`
      ${pairs(this.#sides)}
      <section class="section" aria-labelledby="texts">
        <h2 id="texts">All texts</h2>
        <label class="toggle">
          <input type="checkbox" .checked=${isShort} @change=${choose} />
          Only unfinished texts
        </label>
        ${table({ ...rest, entries: isShort ? entries.filter(({ state }) => state !== 'fine') : entries })}
      </section>
    `;
  }

  #panel(): TemplateResult | typeof nothing {
    const { key } = this.#state;
    const entry = this.#entries.get(key ?? '');
    if (!entry) return nothing;
    const isShown = this.#highlights.locations.some((place) => place.key === key && isVisible(place));
    return panel({
      entry,
      translation: this.#translation,
      title: this.#title,
      fallbackName:
        entry.key in this.#translation.filled ? this.#fallbacks.map(nameOf).join(' or ') : 'English',
      show: isShown ? () => this.#scrollTo(entry.key) : null,
      close: () => this.#close(),
      choose: (other) => this.#select(other),
      forms: this.#formsAddress(entry.key),
    });
  }
}

const isVisible = ({ where }: { where: Range | Element }): boolean => where.getClientRects().length > 0;

function deepFocus(): Element | null {
  let focus = document.activeElement;
  while (focus?.shadowRoot?.activeElement) focus = focus.shadowRoot.activeElement;
  return focus;
}
