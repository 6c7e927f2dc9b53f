type Params = Readonly<Record<string, string>>;

/** Selects requests by their parameters. */
export type Match = (params: Params) => boolean;

/**
 * A fault of one request. For faults that end in -after and for `reset`, the wiki processes the request before the
 * response is lost. `late`: delivered after `ms` milliseconds, even if the client has aborted by then. `slow`:
 * processed at once, answered after `ms` milliseconds. `silence` and `silence-after` never settle until the client
 * aborts.
 */
export type Fault =
  | {
      readonly how:
        | 'offline'
        | 'reset'
        | 'silence'
        | 'silence-after'
        | 'bad-gateway'
        | 'bad-gateway-after'
        | 'garbled-after';
    }
  | { readonly how: 'late' | 'slow'; readonly ms: number };

/** A fault for the next `times` matching requests, by default one; without `match`, for any request. */
export type Disturbance = Fault & { readonly match?: Match; readonly times?: number };

/** Delays requests. `arrived` resolves when the first one is waiting. */
export interface Gate {
  readonly arrived: Promise<void>;
  /** Processes and answers the waiting requests, also for aborted clients, and delays no others. */
  readonly release: () => void;
}

interface PendingRequest {
  readonly params: Params;
  readonly signal: AbortSignal;
}

type Answer = () => Promise<Response>;

const delay = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Waits for a promise unless the signal is aborted. */
async function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const listener = new AbortController();
  const aborted = new Promise<void>((resolve) =>
    signal.addEventListener('abort', () => resolve(), { once: true, signal: listener.signal }),
  );
  try {
    const result = await Promise.race([work, aborted.then((): never => throwAbortReason(signal))]);
    signal.throwIfAborted();
    return result;
  } finally {
    listener.abort();
  }
}

function throwAbortReason(signal: AbortSignal): never {
  signal.throwIfAborted();
  throw new Error('the signal was to be aborted');
}

const never = new Promise<never>(() => {});

const networkError = () => new TypeError('Failed to fetch');

const badGateway = () =>
  new Response('<!DOCTYPE html><title>502 Bad Gateway</title><h1>502 Bad Gateway</h1>', {
    status: 502,
    statusText: 'Bad Gateway',
    headers: { 'content-type': 'text/html' },
  });

async function truncated(response: Response): Promise<Response> {
  const text = await response.text();
  return new Response(text.slice(0, text.length / 2), response);
}

/** Injects faults between clients and the wiki. */
export class FaultInjection {
  readonly #disturbances = new Set<{ readonly fault: Disturbance; left: number }>();
  readonly #gates = new Set<{ match: Match; arrive: () => void; opened: Promise<void> }>();

  disturb(fault: Disturbance): () => void {
    const disturbance = { fault, left: fault.times ?? 1 };
    this.#disturbances.add(disturbance);
    return () => this.#disturbances.delete(disturbance);
  }

  hold(match: Match): Gate {
    let arrive = () => {};
    let open = () => {};
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    const opened = new Promise<void>((resolve) => (open = resolve));
    const gate = { match, arrive, opened };
    this.#gates.add(gate);
    const release = () => {
      this.#gates.delete(gate);
      open();
    };
    return { arrived, release };
  }

  /** Delivers a request and returns its response. */
  async send(request: PendingRequest, answer: Answer): Promise<Response> {
    const fault = this.#next(request.params);
    const forward = () => this.#passGates(request.params, answer);
    return untilAborted(request.signal, fault ? applyFault(fault, forward) : forward());
  }

  #next(params: Params): Fault | null {
    for (const disturbance of this.#disturbances) {
      if (disturbance.fault.match?.(params) === false) continue;
      disturbance.left -= 1;
      if (disturbance.left <= 0) this.#disturbances.delete(disturbance);
      return disturbance.fault;
    }
    return null;
  }

  async #passGates(params: Params, answer: Answer): Promise<Response> {
    for (const gate of [...this.#gates].filter(({ match }) => match(params))) {
      gate.arrive();
      await gate.opened;
    }
    return answer();
  }
}

async function applyFault(fault: Fault, forward: Answer): Promise<Response> {
  switch (fault.how) {
    case 'offline':
      throw networkError();
    case 'reset':
      await forward();
      throw networkError();
    case 'silence':
      return never;
    case 'silence-after':
      await forward();
      return never;
    case 'bad-gateway':
      return badGateway();
    case 'bad-gateway-after':
      await forward();
      return badGateway();
    case 'garbled-after':
      return truncated(await forward());
    case 'late':
      await delay(fault.ms);
      return forward();
    case 'slow': {
      const response = await forward();
      await delay(fault.ms);
      return response;
    }
  }
}
