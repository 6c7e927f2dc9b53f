import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import test from 'node:test';
import { createClient, MentorshipError, type MentorshipErrorCode, parseSnapshot } from '../src/sdk/index.js';
import type { MentorshipSource, Snapshot } from '../src/sdk/index.js';
import { trackUnhandledRejections } from './fault-injection-server.ts';

const expectNoUnhandledRejections = trackUnhandledRejections();
test.afterEach(expectNoUnhandledRejections);

interface Load {
  signal: AbortSignal;
  resolve: (snapshot: Snapshot) => void;
  reject: (reason: unknown) => void;
}

/** A source that the test resolves. */
function sourceByHand() {
  const loads: Load[] = [];
  const source: MentorshipSource = {
    load: ({ signal }) => new Promise((resolve, reject) => loads.push({ signal, resolve, reject })),
  };
  return { client: createClient({ source }), loads };
}

const ANA = parseSnapshot({ viewer: { name: 'Ana' } });
const BEN = parseSnapshot({ viewer: { name: 'Ben' } });

const rejectsWith = (promise: Promise<unknown>, code: MentorshipErrorCode, cause?: unknown) =>
  assert.rejects(promise, (error) => {
    assert.ok(error instanceof MentorshipError);
    assert.equal(error.code, code);
    if (cause !== undefined) assert.equal(error.cause, cause);
    return true;
  });

test('shares one load among callers and caches its result', async () => {
  const { client, loads } = sourceByHand();
  const many = Promise.all(Array.from({ length: 100 }, () => client.load(new AbortController())));
  assert.equal(loads.length, 1);
  loads[0]!.resolve(ANA);
  for (const snapshot of await many) assert.deepEqual(snapshot, ANA);
  assert.deepEqual(await client.load(), ANA);
  assert.equal(loads.length, 1);
});

test('refresh reloads and replaces the cached snapshot', async () => {
  const { client, loads } = sourceByHand();
  const first = client.load();
  loads[0]!.resolve(ANA);
  await first;
  const second = client.refresh();
  const third = client.load();
  assert.equal(loads.length, 2);
  loads[1]!.resolve(BEN);
  assert.deepEqual([await second, await third, await client.load()], [BEN, BEN, BEN]);
  assert.equal(loads.length, 2);
});

test('refresh during a load: earlier callers get the older result, which is not cached', async () => {
  const { client, loads } = sourceByHand();
  const old = client.load();
  const renewed = client.refresh();
  loads[1]!.resolve(BEN);
  assert.deepEqual(await renewed, BEN);
  loads[0]!.resolve(ANA);
  assert.deepEqual(await old, ANA);
  assert.deepEqual(await client.load(), BEN);
});

test('keeps the new snapshot if an older load fails', async () => {
  const { client, loads } = sourceByHand();
  const old = client.load();
  const renewed = client.refresh();
  loads[1]!.resolve(BEN);
  await renewed;
  loads[0]!.reject(new MentorshipError('network', 'no'));
  await rejectsWith(old, 'network');
  assert.deepEqual(await client.load(), BEN);
  assert.equal(loads.length, 2);
});

test('rejects an aborted caller at once with its reason; others still get the snapshot', async () => {
  const { client, loads } = sourceByHand();
  const [impatient, patient] = [new AbortController(), new AbortController()];
  const aborted = client.load(impatient);
  const waiting = client.load(patient);
  const withoutSignal = client.load();
  impatient.abort('bye');
  await rejectsWith(aborted, 'aborted', 'bye');
  assert.equal(loads[0]!.signal.aborted, false);
  loads[0]!.resolve(ANA);
  assert.deepEqual([await waiting, await withoutSignal], [ANA, ANA]);
  assert.equal(loads[0]!.signal.aborted, false);
});

test('aborts the load with its last caller; the next caller starts a new one', async () => {
  const { client, loads } = sourceByHand();
  const callers = Array.from({ length: 3 }, () => new AbortController());
  const waits = callers.map(({ signal }) => client.load({ signal }));
  for (const [index, caller] of callers.entries()) {
    assert.equal(loads[0]!.signal.aborted, false);
    caller.abort(`caller ${index}`);
    await rejectsWith(waits[index]!, 'aborted', `caller ${index}`);
  }
  assert.equal(loads[0]!.signal.aborted, true);
  assert.equal(loads[0]!.signal.reason, 'caller 2');
  loads[0]!.reject(loads[0]!.signal.reason);
  const again = client.load();
  assert.equal(loads.length, 2);
  loads[1]!.resolve(ANA);
  assert.deepEqual(await again, ANA);
});

test('keeps loading for a caller without a signal', async () => {
  const { client, loads } = sourceByHand();
  const caller = new AbortController();
  const waiting = client.load();
  const aborted = client.load(caller);
  caller.abort();
  await rejectsWith(aborted, 'aborted');
  assert.equal(loads[0]!.signal.aborted, false);
  loads[0]!.resolve(ANA);
  assert.deepEqual(await waiting, ANA);
});

test('rejects a caller whose signal is already aborted, without loading', async () => {
  const { client, loads } = sourceByHand();
  await rejectsWith(client.load({ signal: AbortSignal.abort('early') }), 'aborted', 'early');
  assert.ok(loads.every(({ signal }) => signal.aborted));
  const again = client.load();
  loads.at(-1)!.resolve(ANA);
  assert.deepEqual(await again, ANA);
});

test('an aborted signal does not abort the load of others', async () => {
  const { client, loads } = sourceByHand();
  const waiting = client.load();
  await rejectsWith(client.load({ signal: AbortSignal.abort() }), 'aborted');
  loads[0]!.resolve(ANA);
  assert.deepEqual(await waiting, ANA);
  assert.equal(loads.length, 1);
});

test('rejects an aborted signal even if a snapshot is cached', async () => {
  const { client, loads } = sourceByHand();
  const first = client.load();
  loads[0]!.resolve(ANA);
  await first;
  await rejectsWith(client.load({ signal: AbortSignal.abort() }), 'aborted');
});

test('keeps the cached snapshot if a caller aborts later', async () => {
  const { client, loads } = sourceByHand();
  const caller = new AbortController();
  const first = client.load(caller);
  loads[0]!.resolve(ANA);
  await first;
  caller.abort();
  await client.load({ signal: AbortSignal.abort() }).catch(() => {});
  void client.load().catch(() => {});
  assert.equal(loads.length, 1);
});

const FAILURES: [string, () => Promise<never>, MentorshipErrorCode][] = [
  ['rejects with a MentorshipError', () => Promise.reject(new MentorshipError('denied', 'no')), 'denied'],
  ['rejects with another error', () => Promise.reject(new TypeError('no')), 'refused'],
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a host may
  ['rejects with nothing', () => Promise.reject(), 'refused'],
  [
    'throws',
    () => {
      throw new RangeError('no');
    },
    'refused',
  ],
];

for (const [what, load, code] of FAILURES)
  test(`a source that ${what}: rejects every caller with ${code} and caches nothing`, async () => {
    let count = 0;
    const source: MentorshipSource = {
      load: () => (count++ === 0 ? load() : Promise.resolve(ANA)),
    };
    const client = createClient({ source });
    const callers = [client.load(), client.load(new AbortController())];
    for (const caller of callers) await rejectsWith(caller, code);
    assert.deepEqual(await client.load(), ANA);
    assert.equal(count, 2);
  });

test('keeps the error of the source as cause', async () => {
  const cause = new TypeError('no');
  const client = createClient({ source: { load: () => Promise.reject(cause) } });
  await rejectsWith(client.load(), 'refused', cause);
});

test('rejects a value that is not a snapshot as bad-data, and parses what the source returns', async () => {
  for (const garbage of [undefined, null, 'text', 7, [], {}, { viewer: { name: '' } }, { then: 1 }]) {
    const client = createClient({ source: { load: () => Promise.resolve(garbage as unknown as Snapshot) } });
    await rejectsWith(client.load(), 'bad-data');
  }
  const hostile = { ...ANA, program: { ...ANA.program, helpDeskUrl: 'javascript:alert(1)' }, extra: 1 };
  const client = createClient({ source: { load: () => Promise.resolve(hostile) } });
  const snapshot = await client.load();
  assert.equal(snapshot.program.helpDeskUrl, null);
  assert.equal('extra' in snapshot, false);
});

test('reports an invalid source as an error of the load, without throwing', async () => {
  for (const source of [{}, { load: 'no' }, { load: () => ANA }, { load: () => undefined }]) {
    const client = createClient({ source: source as unknown as MentorshipSource });
    await client.load().then(
      (snapshot) => assert.deepEqual(snapshot, ANA),
      (error: unknown) => assert.ok(error instanceof MentorshipError),
    );
  }
});

test('removes its listeners from signals however the load ends', async () => {
  const { client, loads } = sourceByHand();
  const [served, failed, aborted] = [new AbortController(), new AbortController(), new AbortController()];
  const controllers = [served, failed, aborted];
  const left = () => controllers.map(({ signal }) => getEventListeners(signal, 'abort').length);

  const first = Promise.all(Array.from({ length: 10 }, () => client.load(served)));
  loads[0]!.resolve(ANA);
  await first;
  await client.load(served);
  const second = client.refresh(failed);
  loads[1]!.reject(new MentorshipError('network', 'no'));
  await rejectsWith(second, 'network');
  const third = client.load(aborted);
  aborted.abort();
  await rejectsWith(third, 'aborted');
  await rejectsWith(client.load(aborted), 'aborted');
  assert.deepEqual(left(), [0, 0, 0]);
});
