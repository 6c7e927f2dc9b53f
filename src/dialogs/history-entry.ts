const KEY = 'mentorship-module';
const HASH = '#mentorship-ask';

/** Where a dialog fills the screen the Back button is expected to close it; the ask dialog has an address besides. */
const NARROW = '(max-width: 40em)';

/** Going back takes a moment: an entry that is made before it is over would be the one that is left. */
let goingBack: Promise<unknown> = Promise.resolve();

const GOING_MS = 500;

/** Those that stand for a dialog which is open now: no two may leave the same. */
const taken = new Set<string>();

/** The entry of the page's history that stands for an open dialog. */
export class HistoryEntry {
  #onBack = () => {};
  /** Of the open dialog. */
  #name: string | null = null;
  /** What the entry is known by; null: the page had the address by itself, or there is none. */
  #mark: string | null = null;

  enter(name: string, onBack: () => void): void {
    this.#name = name;
    this.#onBack = onBack;
    void goingBack.then(() => {
      if (this.#name === name) this.#enter(name);
    });
  }

  #enter(name: string): void {
    const known = read();
    // After a reload the entry is still there.
    if (name === 'ask' && location.hash === HASH) this.#mark = taken.has(known ?? '') ? null : known;
    else {
      // A page that has an address of its own behind the # keeps it.
      const address = name === 'ask' && location.hash === '' ? HASH : undefined;
      const mark = `${name} ${Math.random()}`;
      if (address ?? matchMedia(NARROW).matches) this.#mark = write('pushState', mark, address);
    }
    if (this.#mark) taken.add(this.#mark);
    addEventListener('popstate', this.#onPop);
  }

  /** May be called twice. */
  leave(): void {
    const [name, mark] = [this.#name, this.#mark];
    this.#name = this.#mark = null;
    removeEventListener('popstate', this.#onPop);
    if (mark) taken.delete(mark);
    if (mark && read() === mark) goBack();
    else if (name === 'ask' && location.hash === HASH && !taken.has(read() ?? ''))
      write('replaceState', null, location.pathname + location.search);
  }

  readonly #onPop = (): void => {
    if (this.#mark ? read() !== this.#mark : location.hash !== HASH) this.#onBack();
  };
}

function goBack(): void {
  goingBack = new Promise((resolve) => {
    addEventListener('popstate', resolve, { once: true });
    // Where a frame's history is not its own, nothing may come of it.
    setTimeout(resolve, GOING_MS);
  });
  history.back();
}

function read(): string | null {
  const state: unknown = history.state;
  const mark = typeof state === 'object' && state !== null && KEY in state ? state[KEY] : null;
  return typeof mark === 'string' ? mark : null;
}

/** @returns the mark, if it is there now */
function write(how: 'pushState' | 'replaceState', mark: string | null, address?: string): string | null {
  const state: unknown = history.state;
  try {
    history[how]({ ...(typeof state === 'object' ? state : {}), [KEY]: mark }, '', address);
    return mark;
  } catch {
    // A sandboxed frame may not; there the dialog is closed by its own button.
    return null;
  }
}
