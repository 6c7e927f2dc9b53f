import { expect, waitUntil } from '@open-wc/testing';
import '../src/define.js';
import {
  MentorshipActionEvent,
  type MentorshipErrorEvent,
  type MentorshipReadyEvent,
} from '../src/events.js';
import type { MentorshipModule } from '../src/mentorship-module.js';
import { type Case, propertiesFor } from './card-cases.js';
import { FakeTimers } from './fake-timers.js';
import { all, type Settable } from './shadow-dom.js';

export { all, find, root } from './shadow-dom.js';

export type Outcome = MentorshipReadyEvent | MentorshipErrorEvent;

/** Resolves with the next `mentorship-ready` or `mentorship-error` event. */
export function nextOutcome(element: EventTarget): Promise<Outcome> {
  return new Promise((resolve) => {
    const controller = new AbortController();
    for (const type of ['mentorship-ready', 'mentorship-error'] as const)
      element.addEventListener(
        type,
        (event) => {
          controller.abort();
          resolve(event as Outcome);
        },
        { signal: controller.signal },
      );
  });
}

/** Records all events in order, except impressions, which depend on the browser's intersection checks. */
export function recordEvents(target: EventTarget): Event[] {
  const events: Event[] = [];
  for (const type of ['mentorship-ready', 'mentorship-error', 'mentorship-action'])
    target.addEventListener(type, (event) => isImpression(event) || events.push(event));
  return events;
}

export const isAction = (event: Event): event is MentorshipActionEvent =>
  event instanceof MentorshipActionEvent;

export const isImpression = (event: Event): boolean => isAction(event) && event.action === 'impression';

/** Describes a node of a failed assertion, because the test runner cannot clone nodes, and would wait for its timeout. */
afterEach(function () {
  const error = (this.currentTest?.err ?? {}) as { actual?: unknown; expected?: unknown };
  for (const name of ['actual', 'expected'] as const)
    if (error[name] instanceof Node) error[name] = `${error[name].nodeName} node`;
});

/** Elements to remove after each test. */
const attached = new Set<Element>();
afterEach(async () => {
  for (const element of attached) element.remove();
  attached.clear();
  // Removing an element closes its dialog, and the browser goes back from the dialog's entry asynchronously. A test that
  // began before would change the history at the same time, and could leave the page.
  while (isDialogEntry())
    await new Promise((resolve) => addEventListener('popstate', resolve, { once: true }));
});

/** Returns true if the current entry of the session history belongs to a dialog. */
function isDialogEntry(): boolean {
  const state = history.state as { 'mentorship-module'?: string | null } | null;
  return Boolean(state?.['mentorship-module']);
}

/** Appends an element until the test ends. */
export function attach<T extends Element>(element: T, parent: ParentNode = document.body): T {
  attached.add(element);
  parent.append(element);
  return element;
}

/** `content` becomes a paragraph in the default slot. */
export function make(
  { content, ...settings }: Settable & { content?: string } = {},
  page: Document = document,
): MentorshipModule {
  const element = Object.assign(page.createElement('mentorship-module'), settings);
  if (content) element.append(Object.assign(page.createElement('p'), { textContent: content }));
  return element;
}

/** Appends an element and waits until its load has ended. */
export async function show(
  settings: Parameters<typeof make>[0],
  parent?: ParentNode,
): Promise<MentorshipModule> {
  const element = make(settings);
  const end = nextOutcome(element);
  attach(element, parent);
  await end;
  await element.updateComplete;
  return element;
}

/** Returns markup for assertions, because the runner cannot print nodes. */
export const markup = (element: Element, selector: string): string[] =>
  all(element, selector).map(({ outerHTML }) => outerHTML);

/** Returns the text of a node with collapsed white space. */
export const visibleText = (node: Node | null | undefined): string =>
  (node?.textContent ?? '').replaceAll(/\s+/g, ' ').trim();

/** Resolves after the browser's intersection checks and everything that needs neither a timer nor the network. */
export async function idle(): Promise<void> {
  await new Promise<void>((resolve) => {
    const observer = new IntersectionObserver(() => {
      observer.disconnect();
      resolve();
    });
    observer.observe(attach(document.createElement('i')));
  });
  await new FakeTimers().settle();
}

let count = 0;

/** Returns a fake wiki over HTTP that counts its requests; see test/test-servers.mjs. */
export function httpWiki(fault = 'none', persona?: string) {
  const base = `/faulty/${fault}/${Date.now().toString(36)}${Math.random().toString(36).slice(2)}${count++}`;
  const call = async (what: string, init?: RequestInit) =>
    (await (await fetch(`${base}/${what}`, init)).json()) as unknown;
  return {
    api: `${base}/w/api.php${persona ? `?persona=${persona}` : ''}`,
    stats: () =>
      call('stats') as Promise<{
        requests: number;
        aborted: number;
        urls: string[];
        headers: Record<string, string>[];
      }>,
    clearFault: (as = 'q_kim') => call(`clear-fault?persona=${as}`, { method: 'POST' }),
  };
}

/** Creates an element that shows a case, including slotted content. */
export function elementFor(one: Case): MentorshipModule {
  const element = make(propertiesFor(one));
  const { content, heading, footer } = one.slots ?? {};
  if (content) element.append(content);
  for (const [slot, text] of Object.entries({ heading, footer }))
    if (text) element.append(Object.assign(document.createElement('p'), { slot, textContent: text }));
  return element;
}

/** Waits until a case has reached its final state. */
export async function caseSettled(one: Case, element: MentorshipModule): Promise<void> {
  if (one.expect === 'loading') await element.updateComplete;
  else if (one.expect === 'failed') await waitUntil(() => element.matches(':state(failed)'), one.id, WAIT);
  else await waitUntil(() => element.hasAttribute('variant') && isDrawn(one, element), one.id, WAIT);
}

/** Returns true if the card is drawn, because its variant is known before its language has arrived. */
const isDrawn = (one: Case, element: MentorshipModule) =>
  one.expect === 'none' || Boolean(element.shadowRoot?.querySelector('#h'));

const WAIT = { interval: 5, timeout: 9_000 };

export async function showCase(one: Case, parent?: ParentNode): Promise<MentorshipModule> {
  const element = attach(elementFor(one), parent);
  await caseSettled(one, element);
  return element;
}

/** Shows all cases at the same time and waits for each. The caller removes them, because they outlive a test. */
export async function showAll(
  list: readonly Case[],
  parent: Element,
): Promise<Map<string, MentorshipModule>> {
  const shown = new Map(list.map((one) => [one.id, elementFor(one)]));
  parent.append(...shown.values());
  await Promise.all(list.map((one) => caseSettled(one, shown.get(one.id)!)));
  return shown;
}

export interface PageLog {
  violations: string[];
  errors: string[];
  warnings: string[];
  ready: string[];
  failed: string[];
  /** Number of requests when the first card was ready. */
  requestsUntilReady: number | null;
  historyChanges: number[];
}

export type Page = Window & typeof globalThis & { pageLog: PageLog };

/** Opens a page of test/test-servers.mjs in a frame. */
export async function openPage(address: string): Promise<Page> {
  const frame = Object.assign(document.createElement('iframe'), {
    src: address,
    width: '800',
    height: '600',
  });
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  document.body.append(frame);
  await loaded;
  return frame.contentWindow as Page;
}

/** Expects that the page has reported nothing: no policy violation, error, warning or failed load. */
export const expectNoErrors = ({ pageLog: { violations, errors, warnings, failed } }: Page) =>
  expect({ violations, errors, warnings, failed }).to.deep.equal({
    violations: [],
    errors: [],
    warnings: [],
    failed: [],
  });

/** Returns the address of the module that registers the element: a source, or with `TARGET=dist` the built file. */
export function defineAddress(): string {
  const address = performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name).pathname)
    .find((path) => /^\/(?:src\/define\.ts|dist\/define\.js)$/.test(path));
  if (address === undefined) throw new Error('The tests have not loaded define.');
  return address;
}
