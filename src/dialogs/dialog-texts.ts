import { textsFile } from '../files.js';
import { type Language, loadTexts } from '../language.js';
import type { Templates } from '../messages.js';

/** What the dialogs say in other languages than English; a file for each, beside that of the card. */
export class DialogTexts {
  translated: Templates = {};
  #locale = 'en';
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Where the file cannot be read, the dialogs speak English. */
  async load(language: Language | null): Promise<void> {
    if (!language || language.name === this.#locale) return;
    const { name } = language;
    this.#locale = name;
    const texts = name === 'en' ? null : await loadTexts(textsFile(name, '.dialogs')).catch(() => null);
    if (this.#locale !== name) return;
    this.translated = texts ?? {};
    this.#onChange();
  }
}
