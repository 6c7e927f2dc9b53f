import { counted, settle } from './environment.js';
import { outline } from './outline.js';

export interface Observed {
  /** The host element's `variant` attribute and custom states. */
  host: string;
  view: string[];
  events: Record<string, unknown>[];
  requests: string[];
}

type Fetch = typeof globalThis.fetch;

const EVENTS = ['mentorship-ready', 'mentorship-error', 'mentorship-action'];
const STATES = ['loading', 'failed'];

/** Parameters whose value is another one in each session. */
const SECRETS = new Set(['token']);

/** Collects the events of one element. Create it before the element is connected. */
export class Observer {
  readonly #element: Element;
  readonly #events: Record<string, unknown>[] = [];
  readonly #requests: string[];

  constructor(element: Element, requests: string[] = []) {
    this.#element = element;
    this.#requests = requests;
    for (const type of EVENTS)
      element.addEventListener(type, (event) => {
        const fields = toData(event);
        const { cancelable } = event;
        this.#events.push({ type, ...(cancelable && { cancelable }), ...(isRecord(fields) ? fields : {}) });
      });
  }

  /** Changes whenever something worth recording happens. */
  get state(): string {
    return `${this.#events.length} ${this.#requests.length} ${this.#element.shadowRoot?.innerHTML}`;
  }

  /** Everything up to now. */
  observed(): Observed {
    const states = STATES.filter((state) => this.#element.matches(`:state(${state})`));
    return {
      host: [this.#element.getAttribute('variant'), ...states.map((state) => `:${state}`)]
        .filter(Boolean)
        .join(' '),
      view: outline(this.#element),
      events: [...this.#events],
      // Independent requests go out in any order.
      requests: this.#requests.toSorted(),
    };
  }

  settled(): Promise<void> {
    return settle(() => this.state);
  }
}

/** Wraps a fetch so that each request is recorded before it is sent. */
export const recording = (inner: Fetch, requests: string[]): Fetch =>
  counted(async (input, init) => {
    const request = new Request(input, init);
    requests.push(await describe(request.clone()));
    return inner(request);
  });

async function describe(request: Request): Promise<string> {
  const url = new URL(request.url);
  const query = sorted(url.searchParams);
  const line = `${request.method} ${url.pathname}${query && `?${query}`}`;
  const body = await request.text();
  if (!body) return line;
  const isForm = request.headers.get('content-type')?.includes('application/x-www-form-urlencoded');
  return `${line} ${isForm ? sorted(new URLSearchParams(body)) : body}`;
}

/** Returns the parameters decoded, in alphabetical order. */
const sorted = (params: URLSearchParams): string =>
  [...params]
    .map(([name, value]) => `${name}=${SECRETS.has(name) ? '…' : value}`)
    .sort()
    .join('&');

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Fields that the browser adds to events and errors, and causes, which may be of any kind. */
const SKIPPED = new Set(['isTrusted', 'stack', 'cause']);

/** Copies the own enumerable fields of an object that are data, recursively. Knows no field by name, because names change. */
function toData(value: unknown): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') return undefined;
  if (Array.isArray(value)) return value.map(toData);
  if (value instanceof Date) return value.toJSON();
  if (!isRecord(value)) return value;
  const named: [string, unknown][] = value instanceof Error ? [['message', value.message]] : [];
  const fields = [...Object.entries(value), ...named]
    .filter(([name]) => !SKIPPED.has(name))
    .map(([name, field]) => [name, toData(field)] as const)
    .filter(([, field]) => field !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(fields);
}
