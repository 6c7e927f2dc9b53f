import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Observes if at least 30 % of the host is in the viewport of a visible tab, and changes of the URL's fragment. */
export class VisibilityController implements ReactiveController {
  readonly #host: Element;
  readonly #onChange: (event?: Event) => void;
  /** Created on connection, because a server has no `IntersectionObserver`. */
  #observer: IntersectionObserver | null = null;
  #intersects = false;

  constructor(host: ReactiveControllerHost & Element, onChange: (event?: Event) => void) {
    this.#host = host;
    this.#onChange = onChange;
    host.addController(this);
  }

  get visible(): boolean {
    return this.#intersects && !document.hidden;
  }

  hostConnected(): void {
    this.#observer = new IntersectionObserver(
      (entries) => {
        this.#intersects = entries.at(-1)?.isIntersecting === true;
        this.#onChange();
      },
      { threshold: 0.3 },
    );
    this.#observer.observe(this.#host);
    // Listens on the window, because an image with the name of a method hides that of the document.
    addEventListener('visibilitychange', this.#onChange);
    addEventListener('hashchange', this.#onChange);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    removeEventListener('visibilitychange', this.#onChange);
    removeEventListener('hashchange', this.#onChange);
    this.#intersects = false;
  }
}
