/**
 * Redirects `localStorage` of a page to `sessionStorage`, because pages that are tested at the same time share the
 * former and their clocks differ by months. Frames share it with the page around them. Returns a function that ends
 * this.
 */
export function isolateStorage(page: Window): () => void {
  const own = Object.getOwnPropertyDescriptor(page, 'localStorage');
  const { sessionStorage } = page;
  Object.defineProperty(page, 'localStorage', { configurable: true, get: () => sessionStorage });
  return () => own && Object.defineProperty(page, 'localStorage', own);
}

/** Isolates the storage of the tests' page while the tests of a file run. */
export function isolateStorageInTests(): void {
  let end = () => {};
  before(() => (end = isolateStorage(window)));
  after(() => end());
}
