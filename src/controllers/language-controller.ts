import type { ReactiveController, ReactiveControllerHost } from 'lit';
import {
  ENGLISH,
  type Language,
  localeWithoutLoad,
  findLanguage,
  loadLanguage,
} from '../i18n/load-locale.js';
import { MentorshipErrorEvent } from '../events.js';
import { isMentorshipError } from '../sdk/errors.js';

/** Loads the language of its host and follows changes of `lang`. `language` is null until the texts are loaded. */
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
    // Observes the trees of the element and of the hosts of all enclosing shadow roots.
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

  /** Like `choose`, but also retries a locale that failed to load. */
  retry(): void {
    if (this.#isUnread) this.#code = null;
    this.choose();
  }

  /** Loads the requested language. On failure, keeps the current one, or English, and dispatches `mentorship-error`. */
  choose(): void {
    if (!this.#host.isConnected) return;
    const code = findLanguage(this.#host);
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
