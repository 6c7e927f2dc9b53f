import type { TextLocator, TextLocation } from './text-locator.js';
import type { State } from './translation.js';

type Kind = Exclude<State, 'fine'> | 'chosen';

const KINDS: readonly Kind[] = ['missing', 'same', 'findings', 'chosen'];

/** Highlights texts in all elements without changing their DOM. */
export class Highlights {
  readonly #locations = new Map<TextLocator, TextLocation[]>();
  readonly #kindsOf: (key: string, locator: TextLocator) => Kind[];
  readonly #highlights = new Map(KINDS.map((kind) => [kind, new Highlight()]));

  /** @param kindsOf - returns the highlights of a text */
  constructor(kindsOf: (key: string, locator: TextLocator) => Kind[]) {
    this.#kindsOf = kindsOf;
    for (const [kind, highlight] of this.#highlights) {
      highlight.priority = KINDS.indexOf(kind);
      CSS.highlights.set(`translate-${kind}`, highlight);
    }
  }

  /** Adds an element to highlight. */
  add(locator: TextLocator): void {
    if (!this.#locations.has(locator)) this.#locations.set(locator, []);
  }

  paint(locator: TextLocator): void {
    for (const { where } of this.#locations.get(locator) ?? [])
      if (where instanceof Range) for (const highlight of this.#highlights.values()) highlight.delete(where);
    const locations = locator.locations();
    this.#locations.set(locator, locations);
    for (const { key, where } of locations) {
      const kinds = this.#kindsOf(key, locator);
      if (where instanceof Range) for (const kind of kinds) this.#highlights.get(kind)?.add(where);
      else if (kinds.length) where.setAttribute('data-translate', kinds.join(' '));
      else where.removeAttribute('data-translate');
    }
  }

  paintAll(): void {
    for (const locator of this.#locations.keys()) this.paint(locator);
  }

  get locations(): TextLocation[] {
    return [...this.#locations.values()].flat();
  }
}
