import type { ReactiveController } from 'lit';

const LONGEST_DELAY_MS = 3_000;

/** Calls back once the browser is online again, after a random delay, because many pages receive the event at once. */
export class OnlineController implements ReactiveController {
  readonly #onOnline: () => void;
  /** Also set while the host is disconnected, because moving an element disconnects it only for a moment. */
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(onOnline: () => void) {
    this.#onOnline = onOnline;
  }

  hostConnected(): void {
    addEventListener('online', this.#schedule);
    if (this.#timer !== undefined) this.#schedule();
  }

  hostDisconnected(): void {
    removeEventListener('online', this.#schedule);
    clearTimeout(this.#timer);
  }

  readonly #schedule = (): void => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      // Another event follows if the connection was lost again.
      if (navigator.onLine) this.#onOnline();
    }, Math.random() * LONGEST_DELAY_MS);
  };
}
