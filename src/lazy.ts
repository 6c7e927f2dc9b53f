/**
 * Registers the element `mentorship-module` once one of its elements is within 200 px of the viewport. An element that
 * would read the page's own wiki loads nothing if the page names a viewer without a card, and dispatches
 * `mentorship-ready`. Properties that are set before are kept; before calling a method, await `load()` or
 * `customElements.whenDefined('mentorship-module')`.
 */
import type { MentorshipReadyEvent } from './events.js';
import type { Decision } from './sdk/decide.js';

/** Preference of GrowthExperiments, 0 if it was disabled. Not imported, because this file is loaded alone. */
const STATUS_OPTION = 'growthexperiments-homepage-mentorship-enabled';

const ELEMENT_NAME = 'mentorship-module';
const MARGIN = '200px';

/** Time that the wiki’s script has to start, as for the element itself. */
const START_MS = 20_000;

/** Attributes and properties that select another source than the page's own wiki. */
const OTHER_SOURCES = ['preview', 'snapshot', 'source', 'src', 'token', 'viewer'];

/** Prefix of keys in `localStorage`, as in src/controllers/kept-snapshot-storage.ts. A page deletes those of other viewers. */
const KEPT = 'mentorship-module kept ';

/** Globals of a wiki's page, which are untrusted; src/controllers/wiki-page.ts describes them. */
interface Globals {
  mw: { config: { get(name: string): unknown }; user: { options: { get(name: string): unknown } } };
  RLCONF: { wgUserName: unknown; wgUserId: unknown; wgUserIsTemp: unknown; wgUserGroups: unknown };
  IntersectionObserver?: unknown;
  RLQ: { push(task: [modules: string[], run: () => void]): void };
}

const globals = globalThis as unknown as Globals;

type NoCard = Decision & { variant: 'none' };

/** Resolves once the wiki has set the viewer's options, or has not in time. */
let started: Promise<unknown> | undefined;

let near: IntersectionObserver | undefined;
let changed: MutationObserver | undefined;

function observeElements(): void {
  for (const element of document.getElementsByTagName(ELEMENT_NAME)) near?.observe(element);
}

/** Resolves with the decision if the page names a viewer without a card; undefined: the element must be loaded to decide. */
async function decideWithoutLoad(element: Element): Promise<NoCard | undefined> {
  const read = (name: string): unknown =>
    element.getAttribute(name) ?? (element as unknown as Record<string, unknown>)[name];
  const hasOtherSource = () => OTHER_SOURCES.some((name) => read(name) != null);
  try {
    const { RLCONF, RLQ } = globals;
    if (!RLCONF.wgUserGroups || hasOtherSource()) return;
    const isNobody = !RLCONF.wgUserName || RLCONF.wgUserIsTemp;
    if (!isNobody || read('api') != null) {
      await (started ??= new Promise<void>((resolve) => {
        setTimeout(resolve, START_MS);
        RLQ.push([['user.options'], resolve]);
      }));
      const toHref = (url: unknown) => new URL(String(url), document.baseURI).href;
      const own = toHref(`${String(globals.mw.config.get('wgScriptPath'))}/api.php`);
      // The host may have changed the source in the meantime.
      if (toHref(read('api') ?? own) !== own || hasOtherSource()) return;
    }
    if (isNobody) return { variant: 'none', row: 1, reason: 'signed-out' };
    if (String(globals.mw.user.options.get(STATUS_OPTION)) === '0')
      return { variant: 'none', row: 3, reason: 'disabled' };
  } catch {
    // The globals are not those of a wiki.
  }
}

/** Hides the element and its content, as the registered element does for the same decision. */
function hide(element: Element, decision: NoCard): void {
  if (element.shadowRoot) return;
  // A shadow root without a slot shows nothing. The element uses the same one if it is registered later.
  element.attachShadow({ mode: 'open' });
  element.setAttribute('variant', 'none');
  const event = new Event('mentorship-ready' satisfies typeof MentorshipReadyEvent.type, {
    bubbles: true,
    composed: true,
  });
  element.dispatchEvent(Object.assign(event, { variant: 'none', decision }));
}

/** Imports and registers the element now. Rejects if its script cannot be loaded. */
export async function load(): Promise<void> {
  await import('./define.js');
  near?.disconnect();
  changed?.disconnect();
}

/** Hides an element without a card, and loads the rest for an element in sight. */
async function hideOrLoad({ target, isIntersecting }: IntersectionObserverEntry): Promise<void> {
  const decision = await decideWithoutLoad(target);
  if (decision) hide(target, decision);
  // Ignores an error, because the host cannot handle it here, and `load()` reports it.
  else if (isIntersecting) await load().catch(() => {});
}

try {
  const { wgUserId } = globals.RLCONF;
  for (const key in localStorage)
    if (key.startsWith(KEPT) && !key.endsWith(` ${String(wgUserId)}`)) localStorage.removeItem(key);
} catch {
  // The page is not a wiki's, or access to storage is denied.
}

// A server may import this module, which then observes nothing.
if (globals.IntersectionObserver) {
  near = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) void hideOrLoad(entry);
    },
    { rootMargin: MARGIN },
  );
  changed = new MutationObserver((records) => {
    // Runs the callback of the observer again for each element.
    if (records.some(({ type }) => type === 'attributes')) near?.disconnect();
    observeElements();
  });
  changed.observe(document, { childList: true, subtree: true, attributeFilter: ['api', ...OTHER_SOURCES] });
  observeElements();
}
