import { type Language, toTemplates } from '../i18n/language.js';
import type { Templates } from '../i18n/messages.js';
import { loadDialogTexts } from './load-dialog-texts.js';

/** Loads the dialogs' texts of the current locale, which are in another file than the card's. */
export class DialogMessages {
  translated: Templates = {};
  #locale = 'en';
  #isUnread = false;
  readonly #onChange: () => void;
  readonly #loadTexts: (locale: string) => Promise<unknown>;

  constructor(onChange: () => void, loadTexts = loadDialogTexts) {
    this.#onChange = onChange;
    this.#loadTexts = loadTexts;
  }

  /** Falls back to English if the file cannot be loaded. @param how - `again` retries a failed load */
  async load(language: Language | null, how?: 'again'): Promise<void> {
    if (!language || (language.name === this.#locale && !(how && this.#isUnread))) return;
    const { name } = language;
    this.#locale = name;
    const texts = name === 'en' ? {} : await this.#loadTexts(name).then(toTemplates, () => null);
    if (this.#locale !== name) return;
    this.#isUnread = texts === null;
    this.translated = texts ?? {};
    this.#onChange();
  }
}
