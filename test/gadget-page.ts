import { expect } from '@open-wc/testing';
import type { MentorshipModule } from '../src/mentorship-module.js';
import { until } from './dialog-helpers.js';
import { openPage, httpWiki, type Page } from './element-helpers.js';

type Handler = (content: Element[]) => void;

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): string };
}

export interface PageOptions {
  /** Name of a persona; see fake-mediawiki/index.ts. */
  persona?: string;
  body?: string;
  lang?: string;
  config?: Record<string, unknown>;
  settings?: unknown;
  wgScript?: string;
  /** Number of script elements to add. */
  scripts?: number;
  nonce?: string;
  /** Runs the gadget before the wiki's own script, which runs when `startWiki` is called. */
  early?: true;
}

/** Part of the URL that identifies the first script in the page's requests. */
export const GADGET = 'Gadget-mentorship-module.js';
/** Returns the URL that the loader uses. */
export const addressOf = (wgScript: string) =>
  `${wgScript}?title=MediaWiki:Gadget-mentorship-module.js&action=raw&ctype=text/javascript`;
export const PAGE = '<div id="content"><div id="mw-content-text"><p>Text.</p></div></div>';
export const MOUNT = '<div class="mentorship-module"></div>';

/** URLs that each page has fetched. */
const fetches = new WeakMap<Page, string[]>();

function recordFetches(page: Page): void {
  const urls: string[] = [];
  fetches.set(page, urls);
  const fetch = page.fetch.bind(page);
  page.fetch = (input, init) => {
    urls.push(new URL(input instanceof page.Request ? input.url : input, page.location.href).href);
    return fetch(input, init);
  };
}

/** Creates a page of a wiki as the gadget sees it, with its hook. */
export async function wikiPage({
  persona = 'n_ana',
  body = PAGE,
  lang = 'en',
  config = {},
  settings,
  wgScript = '/untranslated/w/index.php',
  scripts = 1,
  nonce = '',
  early,
}: PageOptions) {
  const page = await openPage('/strict/gadget');
  recordFetches(page);
  const { api, clearFault, stats } = httpWiki();
  await clearFault(persona);
  const variables: Record<string, unknown> = {
    wgScriptPath: api.replace('/api.php', ''),
    wgScript,
    wgUserName: 'Ana',
    wgRelevantUserName: 'Ana',
    wgAction: 'view',
    wgPageName: 'Main_Page',
    wgTitle: 'Main Page',
    wgNamespaceNumber: 0,
    wgCanonicalSpecialPageName: false,
    ...config,
  };
  const handlers: Handler[] = [];
  const mw = {
    config: { get: (name: string) => variables[name] ?? null },
    hook: () => ({ add: (handler: Handler) => handlers.push(handler) }),
    user: { options: { get: () => null } },
  };
  const queue: [modules: string[], task: () => void][] = [];
  const { wgScriptPath, wgScript: _, ...inline } = variables;
  Object.assign(
    page,
    { mentorshipModule: settings },
    early ? { RLCONF: { ...inline, wgUserGroups: ['*', 'user'] }, RLQ: queue } : { mw },
  );
  const startWiki = () => {
    Object.assign(page, { mw });
    for (const [, task] of queue.splice(0)) task();
  };
  page.document.documentElement.lang = lang;
  const { childNodes } = new DOMParser().parseFromString(body, 'text/html').body;
  page.document.body.append(...childNodes);
  for (let count = 0; count < scripts; count++) await run(page, addressOf(wgScript), nonce);
  const fire = (...content: Element[]) => {
    for (const handler of handlers) handler(content);
  };
  return { page, fire, stats, variables, startWiki };
}

export function run(page: Page, src: string, nonce = ''): Promise<unknown> {
  const script = page.document.createElement('script');
  const loaded = new Promise((resolve) => script.addEventListener('load', resolve, { once: true }));
  // The page's policy allows no other way to set a script URL.
  const { trustedTypes } = page as unknown as { trustedTypes?: TrustedTypes };
  const policy = trustedTypes?.createPolicy('lit-html', { createScriptURL: (url) => url });
  page.document.head.append(
    Object.assign(script, { type: 'module', nonce, src: policy?.createScriptURL(src) ?? src }),
  );
  return loaded;
}

export const cards = (page: Page, within = 'body') => [
  ...page.document.querySelectorAll<MentorshipModule>(`${within} mentorship-module`),
];

export async function onlyCard(page: Page, within?: string): Promise<MentorshipModule> {
  const [card, ...others] = cards(page, within);
  expect(others).to.have.lengthOf(0);
  if (!card) throw new Error('There is no card.');
  await until('drawn', () => card.hasAttribute('variant'));
  return card;
}

/** Counts the calls of the page's `fetch` with this part in their URLs. WebKit has no resource timing of some failed ones. */
export const countFetches = (page: Page, part: string) =>
  (fetches.get(page) ?? []).filter((url) => url.includes(part)).length;

/** Counts the loaded scripts with this part in their URLs. */
export const countScripts = (page: Page, part: string) =>
  page.performance.getEntriesByType('resource').filter(({ name }) => name.includes(part)).length;
