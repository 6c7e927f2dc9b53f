/**
 * Registers the element `mentorship-module` when one of its elements comes near the viewport. Properties that are set before are
 * kept; before calling a method, await `load()` or `customElements.whenDefined('mentorship-module')`.
 */
const TAG = 'mentorship-module';
const MARGIN = '200px';

/** In Node nothing is observed, so that a server can import the module. */
const isBrowser = typeof document === 'object' && typeof IntersectionObserver === 'function';

const near =
  isBrowser &&
  new IntersectionObserver(
    (entries) => {
      // The host cannot handle a rejection here, and a later `load()` reports it.
      if (entries.some(({ isIntersecting }) => isIntersecting)) load().catch(() => {});
    },
    { rootMargin: MARGIN },
  );

const added = isBrowser && new MutationObserver(observeElements);

function observeElements(): void {
  if (near) for (const element of document.getElementsByTagName(TAG)) near.observe(element);
}

/** Imports and registers the element now. Rejects where its script cannot be loaded. */
export async function load(): Promise<void> {
  await import('./define.js');
  if (near) near.disconnect();
  if (added) added.disconnect();
}

if (added) {
  added.observe(document, { childList: true, subtree: true });
  observeElements();
}
