/** The page is loaded anew when a file is saved, and looks as if it had not been. */

const KEY = 'gallery translate';

interface SavedScroll {
  top: number;
  heights: Record<string, number>;
}

const pairs = () => document.querySelectorAll<HTMLElement>('.pair');

/** Loads the page anew when the locale is saved, or what it is compared with. */
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
 * Scrolls to where the page was, and keeps the places of what is not drawn yet; one that is opened fresh is to
 * show what its address names. @returns is to be called once all is drawn
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
