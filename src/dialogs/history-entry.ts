const KEY = 'mentorship-module';
const HASH = '#mentorship-ask';

/** Matches viewports that a dialog fills, in which the Back button is expected to close it. */
const NARROW = '(width < 40em)';

/**
 * Pending until `history.back()` has left the entry of a closed dialog, because it would leave an entry that is pushed
 * in the meantime instead. Stays pending in a frame where going back has no effect; dialogs that are opened later get
 * no entry there.
 */
let returning: Promise<void> | null = null;

/**
 * Entry of an open dialog in the session history, so that the Back button closes the dialog. There is none if the current
 * entry has the state of another script, such as a router, or if a script has changed the page's URL, because a router
 * handles going back as a visit.
 */
export class HistoryEntry {
  /** Unique, because a late `popstate` may concern the entry of an earlier dialog. */
  #id: string | null = null;
  #name = '';
  #isPushed = false;
  /** URL while the dialog is open. */
  #address = '';
  #onBack = () => {};

  enter(name: string, onBack: () => void): void {
    const id = `${name} ${Math.random()}`;
    this.#id = id;
    this.#name = name;
    this.#onBack = onBack;
    afterReturn(() => {
      if (this.#id === id) this.#push(id);
    });
  }

  #push(id: string): void {
    const isAsk = this.#name === 'ask';
    if (!hasForeignState() && !hasNewAddress()) {
      // Keeps a fragment that the page's URL already has.
      if (isAsk && location.hash === '') write('pushState', { [KEY]: id }, pageAddress() + HASH);
      else if (matchMedia(NARROW).matches && !(isAsk && location.hash === HASH))
        write('pushState', { [KEY]: id });
    }
    this.#isPushed = readId() === id;
    this.#address = location.href;
    addEventListener('popstate', this.#onPop);
  }

  leave(): void {
    removeEventListener('popstate', this.#onPop);
    const id = this.#id;
    if (id === null) return;
    this.#id = null;
    // The entry of a dialog that was open above is left first.
    if (returning) afterReturn(() => leaveEntry(id));
    else if (leaveEntry(id)) return;
    else if (this.#name === 'ask' && location.hash === HASH)
      write('replaceState', hasForeignState() ? history.state : null, pageAddress());
  }

  /** Closes the dialog if its entry or, without one, its page was left, because some routers dispatch `popstate` themselves. */
  readonly #onPop = (): void => {
    if (this.#isPushed ? readId() !== this.#id : location.href !== this.#address) this.#onBack();
  };
}

/** Runs a task once no entry is being left. */
function afterReturn(run: () => void): void {
  if (returning) void returning.then(() => afterReturn(run));
  else run();
}

/** Goes back if the entry is a dialog's own. Returns false otherwise. */
function leaveEntry(id: string): boolean {
  const isOwn = readId() === id && !hasForeignState();
  if (isOwn) goBackFrom(id);
  return isOwn;
}

function goBackFrom(id: string): void {
  returning = new Promise((resolve) => {
    const onPop = () => {
      if (readId() === id) return;
      removeEventListener('popstate', onPop);
      returning = null;
      resolve();
    };
    addEventListener('popstate', onPop);
  });
  history.back();
}

const withoutFragment = (url: string) => url.replace(/#.*/, '');

/** Returns the page's URL without fragment; absolute, because a relative one is resolved against the page's base URL. */
const pageAddress = () => withoutFragment(location.href);

/** Returns true if the page was loaded from another URL, because some routers keep no state. Ignores fragments. */
function hasNewAddress(): boolean {
  const [loaded] = performance.getEntriesByType('navigation');
  return loaded !== undefined && withoutFragment(loaded.name) !== pageAddress();
}

function readId(): unknown {
  const state: unknown = history.state;
  return typeof state === 'object' && state !== null && KEY in state ? state[KEY] : null;
}

/** Returns true if the current entry has a state that is not only a dialog's. */
function hasForeignState(): boolean {
  const state: unknown = history.state;
  return state !== null && !(typeof state === 'object' && Object.keys(state).join() === KEY);
}

/** Writes the entry. Does nothing in a sandboxed frame, where history is denied and Back does not close the dialog. */
function write(method: 'pushState' | 'replaceState', state: unknown, address?: string): void {
  try {
    history[method](state, '', address);
  } catch {
    // The dialog works without an entry.
  }
}
