import assert from 'node:assert/strict';
import test from 'node:test';
import { setImmediate as macrotask } from 'node:timers/promises';
import { createClient, isMentorshipError, MentorshipError, parseSnapshot } from '../src/sdk/index.js';

/** An error of another copy of the SDK, with the same name and code but another class. */
const foreign = (fields: object = {}) =>
  Object.assign(new Error('Blocked.'), { name: 'MentorshipError', code: 'blocked', ...fields });

test('recognizes an error of any copy by name and code', () => {
  assert.equal(isMentorshipError(new MentorshipError('busy', 'Busy.')), true);
  assert.equal(isMentorshipError(foreign()), true);
  assert.equal(foreign() instanceof MentorshipError, false);
});

test('rejects any other value', () => {
  const others = [
    ...[undefined, null, 'MentorshipError', 7, {}, [], new Error('MentorshipError'), () => {}],
    { name: 'MentorshipError' },
    { code: 'blocked' },
    foreign({ name: 'Error' }),
    foreign({ code: 'no such code' }),
    foreign({ code: 'toString' }),
    foreign({ code: null }),
    foreign({ code: ['blocked'] }),
  ];
  for (const other of others) assert.equal(isMentorshipError(other), false);
});

test('the client passes on errors of another copy, for reads and writes', async () => {
  const error = foreign({ retryable: false, outcomeUnknown: false, retryAfter: null, wikiMessage: 'No.' });
  const failing = createClient({ source: { load: () => Promise.reject(error) } });
  await assert.rejects(failing.load(), (thrown) => thrown === error);

  const reading = createClient({
    source: {
      load: async () => ({ viewer: null, program: { enabled: true } }) as never,
      loadActions: async () => ({
        ask: () => Promise.reject(error),
        leave: () => Promise.reject(error),
        getMentors: () => Promise.reject(error),
      }),
    },
  });
  for (const call of [reading.ask('May I?'), reading.leave(), reading.getMentors()])
    await assert.rejects(call, (thrown) => thrown === error);
});

test('an error of one subscriber is reported, and the others are called', async () => {
  const errors: unknown[] = [];
  // The listener of the test runner would fail the test.
  const listeners = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', (error) => errors.push(error));
  const client = createClient({ source: { load: async () => parseSnapshot({ viewer: null }) } });
  const failure = new Error('of the host');
  client.subscribe(() => {
    throw failure;
  });
  let calls = 0;
  client.subscribe(() => calls++);
  await client.load();
  await macrotask();
  process.removeAllListeners('unhandledRejection');
  for (const listener of listeners) process.on('unhandledRejection', listener);
  assert.deepEqual([calls, errors], [1, [failure]]);
});
