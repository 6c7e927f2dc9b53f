import assert from 'node:assert/strict';
import test, { describe } from 'node:test';
import { documentSource, growthSource, MentorshipError, type MentorshipErrorCode } from '../src/sdk/index.js';
import {
  installFakeClock,
  type Fault,
  FaultServer,
  type SeenRequest,
  trackTimers,
  trackUnhandledRejections,
  status,
  flushMacrotasks,
  until,
} from './fault-injection-server.ts';

const timersLeft = trackTimers();
const expectNoUnhandledRejections = trackUnhandledRejections();
test.after(async () => {
  await expectNoUnhandledRejections();
  assert.equal(timersLeft(), 0, 'no timer is left');
});

const never: Fault = () => {};
const stalls: Fault = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).write('{"query":');
};
const drips: Fault = (response) => {
  stalls(response, {} as never);
  const drip = () => {
    response.write(' ');
    timer = setTimeout(drip, 500);
  };
  let timer = setTimeout(drip, 500);
  response.on('close', () => clearTimeout(timer));
};
const busy = (seconds: number) => status(503, { 'retry-after': String(seconds) });

const growth = (server: FaultServer) => growthSource({ api: server.api });
const onPage = (server: FaultServer) =>
  growthSource({ api: server.api, page: server.wiki.pageVariables('n_dee', 'article') });
const document = ({ origin }: FaultServer) => documentSource(`${origin}/me.json`);
type Make = typeof growth;

interface Slow {
  fault: (server: FaultServer) => Fault;
  make?: Make;
  /** Without a fault, the card is shown. */
  code?: MentorshipErrorCode;
  requests: number;
}

const isOfViewer = ({ url }: SeenRequest): boolean => url.searchParams.get('meta') === 'userinfo';

const SLOW: Record<string, Slow> = {
  'a wiki that never answers': { fault: () => never, code: 'timeout', requests: 4 },
  'a wiki that never answers, with the page’s variables': {
    fault: () => never,
    make: onPage,
    code: 'timeout',
    requests: 6,
  },
  'a server that never answers': { fault: () => never, make: document, code: 'timeout', requests: 2 },
  'an answer that stalls': { fault: () => stalls, code: 'timeout', requests: 4 },
  'an answer that drips': { fault: () => drips, make: document, code: 'timeout', requests: 2 },
  'three rounds of answers of 7 s each': {
    fault: (server) => (response, request) =>
      void setTimeout(() => void server.answer(response, request), 7_000),
    requests: 4,
  },
  'two rounds of answers of 7 s each, with the page’s variables': {
    fault: (server) => (response, request) =>
      void setTimeout(() => void server.answer(response, request), 7_000),
    make: onPage,
    requests: 4,
  },
  'a wiki that answers for the viewer only': {
    fault: (server) => (response, request) =>
      isOfViewer(request) && void setTimeout(() => void server.answer(response, request), 7_000),
    code: 'timeout',
    requests: 3,
  },
  'Retry-After 10, and then the card': {
    fault: (server) => (response, request) =>
      isOfViewer(request) && request.index < 2
        ? busy(10)(response, request)
        : void server.answer(response, request),
    requests: 5,
  },
  'silence, and then the card': {
    fault: (server) => (response, request) =>
      (!isOfViewer(request) || request.index >= 2) && void server.answer(response, request),
    requests: 5,
  },
};

const STEP_MS = 50;

/** Advances a fake clock in steps until a load has ended, so that requests and responses can arrive in between. */
async function timed(load: () => Promise<unknown>) {
  const { advance, restore } = installFakeClock();
  const since = Date.now();
  const end = load().catch((error: unknown) => error);
  const isSettled = () => Promise.race([end.then(() => true), flushMacrotasks().then(() => false)]);
  try {
    while (!(await isSettled())) {
      assert.ok(Date.now() - since < 60_000, 'it ends');
      advance(STEP_MS);
    }
    return { outcome: await end, seconds: (Date.now() - since) / 1_000 };
  } finally {
    restore();
  }
}

describe('deadlines and retries', () => {
  test('limits a request to 8 s and a load to 24 s', async (t) => {
    for (const [name, { fault, make = growth, code, requests }] of Object.entries(SLOW))
      await t.test(name, async (t) => {
        const server = await FaultServer.start(t);
        server.fault = fault(server);
        const { outcome, seconds } = await timed(() => make(server).load(new AbortController()));
        assert.ok(seconds <= 24.5, `${seconds} s`);
        if (code) {
          assert.ok(outcome instanceof MentorshipError, 'it fails');
          assert.deepEqual([outcome.code, outcome.retryable], [code, true]);
        } else assert.ok(!(outcome instanceof Error), String(outcome));
        assert.equal(server.requests.length, requests, 'requests');
        await until(() => server.open === 0);
      });
  });

  test('delays a retry as long as the server asks, or longer each time', async (t) => {
    const soon = () => new Date(Math.ceil(Date.now() / 1_000 + 1) * 1_000).toUTCString();
    const waits: [string, Fault, number, number][] = [
      ['one second', busy(1), 1_000, 1_000],
      [
        'until a moment',
        (response) => status(503, { 'retry-after': soon() })(response, {} as never),
        900,
        900,
      ],
      ['by itself', status(500), 300, 600],
      ['nonsense is not obeyed', status(503, { 'retry-after': '-5' }), 300, 600],
    ];
    for (const [name, fault, first, second] of waits)
      await t.test(name, async (t) => {
        const server = await FaultServer.start(t, fault);
        const { outcome } = await timed(() => document(server).load(new AbortController()));
        assert.ok(outcome instanceof MentorshipError, 'it fails');
        assert.equal(outcome.code, 'http');
        const [one, two, three] = server.requests.map(({ at }) => at);
        assert.ok(two! - one! >= first - STEP_MS, `${two! - one!} ms`);
        assert.ok(three! - two! >= second - STEP_MS, `${three! - two!} ms`);
      });
  });
});

test('an abort ends everything at once', async (t) => {
  const moments: Record<string, { fault: Fault; make: Make; when: (server: FaultServer) => boolean }> = {
    'before an answer': { fault: never, make: document, when: (server) => server.open === 1 },
    'before two answers': { fault: never, make: growth, when: (server) => server.open === 2 },
    'before three answers, with the page’s variables': {
      fault: never,
      make: onPage,
      when: (server) => server.open === 3,
    },
    'in the middle of two answers': { fault: stalls, make: growth, when: (server) => server.open === 2 },
    'in the middle of a document': { fault: stalls, make: document, when: (server) => server.open === 1 },
    'in the pause that the server asks for': {
      fault: busy(5),
      make: growth,
      when: (server) => server.requests.length === 2 && server.open === 0,
    },
    'in the pause before trying again': {
      fault: status(500),
      make: document,
      when: (server) => server.requests.length === 1 && server.open === 0,
    },
  };
  for (const [name, { fault, make, when }] of Object.entries(moments))
    await t.test(name, async (t) => {
      const server = await FaultServer.start(t, fault);
      const caller = new AbortController();
      const load = make(server).load(caller);
      load.catch(() => {});
      await until(() => when(server));
      await flushMacrotasks();
      const { length } = server.requests;
      caller.abort('bye');
      const late = flushMacrotasks().then(() => assert.fail('not at once'));
      late.catch(() => {});
      await assert.rejects(Promise.race([load, late]), { code: 'aborted', cause: 'bye', retryable: false });
      await until(() => server.open === 0);
      assert.equal(timersLeft(), 0, 'nothing waits to be tried again');
      assert.equal(server.requests.length, length);
    });
});

test('reports a caller’s own timeout as an abort', async (t) => {
  const server = await FaultServer.start(t, never);
  for (const make of [growth, document]) {
    const caller = new AbortController();
    const load = make(server).load(caller);
    load.catch(() => {});
    await until(() => server.open === (make === growth ? 2 : 1));
    caller.abort(new DOMException('50 ms', 'TimeoutError'));
    await assert.rejects(load, { code: 'aborted', retryable: false });
    await until(() => server.open === 0);
  }
});

test('sends nothing for a signal that is already aborted', async (t) => {
  const server = await FaultServer.start(t);
  for (const make of [growth, onPage, document])
    await assert.rejects(make(server).load({ signal: AbortSignal.abort('bye') }), {
      code: 'aborted',
      cause: 'bye',
    });
  await document(server).load(new AbortController());
  assert.equal(server.requests.length, 1, 'the last one');
});

/** Fails the first `times` requests of each URL. */
function failing(server: FaultServer, times: number): Fault {
  const seen = new Map<string, number>();
  return (response, request) => {
    const count = (seen.get(request.url.href) ?? 0) + 1;
    seen.set(request.url.href, count);
    if (count <= times) busy(0)(response, request);
    else void server.answer(response, request);
  };
}

test('retries at most three times per load, over all its requests', async (t) => {
  const outcomes: [make: Make, times: number, requests: number, comes: boolean][] = [
    [growth, 0, 4, true],
    [growth, 1, 7, false],
    [onPage, 0, 4, true],
    [onPage, 1, 7, false],
    [document, 2, 3, true],
    [document, 3, 3, false],
  ];
  await Promise.all(
    outcomes.map(async ([make, times, requests, comes]) => {
      const server = await FaultServer.start(t);
      server.fault = failing(server, times);
      const load = make(server).load(new AbortController());
      if (comes) await load;
      else await assert.rejects(load, { code: 'http', retryable: true });
      assert.equal(server.requests.length, requests);
    }),
  );
});

test(
  'sends at most seven requests, and three at the same time, whatever fails',
  { concurrency: 50 },
  async (t) => {
    const patterns = Array.from({ length: 32 }, (_, bits) => bits);
    const runs = patterns.map((bits) =>
      t.test(`failing requests ${bits.toString(2).padStart(5, '0')}`, async (t) => {
        const server = await FaultServer.start(t);
        server.fault = (response, request) =>
          (bits >> (request.index % 5)) & 1
            ? busy(0)(response, request)
            : void server.answer(response, request);
        await Promise.all([
          onPage(server)
            .load(new AbortController())
            .catch(() => {}),
        ]);
        assert.ok(server.requests.length <= 7, `${server.requests.length} requests`);
        assert.ok(server.mostOpen <= 3, `${server.mostOpen} at once`);
      }),
    );
    await Promise.all(runs);
  },
);
