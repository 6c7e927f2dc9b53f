import { css, html, type TemplateResult } from 'lit';
import type { Messages } from '../i18n/messages.js';
import { closeButton } from './close-button.js';
import { HistoryEntry } from './history-entry.js';

export const wholeCardStyles = css`
  /* The heading is in the first row, beside the buttons. */
  .whole > div {
    container-type: inline-size;
    display: grid;
    gap: 0.75em;
  }
  .whole h2 {
    padding-inline-end: 4.5em;
  }
  .whole .more {
    inset-inline-end: 3.25em;
    inset-block-start: 1em;
  }
  .whole > .close {
    position: absolute;
    inset-block-start: 1em;
    inset-inline-end: 1em;
    margin: 0;
  }
  @media (width < 40em) {
    .whole {
      block-size: fit-content;
      max-block-size: calc(100dvh - 2em);
      margin-block-start: auto;
      border-start-start-radius: 0.5em;
      border-start-end-radius: 0.5em;
    }
  }
`;

/** Dialog with the whole card of a summary. The dialogs of the card's actions open above it. */
export class WholeCard {
  readonly #place: HTMLElement;
  readonly #history = new HistoryEntry();
  readonly #onClose: () => void;
  /** Closes a dialog that is no longer rendered, because it would still block the page. */
  readonly #rendering = new IntersectionObserver(() => {
    if (!this.#element?.checkVisibility()) this.close();
  });
  isOpen = false;

  /** @param place - element in which the result of `render` is; @param onClose - called after the dialog was closed */
  constructor(place: HTMLElement, onClose: () => void) {
    this.#place = place;
    this.#onClose = onClose;
  }

  /** @param update - renders the dialog */
  open(update: () => void): void {
    this.isOpen = true;
    update();
    const element = this.#element;
    if (!element) return;
    element.showModal();
    this.#rendering.observe(element);
    this.focus();
    this.#history.enter('card', () => this.close());
  }

  focus(): void {
    this.#element?.querySelector('h2')?.focus();
  }

  close(): void {
    if (!this.isOpen) return;
    this.#history.leave();
    this.#element?.close();
  }

  /** Runs at once what the `close` event runs with the next frame. */
  closeNow(): void {
    this.close();
    this.#closed();
  }

  render(card: unknown, messages: Messages): TemplateResult {
    return html`
      <dialog
        class="whole"
        lang=${messages.language}
        dir=${messages.direction}
        aria-labelledby="whole"
        @close=${() => this.#closed()}
      >
        <div>${card}</div>
        ${closeButton(messages, () => this.close())}
      </dialog>
    `;
  }

  get #element(): HTMLDialogElement | null {
    return this.#place.querySelector<HTMLDialogElement>('.whole');
  }

  #closed(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.#rendering.disconnect();
    this.#history.leave();
    this.#onClose();
  }
}
