const KEY = 'mentorship-module';
const HASH = '#mentorship-ask';

/** Where a dialog fills the screen the Back button is expected to close it; the ask dialog has an address besides. */
const NARROW = '(max-width: 40em)';

/** The browser is on its way back from an entry. What is written meanwhile would be on the entry that it leaves. */
let returning: Promise<void> | null = null;

const GOING_MS = 500;

/** The entry of the page's history that stands for an open dialog. */
export class HistoryEntry {
  #onBack = () => {};
  #name: string | null = null;
  /** Whether there is one to go back from. */
  #pushed = false;

  enter(name: string, onBack: () => void): void {
    this.#name = name;
    this.#onBack = onBack;
    if (returning) void returning.then(() => this.#name === name && this.#push(name));
    else this.#push(name);
  }

  #push(name: string): void {
    // A page that has an address of its own behind the # keeps it.
    const address = name === 'ask' && location.hash === '' ? HASH : undefined;
    const isThere = name === 'ask' && location.hash === HASH;
    this.#pushed =
      !isThere && (address !== undefined || matchMedia(NARROW).matches) && write('pushState', name, address);
    addEventListener('popstate', this.#onPop);
  }

  leave(): void {
    removeEventListener('popstate', this.#onPop);
    const name = this.#name;
    this.#name = null;
    if (this.#pushed && read() === name) goBack();
    else if (name === 'ask' && location.hash === HASH && !returning)
      write('replaceState', null, location.pathname + location.search);
    this.#pushed = false;
  }

  readonly #onPop = (): void => {
    if (read() !== this.#name) this.#onBack();
  };
}

function goBack(): void {
  returning = new Promise((resolve) => {
    const end = () => {
      returning = null;
      resolve();
    };
    addEventListener('popstate', end, { once: true });
    // In a frame whose history is not its own, nothing may come of it.
    setTimeout(end, GOING_MS);
  });
  history.back();
}

function read(): unknown {
  const state: unknown = history.state;
  return typeof state === 'object' && state !== null && KEY in state ? state[KEY] : null;
}

/** @returns false in a sandboxed frame, which may not; there the dialog is closed by its own button */
function write(how: 'pushState' | 'replaceState', name: string | null, address?: string): boolean {
  const state: unknown = history.state;
  try {
    history[how]({ ...(typeof state === 'object' ? state : {}), [KEY]: name }, '', address);
    return true;
  } catch {
    return false;
  }
}
