import { textsFile } from '../files.js';
import { languageOf, localeFor, loadTexts } from '../language.js';
import type { Templates } from '../messages.js';

/** What the dialogs say in other languages than English; a file for each, beside that of the card. */
export class DialogTexts {
  translated: Templates = {};
  #locale: string | null = null;
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  isLate(element: Element): boolean {
    return localeFor(languageOf(element)) !== this.#locale;
  }

  /** Where the file cannot be read, the dialogs speak English. */
  async load(element: Element): Promise<void> {
    if (!this.isLate(element)) return;
    const locale = localeFor(languageOf(element));
    this.#locale = locale;
    const texts = locale ? await loadTexts(textsFile(locale, '.dialogs')).catch(() => null) : null;
    if (this.#locale !== locale) return;
    this.translated = texts ?? {};
    this.#onChange();
  }
}
