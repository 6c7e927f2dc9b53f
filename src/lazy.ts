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

/** Globals of a wiki's page, which are untrusted; src/controllers/wiki-page.ts describes them. */
interface Globals {
  mw: { config: { get(name: string): unknown }; user: { options: { get(name: string): unknown } } };
  RLCONF?: { wgUserName: unknown; wgUserIsTemp: unknown; wgUserGroups: unknown };
  RLQ: { push(task: [modules: string[], run: () => void]): void };
}

const globals = globalThis as unknown as Globals;

type NoCard = Decision & { variant: 'none' };

/** `starting`: the wiki has not set the viewer's options yet. `over`: it has, or has not in time. */
let wiki: 'unknown' | 'starting' | 'over' = 'unknown';

let near: IntersectionObserver | undefined;
let changed: MutationObserver | undefined;

function observeElements(): void {
  for (const element of document.getElementsByTagName(ELEMENT_NAME)) near?.observe(element);
}

/** Runs the callback of the observer again for each element. */
function restart(): void {
  near?.disconnect();
  observeElements();
}

function endWait(): void {
  wiki = 'over';
  restart();
}

/**
 * Returns the decision if the page names a viewer without a card; undefined: unknown until `endWait`; null: the element
 * must be loaded to decide.
 */
function decisionWithoutLoad(element: Element): NoCard | undefined | null {
  const read = (name: string): unknown =>
    element.getAttribute(name) ?? (element as unknown as Record<string, unknown>)[name];
  try {
    const api = read('api');
    const { mw, RLCONF, RLQ } = globals;
    if (!Array.isArray(RLCONF?.wgUserGroups) || OTHER_SOURCES.some((name) => read(name) != null)) return null;
    const isNobody = typeof RLCONF.wgUserName !== 'string' || RLCONF.wgUserIsTemp === true;
    if (api != null || !isNobody) {
      if (wiki === 'unknown') {
        wiki = 'starting';
        setTimeout(endWait, START_MS);
        RLQ.push([['user.options'], endWait]);
      }
      if (wiki === 'starting') return undefined;
      const toHref = (url: unknown) => new URL(String(url), document.baseURI).href;
      if (api != null && toHref(api) !== toHref(`${String(mw.config.get('wgScriptPath'))}/api.php`))
        return null;
    }
    if (isNobody) return { variant: 'none', row: 1, reason: 'signed-out' };
    return String(mw.user.options.get(STATUS_OPTION)) === '0'
      ? { variant: 'none', row: 3, reason: 'disabled' }
      : null;
  } catch {
    // The globals are not those of a wiki, so there is nothing to wait for.
    wiki = 'over';
    return null;
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

// A server may import this module, which then observes nothing.
if (typeof IntersectionObserver === 'function') {
  near = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const decision = decisionWithoutLoad(target);
        if (decision) hide(target, decision);
        // Ignores an error, because the host cannot handle it here, and `load()` reports it.
        else if (isIntersecting && decision === null) load().catch(() => {});
      }
    },
    { rootMargin: MARGIN },
  );
  changed = new MutationObserver((records) => {
    if (records.some(({ type }) => type === 'attributes')) restart();
    else observeElements();
  });
  changed.observe(document, { childList: true, subtree: true, attributeFilter: ['api', ...OTHER_SOURCES] });
  observeElements();
}
