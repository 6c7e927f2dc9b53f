import type { Finder, Place } from './text-locator.js';
import type { State } from './translation.js';

type Kind = Exclude<State, 'fine'> | 'chosen';

const KINDS: readonly Kind[] = ['missing', 'same', 'findings', 'chosen'];

/** Paints texts within all elements, without touching what they draw. */
export class Highlights {
  readonly #painted = new Map<Finder, Place[]>();
  readonly #kindsOf: (key: string, finder: Finder) => Kind[];
  readonly #highlights = new Map(KINDS.map((kind) => [kind, new Highlight()]));

  /** @param kindsOf - how a text is to be painted */
  constructor(kindsOf: (key: string, finder: Finder) => Kind[]) {
    this.#kindsOf = kindsOf;
    for (const [kind, highlight] of this.#highlights) {
      highlight.priority = KINDS.indexOf(kind);
      CSS.highlights.set(`translate-${kind}`, highlight);
    }
  }

  /** Adds an element, which is painted with the others. */
  add(finder: Finder): void {
    if (!this.#painted.has(finder)) this.#painted.set(finder, []);
  }

  paint(finder: Finder): void {
    for (const { where } of this.#painted.get(finder) ?? [])
      if (where instanceof Range) for (const highlight of this.#highlights.values()) highlight.delete(where);
    const places = finder.places();
    this.#painted.set(finder, places);
    for (const { key, where } of places) {
      const kinds = this.#kindsOf(key, finder);
      if (where instanceof Range) for (const kind of kinds) this.#highlights.get(kind)?.add(where);
      else if (kinds.length) where.setAttribute('data-translate', kinds.join(' '));
      else where.removeAttribute('data-translate');
    }
  }

  paintAll(): void {
    for (const finder of this.#painted.keys()) this.paint(finder);
  }

  get places(): Place[] {
    return [...this.#painted.values()].flat();
  }
}
