import en from '../generated/texts/en.common.json' with { type: 'json' };
import { toTemplates } from '../i18n/language.js';
import type { Locale } from '../i18n/locale-fallbacks.js';
import type { Messages, Templates } from '../i18n/messages.js';
import { loadDialogTexts } from './load-dialog-texts.js';

/** Loads the dialogs' texts of the current locale, which are in another file than the card's, and has their messages. */
export class DialogMessages {
  /** Messages of the last render, or of the context created since; null: none yet. */
  current: Messages | null = null;
  /** English texts of the dialogs that were loaded. */
  english: Templates = en;
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

  /** Adds the English texts of a dialog. The current messages lack them. */
  addEnglish(texts: Templates): void {
    this.english = { ...this.english, ...texts };
    this.current = null;
  }

  /**
   * Creates messages. Keeps the current ones while the next language loads, because a dialog must not mix two languages.
   *
   * @param create - `DialogHost.createMessages`
   */
  update(create: (english: Templates, translated: Templates | null) => Messages | null): Messages | null {
    if (this.isPending && this.current) return this.current;
    const messages = create(this.english, this.translated);
    this.current = messages ?? this.current;
    return messages;
  }

  get #isUnread(): boolean {
    return this.translated === null && !this.isPending;
  }
}
