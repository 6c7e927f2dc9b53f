import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { ENGLISH, type Language, localeWithoutLoad, languageOf, loadLanguage } from '../i18n/load-locale.js';
import { MentorshipErrorEvent } from '../events.js';
import { isMentorshipError } from '../sdk/errors.js';

/** The one language that its host speaks; null until its texts are there. */
export class LanguageController implements ReactiveController {
  language: Language | null = null;
  readonly #host: ReactiveControllerHost & Element;
  /** Created on connection, because a server has no `MutationObserver`. */
  #observer: MutationObserver | null = null;
  #code: string | null = null;
  #isUnread = false;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    // The element itself, all around it, and around the shadow roots that it stands in.
    this.#observer = new MutationObserver(() => this.choose());
    for (let root = this.#host.getRootNode(); ; root = root.host.getRootNode()) {
      this.#observer.observe(root, { attributeFilter: ['lang'], subtree: true });
      if (!(root instanceof ShadowRoot)) break;
    }
    this.retry();
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
  }

  /** Like `choose`, and loads a locale again that could not be loaded. */
  retry(): void {
    if (this.#isUnread) this.#code = null;
    this.choose();
  }

  /** Looks again which language is asked for. A locale that cannot be read leaves the one at hand, or English. */
  choose(): void {
    if (!this.#host.isConnected) return;
    const code = languageOf(this.#host);
    if (code === this.#code) return;
    this.#code = code;
    this.#isUnread = false;
    const use = (language: Language) => {
      if (code !== this.#code) return;
      this.language = language;
      this.#host.requestUpdate();
    };
    const atHand = localeWithoutLoad(code);
    if (atHand) return use(atHand);
    loadLanguage(code).then(use, (error: unknown) => {
      if (code !== this.#code) return;
      use(this.language ?? ENGLISH);
      this.#isUnread = true;
      if (isMentorshipError(error)) this.#host.dispatchEvent(new MentorshipErrorEvent(error));
    });
  }
}
