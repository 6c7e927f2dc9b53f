import type { LitElement, ReactiveController } from 'lit';

/** Observes if a script of the page, such as a page translator, removes nodes of the card between its updates. */
export class RemovedNodesController implements ReactiveController {
  readonly #host: LitElement;
  /** Created on connection, because a server has no `MutationObserver`. */
  #observer: MutationObserver | null = null;
  #isFound = false;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  /** Returns true if nodes were removed since the last call. */
  take(): boolean {
    const isFound = this.#isFound;
    this.#isFound = false;
    return isFound;
  }

  hostConnected(): void {
    this.#observer ??= new MutationObserver((records) => this.#look(records));
    this.hostUpdated();
  }

  hostUpdate(): void {
    this.#look(this.#observer?.takeRecords() ?? []);
  }

  /** Observes the card that was rendered. Drops the records of the update. */
  hostUpdated(): void {
    this.#observer?.disconnect();
    const section = this.#host.renderRoot.querySelector('section');
    if (section?.isConnected) this.#observer?.observe(section, { childList: true, subtree: true });
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
  }

  #look(records: MutationRecord[]): void {
    const { renderRoot } = this.#host;
    this.#isFound ||= records.some(({ removedNodes }) =>
      [...removedNodes].some((node) => !renderRoot.contains(node)),
    );
  }
}
