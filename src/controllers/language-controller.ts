import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { ENGLISH, type Language, languageWithoutLoad, findLanguage } from '../i18n/language.js';
import { MentorshipErrorEvent } from '../events.js';
import { abortable, isMentorshipError, MentorshipError } from '../sdk/errors.js';
import { importChunk } from '../sdk/http.js';

const LOCALE_TIMEOUT_MS = 12_000;

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
    const atHand = languageWithoutLoad(code);
    if (atHand) return use(atHand);
    loadLanguage(code).then(use, (error: unknown) => {
      if (code !== this.#code) return;
      use(this.language ?? ENGLISH);
      this.#isUnread = true;
      if (isMentorshipError(error)) this.#host.dispatchEvent(new MentorshipErrorEvent(error));
    });
  }
}

/**
 * Loads the texts of a language code, or of its fallback. The chunk also has the list of locales, because English needs
 * neither.
 *
 * @throws {MentorshipError} if they cannot be loaded; `timeout` after 12 s, because the card can fall back to English
 */
const loadLanguage = (code: string): Promise<Language> =>
  abortable(
    importChunk(() => import('../i18n/load-locale.js'), 'load-locale').then((chunk) =>
      chunk.loadLocale(code),
    ),
    AbortSignal.timeout(LOCALE_TIMEOUT_MS),
    () => new MentorshipError('timeout', `Loading the texts of “${code}” timed out.`, { retryable: true }),
  );
