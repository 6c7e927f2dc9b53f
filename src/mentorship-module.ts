import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { loadDialogs } from './dialogs/load-dialogs.js';
import { colors } from './styles/color-tokens.js';
import type { DialogController } from './dialogs/dialog-controller.js';
import {
  type MentorshipAction,
  type MentorshipActionDetails,
  MentorshipActionEvent,
  MentorshipErrorEvent,
  readLinkAction,
} from './events.js';
import { toTemplates } from './i18n/load-locale.js';
import { LanguageController } from './controllers/language-controller.js';
import { Messages, type Templates } from './i18n/messages.js';
import { asMentorshipError } from './sdk/errors.js';
import type { SnapshotStore } from './sdk/snapshot-store.js';
import type { Mentor, SnapshotInput } from './sdk/snapshot.js';
import type { MentorshipSource } from './sdk/source.js';
import type { Decision, Variant } from './sdk/decide.js';
import { validateAttribute } from './controllers/resolve-source.js';
import { VisibilityController } from './controllers/visibility-controller.js';
import { SnapshotController } from './controllers/snapshot-controller.js';
import { styles } from './styles/card-styles.js';
import { version } from './generated/version.js';
import { view } from './cards/render-card.js';
import { failure, skeleton } from './cards/placeholder.js';

const SOURCE_PROPERTIES = new Set<PropertyKey>([
  'api',
  'src',
  'preview',
  'source',
  'snapshot',
  'viewer',
  'token',
]);

/** Documents and `hashchange` events that have opened a dialog, because only one of several elements on a page may open it. */
const handledHashes = new WeakSet<Document | HashChangeEvent>();

/** Warnings that were logged, because several elements may have the same mistake. */
const logged = new Set<string>();

/**
 * Shows the card of a wiki's mentorship program that fits the viewer.
 *
 * @tagname mentorship-module
 * @attr {string} lang - language code, MediaWiki's or BCP 47; without it the nearest ancestor's, then English; changes take effect immediately
 * @slot - stands here without JavaScript, while loading, and when loading failed
 * @slot heading - in place of the card's heading
 * @slot footer - below the card's own content
 * @csspart card - the frame
 * @csspart heading - the card's own heading
 * @cssproperty --mentorship-color - text
 * @cssproperty --mentorship-color-subtle - secondary text
 * @cssproperty --mentorship-color-link - links and the focus ring
 * @cssproperty --mentorship-color-inverted - text of the main button
 * @cssproperty --mentorship-background - the card
 * @cssproperty --mentorship-background-subtle - questions, notices and plain buttons
 * @cssproperty --mentorship-background-progressive - the main button
 * @cssproperty --mentorship-border-color - borders
 * @cssproperty --mentorship-font-family - the page's by default
 * @cssstate loading - nothing is known yet, or it is being loaded again
 * @cssstate failed - nothing could be loaded
 * @fires {MentorshipReadyEvent} mentorship-ready - a card is drawn, or the decision is `none`; `variant`, `decision`
 * @fires {MentorshipErrorEvent} mentorship-error - loading failed, or an attribute is wrong; `error`
 * @fires {MentorshipActionEvent} mentorship-action - the viewer sees the card or does something; `start` and `submit` are cancelable
 */
export class MentorshipModule extends LitElement {
  /** The version of this script. */
  static readonly version: string = version;
  /** @internal */
  static override styles = [colors, styles];
  /** @internal */
  static override properties = {
    api: {},
    src: {},
    preview: {},
    viewer: {},
    theme: { reflect: true },
    layout: { reflect: true },
    enroll: {},
    source: { attribute: false },
    snapshot: { attribute: false },
    messages: { attribute: false },
    token: { attribute: false },
  };

  /** Address of the wiki's Action API, absolute or relative to the page. On a wiki's page its own is the default. */
  declare api: string | null;
  /** Address of a snapshot document, in place of a wiki. */
  declare src: string | null;
  /** Name of a user of the wiki, whose card is shown as a preview, from what is public; nothing can be done with it. */
  declare viewer: string | null;
  /** Shows a card with sample data. @type {'mentored' | 'opt-in' | 'invite' | 'mentor' | 'unavailable' | 'none' | null} */
  declare preview: string | null;
  /** Color scheme; `auto` is the page's. @type {'auto' | 'light' | 'dark' | null} */
  declare theme: string | null;
  /** `summary` leaves out all but the essential. @type {'card' | 'summary' | null} */
  declare layout: string | null;
  /** Opens the wiki's page to become a mentor (`link`), or a dialog (`here`). @type {'link' | 'here' | null} */
  declare enroll: string | null;
  /** A source of the host's own, in place of `api` and `src`. */
  declare source: MentorshipSource | null;
  /** Data that the host has already; read as an untrusted document. */
  declare snapshot: SnapshotInput | null;
  /** Texts of the host's own, by message id, in place of the built-in ones. */
  declare messages: Readonly<Record<string, string>> | null;
  /** Gives an OAuth 2 access token for the wiki, before each request. */
  declare token: (() => string | Promise<string>) | null;

  readonly #internals = this.attachInternals();
  readonly #data = new SnapshotController(this);
  readonly #localeController = new LanguageController(this);
  readonly #visibility = new VisibilityController(this, (event) => this.#onVisibilityChange(event));
  /** The host's own texts, validated. */
  #ownTexts: Templates = {};
  /** Messages of the last render; null: the language is not loaded yet. */
  #messages: Messages | null = null;
  #dialogs: Promise<DialogController> | null = null;
  /** The kind of card that the viewer saw last. */
  #seen: string | null = null;
  /** Decision whose questions were refreshed since the card came into view. */
  #checked: { decision: Decision; store: SnapshotStore } | null = null;
  /** Text of the live region after “Try again”. */
  #announcement = '';

  /**
   * Registers the element. Where the name is taken, by another copy or version of it, that one stays.
   *
   * @param tag - the element's name
   * @param registry - in place of the page's
   */
  static define(tag = 'mentorship-module', registry: CustomElementRegistry = customElements): void {
    const taken = registry.get(tag);
    if (!taken) registry.define(tag, tag === 'mentorship-module' ? this : class extends this {});
    else if (taken !== this && !(taken.prototype instanceof this))
      warnOnce(`<${tag}> exists already; the first copy stays.`);
  }

  constructor() {
    super();
    this.api = this.src = this.preview = this.theme = this.layout = this.enroll = this.viewer = null;
    this.source = this.snapshot = this.messages = this.token = null;
  }

  /** Name of the card, equal to the attribute `variant`; null until the first load ends, and where it fails. */
  get variant(): Variant | null {
    return this.decision?.variant ?? null;
  }

  /** The card with its reason and data, from `decide()`; null until the first load ends, and where it fails. */
  get decision(): Decision | null {
    return this.#data.decision;
  }

  /** Loads everything anew. Resolves when that is done; what went wrong is told by event. Outside of a page it does nothing. */
  async refresh(): Promise<void> {
    if (!this.isConnected) return;
    this.#localeController.retry();
    const focused = this.shadowRoot?.activeElement;
    this.#announcement = this.#messages?.t('loading') ?? '';
    await this.#data.load('refresh');
    await this.updateComplete;
    const card = this.shadowRoot?.querySelector('section');
    // The button may be gone with its card: the next one is where reading goes on.
    if (focused?.isConnected === false && document.activeElement === document.body) card?.focus();
    this.#announcement = card?.querySelector('h2, p')?.textContent.trim() ?? '';
    this.requestUpdate();
  }

  /**
   * Opens the dialog in which the viewer asks the mentor. Where the source cannot send it, the text goes to the host by
   * `mentorship-action`. Without a mentor to ask it does nothing.
   *
   * @param text - in place of the viewer's draft, if there is none
   */
  async ask(text = ''): Promise<void> {
    if (this.#askee && !this.viewer) await this.#runAction('ask', this.#askee.askUrl, text);
  }

  /** @internal */
  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    root.addEventListener('click', (event) => this.#follow(event));
    return root;
  }

  /** @internal */
  protected override willUpdate(changed: PropertyValues<MentorshipModule>): void {
    for (const attribute of ['preview', 'theme', 'layout', 'enroll'] as const) {
      const mistake = changed.has(attribute) ? validateAttribute(attribute, this[attribute]) : null;
      if (mistake) this.#report(new MentorshipErrorEvent(mistake));
    }
    // A host that draws anew has another callback each time.
    if (this.token && changed.get('token')) changed.delete('token');
    if (changed.has('messages')) this.#ownTexts = toTemplates(this.messages);
    if (!this.hasUpdated || [...changed.keys()].some((name) => SOURCE_PROPERTIES.has(name)))
      this.#data.start();
    this.#messages = this.#createMessages({});
  }

  #report(event: MentorshipErrorEvent): void {
    if (event.error.code.startsWith('bad-')) warnOnce(event.error.message);
    this.dispatchEvent(event);
  }

  #follow(event: Event): void {
    const link = event.target instanceof Element ? event.target.closest('a[data-action]') : null;
    if (!(link instanceof HTMLAnchorElement) || !this.renderRoot.contains(link)) return;
    const action = readLinkAction(link.dataset.action);
    if (!this.#startAction(action, link.href)) event.preventDefault();
  }

  /** @param english - texts of what is loaded on first use */
  #createMessages(english: Templates, translated: Templates = {}): Messages | null {
    const { language } = this.#localeController;
    if (!language) return null;
    const { outcome } = this.#data;
    const { decision, now } = outcome.state === 'shown' ? outcome : { decision: null, now: new Date() };
    const templates = { ...english, ...translated, ...language.templates, ...this.#ownTexts };
    const gender = decision && 'viewer' in decision ? decision.viewer.gender : 'unknown';
    return new Messages({ language: language.tag, templates, now, gender });
  }

  /** Dialogs are loaded on first use; a failed load is tried again the next time. */
  async #open(): Promise<DialogController> {
    const Dialogs = await loadDialogs();
    return new Dialogs({
      element: this,
      data: this.#data,
      createMessages: (english, translated) => this.#createMessages(english, translated),
      language: () => this.#localeController.language,
    });
  }

  readonly #runAction = async (
    action: MentorshipAction,
    href: string | null = null,
    text = '',
  ): Promise<void> => {
    if (action === 'ask') handledHashes.add(document);
    if (!this.#startAction(action, href)) return;
    const loading = (this.#dialogs ??= this.#open());
    // The next action retries a failed load.
    loading.catch(() => (this.#dialogs = null));
    try {
      await (await loading).open(action, text);
    } catch (error) {
      if (href) location.assign(href);
      else this.#report(new MentorshipErrorEvent(asMentorshipError(error)));
    }
  };

  /** Returns false if the host canceled the action. */
  #startAction(action: MentorshipAction, href: string | null): boolean {
    return action === 'impression' || this.#emit({ action, phase: 'start', href });
  }

  #emit(details: MentorshipActionDetails): boolean {
    const { variant } = this;
    return !variant || this.dispatchEvent(new MentorshipActionEvent(variant, details));
  }

  readonly #canPerform = (action: MentorshipAction, href?: string | null): boolean => {
    if (action === 'about' || action === 'decline') return true;
    if (this.#data.store?.source.loadActions === undefined) return false;
    // Some wikis have no page for it.
    return action !== 'enroll' || this.enroll === 'here' || !href;
  };

  /** The card is in sight: for the first time, again, or in another form. */
  #onVisibilityChange(event?: Event): void {
    this.#answerHash(event instanceof HashChangeEvent ? event : document);
    const { decision } = this;
    const variant = decision?.variant;
    if (!this.#visibility.visible) this.#checked = null;
    if (!this.#visibility.visible || !variant || variant === 'none' || this.viewer) return;
    // The card is drawn once its language is loaded.
    if (!this.#localeController.language) return;
    if (variant !== this.#seen) this.#emit({ action: 'impression', phase: 'done' });
    this.#seen = variant;
    const { store } = this.#data;
    if (!store?.source.loadActions || variant !== 'mentored' || !decision.questions.length) return;
    // An update that brings nothing new is no reason to try again what could not be loaded.
    if (this.#checked?.decision === decision && this.#checked.store === store) return;
    this.#checked = { decision, store };
    import('./controllers/refresh-questions.js').then(
      ({ refreshStaleQuestions }) => refreshStaleQuestions(store, decision.questions),
      () => {},
    );
  }

  /** The address of the page may ask for a dialog. */
  #answerHash(occasion: Document | HashChangeEvent): void {
    // The event may come when the address is another one already: that of a dialog which was opened since.
    const address = occasion instanceof Document ? location.href : occasion.newURL;
    if (!address.endsWith('#mentorship-ask') || !this.#askee || !this.#canPerform('ask')) return;
    if (handledHashes.has(occasion)) return;
    handledHashes.add(occasion);
    void this.ask();
  }

  /** Mentor whom the viewer would ask; null until the card is drawn, because a dialog needs its language. */
  get #askee(): Mentor | null {
    const { decision } = this;
    return this.#localeController.language && decision && 'mentor' in decision ? decision.mentor : null;
  }

  #hasOwnContent(): boolean {
    // A server has no child nodes. It omits the placeholder, which would stay beside them without JavaScript.
    if (!('childNodes' in this)) return true;
    return [...this.childNodes].some((node) =>
      node instanceof Element ? !node.slot : node instanceof Text && node.data.trim() !== '',
    );
  }

  /** @internal */
  protected override updated(): void {
    this.#setState('loading', this.#data.busy);
    this.#setState('failed', this.#data.outcome.state === 'failed');
    if (this.variant) this.setAttribute('variant', this.variant);
    else this.removeAttribute('variant');
    const news = this.#localeController.language && this.#data.takePendingEvent();
    if (news instanceof MentorshipErrorEvent) this.#report(news);
    else if (news) this.dispatchEvent(news);
    this.#onVisibilityChange();
    this.#dialogs?.then((dialogs) => dialogs.update()).catch(() => {});
  }

  #setState(name: string, on: unknown): void {
    try {
      this.#internals.states[on ? 'add' : 'delete'](name);
    } catch {
      // Chromium before 125 takes only names that begin with two dashes.
    }
  }

  /** @internal */
  protected override render(): unknown {
    const { outcome } = this.#data;
    const messages = this.#messages;
    const context = messages && {
      messages,
      busy: this.#data.busy,
      previewed: this.viewer,
      refresh: () => void this.refresh(),
      can: this.#canPerform,
      act: this.#runAction,
    };
    const instead = context && outcome.state === 'failed' ? failure(context) : skeleton;
    return html`
      <div class="announcement" role="status" lang=${messages?.language ?? nothing}>
        ${this.#announcement}
      </div>
      <div id="dialogs"></div>
      ${
        context && outcome.state === 'shown'
          ? view(outcome.decision, context)
          : html`
              <slot @slotchange=${() => this.requestUpdate()}></slot>
              ${this.#hasOwnContent() ? nothing : instead}
            `
      }
    `;
  }
}

function warnOnce(message: string): void {
  if (logged.has(message)) return;
  logged.add(message);
  console.warn(`mentorship-module: ${message}`);
}

declare global {
  interface HTMLElementTagNameMap {
    'mentorship-module': MentorshipModule;
  }
}
