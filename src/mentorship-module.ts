import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { colors } from './styles/color-tokens.js';
import {
  type CardAction,
  MentorshipActionEvent,
  MentorshipErrorEvent,
  MentorshipReadyEvent,
  readLinkAction,
} from './events.js';
import { ENGLISH, toTemplates } from './i18n/language.js';
import { hideHandledKey } from './controllers/handled-keys.js';
import { LanguageController } from './controllers/language-controller.js';
import { Messages, type Templates } from './i18n/messages.js';
import { asMentorshipError, warnOnce } from './sdk/errors.js';
import { isScriptError } from './sdk/http.js';
import type { Mentor, SnapshotInput } from './sdk/snapshot.js';
import type { MentorshipSource } from './sdk/source.js';
import type { Decision, Variant } from './sdk/decide.js';
import { validateAttribute } from './controllers/resolve-source.js';
import { enrollLinkKey } from './controllers/enroll-link-storage.js';
import { attempt, namesViewer } from './controllers/wiki-page.js';
import type { Host, InteractionController } from './controllers/interaction-controller.js';
import { loadInteraction } from './controllers/load-interaction.js';
import { OnlineController } from './controllers/online-controller.js';
import { RemovedNodesController } from './controllers/removed-nodes-controller.js';
import { type Outcome, SnapshotController } from './controllers/snapshot-controller.js';
import { cardStyles } from './styles/card-styles.js';
import { version } from './generated/version.js';
import type { CardContext } from './cards/card.js';
import { renderCard } from './cards/render-card.js';
import { failure, reloadNotice, skeleton } from './cards/placeholder.js';

const SOURCE_PROPERTIES = ['api', 'src', 'preview', 'source', 'snapshot', 'viewer', 'token'] as const;

/**
 * Shows the card of a wiki's mentorship program that fits the viewer.
 *
 * @tagname mentorship-module
 * @attr {string} lang - language code, MediaWiki's or BCP 47; defaults to the nearest ancestor's, then English. Changes take effect immediately
 * @attr {'mentored' | 'questions' | 'opt-in' | 'invite' | 'mentor' | 'unavailable' | 'none'} likely - card that the page expects; shapes the placeholder and selects the room that the page's CSS reserves
 * @slot - fallback content, shown without JavaScript, while loading, and after a failed load
 * @slot heading - replaces the card's heading
 * @slot footer - content below the card's own content
 * @csspart card - frame of the card
 * @csspart heading - default heading of the card
 * @cssproperty --mentorship-color - text color
 * @cssproperty --mentorship-color-subtle - secondary text color
 * @cssproperty --mentorship-color-link - color of links and of the focus ring
 * @cssproperty --mentorship-color-inverted - text color of the primary button
 * @cssproperty --mentorship-background - background color of the card
 * @cssproperty --mentorship-background-subtle - background color of questions, notices and secondary buttons
 * @cssproperty --mentorship-background-progressive - background color of the primary button
 * @cssproperty --mentorship-border-color - border color
 * @cssproperty --mentorship-font-family - font family; inherited from the page by default
 * @cssproperty --mentorship-room - height that is reserved while the card is loading
 * @cssstate loading - a load or reload is pending
 * @cssstate failed - the last load failed
 * @fires {MentorshipReadyEvent} mentorship-ready - a card is rendered, or the decision is `none`: at first, after each reload, and for each other snapshot, such as after an action, of another tab, or of a kept or shared one when the element is inserted again; has `variant` and `decision`
 * @fires {MentorshipErrorEvent} mentorship-error - loading failed, an attribute is invalid, or a dialog cannot open; has `error`
 * @fires {MentorshipActionEvent} mentorship-action - the card came into view, or the viewer acted; `start` and `submit` are cancelable
 */
export class MentorshipModule extends LitElement {
  /** Version of the package. */
  static readonly version: string = version;
  /** @internal */
  static override styles = [colors, cardStyles];
  /** @internal */
  static override properties = {
    api: {},
    src: {},
    preview: {},
    viewer: {},
    theme: { reflect: true },
    layout: { reflect: true },
    enroll: {},
    pageTitle: { attribute: 'page-title' },
    leaveReasons: { attribute: 'leave-reasons', type: Boolean },
    source: { attribute: false },
    snapshot: { attribute: false },
    messages: { attribute: false },
    token: { attribute: false },
  };

  /** URL of the wiki's `api.php`, absolute or relative to the page. Defaults to the page's own wiki, if it is on one. */
  declare api: string | null;
  /** URL of a snapshot document (JSON), which replaces the wiki. */
  declare src: string | null;
  /** Name of another user of the wiki, whose card is shown as a read-only preview, from public data. */
  declare viewer: string | null;
  /** Name of a card to show with sample data. @type {'mentored' | 'opt-in' | 'invite' | 'mentor' | 'unavailable' | 'none' | null} */
  declare preview: string | null;
  /** Color scheme; `auto` (default) is the page's. @type {'auto' | 'light' | 'dark' | null} */
  declare theme: string | null;
  /** `summary` shows the heading, one line and a button that opens the whole card as a dialog. @type {'card' | 'summary' | null} */
  declare layout: string | null;
  /** Opens the wiki's page to become a mentor (`link`, default), or a dialog (`here`). @type {'link' | 'here' | null} */
  declare enroll: string | null;
  /** Title of the wiki page that a question may be about. The ask dialog then has a checkbox for it. */
  declare pageTitle: string | null;
  /** Asks for the reasons for leaving, which the host gets by `mentorship-action`. */
  declare leaveReasons: boolean;
  /** Source of the host, which replaces `api` and `src`. */
  declare source: MentorshipSource | null;
  /** Data that the host has already, which replaces a request. Validated like an untrusted document. */
  declare snapshot: SnapshotInput | null;
  /** Texts by message id, which replace the built-in ones. */
  declare messages: Readonly<Record<string, string>> | null;
  /** Returns an OAuth 2 access token for the wiki; called before each request. */
  declare token: (() => string | Promise<string>) | null;

  /** Documents and `hashchange` events that have opened a dialog, because only one element on a page may respond. */
  static readonly #handledHashes = new WeakSet<Document | HashChangeEvent>();
  #internals: ElementInternals | null = null;
  readonly #data = new SnapshotController(this);
  readonly #localeController = new LanguageController(this);
  /** The host's own texts, validated. */
  #ownTexts: Templates = {};
  /** Messages of the last render; null: the language is not loaded yet. */
  #messages: Messages | null = null;
  /** Observer of the viewer; null: no card was rendered yet. */
  #interaction: Promise<InteractionController> | null = null;
  #renderedDecision: Decision | null = null;
  /** Element that had the focus before the update. */
  #focused: Element | null = null;
  readonly #removedNodes = new RemovedNodesController(this);
  #cardIndex = 0;
  /** True if the first rendering failed. */
  #isBroken = false;
  /** True if a script could not be loaded. */
  #needsReload = false;
  /** Text of the live region, set by `refresh`. */
  #announcement = '';

  /**
   * Registers the element. If another copy or version has the name, logs a warning and keeps that one. Does nothing in an
   * older browser, which keeps the host's own content.
   *
   * @param tag - name of the element
   * @param registry - registry of custom elements; defaults to the page's
   */
  static define(tag = 'mentorship-module', registry: CustomElementRegistry = customElements): void {
    if (!isSupported()) return;
    const taken = registry.get(tag);
    if (!taken) registry.define(tag, tag === 'mentorship-module' ? this : class extends this {});
    else if (taken !== this && !(taken.prototype instanceof this))
      warnOnce(`<${tag}> exists already. Load one copy only.`);
  }

  constructor() {
    super();
    this.api = this.src = this.preview = this.theme = this.layout = this.enroll = this.viewer = null;
    this.pageTitle = null;
    this.source = this.snapshot = this.messages = this.token = null;
    this.leaveReasons = false;
    const recover = () => {
      this.#localeController.retry();
      void this.#data.recover();
    };
    this.addController(new OnlineController(recover));
  }

  /** Name of the card, equal to the attribute `variant`; null before the first load ends, and after a failed one. */
  get variant(): Variant | null {
    return this.decision?.variant ?? null;
  }

  /** Result of `decide()`, with the card's reason and data; null before the first load ends, and after a failed one. */
  get decision(): Decision | null {
    return this.#data.decision;
  }

  /** Reloads the snapshot. Resolves even if that fails, because errors are events. Does nothing while disconnected. */
  async refresh(): Promise<void> {
    if (!this.isConnected) return;
    this.#localeController.retry();
    this.#announcement = this.#messages?.t('loading') ?? '';
    await this.#data.load('refresh');
    await this.updateComplete;
    const card = this.shadowRoot?.querySelector('section');
    this.#announcement = card?.querySelector('h2, p')?.textContent.trim() ?? '';
    this.requestUpdate();
  }

  /**
   * Opens the dialog for a question to the mentor. Even if the source cannot send it, `mentorship-action` (`submit`) has
   * the text for the host. Does nothing without a mentor, on the card of a mentor, while the viewer is blocked, or if
   * `viewer` is set.
   *
   * @param text - initial text of the question, if the viewer has no draft
   */
  async ask(text = ''): Promise<void> {
    if (this.#askee && !this.viewer) await this.#runAction('ask', this.#askee.askUrl, text);
  }

  /** @internal */
  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    // Lit cannot adopt its style sheets in another document.
    const root =
      this.ownerDocument === document
        ? super.createRenderRoot()
        : (this.shadowRoot ?? this.attachShadow(MentorshipModule.shadowRootOptions));
    root.addEventListener('click', (event) => this.#follow(event));
    root.addEventListener('keydown', (event) => hideHandledKey(event, root));
    return root;
  }

  /** @internal */
  override connectedCallback(): void {
    super.connectedCallback();
    // Loads the code that adopts the styles in another document, where Lit cannot.
    if (this.ownerDocument !== document) void this.#getInteraction();
  }

  /** @internal */
  protected override scheduleUpdate(): void {
    if (this.#isBroken) return;
    try {
      void super.scheduleUpdate();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Reports an error of a page that breaks the DOM, and shows the host's own content if there is no card yet. */
  #fail(error: unknown): void {
    if (!this.hasUpdated) {
      this.#isBroken = true;
      // Uses another document, because an image with the name “createElement” hides the method of the page's.
      this.shadowRoot?.append(document.implementation.createHTMLDocument('').createElement('slot'));
    }
    this.#report(error);
  }

  /** @internal */
  protected override willUpdate(changed: PropertyValues<MentorshipModule>): void {
    for (const attribute of ['theme', 'layout', 'enroll'] as const)
      if (changed.has(attribute)) this.#validate(attribute);
    // Ignores another callback, because a host may create a new one each time it renders.
    if (this.token && changed.get('token')) changed.delete('token');
    if (changed.has('messages')) this.#ownTexts = toTemplates(this.messages);
    if (!this.hasUpdated || SOURCE_PROPERTIES.some((name) => changed.has(name))) {
      this.#data.start();
      // Without another source the load has failed, and reports it.
      if (this.#data.outcome.state !== 'failed') this.#validate('preview');
    }
    this.#messages = this.#createMessages({});
    this.#focused = this.shadowRoot?.activeElement ?? null;
  }

  #validate(attribute: 'preview' | 'theme' | 'layout' | 'enroll'): void {
    const mistake = validateAttribute(attribute, this[attribute]);
    if (mistake) this.#report(mistake);
  }

  #report(reason: unknown): void {
    const error = asMentorshipError(reason);
    if (error.code.startsWith('bad-')) warnOnce(error.message);
    if (isScriptError(error)) {
      this.#needsReload = true;
      this.requestUpdate();
    }
    this.dispatchEvent(new MentorshipErrorEvent(error));
  }

  #follow(event: Event): void {
    const link = event.target instanceof Element ? event.target.closest('a[data-action]') : null;
    if (!(link instanceof HTMLAnchorElement) || !this.renderRoot.contains(link)) return;
    const action = readLinkAction(link.dataset.action);
    if (!this.#startAction(action, link.href)) event.preventDefault();
  }

  /**
   * @param english - English texts of the dialogs, which are loaded on first use
   * @param translated - the same texts in the card's language; null: all messages are in English
   */
  readonly #createMessages = (english: Templates, translated: Templates | null = {}): Messages | null => {
    const { language: own } = this.#localeController;
    if (!own) return null;
    const language = translated ? own : ENGLISH;
    const { outcome, snapshot } = this.#data;
    const now = outcome.state === 'shown' ? outcome.now : new Date();
    const templates = { ...english, ...translated, ...language.templates, ...this.#ownTexts };
    const gender = snapshot?.viewer?.gender ?? 'unknown';
    const conventions = language.conventions(templates);
    return new Messages({ language: language.tag, conventions, templates, now, gender });
  };

  readonly #runAction = async (action: CardAction, href: string | null = null, text = ''): Promise<void> => {
    if (action === 'ask') MentorshipModule.#handledHashes.add(document);
    if (!this.#startAction(action, href)) return;
    try {
      await (await this.#getInteraction()).open(action, text);
    } catch (error) {
      if (href && this.#isRendered) location.assign(href);
      else this.#report(error);
    }
  };

  readonly #showWhole = (): void => {
    this.#getInteraction()
      .then((interaction) => interaction.showWhole())
      .catch((error: unknown) => this.#report(error));
  };

  /** Dispatches `start`. Returns false if the host canceled the action. */
  #startAction(action: CardAction, href: string | null): boolean {
    const { variant } = this;
    const start = { action, phase: 'start', href } as const;
    const isStarted = !variant || this.dispatchEvent(new MentorshipActionEvent(variant, start));
    const key = action === 'enroll' && href && isStarted ? this.#enrollKey : null;
    if (key) attempt(() => localStorage.setItem(key, `${variant} ${Date.now()}`));
    return isStarted;
  }

  /** Key of the followed link to become a mentor; null: no viewer of the card's own, or no source to tell apart. */
  get #enrollKey(): string | null {
    const { snapshot, store } = this.#data;
    const id = store?.source.id;
    const name = snapshot?.viewer?.name;
    return id && name && !this.viewer ? enrollLinkKey(id, name) : null;
  }

  /** True if the source has actions. */
  get #canWrite(): boolean {
    return this.#data.store?.source.loadActions !== undefined;
  }

  #getInteraction(): Promise<InteractionController> {
    const loading = (this.#interaction ??= this.#loadInteraction());
    // The next update or action retries a failed load.
    loading.catch(() => {
      if (this.#interaction === loading) this.#interaction = null;
    });
    return loading;
  }

  async #loadInteraction(): Promise<InteractionController> {
    let missed: HashChangeEvent | undefined;
    const remember = (event: HashChangeEvent) => (missed = event);
    addEventListener('hashchange', remember);
    try {
      const InteractionController = await loadInteraction();
      const host: Host = {
        element: this,
        data: this.#data,
        handledHashes: MentorshipModule.#handledHashes,
        canAsk: () => this.#askee !== null && this.#canWrite,
        isRendered: () => this.#isRendered,
        enrollKey: () => this.#enrollKey,
        createMessages: this.#createMessages,
        locale: this.#localeController,
        report: (error) => this.#report(error),
        renderWholeCard: () => this.#renderWholeCard(),
        runAction: this.#runAction,
      };
      return new InteractionController(host, missed);
    } finally {
      removeEventListener('hashchange', remember);
    }
  }

  /** Mentor whom the viewer can ask now; null before the language is loaded, because a dialog needs it. */
  get #askee(): Mentor | null {
    const { decision } = this.#data;
    // The card of a mentor does not offer to ask the viewer's own mentor. A blocked viewer's card says when to ask again.
    const canAsk =
      decision?.variant === 'invite' || (decision?.variant === 'mentored' && !decision.blockedUntil);
    return this.#localeController.language && canAsk ? decision.mentor : null;
  }

  /** True if a dialog can be seen. Tests a part of the card, because the element has no box with `display: contents`. */
  get #isRendered(): boolean {
    return this.shadowRoot?.getElementById('dialogs')?.checkVisibility() === true;
  }

  #hasOwnContent(): boolean {
    // Omits the skeleton on a server, which has no child nodes, because it would stay visible without JavaScript.
    if (!('childNodes' in this)) return true;
    return [...this.childNodes].some((node) =>
      node instanceof Element ? !node.slot : node instanceof Text && node.data.trim() !== '',
    );
  }

  /** @internal */
  protected override updated(): void {
    // Focuses the card if the focused control was removed, such as by a fact that was read after the card.
    const { activeElement, body } = this.ownerDocument;
    if (this.#focused?.isConnected === false && activeElement === body)
      this.shadowRoot?.querySelector('section')?.focus();
    const { variant } = this;
    const isPending = !this.#messages && variant !== 'none';
    this.#setState('loading', this.#data.busy || isPending);
    this.#setState('failed', this.#data.outcome.state === 'failed');
    // Keeps the room for the card until its texts are loaded.
    if (variant && !isPending) this.setAttribute('variant', variant);
    else this.removeAttribute('variant');
    const news = this.#localeController.language && this.#data.takeNews();
    if (news?.state === 'failed') this.#report(news.error);
    else if (news?.state === 'shown') {
      if (this.#needsReload) this.requestUpdate();
      this.#needsReload = false;
      this.dispatchEvent(new MentorshipReadyEvent(news.decision));
    }
    if (this.#interaction || (this.#messages && variant && variant !== 'none'))
      this.#getInteraction()
        .then((interaction) => interaction.update())
        .catch(() => {});
  }

  #setState(name: string, on: unknown): void {
    try {
      this.#internals ??= this.attachInternals();
      this.#internals.states[on ? 'add' : 'delete'](name);
    } catch {
      // Chromium before 125 accepts only names that begin with two dashes. A polyfill may throw, too.
    }
  }

  /**
   * Renders another decision at another index if a page translator has replaced text nodes of the card, because Lit would
   * update the removed ones, and the names of two mentors would be mixed.
   */
  #renderCard(
    { decision, isDismissed }: Extract<Outcome, { state: 'shown' }>,
    context: CardContext,
  ): unknown[] {
    if (decision !== this.#renderedDecision && this.#removedNodes.take())
      this.#cardIndex = 1 - this.#cardIndex;
    this.#renderedDecision = decision;
    return this.#atIndex(isDismissed ? nothing : renderCard(decision, context));
  }

  #atIndex(card: unknown): unknown[] {
    return this.#cardIndex ? [nothing, card] : [card];
  }

  /** Renders the whole card of a summary, for its dialog; null: there is none. */
  #renderWholeCard(): unknown {
    const { decision, layout } = this;
    const isShown = decision && decision.variant !== 'none' && !this.#data.isDismissed;
    if (layout !== 'summary' || !isShown || !this.#messages) return null;
    const context = { ...this.#createCardContext(this.#messages), layout: 'dialog' as const };
    return this.#atIndex(renderCard(decision, context));
  }

  #createCardContext(messages: Messages): CardContext {
    return {
      messages,
      busy: this.#data.busy,
      previewed: this.viewer,
      layout: this.layout === 'summary' ? 'summary' : 'card',
      showWhole: this.#showWhole,
      refresh: () => void this.refresh(),
      canWrite: this.#canWrite,
      enrollsHere: this.enroll === 'here',
      runAction: (...call) => void this.#runAction(...call),
    };
  }

  /** Renders what takes the place of the card and of the host's content: the placeholder, or an error. */
  #renderInstead(context: CardContext | null): unknown {
    if (!context || this.#data.outcome.state !== 'failed') return skeleton(namesViewer() ? 'room' : '');
    return this.#needsReload ? reloadNotice(context) : failure(context);
  }

  /** @internal */
  protected override render(): unknown {
    const { outcome } = this.#data;
    const messages = this.#messages;
    const context = messages && this.#createCardContext(messages);
    const reload = context && this.#needsReload ? reloadNotice(context) : nothing;
    return html`
      <div
        class="announcement"
        role="status"
        lang=${messages?.language ?? nothing}
        .textContent=${this.#announcement}
      ></div>
      <div id="dialogs"></div>
      ${
        context && outcome.state === 'shown'
          ? html`${reload} ${this.#renderCard(outcome, context)}`
          : html`
              <slot @slotchange=${() => this.requestUpdate()}></slot>
              ${this.#hasOwnContent() ? nothing : this.#renderInstead(context)}
            `
      }
    `;
  }
}

/** Returns false in a browser that lacks a feature without which card or dialogs would fail. */
const isSupported = (): boolean =>
  // A server needs none of them.
  typeof document !== 'object' ||
  [
    HTMLElement.prototype.attachInternals,
    HTMLElement.prototype.showPopover,
    globalThis.IntersectionObserver,
    AbortSignal.any,
    URL.canParse,
  ].every(Boolean);

declare global {
  interface HTMLElementTagNameMap {
    'mentorship-module': MentorshipModule;
  }
}
