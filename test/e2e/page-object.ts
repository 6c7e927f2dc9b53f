/** What a person finds in the gallery, of the one case that it shows. */
export interface PageState {
  /** The kind of card; null: none yet. */
  card: string | null;
  /** What the dialog says; null: none is open. */
  dialog: string | null;
  /** What stands in the dialog's text area. */
  draft: string | null;
  /** Where the dialog's main link leads. */
  link: string | null;
  /** The names of what can be pressed in the dialog, else in the card. */
  controls: string[];
  /** On the card. */
  questions: { text: string; state: string; url: string | null }[];
  /** What is said above the card. */
  note: string;
  /** On the wiki, as the gallery's panel says. */
  stored: string[];
  /** What has the focus. */
  focus: string;
  /** What the browser's address ends with. */
  address: string;
  /** What the gallery has heard, newest first. */
  events: string[];
}

interface PageObject {
  read(): PageState;
  /** The control with that name. */
  findControl(name: string): Element | undefined;
}

declare global {
  var pageObject: PageObject;
}

/** Has to stand alone: its text is sent to the browser, and runs there before the page does. */
export function installPageObject(): void {
  // Names stand between characters that keep their direction to themselves.
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
