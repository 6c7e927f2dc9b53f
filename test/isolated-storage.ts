/**
 * Gives a page drafts of its own: pages that are tested at the same time have one `localStorage`, and clocks that differ
 * by months. Frames share it with the page around them. Returns what ends that.
 */
export function isolateStorage(page: Window): () => void {
  const own = Object.getOwnPropertyDescriptor(page, 'localStorage');
  const { sessionStorage } = page;
  Object.defineProperty(page, 'localStorage', { configurable: true, get: () => sessionStorage });
  return () => own && Object.defineProperty(page, 'localStorage', own);
}
