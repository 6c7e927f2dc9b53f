import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import test from 'node:test';
import { setImmediate as macrotask } from 'node:timers/promises';
import {
  type Client,
  createClient,
  MentorshipError,
  parseSnapshot,
  type Snapshot,
} from '../src/sdk/index.js';
import { flushMacrotasks, trackUnhandledRejections } from './fault-injection-server.ts';
import { createClientIn, clientFor } from '../src/sdk/client.js';
import { createSnapshotStore } from '../src/sdk/snapshot-store.js';
import type { Runtime } from '../src/sdk/concurrency.ts';
import type { AskedQuestion, MentorshipActions } from '../src/sdk/source.ts';

const expectNoUnhandledRejections = trackUnhandledRejections();
test.afterEach(expectNoUnhandledRejections);

const ANA = parseSnapshot({
  viewer: { name: 'Ana', status: 'enabled' },
  mentor: { name: 'Fatima', gender: 'female', away: { until: null } },
  standIn: { name: 'Marcus' },
  program: { enabled: true },
  questions: [{ text: 'Old?', url: 'https://wiki.example/old', state: 'answered' }],
});
const LOST = () =>
  new MentorshipError('network', 'No connection.', { outcomeUnknown: true, retryable: true });
const REFUSED = () => new MentorshipError('refused', 'No.', { wikiMessage: 'Not today.' });
const ASKED: AskedQuestion = { url: 'https://wiki.example/new', revision: 7, firstEdit: false };

interface ClientSetup {
  actions?: Partial<MentorshipActions>;
  /** Results of successive loads; the last one is repeated. */
  loads?: (Snapshot | Error)[];
  id?: string;
  locks?: Runtime['locks'];
}

/** Creates a client on a stub source. Its pauses resolve at once. */
function setUp({ actions = {}, loads = [ANA], id, locks = null }: ClientSetup) {
  let ms = 0;
  let loaded = 0;
  const pauses: number[] = [];
  const runtime: Runtime = {
    now: () => ms,
    sleep: async (pause, signal) => {
      pauses.push(pause);
      await macrotask();
      if (signal.aborted) throw new MentorshipError('aborted', 'Given up.');
      ms += pause;
    },
    locks,
  };
  const loader = createSnapshotStore({
    ...(id !== undefined && { id }),
    load: async () => {
      const next = loads[Math.min(loaded++, loads.length - 1)]!;
      if (next instanceof Error) throw next;
      return next;
    },
    loadActions: async () => actions,
  });
  const published: Snapshot[] = [];
  loader.subscribe((snapshot) => published.push(snapshot));
  return {
    client: createClientIn(loader, runtime),
    loader,
    pauses,
    published,
    loadCount: () => loaded,
    advance: (more: number) => (ms += more),
  };
}

const rejectedWith = async (promise: Promise<unknown>): Promise<MentorshipError> => {
  const error: unknown = await promise.then(
    () => assert.fail('resolved'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof MentorshipError, String(error));
  return error;
};

/** A stub call that the test resolves. */
function deferredCall<T>() {
  const calls: { resolve: (value: T) => void; reject: (reason: unknown) => void; args: unknown[] }[] = [];
  const call = (...args: unknown[]) =>
    new Promise<T>((resolve, reject) => calls.push({ resolve, reject, args }));
  return { calls, call };
}

test('clients of one store share their pending calls', async () => {
  const ask = deferredCall<AskedQuestion>();
  const loader = createSnapshotStore({ load: async () => ANA, loadActions: async () => ({ ask: ask.call }) });
  assert.equal(clientFor(loader), clientFor(loader));
  assert.notEqual(clientFor(loader), createClient({ source: loader.source }));
  const both = [clientFor(loader).ask('New?'), clientFor(loader).ask('New?')];
  await macrotask();
  ask.calls[0]!.resolve(ASKED);
  await Promise.all(both);
  assert.equal(ask.calls.length, 1);
});

test('uses real timers by default; an abort ends the pause', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  const controller = new AbortController();
  let polls = 0;
  const client = createClient({
    source: {
      load: async () => ANA,
      loadActions: async () => ({ findQuestion: async () => (polls++ === 1 ? ASKED : null) }),
    },
  });
  const found = client.findQuestion('New?', { checkpoint: '38' });
  await flushMacrotasks();
  t.mock.timers.tick(900);
  await flushMacrotasks();
  assert.equal(polls, 1);
  t.mock.timers.tick(200);
  assert.ok(await found);
  polls = 2;
  const aborted = rejectedWith(client.findQuestion('New?', { checkpoint: '38', signal: controller.signal }));
  await flushMacrotasks();
  assert.equal(polls, 3);
  controller.abort();
  assert.equal((await aborted).code, 'aborted');
});

test('ask: rejects blank, invisible and too long texts without sending', async () => {
  const { client } = setUp({ actions: { ask: () => assert.fail('sent') } });
  const blanks = [
    '',
    ' ',
    '\n\t',
    '\u00a0\u2003\u3000',
    '\u200b\u200d\ufeff',
    '\u00ad\u2060\u200e',
    '\u3164\u115f',
    '\u2800',
    '\ufe0f',
  ];
  for (const text of [...blanks, 'a'.repeat(2_001), '😀'.repeat(2_001), 7 as unknown as string])
    assert.equal((await rejectedWith(client.ask(text))).code, 'invalid', JSON.stringify(text));
});

test('ask: accepts 2,000 Unicode characters, counting composed accents once', async () => {
  const { client } = setUp({ actions: { ask: async () => ASKED } });
  for (const text of ['😀'.repeat(2_000), 'e\u0301'.repeat(2_000), '👩‍🚀', '.'])
    assert.equal((await client.ask(text)).revision, 7);
});

test('ask: returns the question, the checkpoint and the reloaded snapshot', async () => {
  const after = {
    ...ANA,
    questions: [
      { text: 'New?', url: ASKED.url, askedAt: null, state: 'unknown' as const },
      ...ANA.questions.map((question) => ({ ...question, state: 'unknown' as const })),
    ],
  };
  const given: unknown[] = [];
  const { client, published } = setUp({
    loads: [ANA, after],
    actions: {
      ask: async (snapshot, { text, pageTitle, onBeforeSend }) => {
        given.push(snapshot, text, pageTitle);
        onBeforeSend?.('38');
        return ASKED;
      },
    },
  });
  const marks: string[] = [];
  const asked = await client.ask('New?', { pageTitle: 'Moon', onBeforeSend: (mark) => marks.push(mark) });
  assert.deepEqual(given, [ANA, 'New?', 'Moon']);
  assert.equal(marks.length, 1);
  assert.match(marks[0]!, /^38 0\.\d+$/);
  // The reload does not contain the states of questions, so the known ones are kept.
  assert.deepEqual(
    asked.snapshot.questions.map(({ text, state }) => [text, state]),
    [
      ['New?', 'waiting'],
      ['Old?', 'answered'],
    ],
  );
  assert.deepEqual(asked, { ...ASKED, recipient: null, duplicateUrl: null, snapshot: asked.snapshot });
  assert.deepEqual(await client.load(), asked.snapshot);
  assert.deepEqual(published.at(-1), asked.snapshot);
});

test('ask: succeeds and lists the question even if the reload fails', async () => {
  const { client, published } = setUp({
    loads: [ANA, new TypeError('no')],
    actions: { ask: async () => ASKED },
  });
  const { snapshot } = await client.ask('New?');
  assert.deepEqual(
    snapshot.questions.map(({ text, url, state }) => [text, url, state]),
    [
      ['New?', ASKED.url, 'waiting'],
      ['Old?', 'https://wiki.example/old', 'answered'],
    ],
  );
  assert.deepEqual(published.at(-1), snapshot);
  assert.deepEqual(await client.load(), snapshot);
});

test('ask: ignores a load that started before the write', async () => {
  const loads = deferredCall<Snapshot>();
  const ask = deferredCall<AskedQuestion>();
  const loader = createSnapshotStore({ load: loads.call, loadActions: async () => ({ ask: ask.call }) });
  const client = createClientIn(loader, { now: () => 0, sleep: async () => {}, locks: null });
  const first = client.load();
  loads.calls[0]!.resolve(ANA);
  await first;
  const asked = client.ask('New?');
  await macrotask();
  void client.refresh();
  ask.calls[0]!.resolve(ASKED);
  await macrotask();
  assert.equal(loads.calls.length, 3);
  const fresh = parseSnapshot({ viewer: { name: 'Ana', editCount: 5 } });
  loads.calls[2]!.resolve(fresh);
  assert.equal((await asked).snapshot.viewer?.editCount, 5);
  loads.calls[1]!.resolve(ANA);
  await macrotask();
  assert.equal((await client.load()).viewer?.editCount, 5);
});

test('ask: sends the same pending text once and resolves every caller', async () => {
  const ask = deferredCall<AskedQuestion>();
  const { client } = setUp({ actions: { ask: ask.call } });
  const marks: string[] = [];
  const recordCheckpoint = (who: string) => ({ onBeforeSend: (mark: string) => marks.push(mark, who) });
  const [first, second] = [
    client.ask('New?', recordCheckpoint('first')),
    client.ask('New?', recordCheckpoint('second')),
  ];
  await macrotask();
  const [, asking] = ask.calls[0]!.args as [Snapshot, { onBeforeSend: (mark: string) => void }];
  asking.onBeforeSend('38');
  const third = client.ask('New?', recordCheckpoint('third'));
  ask.calls[0]!.resolve(ASKED);
  assert.deepEqual(await Promise.all([first, second, third]), Array(3).fill(await first));
  assert.equal(ask.calls.length, 1);
  const [mark] = marks;
  assert.deepEqual(marks, [mark, 'first', mark, 'second', mark, 'third']);

  const again = client.ask('New?');
  await macrotask();
  ask.calls[1]!.resolve(ASKED);
  await again;
  assert.equal(ask.calls.length, 2, 'the same text later is another question');
});

test('ask: passes on an error without retrying', async () => {
  for (const failure of [LOST(), REFUSED()]) {
    let count = 0;
    const { client, pauses, loadCount } = setUp({
      actions: {
        ask: async () => {
          count++;
          throw failure;
        },
      },
    });
    assert.equal(await rejectedWith(client.ask('New?')), failure);
    assert.deepEqual([count, pauses.length, loadCount()], [1, 0, 1]);
  }
});

test('ask: reports a foreign error as unconfirmed only if sending had begun', async () => {
  const failing = (before: string[]) =>
    setUp({
      actions: {
        ask: async (_, { onBeforeSend }) => {
          before.forEach((mark) => onBeforeSend?.(mark));
          throw new TypeError('no');
        },
      },
    }).client.ask('New?');
  const [early, late] = [await rejectedWith(failing([])), await rejectedWith(failing(['38']))];
  assert.deepEqual(
    [early.code, early.outcomeUnknown, late.code, late.outcomeUnknown],
    ['refused', false, 'refused', true],
  );
  assert.ok(late.cause instanceof TypeError);
});

test('ask: reloads the snapshot if the mentor no longer exists', async () => {
  const withoutMentor = { ...ANA, mentor: null, mentorsAvailable: false };
  const asking = (reload: Snapshot | Error) =>
    setUp({
      loads: [ANA, reload],
      actions: { ask: () => Promise.reject(new MentorshipError('no-mentor', 'No.')) },
    });
  const { client, published } = asking(withoutMentor);
  await rejectedWith(client.ask('New?'));
  await macrotask();
  assert.deepEqual(published.at(-1), withoutMentor);
  const failing = asking(new TypeError('no')).client.ask('New?');
  assert.equal((await rejectedWith(failing)).code, 'no-mentor', 'also if the reload fails');
});

test('ask: an aborted call does not get the checkpoint of a later one, nor the other way around', async () => {
  const ask = deferredCall<AskedQuestion>();
  const { client } = setUp({ actions: { ask: ask.call } });
  const marks: string[] = [];
  const asking = (who: string, signal?: AbortSignal) =>
    client.ask('New?', { onBeforeSend: () => marks.push(who), signal });
  await rejectedWith(asking('aborted before', AbortSignal.abort()));
  const controller = new AbortController();
  const sendOf = (index: number) =>
    (ask.calls[index]!.args as [Snapshot, { onBeforeSend: (mark: string) => void }])[1].onBeforeSend('38');
  const first = rejectedWith(asking('first', controller.signal));
  await macrotask();
  sendOf(0);
  controller.abort();
  const second = asking('second');
  await first;
  await macrotask();
  assert.deepEqual(marks, ['first']);
  sendOf(1);
  assert.deepEqual(marks, ['first', 'second']);
  ask.calls[1]!.resolve(ASKED);
  await second;
  ask.calls[0]!.resolve(ASKED);
});

test('ask: completes the result of a source', async () => {
  const { client } = setUp({ actions: { ask: async () => ({}) as AskedQuestion } });
  const { snapshot: _, ...asked } = await client.ask('New?');
  assert.deepEqual(asked, {
    url: null,
    revision: null,
    firstEdit: false,
    recipient: null,
    duplicateUrl: null,
  });
});

test('findQuestion: polls at once and after 1, 3, 7 and 15 s until the question exists', async () => {
  for (const [at, expected] of [
    [0, []],
    [2, [1_000, 2_000]],
    [4, [1_000, 2_000, 4_000, 8_000]],
  ] as const) {
    let polls = 0;
    const { client, pauses } = setUp({
      actions: { findQuestion: async () => (polls++ === at ? ASKED : null) },
    });
    const found = await client.findQuestion('New?', { checkpoint: '38' });
    assert.equal(found?.revision, 7);
    assert.deepEqual(found.snapshot, ANA);
    assert.deepEqual(pauses, expected);
  }
});

test('findQuestion: passes the checkpoint of each question to the source, including spaces', async () => {
  const marks: string[] = [];
  const looked: string[] = [];
  const { client } = setUp({
    actions: {
      ask: async (_, { onBeforeSend }) => {
        onBeforeSend?.('7 of 9');
        throw LOST();
      },
      findQuestion: async (_, { checkpoint: mark }) => {
        looked.push(mark);
        return ASKED;
      },
    },
  });
  for (let time = 0; time < 2; time++)
    await rejectedWith(client.ask('New?', { onBeforeSend: (mark) => marks.push(mark) }));
  assert.notEqual(marks[0], marks[1]);
  for (const mark of marks) await client.findQuestion('New?', { checkpoint: mark });
  await client.findQuestion('New?', { checkpoint: '38' });
  assert.deepEqual(looked, ['7 of 9', '7 of 9', '38']);
});

test('findQuestion: confirms absence after the last poll; stays unknown if that poll fails', async () => {
  const findAfterFailures = (failures: number[]) => {
    let polls = 0;
    return setUp({
      actions: {
        findQuestion: async () => {
          if (failures.includes(polls++)) throw new MentorshipError('timeout', 'No.', { retryable: true });
          return null;
        },
      },
    }).client.findQuestion('New?', { checkpoint: '38' });
  };
  assert.equal(await findAfterFailures([]), null);
  assert.equal(await findAfterFailures([0, 1, 2, 3]), null);
  const error = await rejectedWith(findAfterFailures([4]));
  assert.deepEqual([error.code, error.outcomeUnknown], ['timeout', true]);
});

test('findQuestion: shares equal polls', async () => {
  for (const code of ['session', 'denied'] as const) {
    const { client, pauses } = setUp({
      actions: { findQuestion: () => Promise.reject(new MentorshipError(code, 'No.')) },
    });
    const error = await rejectedWith(client.findQuestion('New?', { checkpoint: '38' }));
    assert.deepEqual([error.code, error.outcomeUnknown, pauses.length], [code, true, 0]);
  }
  const error = await rejectedWith(setUp({}).client.findQuestion('New?', { checkpoint: '38' }));
  assert.deepEqual([error.code, error.outcomeUnknown], ['unsupported', true]);
});

test('findQuestion: a slow poll replaces those due meanwhile, except the last', async () => {
  let polls = 0;
  const { client, pauses, advance } = setUp({
    actions: {
      findQuestion: async () => {
        if (polls++ === 0) advance(12_000);
        return null;
      },
    },
  });
  assert.equal(await client.findQuestion('New?', { checkpoint: '38' }), null);
  assert.deepEqual([polls, pauses], [2, [3_000]]);
});

interface ActionCase {
  do: (client: Client) => Promise<Snapshot>;
  name: keyof MentorshipActions;
  /** Arguments that the source receives besides a signal. */
  options: object;
  done: Partial<Snapshot>;
}

const viewer = (change: object) => ({ viewer: { ...ANA.viewer!, ...change } });
const UNTIL = '2026-12-24T23:59:59.000Z';
const mentorOf = (pausedUntil: string | null) =>
  viewer({ isMentor: true, mentoring: { pausedUntil, waitingQuestions: 2 } });
const mentor = (name: string) => ({ mentor: parseSnapshot({ viewer: null, mentor: { name } }).mentor });

const ACTION_CASES: Record<string, ActionCase> = {
  leave: {
    do: (client) => client.leave({ reason: 'busy' }),
    name: 'leave',
    options: { reason: 'busy' },
    done: { ...viewer({ status: 'opted-out' }), mentor: null, standIn: null },
  },
  undoLeave: {
    do: (client) => client.undoLeave({ mentor: 'Olga' }),
    name: 'undoLeave',
    options: { mentor: 'Olga' },
    done: { ...viewer({ status: 'enabled' }), ...mentor('Olga') },
  },
  join: {
    do: (client) => client.join(),
    name: 'join',
    options: {},
    done: viewer({ status: 'explicit' }),
  },
  chooseMentor: {
    do: (client) => client.chooseMentor('Olga', { reason: 'rivers' }),
    name: 'chooseMentor',
    options: { name: 'Olga', reason: 'rivers' },
    done: { ...viewer({ status: 'explicit' }), ...mentor('Olga'), standIn: null },
  },
  enroll: {
    do: (client) => client.enroll({ introduction: 'Hi' }),
    name: 'enroll',
    options: { introduction: 'Hi' },
    done: viewer({ isMentor: true }),
  },
  snoozeInvite: {
    do: (client) => client.snoozeInvite(),
    name: 'snoozeInvite',
    // The clock of the stub begins at 0.
    options: { until: '1970-04-01T00:00:00.000Z' },
    done: viewer({ inviteSnoozedUntil: '1970-04-01T00:00:00.000Z' }),
  },
  declineInvite: {
    do: (client) => client.declineInvite(),
    name: 'declineInvite',
    options: {},
    done: viewer({ inviteDeclined: true }),
  },
  restoreInvite: {
    do: (client) => client.restoreInvite(),
    name: 'restoreInvite',
    options: {},
    done: viewer({ inviteDeclined: false, inviteSnoozedUntil: null }),
  },
  pause: {
    do: (client) => client.pause({ until: UNTIL }),
    name: 'pause',
    options: { until: UNTIL },
    done: mentorOf(UNTIL),
  },
  resume: {
    do: (client) => client.resume(),
    name: 'resume',
    options: {},
    done: mentorOf(null),
  },
  resign: {
    do: (client) => client.resign(),
    name: 'resign',
    options: {},
    done: viewer({ isMentor: false, mentoring: null }),
  },
};

/** The snapshot before the write, so that its effect is visible. */
const BEFORE: Record<string, Snapshot> = {
  restoreInvite: {
    ...ANA,
    ...viewer({ inviteDeclined: true, inviteSnoozedUntil: '2027-02-20T00:00:00.000Z' }),
  },
  join: { ...ANA, ...viewer({ status: 'opted-out' }), mentor: null, standIn: null },
  undoLeave: { ...ANA, ...viewer({ status: 'opted-out' }), mentor: null, standIn: null },
  pause: { ...ANA, ...mentorOf(null) },
  resume: { ...ANA, ...mentorOf(UNTIL) },
  resign: { ...ANA, ...mentorOf(null) },
};

for (const [name, actionCase] of Object.entries(ACTION_CASES)) {
  const before = BEFORE[name] ?? ANA;
  const done = { ...before, ...actionCase.done };
  const read = name === 'join' ? { ...done, ...mentor('Olga') } : done;
  const setUpCase = (write: () => Promise<void>, loads: (Snapshot | Error)[]) => {
    const given: unknown[][] = [];
    const actions = {
      [actionCase.name]: (...args: unknown[]) => {
        given.push(args);
        return write();
      },
    };
    return { given, ...setUp({ actions, loads }) };
  };

  test(`${name}: writes, then reloads`, async () => {
    const { client, given, published, pauses } = setUpCase(async () => {}, [before, read]);
    assert.deepEqual(await actionCase.do(client), read);
    const [snapshot, { signal, ...options }] = given[0] as [Snapshot, { signal: unknown }];
    assert.deepEqual([snapshot, options, given[0]!.length], [before, actionCase.options, 2]);
    assert.ok(signal instanceof AbortSignal);
    assert.deepEqual([given.length, pauses.length], [1, 0]);
    assert.deepEqual(published.at(-1), read);
  });

  test(`${name}: succeeds if the reload fails`, async () => {
    const { client, published } = setUpCase(async () => {}, [before, new TypeError('no')]);
    assert.deepEqual(await actionCase.do(client), done);
    assert.deepEqual(await client.load(), done);
    assert.deepEqual(published.at(-1), done);
  });

  test(`${name}: passes on a refusal without polling`, async () => {
    const { client, given, pauses, loadCount } = setUpCase(() => Promise.reject(REFUSED()), [before]);
    const error = await rejectedWith(actionCase.do(client));
    assert.deepEqual([error.wikiMessage, given.length, pauses.length, loadCount()], ['Not today.', 1, 0, 1]);
    assert.deepEqual(await client.load(), before);
  });

  test(`${name}: succeeds after a lost connection if the change is applied`, async () => {
    const { client, given, pauses } = setUpCase(
      () => Promise.reject(LOST()),
      [before, before, new TypeError('no'), read],
    );
    assert.deepEqual(await actionCase.do(client), read);
    assert.deepEqual([given.length, pauses], [1, [1_000, 2_000]]);
  });

  test(`${name}: fails as not stored after a lost connection if the change is not applied`, async () => {
    const { client, given, pauses } = setUpCase(() => Promise.reject(LOST()), [before]);
    const error = await rejectedWith(actionCase.do(client));
    assert.deepEqual([error.code, error.outcomeUnknown, error.retryable], ['network', false, true]);
    assert.deepEqual([given.length, pauses], [1, [1_000, 2_000, 4_000, 8_000]]);
  });

  test(`${name}: passes on the error if the outcome cannot be determined`, async () => {
    const { client, given } = setUpCase(() => Promise.reject(LOST()), [before, new TypeError('no')]);
    const error = await rejectedWith(actionCase.do(client));
    assert.deepEqual([error.code, error.outcomeUnknown, given.length], ['network', true, 1]);
  });

  test(`${name}: deduplicates concurrent calls`, async () => {
    const { client, given } = setUpCase(macrotask, [before, read]);
    assert.deepEqual(await Promise.all([actionCase.do(client), actionCase.do(client)]), [read, read]);
    assert.equal(given.length, 1);
  });

  test(`${name}: is unsupported by a source without the action`, async () => {
    for (const actions of [{}, { [actionCase.name]: 7 } as object])
      assert.equal((await rejectedWith(actionCase.do(setUp({ actions }).client))).code, 'unsupported');
  });
}

test('does not share a write between calls with other arguments', async () => {
  const given: string[] = [];
  const actions: Partial<MentorshipActions> = {
    chooseMentor: async (_, { name }) => void given.push(name),
    undoLeave: async (_, { mentor }) => void given.push(mentor),
    pause: async (_, { until }) => void given.push(until),
  };
  const { client } = setUp({ actions });
  await Promise.all([
    client.chooseMentor('Olga'),
    client.chooseMentor('Kim'),
    client.undoLeave({ mentor: 'Olga' }),
    client.undoLeave({ mentor: 'Kim' }),
    client.pause({ until: UNTIL }),
    client.pause({ until: '2027-01-01T00:00:00.000Z' }),
  ]);
  const expected = ['Olga', 'Kim', 'Olga', 'Kim', UNTIL, '2027-01-01T00:00:00.000Z'];
  assert.deepEqual(given.sort(), expected.sort());
});

test('join: is not confirmed by the status alone', async () => {
  const { client } = setUp({
    loads: [BEFORE.join!, { ...ANA, ...viewer({ status: 'explicit' }), mentor: null }],
    actions: { join: () => Promise.reject(LOST()) },
  });
  const error = await rejectedWith(client.join());
  assert.deepEqual([error.code, error.outcomeUnknown], ['network', false]);
});

test('passes on a refusal, also if the reload after it fails', async () => {
  for (const code of ['denied', 'no-mentor'] as const) {
    const { client, loadCount } = setUp({
      loads: [ANA, new TypeError('no')],
      actions: { chooseMentor: () => Promise.reject(new MentorshipError(code, 'No.')) },
    });
    assert.equal((await rejectedWith(client.chooseMentor('Olga'))).code, code);
    assert.equal(loadCount(), 2);
  }
});

test('resign: does not snooze the invitation if the source has no such action', async () => {
  const { client } = setUp({ actions: { snoozeInvite: () => assert.fail('sent') } });
  assert.equal((await rejectedWith(client.resign())).code, 'unsupported');
});

test('snoozeInvite: ends in the year 9999 at the latest', async () => {
  const given: string[] = [];
  const { client } = setUp({
    loads: [parseSnapshot({ ...ANA, program: { enabled: true, inviteSnoozeDays: 1e9 } })],
    actions: { snoozeInvite: async (_, { until }) => void given.push(until) },
  });
  await client.snoozeInvite();
  assert.deepEqual(given, ['9999-12-31T23:59:59.999Z']);
});

test('reports an unknown outcome if another user is signed in after a lost connection', async () => {
  const other = parseSnapshot({ viewer: { name: 'Ben', status: 'opted-out' } });
  const { client } = setUp({ loads: [ANA, other], actions: { leave: () => Promise.reject(LOST()) } });
  assert.equal((await rejectedWith(client.leave())).outcomeUnknown, true);
});

test('rejects an introduction that is too long and a mentor without a name', async () => {
  const { client } = setUp({
    actions: { enroll: () => assert.fail('sent'), chooseMentor: () => assert.fail('sent') },
  });
  assert.equal((await rejectedWith(client.enroll({ introduction: '😀'.repeat(241) }))).code, 'invalid');
  assert.equal((await rejectedWith(client.chooseMentor(' '))).code, 'invalid');
  assert.equal((await rejectedWith(client.getProfiles(Array<string>(51).fill('x')))).code, 'invalid');
});

test('loads the actions of a source once, and again after a failure', async () => {
  let count = 0;
  const loader = createSnapshotStore({
    load: async () => ANA,
    loadActions: async () => {
      if (count++ === 0) throw new TypeError('Failed to fetch dynamically imported module');
      return { ask: async () => ASKED, getMentors: async () => [] };
    },
  });
  const client = createClientIn(loader, { now: () => 0, sleep: async () => {}, locks: null });
  const error = await rejectedWith(client.ask('New?'));
  assert.deepEqual([error.outcomeUnknown, error.retryable], [false, true]);
  await client.ask('New?');
  await client.getMentors();
  assert.equal(count, 2);
});

test('treats a source without actions as read-only', async () => {
  const client = createClient({ source: { load: async () => ANA } });
  for (const call of [
    client.ask('New?'),
    client.refreshQuestions(),
    client.getMentors(),
    client.getProfiles(['x']),
    client.prepareQuestion(),
  ])
    assert.equal((await rejectedWith(call)).code, 'unsupported');
});

test('refreshQuestions: adds the states to the current snapshot', async () => {
  const found = [{ ...ANA.questions[0]!, state: 'archived' as const }];
  const { client, published, loadCount } = setUp({ actions: { refreshQuestions: async () => found } });
  const snapshot = await client.refreshQuestions();
  assert.deepEqual(snapshot, { ...ANA, questions: found });
  assert.deepEqual([await client.load(), published.at(-1)], [snapshot, snapshot]);
  assert.equal(loadCount(), 1);
});

test('publishes an action once, with the states that the reload does not read', async () => {
  const before = { ...ANA, questions: [] };
  const unknown = { text: 'How?', url: ASKED.url, askedAt: null, state: 'unknown' as const };
  const { client, published } = setUp({
    loads: [before, { ...ANA, questions: [unknown] }],
    actions: { ask: async () => ASKED },
  });
  await client.load();
  const { snapshot } = await client.ask('How?');
  await macrotask();
  assert.deepEqual(snapshot.questions, [{ ...unknown, state: 'waiting' }]);
  assert.deepEqual(published, [parseSnapshot(before), snapshot]);
});

test('keeps the state of a question that the reload does read', async () => {
  const [known] = ANA.questions;
  assert.ok(known);
  const { client } = setUp({
    loads: [ANA, { ...ANA, questions: [{ ...known, state: 'archived' }] }],
    actions: { declineInvite: async () => {} },
  });
  assert.equal((await client.declineInvite()).questions[0]?.state, 'archived');
});

test('writes from the snapshot of a store that has loaded before', async () => {
  const loader = createSnapshotStore({
    load: async () => ANA,
    loadActions: async () => ({ leave: async () => {} }),
  });
  await loader.load({});
  const client = createClientIn(loader, { now: () => 0, sleep: async () => {}, locks: null });
  assert.deepEqual(await client.leave(), ANA);
});

test('refreshQuestions: publishes nothing if no state is new', async () => {
  const { client, published } = setUp({ actions: { refreshQuestions: async () => [...ANA.questions] } });
  const loaded = await client.load();
  assert.equal(await client.refreshQuestions(), loaded);
  await macrotask();
  assert.equal(published.length, 1);
});

test('refreshQuestions: publishes any change of a question', async () => {
  const [known] = ANA.questions;
  assert.ok(known);
  for (const change of [
    { text: 'Old? Or not?' },
    { url: 'https://wiki.example/archive' },
    { askedAt: '2026-11-22T11:00:00.000Z' },
    { state: 'archived' as const },
  ]) {
    const found: Snapshot['questions'] = [{ ...known, ...change }];
    const { client, published } = setUp({ actions: { refreshQuestions: async () => found } });
    assert.deepEqual((await client.refreshQuestions()).questions, found);
    await macrotask();
    assert.deepEqual(published.at(-1)?.questions, found);
  }
});

test('refreshQuestions: keeps the list of a later snapshot and adds the states', async () => {
  const questions = deferredCall<Snapshot['questions']>();
  const { client, loader } = setUp({ actions: { refreshQuestions: questions.call } });
  const asked = client.refreshQuestions();
  await macrotask();
  const later = {
    ...ANA,
    questions: [{ text: 'New?', url: null, askedAt: null, state: 'waiting' as const }, ...ANA.questions],
  };
  loader.set(later);
  questions.calls[0]!.resolve([{ ...ANA.questions[0]!, state: 'archived' }]);
  assert.deepEqual(
    (await asked).questions.map(({ text, state }) => [text, state]),
    [
      ['New?', 'waiting'],
      ['Old?', 'archived'],
    ],
  );
});

test('refreshQuestions: waits for the reload after a write, and keeps what it has read', async () => {
  const questions = deferredCall<Snapshot['questions']>();
  const reload = deferredCall<Snapshot>();
  let loaded = 0;
  const client = createClient({
    source: {
      load: async () => (loaded++ ? reload.call() : ANA),
      loadActions: async () => ({ chooseMentor: async () => {}, refreshQuestions: questions.call }),
    },
  });
  await client.load();
  const refreshed = client.refreshQuestions();
  const chosen = client.chooseMentor('Olga');
  while (!reload.calls.length) await macrotask();
  questions.calls[0]!.resolve([{ ...ANA.questions[0]!, state: 'archived' }]);
  await macrotask();
  const talkUrl = 'https://wiki.example/wiki/User_talk:Olga';
  reload.calls[0]!.resolve(parseSnapshot({ ...ANA, mentor: { name: 'Olga', talkUrl } }));
  await Promise.all([refreshed, chosen]);
  const { mentor, questions: shown } = await client.load();
  assert.deepEqual([mentor?.name, mentor?.talkUrl, shown[0]?.state], ['Olga', talkUrl, 'archived']);
});

test('reads fail with the same errors, never with an unknown outcome', async () => {
  const { client } = setUp({
    actions: {
      getMentors: () => Promise.reject(new TypeError('no')),
      getProfiles: async (names) =>
        names.map((name) => ({ name, gender: 'unknown', editCount: null, lastActive: null, blocked: false })),
      prepareQuestion: async () => ({ writable: true, copyright: null, emailUrl: null }),
    },
  });
  const error = await rejectedWith(client.getMentors());
  assert.deepEqual([error.code, error.outcomeUnknown], ['refused', false]);
  assert.equal((await client.getProfiles(['Olga']))[0]?.name, 'Olga');
  assert.equal((await client.prepareQuestion()).writable, true);
});

test('rejects at once on abort; the request ends when no caller is left', async () => {
  const ask = deferredCall<AskedQuestion>();
  const { client } = setUp({ actions: { ask: ask.call } });
  const [impatient, patient] = [new AbortController(), new AbortController()];
  const early = await rejectedWith(client.ask('New?', { signal: AbortSignal.abort('early') }));
  assert.deepEqual([early.code, early.cause, early.outcomeUnknown], ['aborted', 'early', false]);

  const [first, second] = [
    client.ask('New?', { signal: impatient.signal }),
    client.ask('New?', { signal: patient.signal }),
  ];
  await macrotask();
  const { signal } = ask.calls[0]!.args[1] as { signal: AbortSignal };
  impatient.abort('bye');
  assert.equal((await rejectedWith(first)).outcomeUnknown, false);
  assert.equal(signal.aborted, false);
  (ask.calls[0]!.args[1] as { onBeforeSend: (mark: string) => void }).onBeforeSend('38');
  patient.abort('bye');
  const late = await rejectedWith(second);
  assert.deepEqual([late.code, late.cause, late.outcomeUnknown], ['aborted', 'bye', true]);
  assert.equal(signal.aborted, true);

  const reloaded = client.ask('New?');
  await macrotask();
  assert.equal(ask.calls.length, 2);
  ask.calls[0]!.reject(new Error('ended'));
  ask.calls[1]!.resolve(ASKED);
  assert.equal((await reloaded).revision, 7);
});

test('reports the outcome of the shared request to the last caller that aborts', async () => {
  const leave = deferredCall<undefined>();
  const { client } = setUp({ actions: { leave: leave.call } });
  const controllers = [new AbortController(), new AbortController()];
  const leaving = controllers.map(({ signal }) => client.leave({ signal }));
  await macrotask();
  controllers.forEach((controller) => controller.abort());
  for (const left of leaving) assert.equal((await rejectedWith(left)).outcomeUnknown, true);
});

test('aborts while polling', async () => {
  const controller = new AbortController();
  const { client } = setUp({ actions: { leave: () => Promise.reject(LOST()) } });
  const leaving = client.leave({ signal: controller.signal });
  await macrotask();
  controller.abort();
  const error = await rejectedWith(leaving);
  assert.deepEqual([error.code, error.outcomeUnknown], ['aborted', true]);
});

test('removes its listeners from signals', async () => {
  const { signal } = new AbortController();
  const { client } = setUp({ actions: { ask: async () => ASKED, leave: () => Promise.reject(REFUSED()) } });
  await client.ask('New?', { signal });
  await rejectedWith(client.leave({ signal }));
  await client.load({ signal });
  assert.equal(getEventListeners(signal, 'abort').length, 0);
});

/** Behaves as navigator.locks: runs one task per name at a time, across all clients. */
function memoryLocks() {
  const turns = new Map<string, Promise<unknown>>();
  const names: string[] = [];
  const request = async (name: string, { signal }: LockOptions, task: () => unknown) => {
    names.push(name);
    const before = turns.get(name);
    let granted = false;
    const turn = (async () => {
      await before?.catch(() => {});
      signal?.throwIfAborted();
      granted = true;
      return task();
    })();
    turns.set(name, turn);
    // An abort ends the wait at once, but has no effect after that.
    const aborted = new Promise((_, reject) =>
      signal?.addEventListener('abort', () => granted || reject(new DOMException('aborted', 'AbortError'))),
    );
    return Promise.race([turn, aborted]);
  };
  return { names, locks: { request } as unknown as Runtime['locks'] };
}

for (const [what, locks] of [
  ['locks of the browser', memoryLocks().locks],
  ['no locks', null],
  ['no right to locks', { request: () => Promise.reject(new DOMException('no', 'SecurityError')) }],
] as const)
  test(`two clients with ${what}: send one question after another for one viewer and source`, async () => {
    let running = 0;
    let most = 0;
    const ask = async () => {
      most = Math.max(most, ++running);
      await macrotask();
      running--;
      return ASKED;
    };
    const id = `https://wiki.example/${what}`;
    const clients = [1, 2].map(() => setUp({ id, actions: { ask }, locks }).client);
    await Promise.all(clients.flatMap((client) => [client.ask('One?'), client.ask('Two?')]));
    assert.equal(most, 1);
    const elsewhere = setUp({ id: `${id}/2`, actions: { ask }, locks }).client;
    await Promise.all([clients[0]!.ask('One?'), elsewhere.ask('Two?')]);
    assert.equal(most, 2);
  });

test('names the lock after viewer and source; an abort while waiting sends nothing', async () => {
  const { names, locks } = memoryLocks();
  const ask = deferredCall<AskedQuestion>();
  const { client } = setUp({ id: 'https://wiki.example/w/api.php', actions: { ask: ask.call }, locks });
  const controller = new AbortController();
  const first = client.ask('One?');
  const second = client.ask('Two?', { signal: controller.signal });
  await macrotask();
  controller.abort();
  assert.equal((await rejectedWith(second)).outcomeUnknown, false);
  ask.calls[0]!.resolve(ASKED);
  await first;
  await macrotask();
  assert.equal(ask.calls.length, 1);
  assert.deepEqual(new Set(names), new Set(['mentorship-module ask Ana https://wiki.example/w/api.php']));
});

for (const [what, locks] of [
  ['locks of the browser', memoryLocks().locks],
  ['no locks', null],
] as const)
  test(`${what}: waits 10 s for another question, then sends nothing; the lock still holds`, async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const ask = deferredCall<AskedQuestion>();
    const { client } = setUp({ id: `https://wiki.example/10/${what}`, actions: { ask: ask.call }, locks });
    const first = client.ask('One?');
    const second = rejectedWith(client.ask('Two?'));
    await macrotask();
    t.mock.timers.tick(10_000);
    const error = await second;
    assert.deepEqual([error.code, error.outcomeUnknown, error.retryable], ['locked', false, true]);
    const third = client.ask('Three?');
    await macrotask();
    assert.equal(ask.calls.length, 1);
    ask.calls[0]!.resolve(ASKED);
    await first;
    await macrotask();
    assert.equal(ask.calls.length, 2);
    ask.calls[1]!.resolve(ASKED);
    await third;
  });
