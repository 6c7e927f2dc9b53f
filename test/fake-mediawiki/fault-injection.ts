type Params = Readonly<Record<string, string>>;

/** Which requests are meant. */
export type Match = (params: Params) => boolean;

/**
 * What happens to a request on its way. Those that end in -after, and `reset`, are done by the wiki before the answer
 * is lost. `late`: the wiki hears of it only after `ms` milliseconds, and does it even if the client has gone by then.
 * `slow`: done at once, answered after `ms` milliseconds. The silent ones never end until the client gives up.
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

/** A fault for the next requests that match, all of them without `match`; for one without `times`. */
export type Disturbance = Fault & { readonly match?: Match; readonly times?: number };

/** A gate before the wiki: `arrived` tells of the first request that waits there. */
export interface Gate {
  readonly arrived: Promise<void>;
  /** The wiki does what waits and answers, also where the client has gone; the gate is open then for good. */
  readonly release: () => void;
}

interface Trip {
  readonly params: Params;
  readonly signal: AbortSignal;
}

type Answer = () => Promise<Response>;

const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Waits for what is under way, unless the client gives up. */
async function whileWanted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const over = new AbortController();
  const givenUp = new Promise<void>((resolve) =>
    signal.addEventListener('abort', () => resolve(), { once: true, signal: over.signal }),
  );
  try {
    const result = await Promise.race([work, givenUp.then((): never => signalled(signal))]);
    signal.throwIfAborted();
    return result;
  } finally {
    over.abort();
  }
}

function signalled(signal: AbortSignal): never {
  signal.throwIfAborted();
  throw new Error('the signal was to be aborted');
}

const forEver = new Promise<never>(() => {});

const lost = () => new TypeError('Failed to fetch');

const badGateway = () =>
  new Response('<!DOCTYPE html><title>502 Bad Gateway</title><h1>502 Bad Gateway</h1>', {
    status: 502,
    statusText: 'Bad Gateway',
    headers: { 'content-type': 'text/html' },
  });

async function garbled(response: Response): Promise<Response> {
  const text = await response.text();
  return new Response(text.slice(0, text.length / 2), response);
}

/** The way between the clients and the wiki, which tests can disturb. */
export class Way {
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

  /** Carries one request there and the answer back. */
  async carry(trip: Trip, answer: Answer): Promise<Response> {
    const fault = this.#next(trip.params);
    const reach = () => this.#enter(trip.params, answer);
    return whileWanted(trip.signal, fault ? travel(fault, reach) : reach());
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

  async #enter(params: Params, answer: Answer): Promise<Response> {
    for (const gate of [...this.#gates].filter(({ match }) => match(params))) {
      gate.arrive();
      await gate.opened;
    }
    return answer();
  }
}

async function travel(fault: Fault, reach: Answer): Promise<Response> {
  switch (fault.how) {
    case 'offline':
      throw lost();
    case 'reset':
      await reach();
      throw lost();
    case 'silence':
      return forEver;
    case 'silence-after':
      await reach();
      return forEver;
    case 'bad-gateway':
      return badGateway();
    case 'bad-gateway-after':
      await reach();
      return badGateway();
    case 'garbled-after':
      return garbled(await reach());
    case 'late':
      await after(fault.ms);
      return reach();
    case 'slow': {
      const response = await reach();
      await after(fault.ms);
      return response;
    }
  }
}
