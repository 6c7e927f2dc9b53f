import { toTemplates } from '../i18n/language.js';
import type { Locale } from '../i18n/locale-fallbacks.js';
import type { Templates } from '../i18n/messages.js';
import { loadDialogTexts } from './load-dialog-texts.js';

/** Loads the dialogs' texts of the current locale, which are in another file than the card's. */
export class DialogMessages {
  /** Texts of the current locale; null: they are pending, or could not be loaded. */
  translated: Templates | null = {};
  isPending = false;
  #locale = 'en';
  readonly #onChange: () => void;
  readonly #loadTexts: (locale: string) => Promise<unknown>;

  constructor(onChange: () => void, loadTexts = loadDialogTexts) {
    this.#onChange = onChange;
    this.#loadTexts = loadTexts;
  }

  /** Loads the texts of a language. @param how - `again` retries a failed load */
  async load(language: Locale | null, how?: 'again'): Promise<void> {
    if (!language || (language.name === this.#locale && !(how && this.#isUnread))) return;
    const { name } = language;
    this.#locale = name;
    this.translated = name === 'en' ? {} : null;
    this.isPending = name !== 'en';
    if (name === 'en') return;
    const texts = await this.#loadTexts(name).then(toTemplates, () => null);
    if (this.#locale !== name) return;
    this.translated = texts;
    this.isPending = false;
    this.#onChange();
  }

  get #isUnread(): boolean {
    return this.translated === null && !this.isPending;
  }
}
