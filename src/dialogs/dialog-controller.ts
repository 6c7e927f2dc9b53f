import { html, type LitElement, nothing, type ReactiveController, render } from 'lit';
import { importChunk } from '../sdk/http.js';
import { type CardAction, type MentorshipActionDetails, MentorshipActionEvent } from '../events.js';
import type { Language } from '../i18n/language.js';
import type { Messages, Templates } from '../i18n/messages.js';
import { toPageTitle } from '../sdk/ask.js';
import { clientFor } from '../sdk/client.js';
import { asMentorshipError, MentorshipError } from '../sdk/errors.js';
import type { SnapshotStore } from '../sdk/snapshot-store.js';
import type { SnapshotController } from '../controllers/snapshot-controller.js';
import type { Dialog, DialogModule, DialogContext, Undo } from './types.js';
import { type Notice, type Owner, renderNotice } from './card-notice.js';
import { closeButton } from './close-button.js';
import { withPatience } from './patience.js';
import { adoptStyles, removeStyles } from '../styles/adopt-styles.js';
import { noCardStyles, dialogStyles } from '../styles/dialog-styles.js';
import { DialogMessages } from './dialog-messages.js';
import { HistoryEntry } from './history-entry.js';
import { WholeCard, wholeCardStyles } from './whole-card.js';
import { snoozeWithUndo } from './dismiss-invite.js';
import { problemText } from './submission.js';

type DialogName = 'ask' | 'leave' | 'join' | 'choose' | 'enroll' | 'pause' | 'resign' | 'about';

const FILES: Record<DialogName, () => Promise<DialogModule>> = {
  // Loads the drafts at the same time, because they are a chunk of their own.
  ask: async () => (await Promise.all([import('./ask.js'), import('./question-drafts.js')]))[0],
  leave: () => import('./leave.js'),
  join: () => import('./join.js'),
  choose: () => import('./choose.js'),
  enroll: () => import('./enroll.js'),
  pause: () => import('./pause.js'),
  resign: () => import('./resign.js'),
  about: () => import('./about.js'),
};

/** Dispatches `submit`, because the browser drops a submission in a sandboxed frame without `allow-forms`. */
function dispatchSubmit(event: Event): void {
  const button = event.target instanceof Element ? event.target.closest('button') : null;
  if (button?.type !== 'submit' || !button.form) return;
  event.preventDefault();
  button.form.dispatchEvent(new SubmitEvent('submit', { cancelable: true, submitter: button }));
}

const isDialog = (action: CardAction): action is DialogName => action in FILES;

export interface DialogHost {
  element: LitElement & { pageTitle: string | null; leaveReasons: boolean };
  data: SnapshotController;
  /**
   * @param english - English texts of the dialogs
   * @param translated - the same texts in the card's language; null: all messages are in English
   */
  createMessages: (english: Templates, translated: Templates | null) => Messages | null;
  /** Has the card's language; null until its texts are loaded. */
  locale: { readonly language: Language | null };
  /** Dispatches `mentorship-error`. */
  report: (error: MentorshipError) => void;
  /** Renders the whole card of a summary; null: there is none. */
  renderWholeCard: () => unknown;
  /** Dispatches `start` of an action and opens its dialog. */
  runAction: (action: CardAction, href: string | null) => Promise<void>;
}

interface Open {
  name: DialogName;
  dialog: Dialog;
  context: DialogContext;
  owner: Owner;
}

/** Opens one dialog of an element at a time, and shows notices above the card after it was closed. */
export class DialogController implements ReactiveController {
  readonly #host: DialogHost;
  readonly #root: ShadowRoot;
  readonly #place: HTMLElement;
  readonly #texts: DialogMessages;
  readonly #history = new HistoryEntry();
  readonly #wholeCard: WholeCard;
  /** Source and viewer of the open whole card. */
  #wholeOwner: Owner | null = null;
  /** Closes a dialog that is no longer rendered, such as in a closed tab, because it would still block the page. */
  readonly #rendering = new IntersectionObserver(() => {
    if (this.#element?.open && !this.#element.checkVisibility()) this.close();
  });
  /** Dialogs that were closed during a request. */
  readonly #backgrounded = new Map<DialogName, Open>();
  #open: Open | null = null;
  /** Element that had the focus before the dialog; null if the host's script opened it. */
  #opener: Element | null = null;
  #opening = false;
  /** Sources to which an action without a dialog is being written. */
  readonly #running = new Set<SnapshotStore>();
  #notice: Notice | null = null;
  #isShownWithoutCard = false;
  #announcement = '';

  constructor(host: DialogHost) {
    const root = host.element.shadowRoot;
    const place = root?.getElementById('dialogs');
    if (!root || !place) throw new Error('The element has not rendered yet. Await updateComplete.');
    this.#host = host;
    this.#root = root;
    this.#place = place;
    this.#wholeCard = new WholeCard(place, () => {
      this.update();
      this.#keepFocus();
    });
    this.#texts = new DialogMessages(() => this.update());
    place.addEventListener('click', dispatchSubmit);
    host.element.addController(this);
  }

  /** Closes the dialog, because a dialog is no longer modal after the element is reconnected. */
  hostDisconnected(): void {
    this.#closeNow();
    this.#wholeCard.closeNow();
  }

  /** Closes the dialog, and runs now what the `close` event would run later, when another dialog may be open. */
  #closeNow(): void {
    this.close();
    this.#onClose(this.#open);
  }

  /** Opens the whole card of a summary. Does nothing while a dialog is open. */
  async openWholeCard(): Promise<void> {
    if (this.#open || this.#opening || this.#wholeCard.isOpen) return;
    this.#opening = true;
    try {
      await this.#loadTexts();
      if (!this.#place.checkVisibility()) return;
      adoptStyles(this.#root, [dialogStyles, wholeCardStyles]);
      this.#wholeOwner = this.#owner;
      this.#wholeCard.open(() => this.update());
    } finally {
      this.#opening = false;
    }
  }

  /** After 1.5 s, shows English and renders again when the locale arrives. */
  async #loadTexts(): Promise<void> {
    await withPatience(this.#texts.load(this.#host.locale.language, 'again'));
  }

  /** Opens the dialog of the action, or runs one without a dialog at once. Does nothing while a dialog is open. */
  async open(action: CardAction, text: string): Promise<void> {
    if (this.#open || this.#opening) return;
    let run: ((context: DialogContext) => Promise<void>) | null = null;
    this.#opening = true;
    try {
      await this.#loadTexts();
      if (action === 'snooze') run = snoozeWithUndo;
      else if (action === 'resume') {
        const file = await importChunk(() => import('./resume.js'), action);
        this.#texts.addEnglish(file.english);
        run = file.resume;
      } else if (isDialog(action)) await this.#show(action, text);
    } finally {
      this.#opening = false;
    }
    if (run) await this.#runHere(run, text);
  }

  /** Runs an action without a dialog, during which dialogs can be opened. Does nothing while one is running. */
  async #runHere(run: (context: DialogContext) => Promise<void>, text: string): Promise<void> {
    const { data, element } = this.#host;
    const { store } = data;
    if (!store || this.#running.has(store)) return;
    this.#running.add(store);
    try {
      if (run === snoozeWithUndo) data.keepsInvite = true;
      adoptStyles(this.#root, [dialogStyles]);
      this.#opener = this.#root.activeElement;
      await run(this.#createContext(text));
    } finally {
      this.#running.delete(store);
    }
    await element.updateComplete;
    if (!this.#open) this.#keepFocus();
  }

  async #show(name: DialogName, text: string): Promise<void> {
    const file = await importChunk(FILES[name], name);
    // The program may have ended since the card was rendered.
    if (!this.#host.element.isConnected || this.#host.data.decision?.variant === 'none') return;
    // A modal dialog would block the page without being seen. Tests its container, because a closed dialog has no box.
    if (!this.#place.checkVisibility())
      throw new MentorshipError(
        'unsupported',
        `The dialog “${name}” cannot open, because the element is not rendered. Show the element first.`,
      );
    adoptStyles(this.#root, file.styles ? [dialogStyles, file.styles] : [dialogStyles]);
    this.#texts.addEnglish(file.english);
    const backgrounded = this.#backgrounded.get(name);
    const isReused = backgrounded?.dialog.busy || backgrounded?.dialog.keepsInput;
    const fresh = () => {
      const context = this.#createContext(text);
      if (name === 'ask' && context.pageTitle === null) this.#reportPageTitle();
      return { name, context, dialog: file.create(context), owner: this.#owner };
    };
    this.#backgrounded.delete(name);
    this.#open = backgrounded && isReused && this.#isCurrent(backgrounded.owner) ? backgrounded : fresh();
    this.#opener = this.#root.activeElement;
    if (!this.#host.data.isDismissed) this.#notice = null;
    this.#announcement = '';
    this.update();
    const element = this.#element;
    element?.showModal();
    if (element) this.#rendering.observe(element);
    this.#focus();
    this.#history.enter(name, () => this.close());
  }

  /** Reports a title that is set but not valid, so that the dialog has no checkbox for it. */
  #reportPageTitle(): void {
    const { pageTitle } = this.#host.element;
    if (!pageTitle) return;
    const message = `page-title="${pageTitle}" is not a title of a wiki page. Set one, such as "Help:Links".`;
    this.#host.report(new MentorshipError('bad-attribute', message));
  }

  close(): void {
    // Runs now, because the `close` event comes with the next frame, when another dialog may be open.
    this.#history.leave();
    this.#element?.close();
  }

  /** Renders again after a change of the card or its language, and when a dialog or a notice comes or goes. */
  update(): void {
    // A dialog of another source or account is closed, because its actions would no longer match the card.
    if (this.#open && !this.#isCurrent(this.#open.owner)) this.close();
    if (this.#notice && (!this.#isCurrent(this.#notice.owner) || this.#isOutdated(this.#notice)))
      this.#notice = null;
    if (this.#wholeCard.isOpen && !this.#isWholeCurrent) this.#wholeCard.close();
    this.#showWithoutCard();
    void this.#texts.load(this.#host.locale.language);
    this.#texts.update(this.#host.createMessages);
    this.#redraw();
  }

  #draw(): void {
    const messages = this.#texts.current;
    if (messages) render(this.#render(messages), this.#place);
  }

  /** Renders again without a new step, so that the focus stays. */
  #redraw(): void {
    const focused = this.#root.activeElement;
    this.#draw();
    if (focused?.isConnected !== false) return;
    // The focused control is gone, such as by a fact that was read after the card, or by a draft that another tab has sent.
    if (this.#element?.open) this.#focus();
    else this.#keepFocus();
  }

  get #isWholeCurrent(): boolean {
    if (!this.#wholeOwner || !this.#isCurrent(this.#wholeOwner)) return false;
    // A dialog above tells the result first.
    return this.#open !== null || this.#host.renderWholeCard() !== null;
  }

  /** Shows the element while it has a dialog or a notice, because the decision that an action leads to may have no card. */
  #showWithoutCard(): void {
    const isNeeded = this.#open !== null || this.#notice !== null;
    if (isNeeded === this.#isShownWithoutCard) return;
    this.#isShownWithoutCard = isNeeded;
    const change = isNeeded ? adoptStyles : removeStyles;
    change(this.#root, [noCardStyles]);
  }

  get #owner(): Owner {
    const { store, snapshot } = this.#host.data;
    // Reads the snapshot, because a decision without a card has no viewer.
    return { store, viewer: snapshot?.viewer?.name ?? null };
  }

  /** Returns true if source and viewer are unchanged. Until a card is rendered, the viewer counts as unchanged. */
  #isCurrent({ store, viewer }: Owner): boolean {
    const current = this.#owner;
    return (
      store === current.store && (viewer === current.viewer || this.#host.data.outcome.state !== 'shown')
    );
  }

  /** Returns true if a snoozed invitation would not return, because the viewer has become a mentor since. */
  #isOutdated({ decline }: Notice): boolean {
    return decline !== undefined && this.#host.data.decision?.variant === 'mentor';
  }

  get #element(): HTMLDialogElement | null {
    return this.#place.querySelector<HTMLDialogElement>('dialog:not(.whole)');
  }

  #createContext(text: string): DialogContext {
    const { element, data } = this.#host;
    const { store, decision } = data;
    const texts = this.#texts;
    const messages = texts.update(this.#host.createMessages);
    if (!store || !messages || !decision || !('viewer' in decision))
      throw new Error('A dialog needs a card with a viewer. Await mentorship-ready.');
    const owner = this.#owner;
    const currentSnapshot = () => (this.#isCurrent(owner) ? data.snapshot : null);
    // Another dialog may be open when this one's request ends. The browser fires `close` with the next frame, which a
    // hidden page does not render.
    const isOpen = () => this.#open?.context === context && this.#element?.open === true;
    const context: DialogContext = {
      client: clientFor(store),
      get messages() {
        return texts.current ?? messages;
      },
      get open() {
        return isOpen();
      },
      get data() {
        // The card may have a new mentor, or lack one, while the dialog is open.
        const current = data.decision;
        return { mentor: null, standIn: null, ...(current && 'viewer' in current ? current : decision) };
      },
      get snapshot() {
        return currentSnapshot();
      },
      sourceId: store.source.id ?? null,
      keepFor: data.handle?.keepFor ?? null,
      canWrite: store.source.loadActions !== undefined,
      now: data.outcome.state === 'shown' ? data.outcome.now : new Date(),
      text,
      pageTitle: toPageTitle(element.pageTitle),
      leaveReasons: element.leaveReasons,
      update: () => this.#redraw(),
      showStep: (announcement) => {
        if (isOpen()) this.#showStep(announcement);
      },
      close: () => {
        if (isOpen()) this.close();
      },
      switchTo: (action) => {
        if (!isOpen()) return;
        const { homepageUrl } = context.data.program;
        this.#closeNow();
        void this.#host.runAction(action, homepageUrl);
      },
      announce: (words) => {
        if (!isOpen()) return;
        this.#setAnnouncement(words);
        this.#redraw();
      },
      emit: (details) => element.dispatchEvent(new MentorshipActionEvent(decision.variant, details)),
      showNotice: (words, undo, decline) => {
        if (this.#isCurrent(owner))
          this.#showNotice({ text: words, undo, decline, variant: decision.variant, owner });
      },
    };
    return context;
  }

  #showStep(announcement = ''): void {
    if (announcement) this.#setAnnouncement(announcement);
    this.#draw();
    this.#focus();
  }

  #focus(): void {
    const next =
      this.#element?.querySelector<HTMLElement>('[data-focus]') ?? this.#element?.querySelector('h2');
    next?.focus();
  }

  /** Sets the text of the live region. Appends a space to a repeated text, because only changes are announced. */
  #setAnnouncement(words: string): void {
    this.#announcement = this.#announcement === words ? `${words} ` : words;
  }

  #showNotice(notice: Notice): void {
    // A notice above the card cannot be seen, or announced, while a modal dialog is open.
    if (!this.#element?.open) this.#wholeCard.close();
    this.#notice = notice;
    this.update();
  }

  /** @param open - the closed dialog; ignored if it is not the current one, because the event may be late */
  #onClose(open: Open | null): void {
    if (!open || this.#open !== open) return;
    const { name, dialog, context } = open;
    this.#open = null;
    this.#rendering.disconnect();
    this.#history.leave();
    dialog.closed?.();
    if (dialog.busy) this.#backgrounded.set(name, open);
    else if (!dialog.done && name !== 'about') context.emit({ action: name, phase: 'canceled' });
    // A canceled action returns to the whole card, from which it was started.
    if (dialog.done) this.#wholeCard.close();
    this.update();
    this.#keepFocus();
  }

  /** Focuses the card, its menu button, or the notice, if the focused control is gone. Keeps a focus elsewhere in the page. */
  #keepFocus(): void {
    // WebKit focuses the control in the closed menu again, and blurs it later.
    const isHidden = this.#root.activeElement?.checkVisibility() === false;
    // Without a focus in the whole card, its dialog itself may have it.
    const isOnDialog = this.#root.activeElement?.localName === 'dialog';
    const { activeElement, body } = this.#root.ownerDocument;
    if (activeElement !== body && !isHidden && !isOnDialog) return;
    if (this.#opener?.isConnected && this.#opener.closest('[popover]'))
      this.#root.querySelector<HTMLElement>('.more')?.focus();
    else if (this.#wholeCard.isOpen) this.#root.querySelector<HTMLElement>('.whole h2')?.focus();
    else this.#focusCard();
  }

  /** Focuses the card, or the notice that has replaced it. */
  #focusCard(): void {
    const [notice, card] = this.#root.querySelectorAll<HTMLElement>('.note, section');
    (card ?? notice)?.focus();
  }

  async #undo({ action, run }: Undo, { variant, owner }: Notice): Promise<void> {
    const tell = (details: MentorshipActionDetails) =>
      this.#host.element.dispatchEvent(new MentorshipActionEvent(variant, details));
    // Another source or viewer may be current once the write has ended.
    const say = (text: string, undo?: Undo) => {
      if (this.#isCurrent(owner)) this.#showNotice({ text, undo, variant, owner });
    };
    const words = (id: 'busy' | 'undone') => this.#texts.current?.t(`dialog-common-${id}`) ?? '';
    if (!tell({ action, phase: 'start', href: null })) return;
    say(words('busy'));
    this.#focusCard();
    try {
      await run();
      if (this.#isCurrent(owner)) this.#host.data.keepsInvite = false;
      tell({ action, phase: 'done' });
      say(words('undone'));
    } catch (cause) {
      const error = asMentorshipError(cause);
      tell({ action, phase: 'failed', errorCode: error.code });
      say(error.wikiMessage ?? (this.#texts.current ? problemText(this.#texts.current, error) : ''), {
        action,
        run,
      });
    }
    await this.#host.element.updateComplete;
    this.#keepFocus();
  }

  #decline({ decline }: Notice): void {
    decline?.();
    // The notice of the pending write has no buttons.
    this.#keepFocus();
  }

  #render(messages: Messages): unknown {
    const { language, direction } = messages;
    const open = this.#open;
    const dialog = open?.dialog;
    // Sets `textContent` of elements whose text changes, because a page translator replaces text nodes.
    return html`
      ${renderNotice(this.#notice, messages, {
        onDecline: (notice) => this.#decline(notice),
        onUndo: (undo, notice) => void this.#undo(undo, notice),
      })}
      ${this.#wholeCard.isOpen ? this.#renderWholeCard(messages) : nothing}
      ${
        dialog
          ? html`
              <dialog
                class=${dialog.size ?? nothing}
                lang=${language}
                dir=${direction}
                aria-labelledby="dialog-heading"
                @close=${() => this.#onClose(open)}
              >
                <header>
                  <h2 id="dialog-heading" tabindex="-1"><span .textContent=${dialog.heading}></span></h2>
                  ${closeButton(messages, () => this.close())}
                </header>
                <div class="announcement" role="status" .textContent=${this.#announcement}></div>
                ${dialog.render()}
              </dialog>
            `
          : nothing
      }
    `;
  }

  /** Uses the card's language, even while the texts of the dialogs are missing. */
  #renderWholeCard(messages: Messages): unknown {
    const own = this.#host.createMessages(this.#texts.english, this.#texts.translated ?? {});
    return this.#wholeCard.render(this.#host.renderWholeCard(), own ?? messages);
  }
}
