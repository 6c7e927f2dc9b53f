import type { LitElement, ReactiveController } from 'lit';
import type { DialogController, DialogHost } from '../dialogs/dialog-controller.js';
import { loadDialogs } from '../dialogs/load-dialogs.js';
import { type CardAction, MentorshipActionEvent } from '../events.js';
import type { Decision } from '../sdk/decide.js';
import type { SnapshotStore } from '../sdk/snapshot-store.js';
import { adoptStyles } from '../styles/adopt-styles.js';
import { lateCardStyles } from '../styles/late-card-styles.js';
import { plainColors } from '../styles/plain-colors.js';
import { completeEnroll } from './complete-enroll.js';
import { attempt } from './wiki-page.js';

/** Element with a card, and its parts that this controller and the dialogs need. */
export interface Host extends DialogHost {
  element: DialogHost['element'] & { viewer: string | null; ask: () => Promise<void> };
  /** Documents and `hashchange` events that have opened a dialog, because only one element on a page may respond. */
  handledHashes: WeakSet<Document | HashChangeEvent>;
  /** Returns true if the viewer can ask a mentor here and now. */
  canAsk: () => boolean;
  /** Returns true if a dialog can be seen. */
  isRendered: () => boolean;
  /** Returns the key of the followed link to become a mentor; null: none. */
  enrollKey: () => string | null;
}

/** Tests a member, because the event of a frame's document is no instance of this window's class. */
const isKeyboardEvent = (event: Event): event is KeyboardEvent => 'key' in event;
const isToggleEvent = (event: Event): event is ToggleEvent => 'newState' in event;

/** Moves the focus in the open menu: arrow keys, Home, End, and the first letters of an item. Tab works, too. */
function moveInMenu(event: Event): void {
  if (!isKeyboardEvent(event) || event.ctrlKey || event.altKey || event.metaKey) return;
  const { target, key } = event;
  const place = target instanceof Element ? target.closest('.more, [popover]')?.parentElement : null;
  const items = [...(place?.querySelectorAll<HTMLElement>(':popover-open :is(a, button)') ?? [])];
  const index = items.findIndex((item) => item.matches(':focus'));
  const { length } = items;
  const first = key.toLocaleLowerCase();
  const matches = (item: HTMLElement) => item.textContent.trim().toLocaleLowerCase().startsWith(first);
  const next =
    {
      ArrowDown: items[(index + 1) % length],
      ArrowUp: items.at(Math.max(index, 0) - 1),
      Home: items[0],
      End: items.at(-1),
    }[key] ??
    (/^\S$/u.test(key) && [...items.slice(index + 1), ...items.slice(0, index + 1)].find(matches));
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** Focuses the menu button, because Chromium loses the focus when a popover in a shadow root closes with it. */
function restoreFocus(event: Event): void {
  const { target } = event;
  if (!isToggleEvent(event) || event.newState !== 'closed') return;
  if (target instanceof HTMLElement && target.matches('[popover]:focus-within'))
    target.parentElement?.querySelector<HTMLElement>('.more')?.focus();
}

/**
 * Observes the viewer of a card: if the card is in view, and the fragment of the page's URL;
 * opens the dialogs, and moves in the menu.
 * Loaded after the first card is rendered, which depends on none of this.
 */
export class InteractionController implements ReactiveController {
  readonly #host: Host;
  #dialogs: Promise<DialogController> | null = null;
  #observer: IntersectionObserver | null = null;
  /** True if at least 30 % of the element is in the viewport. */
  #intersects = false;
  /** Variant of the last `impression`. */
  #seen: string | null = null;
  /** Decision whose data was refreshed since the card came into view. */
  #checked: { decision: Decision; store: SnapshotStore } | null = null;
  /** Decision of the last `mentorship-ready`. */
  #ready: Decision | null = null;

  /** @param missed - last change of the URL's fragment while this module was loaded */
  constructor(host: Host, missed?: HashChangeEvent) {
    this.#host = host;
    host.element.addController(this);
    const { renderRoot } = host.element;
    renderRoot.addEventListener('keydown', moveInMenu);
    // Captures, because this event does not bubble.
    renderRoot.addEventListener('beforetoggle', restoreFocus, { capture: true });
    this.#look(missed);
  }

  hostConnected(): void {
    const { shadowRoot, constructor } = this.#host.element;
    const { elementStyles } = constructor as typeof LitElement;
    // Adopts all styles, because a browser drops them when an element moves to another document.
    if (shadowRoot) adoptStyles(shadowRoot, [...elementStyles, lateCardStyles, plainColors]);
    this.#observer = new IntersectionObserver(
      (entries) => {
        this.#intersects = entries.at(-1)?.isIntersecting === true;
        this.#look();
      },
      { threshold: 0.3 },
    );
    this.#observer.observe(this.#host.element);
    // Listens on the window, because an image with the name of a method hides that of the document.
    addEventListener('visibilitychange', this.#onPageChange);
    addEventListener('hashchange', this.#onPageChange);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    removeEventListener('visibilitychange', this.#onPageChange);
    removeEventListener('hashchange', this.#onPageChange);
    this.#intersects = false;
  }

  readonly #onPageChange = (event: Event): void =>
    this.#look(event instanceof HashChangeEvent ? event : document);

  /** Opens the dialog of an action. @throws {MentorshipError} `network` if it cannot be loaded */
  async open(action: CardAction, text: string): Promise<void> {
    const dialogs = this.#getDialogs();
    // The dialog waits for the reload where it reads or writes.
    await this.#host.data.syncKept('now');
    await (await dialogs).open(action, text);
  }

  /** Opens the whole card of a summary. @throws {MentorshipError} `network` if the dialogs cannot be loaded */
  async showWhole(): Promise<void> {
    await (await this.#getDialogs()).openWholeCard();
  }

  /** Loads the dialogs on first use. The next action retries a failed load. */
  #getDialogs(): Promise<DialogController> {
    const loading = (this.#dialogs ??= loadDialogs().then((Dialogs) => new Dialogs(this.#host)));
    loading.catch(() => {
      if (this.#dialogs === loading) this.#dialogs = null;
    });
    return loading;
  }

  /** Updates the dialogs, and looks at the new card. To be called after `mentorship-ready`. */
  update(): void {
    this.#look();
    this.#dialogs?.then((dialogs) => dialogs.update()).catch(() => {});
  }

  /**
   * Dispatches `impression` for a new card in view, and refreshes its data that a load does not read.
   */
  #look(occasion: Document | HashChangeEvent = document): void {
    const { element, data } = this.#host;
    const { decision, store, handle } = data;
    this.#completeEnroll(decision);
    this.#answerHash(occasion);
    const variant = decision?.variant;
    const isVisible = this.#intersects && !document.hidden;
    if (!isVisible) this.#checked = null;
    if (!isVisible || !variant || variant === 'none' || element.viewer) return;
    if (variant !== this.#seen)
      element.dispatchEvent(new MentorshipActionEvent(variant, { action: 'impression', phase: 'done' }));
    this.#seen = variant;
    // A kept snapshot is reloaded soon.
    if (
      !handle ||
      data.snapshot === handle.kept ||
      !store?.source.loadActions ||
      (variant !== 'mentored' && variant !== 'mentor')
    )
      return;
    // Does not retry a failed request on updates without a new decision.
    if (this.#checked?.decision === decision && this.#checked.store === store) return;
    this.#checked = { decision, store };
    import('./refresh-stale-data.js')
      .then(({ refreshStaleData }) => refreshStaleData(handle, decision))
      .catch(() => {});
  }

  /** Dispatches the end of enrolling if the viewer has finished it on the wiki's page. */
  #completeEnroll(decision: Decision | null): void {
    if (!decision || decision === this.#ready) return;
    this.#ready = decision;
    const key = this.#host.enrollKey();
    if (key) attempt(() => completeEnroll(this.#host.element, key, decision));
  }

  /** Opens the ask dialog if the URL of the page ends with `#mentorship-ask`. */
  #answerHash(occasion: Document | HashChangeEvent): void {
    const { element, handledHashes, canAsk, isRendered } = this.#host;
    // Reads the URL of the event, because a dialog may have changed the current URL since.
    const address = occasion instanceof Document ? location.href : occasion.newURL;
    if (!address.endsWith('#mentorship-ask') || handledHashes.has(occasion) || !canAsk()) return;
    // A card that is not rendered, such as in a closed tab, opens the dialog once it is visible.
    if (!isRendered()) {
      handledHashes.delete(document);
      return;
    }
    handledHashes.add(occasion);
    void element.ask();
  }
}
