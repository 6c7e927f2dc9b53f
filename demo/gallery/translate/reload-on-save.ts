/** Reloads the page when a file is saved and restores its scroll position. */

const KEY = 'gallery translate';

interface SavedScroll {
  top: number;
  heights: Record<string, number>;
}

const pairs = () => document.querySelectorAll<HTMLElement>('.pair');

/** Reloads the page when the locale, English or the documentation is saved. */
export function reloadOnSave(code: string): void {
  const changes = new EventSource('changes');
  changes.addEventListener('message', ({ data }) => {
    if (![code, 'en', 'qqq'].includes(String(data))) return;
    changes.close();
    const before: SavedScroll = {
      top: scrollY,
      heights: Object.fromEntries([...pairs()].map((one) => [one.id, one.offsetHeight])),
    };
    sessionStorage.setItem(KEY, JSON.stringify(before));
    location.reload();
  });
}

/**
 * Restores the scroll position and reserves the height of previews that are not rendered yet. A page that was not
 * reloaded scrolls to the fragment of its URL instead.
 *
 * @returns a function to call once all previews are rendered
 */
export function restoreScroll(): () => void {
  const stored = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  if (stored === null) return () => document.getElementById(location.hash.slice(1))?.scrollIntoView();
  const { top, heights } = JSON.parse(stored) as SavedScroll;
  history.scrollRestoration = 'manual';
  for (const one of pairs()) one.style.minBlockSize = `${heights[one.id] ?? 0}px`;
  scrollTo(0, top);
  return () => {
    for (const one of pairs()) one.style.removeProperty('min-block-size');
  };
}
