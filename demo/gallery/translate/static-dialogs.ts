import type { MentorshipModule } from '../../../src/index.js';
import { root } from '../../../test/shadow-dom.js';

/** Shows dialogs and menus in the flow of the page, and makes texts for screen readers visible. */
const STATIC_STYLES = `
  dialog {
    position: static !important;
    inline-size: auto !important;
    max-inline-size: none !important;
    block-size: auto !important;
    max-block-size: none !important;
    margin: 0 !important;
    border: 1px solid var(--_line) !important;
  }
  #dialogs:has(dialog) ~ section { display: none; }
  .more, #more {
    display: block !important;
    position: static !important;
    inset: auto;
    order: 1;
    margin: 0;
    box-shadow: none;
  }
  .more { justify-self: start; margin-block-end: -0.75em; }
  slot:has(+ .more) { padding-inline-end: 0; }
  .close { inline-size: auto !important; padding-inline: 0.5em !important; }
  button[aria-label]::after {
    content: ' ' attr(aria-label);
    font-size: 0.75em;
    font-style: italic;
  }
  ::highlight(translate-missing) { background: #ffcc33; color: #202122; text-decoration: underline; }
  ::highlight(translate-same) { background: #ffe9a8; color: #202122; text-decoration: underline dashed; }
  ::highlight(translate-findings) { background: #ffd5cf; color: #202122; text-decoration: underline wavy; }
  ::highlight(translate-chosen) { background: #3366cc; color: #ffffff; }
  [data-translate]:not(#more) { outline: 2px dashed; outline-offset: 2px; }
`;

let sheet: CSSStyleSheet | null = null;

/** Shows everything that an element renders in the flow of the page. Call it once the element is connected. */
export function showStatically(element: MentorshipModule): void {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(STATIC_STYLES);
  }
  const shadow = root(element);
  shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];
}

const { focus } = HTMLElement.prototype;

/** Focuses an element with the original method, which cards cannot call on this page. */
export function focusOn(element: Element | null): void {
  if (element instanceof HTMLElement) focus.call(element);
}

/** Closes the menus of a card, which are shown all the same, because an open one is not in the flow of the page. */
export function closeMenus(card: ShadowRoot): void {
  for (const menu of card.querySelectorAll<HTMLElement>(':popover-open')) menu.hidePopover();
}

/** Keeps dialogs of this page out of the top layer, without focus and without a history entry. */
export function patchDialogs(): void {
  HTMLDialogElement.prototype.showModal = function () {
    const within = this.getRootNode();
    if (within instanceof ShadowRoot) closeMenus(within);
    this.open = true;
  };
  HTMLElement.prototype.focus = function (options) {
    if (!(this.getRootNode() instanceof ShadowRoot)) focus.call(this, options);
  };
  // Throws as in a sandboxed frame, which the element handles.
  history.pushState = () => {
    throw new DOMException('Translating.', 'SecurityError');
  };
  // Hides the fragments of the page's own links from the cards, because these open and close dialogs on `hashchange`.
  for (const type of ['popstate', 'hashchange'])
    addEventListener(type, (event) => event.stopImmediatePropagation(), { capture: true });
}

const cancelEvent = (event: Event) => {
  event.preventDefault();
  event.stopImmediatePropagation();
};

/** Cancels clicks and form submissions in a frame and reports which text was pressed. */
export function interceptEvents(frame: HTMLElement, onPress: (event: MouseEvent) => void): void {
  frame.addEventListener(
    'click',
    (event) => {
      cancelEvent(event);
      onPress(event);
    },
    { capture: true },
  );
  for (const type of ['auxclick', 'submit']) frame.addEventListener(type, cancelEvent, { capture: true });
  // Blocks only the element's own shortcuts; Tab and Enter keep their default action.
  frame.addEventListener('keydown', (event) => event.stopImmediatePropagation(), { capture: true });
}
