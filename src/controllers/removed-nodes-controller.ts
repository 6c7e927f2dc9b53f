import type { LitElement, ReactiveController } from 'lit';

/** Finds out if a script of the page, such as a page translator, has removed nodes of the card between its updates. */
export class RemovedNodesController implements ReactiveController {
  readonly #host: LitElement;
  /** Nodes of the card after its last update. */
  #nodes: Node[] = [];
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

  hostUpdate(): void {
    const { renderRoot } = this.#host;
    this.#isFound ||= this.#nodes.some((node) => !renderRoot.contains(node));
  }

  hostUpdated(): void {
    const elements = this.#host.renderRoot.querySelectorAll('section, section *');
    this.#nodes = [...elements].flatMap(({ childNodes }) => [...childNodes]);
  }
}
