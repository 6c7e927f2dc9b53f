/**
 * Registers the element `mentorship-module` once one of its elements is within 200 px of the viewport. Properties that
 * are set before are kept; before calling a method, await `load()` or `customElements.whenDefined('mentorship-module')`.
 */
const ELEMENT_NAME = 'mentorship-module';
const MARGIN = '200px';

/** False in Node, where a server may import this module, which then observes nothing. */
const isBrowser = typeof document === 'object' && typeof IntersectionObserver === 'function';

const near =
  isBrowser &&
  new IntersectionObserver(
    (entries) => {
      // Ignores an error, because the host cannot handle it here, and `load()` reports it.
      if (entries.some(({ isIntersecting }) => isIntersecting)) load().catch(() => {});
    },
    { rootMargin: MARGIN },
  );

const added = isBrowser && new MutationObserver(observeElements);

function observeElements(): void {
  if (near) for (const element of document.getElementsByTagName(ELEMENT_NAME)) near.observe(element);
}

/** Imports and registers the element now. Rejects if its script cannot be loaded. */
export async function load(): Promise<void> {
  await import('./define.js');
  if (near) near.disconnect();
  if (added) added.disconnect();
}

if (added) {
  added.observe(document, { childList: true, subtree: true });
  observeElements();
}
