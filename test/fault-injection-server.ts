import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { setImmediate as macrotask, setTimeout as after } from 'node:timers/promises';
import { FakeMediaWiki, type PersonaId } from './fake-mediawiki/index.ts';
import { sampleDocument } from './sample-snapshots.ts';

/** Handles a request; `null` passes it to the wiki or the document. */
export type Fault = (response: ServerResponse, request: SeenRequest) => void;

export interface SeenRequest {
  url: URL;
  headers: IncomingHttpHeaders;
  /** Milliseconds since 1970. */
  at: number;
  /** Counts from 0. */
  index: number;
}

/** A real local server: a wiki at /w/api.php, a snapshot at any other path, and configurable faults. */
export class FaultServer {
  readonly requests: SeenRequest[] = [];
  /** Number of unanswered requests, and the maximum so far. */
  open = 0;
  mostOpen = 0;
  fault: Fault | null = null;
  readonly wiki = new FakeMediaWiki();
  readonly #viewer: PersonaId;
  readonly #server: Server;
  #origin = '';

  constructor(viewer: PersonaId) {
    this.#viewer = viewer;
    this.#server = createServer(({ url = '', headers }, response) => {
      const { length: index } = this.requests;
      const request = { url: new URL(url, 'http://wiki.example'), headers, at: Date.now(), index };
      this.requests.push(request);
      this.mostOpen = Math.max(this.mostOpen, ++this.open);
      response.on('close', () => this.open--);
      if (this.fault) this.fault(response, request);
      else void this.answer(response, request);
    });
  }

  /** Starts a server that is closed when the test ends. */
  static async start(
    t: TestContext,
    fault: Fault | null = null,
    viewer: PersonaId = 'n_dee',
  ): Promise<FaultServer> {
    const server = new FaultServer(viewer);
    t.after(() => server.close());
    server.fault = fault;
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    server.#origin = `http://127.0.0.1:${(server.#server.address() as AddressInfo).port}`;
    return server;
  }

  get origin(): string {
    return this.#origin;
  }

  get api(): string {
    return `${this.origin}/w/api.php`;
  }

  /** Sends the regular response. */
  async answer(response: ServerResponse, { url }: SeenRequest): Promise<void> {
    if (url.pathname !== '/w/api.php') {
      json(response, sampleDocument());
      return;
    }
    const answer = await this.wiki.fetchAs(this.#viewer)(this.wiki.api + url.search);
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

export function json(response: ServerResponse, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

export const status =
  (code: number, headers: Record<string, string> = {}, body = '<h1>Error</h1>'): Fault =>
  (response) =>
    void response.writeHead(code, headers).end(body);
export const respondWith =
  (body: string, type = 'application/json'): Fault =>
  (response) =>
    void response.writeHead(200, { 'content-type': type }).end(body);
export const redirectLoop: Fault = (response, { url }) =>
  void response.writeHead(302, { location: url.href.slice(url.origin.length) }).end();
export const redirectToMissing: Fault = (response, { url }) =>
  url.pathname === '/nowhere'
    ? void response.writeHead(404).end()
    : void response.writeHead(302, { location: '/nowhere' }).end();
export const reset: Fault = (response) => void response.socket?.destroy();
export const truncatedResponse =
  (code: number): Fault =>
  (response) => {
    response.writeHead(code, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"query":{', () => response.destroy());
  };

/** Waits up to three seconds for a condition. */
export async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; !condition(); waited += 5) {
    assert.ok(waited < 3_000, `in vain: ${condition.toString()}`);
    await after(5);
  }
}

/** Completes everything that needs neither a timer nor the network. */
export async function flushMacrotasks(): Promise<void> {
  for (let count = 0; count < 20; count++) await macrotask();
}

interface FakeTimer {
  at: number;
  run: () => void;
}

/** Returns true for Node's own timers, such as those of connections, which keep real time. */
const isNodesOwn = () => new Error().stack?.split('\n')[3]?.includes('node:internal') === true;

/** Replaces timers and the clock of the code under test. `advance` runs due timers in order. */
export function installFakeClock() {
  const { setTimeout: set, clearTimeout: clear } = globalThis;
  const { now: realNow } = Date;
  const timers = new Set<FakeTimer>();
  let now = realNow();
  Date.now = () => now;
  globalThis.setTimeout = ((task: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
    if (isNodesOwn()) return set(task, ms, ...args);
    const timer = { at: now + ms, run: () => task(...args) };
    timers.add(timer);
    return timer;
  }) as unknown as typeof setTimeout;
  globalThis.clearTimeout = (timer) => {
    if (!timers.delete(timer as unknown as FakeTimer)) clear(timer);
  };
  const advance = (ms: number) => {
    const end = now + ms;
    for (;;) {
      const [next] = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      timers.delete(next);
      now = Math.max(now, next.at);
      next.run();
    }
    now = end;
  };
  const restore = () => {
    Date.now = realNow;
    Object.assign(globalThis, { setTimeout: set, clearTimeout: clear });
  };
  return { advance, restore };
}

/** Records unhandled rejections. Returns a function that fails if there were any since its last call. */
export function trackUnhandledRejections(): () => Promise<void> {
  const unhandled: unknown[] = [];
  process.on('unhandledRejection', (reason) => unhandled.push(reason));
  return async () => {
    await flushMacrotasks();
    assert.deepEqual(unhandled.splice(0), [], 'no rejection is left unhandled');
  };
}

/** Counts pending timers of the code under test, excluding those of Node itself. */
export function trackTimers(): () => number {
  const live = new Set<unknown>();
  const { setTimeout: set, clearTimeout: clear } = globalThis;
  globalThis.setTimeout = ((task: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) => {
    const timer = set(() => {
      live.delete(timer);
      task(...args);
    }, ms);
    const caller = new Error().stack?.split('\n')[2];
    if (!caller?.includes('node:internal')) live.add(timer);
    return timer;
  }) as typeof setTimeout;
  globalThis.clearTimeout = (timer) => {
    live.delete(timer);
    clear(timer);
  };
  return () => live.size;
}
