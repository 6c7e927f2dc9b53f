import { toHttpUrl, toRecord } from '../sdk/coerce.js';
import type { WikiPage } from '../sdk/mediawiki/action-api.js';
import { toPageViewer } from '../sdk/mediawiki/queries.js';

/** Time that the wiki’s script has to start; a wiki that compiles its scripts for the first view needs more than 10 s. */
const START_MS = 20_000;

interface Globals {
  mw?: { config?: Partial<WikiPage['config']>; user?: { options?: Partial<WikiPage['options']> } };
  /** Variables in the HTML of a wiki's page, which are set before any script. They lack the variables of the site. */
  RLCONF?: unknown;
  /** Queue of the wiki's script: functions, each with the modules that it needs. */
  RLQ?: unknown;
}

/** Variables of the page that the element is on. */
export interface CurrentPage extends WikiPage {
  /** `starting`: the wiki's script has not set `mw.config` yet, so only the variables in the HTML are known. */
  state: 'starting' | 'ready';
  /** URL of the wiki's `api.php`; null: unknown. */
  api: string | null;
}

const globals = globalThis as Globals;

/** Returns undefined for an error, because any script may have set a global, and access to storage may be denied. */
export function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

let start: Promise<void> | null = null;
/** True if the page's wiki has started, or has not in time, so that no element waits for it again. */
let isOver = false;

/** Returns the variables of `mw` or, before the wiki's script has set it, of the HTML; null: the page is not a wiki's. */
export function currentPage(): CurrentPage | null {
  // Cloned, because a getter of a foreign object may throw later.
  const get = (name: string) => attempt(() => structuredClone(globals.mw?.config?.get?.(name)));
  const options = { get: (name: string) => attempt(() => globals.mw?.user?.options?.get?.(name)) };
  const path = get('wgScriptPath');
  if (typeof path === 'string')
    return { state: 'ready', config: { get }, options, api: toHttpUrl(`${path}/api.php`, location.origin) };
  const variables = isOver ? null : attempt(() => toRecord(globals.RLCONF));
  if (!variables || !Array.isArray(variables.wgUserGroups)) return null;
  return { state: 'starting', config: { get: (name) => variables[name] }, options, api: null };
}

/** Returns true if the page is a wiki's and names a signed-in viewer, who is likely to have a card. */
export function namesViewer(): boolean {
  const page = currentPage();
  return page !== null && toPageViewer(page)?.kind === 'user';
}

/** Resolves once the wiki's script has started, after 20 s at the latest, and at once if the page is not a wiki's. */
export async function wikiStarted(): Promise<void> {
  if (currentPage()?.state !== 'starting') return;
  start ??= new Promise((resolve) => {
    const end = () => {
      isOver = true;
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(end, START_MS);
    const queue = attempt(() => (globals.RLQ ??= []));
    // This module sets the viewer's options. All modules need the one that sets the variables of the site, which a plain
    // function in the queue does not wait for. While the wiki's script starts, `push` is its own, and returns nothing.
    const isQueued = attempt(() => Array.isArray(queue) && (queue.push([['user.options'], end]), true));
    if (!isQueued) end();
  });
  await start;
}
