import type { MentorshipModule } from '../src/mentorship-module.js';

/** Helpers for elements, used by the tests and the gallery; they need no test runner. */

export type Settable = Partial<
  Pick<
    MentorshipModule,
    | 'api'
    | 'src'
    | 'viewer'
    | 'token'
    | 'preview'
    | 'theme'
    | 'layout'
    | 'leaveReasons'
    | 'source'
    | 'messages'
    | 'lang'
    | 'hidden'
  >
> & {
  /** Also accepts hostile data. */
  snapshot?: unknown;
};

export const root = (element: Element): ShadowRoot => {
  if (!element.shadowRoot) throw new Error('It has no shadow root.');
  return element.shadowRoot;
};

export function find(element: Element, selector: string): HTMLElement {
  const found = root(element).querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`There is no ${selector}.`);
  return found;
}

export const all = (element: Element, selector: string): HTMLElement[] => [
  ...root(element).querySelectorAll<HTMLElement>(selector),
];

/** Keeps the browser's own timer, because a test may replace it. */
const realTimeout = globalThis.setTimeout.bind(globalThis);

const TIMEOUT_MS = 9_000;
const POLL_MS = 5;

/** Waits for a condition. One that throws, such as because an element is missing, is not met yet. */
export async function until(what: string, condition: () => unknown): Promise<void> {
  let cause: unknown;
  const isMet = () => {
    try {
      return condition();
    } catch (error) {
      cause = error;
      return false;
    }
  };
  for (const end = performance.now() + TIMEOUT_MS; !isMet();) {
    if (performance.now() > end) throw new Error(`Not in time: ${what}`, { cause });
    await new Promise((resolve) => realTimeout(resolve, POLL_MS));
  }
}
