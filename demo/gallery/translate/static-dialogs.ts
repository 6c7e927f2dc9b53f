import type { MentorshipModule } from '../../../src/index.js';
import { root } from '../../../test/shadow-dom.js';

/** Dialogs lie open in the page, menus too, and what only a screen reader reads can be seen. */
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

/** Makes all that an element draws lie open. To be called once it is in the page. */
export function showStatically(element: MentorshipModule): void {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(STATIC_STYLES);
  }
  const shadow = root(element);
  shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];
}

const { focus } = HTMLElement.prototype;

/** Even what the cards may not focus by themselves. */
export function focusOn(element: Element | null): void {
  if (element instanceof HTMLElement) focus.call(element);
}

/** For this page: dialogs take neither the top layer, nor the focus, nor an entry of the history. */
export function patchDialogs(): void {
  HTMLDialogElement.prototype.showModal = function () {
    const within = this.getRootNode();
    if (within instanceof ShadowRoot)
      for (const menu of within.querySelectorAll<HTMLElement>(':popover-open')) menu.hidePopover();
    this.open = true;
  };
  HTMLElement.prototype.focus = function (options) {
    if (!(this.getRootNode() instanceof ShadowRoot)) focus.call(this, options);
  };
  // As in a sandboxed frame, which the element knows.
  history.pushState = () => {
    throw new DOMException('Translating.', 'SecurityError');
  };
  // The page's own links lead to `#texts` and the like: by that the cards would open and close their dialogs.
  for (const type of ['popstate', 'hashchange'])
    addEventListener(type, (event) => event.stopImmediatePropagation(), { capture: true });
}

const cancelEvent = (event: Event) => {
  event.preventDefault();
  event.stopImmediatePropagation();
};

/** Nothing is done and nothing is followed: what is pressed says which text it has. */
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
  // Only the element's own shortcuts: Tab and Enter stay the browser's.
  frame.addEventListener('keydown', (event) => event.stopImmediatePropagation(), { capture: true });
}
