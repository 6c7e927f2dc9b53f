import { createCard } from './mount.js';
import { config, settings } from './mw.js';

/** Selectors of the sidebar in Vector 2022 (if pinned), Vector legacy, Timeless and MonoBook. Minerva has none. */
const COLUMNS = [
  '#vector-main-menu-pinned-container',
  '#vector-page-tools-pinned-container',
  '#mw-panel',
  '#mw-site-navigation',
  '#sidebar',
];

const ORIGINAL = '.growthexperiments-homepage-module-mentorship';

const isHomepage = (): boolean =>
  config('wgCanonicalSpecialPageName') === 'Homepage' && settings.homepage !== 'nobody';

/** Returns the page's title as an administrator writes it in the settings. */
function title(): string {
  const special = config('wgCanonicalSpecialPageName');
  return typeof special === 'string'
    ? `Special:${special}`
    : String(config('wgPageName')).replaceAll('_', ' ');
}

const isOwnUserPage = (): boolean =>
  config('wgNamespaceNumber') === 2 &&
  config('wgRelevantUserName') === config('wgUserName') &&
  config('wgTitle') === config('wgUserName');

const isChosen = (): boolean =>
  config('wgAction') === 'view' &&
  (settings.pages.has(title().toLowerCase()) || (settings.userPage && isOwnUserPage()));

/** Places cards according to the settings. */
export function placeAll(): void {
  if (typeof config('wgUserName') !== 'string') return;
  const content = document.getElementById('mw-content-text');
  const isFree = !content?.querySelector('mentorship-module');
  if (isHomepage()) besideOriginal();
  else if (isFree && isChosen()) content?.prepend(createCard());
  if (settings.sidebar) inColumn(content);
}

function inColumn(content: Element | null): void {
  const columns = COLUMNS.map((selector) => document.querySelector<HTMLElement>(selector));
  const column = columns.find((each) => each && each.offsetHeight > 0);
  const place = column ?? content;
  if (!place || place.querySelector('mentorship-module')) return;
  const element = createCard();
  element.layout = 'summary';
  if (!column) {
    place.prepend(element);
    return;
  }
  element.style.cssText = 'font-size: 0.8125rem; margin-block: 1em; min-inline-size: 0';
  // MonoBook's sidebar is as wide as the page, and only its portlets are narrow.
  if (column.id === 'sidebar') element.className = 'portlet';
  column.append(element);
}

/** Replaces the card of Special:Homepage. Keeps it if the variant does not match the settings, or loading fails. */
function besideOriginal(): void {
  const original = document.querySelector<HTMLElement>(ORIGINAL);
  // On mobile the original card is inside a link.
  const whole = original?.closest('a') ?? original;
  if (!whole || whole.parentNode?.querySelector('mentorship-module')) return;
  const element = createCard();
  // The first event decides: a later error must not remove the card that replaces the original.
  const decided = new AbortController();
  const decide = (event: HTMLElementEventMap['mentorship-ready' | 'mentorship-error']) => {
    decided.abort();
    const variant = 'variant' in event ? event.variant : 'none';
    const fits = settings.homepage === 'experienced' ? variant === 'invite' : variant !== 'none';
    element.hidden = false;
    if (!fits) {
      element.remove();
      return;
    }
    // Takes its very place, because modules of the homepage have margins, or are items of a grid.
    const { margin, gridArea, order } = getComputedStyle(whole);
    Object.assign(element.style, { margin, gridArea, order });
    whole.style.display = 'none';
  };
  element.hidden = true;
  element.addEventListener('mentorship-ready', decide, { signal: decided.signal });
  element.addEventListener('mentorship-error', decide, { signal: decided.signal });
  whole.before(element);
}
