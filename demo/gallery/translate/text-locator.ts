import { hasMarkers, type Boundary, removeMarkers } from './key-markers.js';

/** The position of a text: a range of a text node, or an element with an attribute that a screen reader reads. */
export interface TextLocation {
  key: string;
  where: Range | Element;
}

const TEXT_ATTRIBUTES = ['aria-label', 'title', 'placeholder'];

/** Tolerance for touch input. */
const NEAR_PX = 3;

/** Removes the markers from an element's output before it is painted, and records their positions. */
export class TextLocator {
  readonly #root: ShadowRoot;
  readonly #keys: readonly string[];
  readonly #onChange: () => void;
  readonly #observer = new MutationObserver(() => this.read());
  readonly #texts = new WeakMap<Text, { plain: string; boundaries: Boundary[] }>();
  readonly #labels = new WeakMap<Element, string>();

  /** @param onChange - called when the element has rendered something else */
  constructor(root: ShadowRoot, keys: readonly string[], onChange: () => void) {
    this.#root = root;
    this.#keys = keys;
    this.#onChange = onChange;
    this.#observer.observe(root, {
      subtree: true,
      childList: true,
      characterData: true,
      attributeFilter: TEXT_ATTRIBUTES,
    });
  }

  *#textNodes(): Generator<Text> {
    const walker = document.createTreeWalker(this.#root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) if (walker.currentNode instanceof Text) yield walker.currentNode;
  }

  /** Reads the current output. */
  read(): void {
    for (const node of this.#textNodes()) {
      if (!hasMarkers(node.data)) continue;
      const { plain, boundaries } = removeMarkers(node.data);
      this.#texts.set(node, { plain, boundaries });
      node.data = plain;
    }
    for (const name of TEXT_ATTRIBUTES)
      for (const element of this.#root.querySelectorAll(`[${name}]`)) {
        const { plain, boundaries } = removeMarkers(element.getAttribute(name) ?? '');
        const key = this.#keys[boundaries[0]?.key ?? -1];
        if (key === undefined) continue;
        this.#labels.set(element, key);
        element.setAttribute(name, plain);
      }
    // Discards the records of the changes made here.
    this.#observer.takeRecords();
    this.#onChange();
  }

  /** Returns the positions of all visible texts, in document order. */
  locations(): TextLocation[] {
    const locations: TextLocation[] = [];
    let open: string | undefined;
    for (const node of this.#textNodes()) {
      const known = this.#texts.get(node);
      let from = 0;
      const add = (to: number) => {
        if (open !== undefined && node.data.slice(from, to).trim())
          locations.push({ key: open, where: rangeOf(node, from, to) });
        from = to;
      };
      for (const { at, key } of known?.plain === node.data ? known.boundaries : []) {
        add(at);
        open = key === null ? undefined : this.#keys[key];
      }
      add(node.length);
    }
    for (const element of this.#root.querySelectorAll(TEXT_ATTRIBUTES.map((name) => `[${name}]`).join())) {
      const key = this.#labels.get(element);
      if (key !== undefined) locations.push({ key, where: element });
    }
    return locations;
  }

  /** Returns the key of the text that was pressed with a pointer or the keyboard. */
  keyAt(event: MouseEvent): string | null {
    const [target] = event.composedPath();
    if (!(target instanceof Element)) return null;
    const locations = this.locations();
    const { clientX: x, clientY: y } = event;
    const hit = locations.find(({ where }) => where instanceof Range && isNear(where, x, y));
    if (hit) return hit.key;
    const control = target.closest('button, a, label, progress');
    const around = control ?? target;
    const within = locations.filter(({ where }) =>
      where instanceof Range ? around.contains(where.startContainer) : where === around,
    );
    // Accepts a press beside the text of a heading, which has one text; a card has several.
    const keys = new Set(within.map(({ key }) => key));
    return control || keys.size === 1 ? (within[0]?.key ?? null) : null;
  }
}

function rangeOf(node: Text, from: number, to: number): Range {
  const range = document.createRange();
  range.setStart(node, from);
  range.setEnd(node, to);
  return range;
}

const isNear = (range: Range, x: number, y: number): boolean =>
  [...range.getClientRects()].some(
    ({ left, right, top, bottom }) =>
      x >= left - NEAR_PX && x <= right + NEAR_PX && y >= top - NEAR_PX && y <= bottom + NEAR_PX,
  );
