/** State of the gallery page that shows a single case. */
export interface PageState {
  /** Variant of the card; null if there is none yet. */
  card: string | null;
  /** Text of the dialog; null if none is open. */
  dialog: string | null;
  /** Value of the dialog's text area. */
  draft: string | null;
  /** URL of the dialog's primary link. */
  link: string | null;
  /** Names of the controls in the dialog, or else in the card. */
  controls: string[];
  /** Questions on the card. */
  questions: { text: string; state: string; url: string | null }[];
  /** Notice above the card. */
  note: string;
  /** Questions stored on the wiki, as listed in the wiki panel. */
  stored: string[];
  /** The focused element. */
  focus: string;
  /** Query and fragment of the URL. */
  address: string;
  /** Logged events, newest first. */
  events: string[];
}

interface PageObject {
  read(): PageState;
  /** Returns the control with that name. */
  findControl(name: string): Element | undefined;
}

declare global {
  var pageObject: PageObject;
}

/** Must not reference anything outside, because its source text runs in the browser before the page's scripts. */
export function installPageObject(): void {
  // Removes the directional isolates around names.
  const textOf = (node: Element | null | undefined) =>
    node?.textContent
      .replace(/[\u2066-\u2069]/g, '')
      .replace(/\s+/g, ' ')
      .trim() ?? '';
  const nameOf = (element: Element) => {
    const root = element.getRootNode() as ShadowRoot;
    return (
      element.ariaLabel ??
      textOf(root.getElementById(element.getAttribute('aria-labelledby') ?? '') ?? element)
    );
  };
  const rootOf = () => document.querySelector('mentorship-module')?.shadowRoot;
  const dialogIn = (root = rootOf()) => root?.querySelector('dialog[open]') ?? null;
  const controls = () =>
    [...((dialogIn() ?? rootOf())?.querySelectorAll('button, a, input') ?? [])].filter((one) =>
      one.checkVisibility(),
    );

  const read = (): PageState => {
    const root = rootOf();
    const dialog = dialogIn();
    const focus = root?.activeElement ?? document.activeElement;
    const primary = dialog?.querySelector('a.primary');
    return {
      card: document.querySelector('mentorship-module')?.getAttribute('variant') ?? null,
      dialog: dialog && textOf(dialog),
      draft: dialog?.querySelector('textarea')?.value ?? null,
      link: primary instanceof HTMLAnchorElement ? primary.href : null,
      controls: controls().map(nameOf),
      questions: [...(root?.querySelectorAll('.history li') ?? [])].map((item) => ({
        text: textOf(item.querySelector('bdi')),
        state: textOf(item.querySelector('span[class]')),
        url: item.querySelector('a')?.href ?? null,
      })),
      note: textOf(root?.querySelector('.note:not([hidden])')),
      stored: [...document.querySelectorAll('.wiki-panel li bdi')].map(textOf),
      focus: focus ? `${focus.localName} ${nameOf(focus)}`.trim() : '',
      address: location.search + location.hash,
      events: [...document.querySelectorAll('.event-log b')].map(textOf),
    };
  };
  window.pageObject = { read, findControl: (name) => controls().find((control) => nameOf(control) === name) };
}
