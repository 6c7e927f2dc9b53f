const KEY = 'mentorship-module';
const HASH = '#mentorship-ask';

/** Where a dialog fills the screen the Back button is expected to close it; the ask dialog has an address besides. */
const NARROW = '(max-width: 40em)';

/** The entry of the page's history that stands for an open dialog. */
export class HistoryEntry {
  #onBack = () => {};
  #name = '';

  enter(name: string, onBack: () => void): void {
    this.#name = name;
    this.#onBack = onBack;
    // A page that has an address of its own behind the # keeps it.
    const address = name === 'ask' && location.hash === '' ? HASH : undefined;
    const isThere = name === 'ask' && location.hash === HASH;
    if (!isThere && (address ?? matchMedia(NARROW).matches)) write('pushState', name, address);
    addEventListener('popstate', this.#onPop);
  }

  leave(): void {
    removeEventListener('popstate', this.#onPop);
    if (read() === this.#name) history.back();
    else if (this.#name === 'ask' && location.hash === HASH)
      write('replaceState', null, location.pathname + location.search);
  }

  readonly #onPop = (): void => {
    if (read() !== this.#name) this.#onBack();
  };
}

function read(): unknown {
  const state: unknown = history.state;
  return typeof state === 'object' && state !== null && KEY in state ? state[KEY] : null;
}

function write(how: 'pushState' | 'replaceState', name: string | null, address?: string): void {
  const state: unknown = history.state;
  try {
    history[how]({ ...(typeof state === 'object' ? state : {}), [KEY]: name }, '', address);
  } catch {
    // A sandboxed frame may not; there the dialog is closed by its own button.
  }
}
