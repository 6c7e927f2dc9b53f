import { html, nothing, type TemplateResult } from 'lit';
import { cardAddress, type Slot } from './address.js';
import { toHtml, toJavaScript } from './copy-code.js';

const FORMATS = {
  HTML: ({ settings }: Slot) => toHtml(settings),
  JavaScript: ({ settings }: Slot) => toJavaScript(settings),
  Link: (slot: Slot) => new URL(cardAddress(slot), location.href).href,
} as const satisfies Record<string, (slot: Slot) => string>;

type Format = keyof typeof FORMATS;

interface Copied {
  format: Format;
  text: string;
  status: string;
}

/** Selects the code, for copying it by hand. */
function selectAll({ target }: Event): void {
  if (target instanceof HTMLTextAreaElement) target.select();
}

/** Copies the code of a card, and shows what was copied. */
export class CopyPanel {
  #copied: Copied | null = null;
  readonly #onChange: () => void;

  /** @param onChange - called when the panel has to be rendered again */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Hides the code, because the settings have changed. */
  clear(): void {
    this.#copied = null;
  }

  async #copy(format: Format, slot: Slot): Promise<void> {
    const text = FORMATS[format](slot);
    this.#copied = { format, text, status: '' };
    this.#onChange();
    // Rejects without permission. Browsers have no clipboard on a page without HTTPS, except on the own machine.
    const status = await (navigator.clipboard as Clipboard | undefined)?.writeText(text).then(
      () => `${format} copied.`,
      () => undefined,
    );
    this.#copied = { format, text, status: status ?? `Copy the ${format} from the field.` };
    this.#onChange();
  }

  render(slot: Slot): TemplateResult {
    const copied = this.#copied;
    return html`
      <details class="copy">
        <summary>Copy</summary>
        <p class="row">
          ${(Object.keys(FORMATS) as Format[]).map(
            (format) =>
              html`<button type="button" @click=${() => this.#copy(format, slot)}>${format}</button>`,
          )}
        </p>
        <p role="status">${copied?.status}</p>
        ${
          copied
            ? html`
                <textarea
                  readonly
                  rows="8"
                  aria-label=${copied.format}
                  spellcheck="false"
                  .value=${copied.text}
                  @focus=${selectAll}
                ></textarea>
              `
            : nothing
        }
      </details>
    `;
  }
}
