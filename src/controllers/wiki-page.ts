import { toHttpUrl, toRecord } from '../sdk/coerce.js';
import type { WikiPage } from '../sdk/mediawiki/action-api.js';

/** Time that the wiki's script has to start. */
const START_MS = 10_000;

interface Globals {
  mw?: { config?: Partial<WikiPage['config']>; user?: { options?: Partial<WikiPage['options']> } };
  /** Variables in the HTML of a wiki's page, which are set before any script. They lack the variables of the site. */
  RLCONF?: unknown;
  /** Functions that the wiki's script calls once it has set `mw.config`. */
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

/** Returns undefined for an error, because any script may have set these globals. */
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

/** Resolves once the wiki's script has started, after 10 s at the latest, and at once if the page is not a wiki's. */
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
    if (!Array.isArray(queue) || !attempt(() => queue.push(end))) end();
  });
  await start;
}
