import assert from 'node:assert/strict';
import test from 'node:test';
import { MentorshipError, type MentorshipErrorCode } from '../src/sdk/index.js';
import { growthActions } from '../src/sdk/growth/actions.ts';
import { readRecording } from './recorded-wiki.ts';
import {
  recordingFetch,
  posts,
  preflightResponse,
  type Sent,
  snapshotFor,
  neverAborted,
} from './recorded-writes.ts';

const API = 'https://wiki.example/w/api.php';
const OK = readRecording('writes/question-ok.json').response.body;
const BADTOKEN = readRecording('writes/question-badtoken.json').response.body;
const WRONG_USER = readRecording('writes/menteestatus-assertuser-wrong.json').response.body;

type Reply = (sent: Sent) => Response | Promise<Response>;

/** Asks a wiki with the given responses to successive POSTs; the last one is repeated. */
async function ask(
  replies: Reply[],
  { get = () => Response.json(preflightResponse()), signal = neverAborted().signal } = {},
) {
  let count = 0;
  const { sent, fetch } = recordingFetch((one) => {
    if (one.method === 'GET') return get();
    return replies[Math.min(count++, replies.length - 1)]!(one);
  });
  const marks: string[] = [];
  const [outcome] = await Promise.allSettled([
    growthActions({ api: API, fetch }).ask(snapshotFor('Newcomer Ana'), {
      text: 'What is a stub?',
      onBeforeSend: (mark) => marks.push(mark),
      signal,
    }),
  ]);
  return { outcome, sent, marks, posted: posts(sent).length };
}

const errorOf = (outcome: PromiseSettledResult<unknown>): MentorshipError => {
  assert.equal(outcome.status, 'rejected');
  const error: unknown = 'reason' in outcome && outcome.reason;
  assert.ok(error instanceof MentorshipError, String(error));
  return error;
};

const json =
  (body: unknown, init?: ResponseInit): Reply =>
  () =>
    Response.json(body, init);
const status =
  (code: number, headers = {}): Reply =>
  () =>
    new Response('<html>no</html>', { status: code, headers });
const refusal = (code: string, text: string) => ({ errors: [{ code, text }] });

const FAULTS: [string, Reply, MentorshipErrorCode, outcomeUnknown: boolean, retryable: boolean][] = [
  ['a reset', () => Promise.reject(new TypeError('reset')), 'network', true, true],
  ['an answer that breaks off', () => broken(), 'network', true, true],
  ...[500, 502, 503, 504, 408].map(
    (code) => [`HTTP ${code}`, status(code), 'http', true, true] as (typeof FAULTS)[number],
  ),
  ['a redirect', status(302, { location: '/elsewhere' }), 'http', true, true],
  ...[400, 404, 413].map(
    (code) => [`HTTP ${code}`, status(code), 'http', false, false] as (typeof FAULTS)[number],
  ),
  ['HTTP 403', status(403), 'denied', false, false],
  ['HTTP 429', status(429, { 'retry-after': '7' }), 'rate-limited', false, true],
  ['HTML', () => new Response('<html>Welcome to the hotel</html>'), 'bad-data', true, false],
  ['nothing', () => new Response(''), 'bad-data', true, false],
  ['a list', json([]), 'bad-data', true, false],
  ['an empty object', json({}), 'bad-data', true, false],
  ['another result', json({ helppanelquestionposter: { result: 'failure' } }), 'bad-data', true, false],
  [
    'a fault inside the wiki',
    json(refusal('internal_api_error_DBQueryError', '[abc] Caught exception of type DBQueryError')),
    'refused',
    true,
    true,
  ],
  ['an abuse filter', json(refusal('abusefilter-disallowed', 'No links, please.')), 'refused', false, false],
  [
    'a rate limit',
    json(refusal('ratelimited', 'Wait.'), { headers: { 'retry-after': '7' } }),
    'rate-limited',
    false,
    true,
  ],
  ['a lag', json(refusal('maxlag', 'Wait.'), { headers: { 'retry-after': '5' } }), 'busy', false, true],
  ['somebody else', json(WRONG_USER), 'session', false, false],
];

function broken(): Response {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"helppanel'));
      controller.error(new TypeError('terminated'));
    },
  });
  return new Response(body);
}

for (const [what, reply, code, outcomeUnknown, retryable] of FAULTS)
  test(`${what} in response to a POST: ${code}${outcomeUnknown ? ', outcome unknown' : ''}, and one POST`, async () => {
    const { outcome, posted, marks } = await ask([reply]);
    const error = errorOf(outcome);
    assert.deepEqual([error.code, error.outcomeUnknown, error.retryable], [code, outcomeUnknown, retryable]);
    assert.equal(posted, 1);
    assert.deepEqual(marks, ['38']);
  });

test('reads Retry-After and the message of an edit filter', async () => {
  assert.equal(errorOf((await ask([status(429, { 'retry-after': '7' })])).outcome).retryAfter, 7);
  const limited = json(refusal('ratelimited', 'Wait.'), { headers: { 'retry-after': '9' } });
  assert.equal(errorOf((await ask([limited])).outcome).retryAfter, 9);
  const filtered = json(
    refusal('abusefilter-disallowed', '<b>No</b> links &amp; no&#39;s, [[Help:X|please]].'),
  );
  assert.equal(errorOf((await ask([filtered])).outcome).wikiMessage, "No links & no's, please.");
});

test('no response within 20 s: timeout, outcome unknown', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const asked = ask([() => new Promise(() => {})]);
  for (let i = 0; i < 50; i++) await new Promise(setImmediate);
  t.mock.timers.tick(20_000);
  const { outcome, posted } = await asked;
  const error = errorOf(outcome);
  assert.deepEqual([error.code, error.outcomeUnknown, posted], ['timeout', true, 1]);
});

test('an abort after sending: outcome unknown', async () => {
  const controller = new AbortController();
  const reply: Reply = () => {
    controller.abort('bye');
    return Promise.reject(new DOMException('bye', 'AbortError'));
  };
  const { outcome, posted } = await ask([reply], { signal: controller.signal });
  const error = errorOf(outcome);
  assert.deepEqual([error.code, error.outcomeUnknown, posted], ['aborted', true, 1]);
});

test('an abort before sending: sends nothing', async () => {
  const controller = new AbortController();
  const get = () => {
    controller.abort('bye');
    return Response.json(preflightResponse());
  };
  const { outcome, posted, marks } = await ask([json(OK)], { get, signal: controller.signal });
  const error = errorOf(outcome);
  assert.deepEqual([error.code, error.outcomeUnknown, posted], ['aborted', false, 0]);
  assert.deepEqual(marks, []);
});

for (const [what, get, code] of [
  ['HTTP 404', () => new Response('', { status: 404 }), 'http'],
  ['somebody else', () => Response.json(WRONG_USER), 'session'],
  ['no token', () => Response.json({ query: { userinfo: {} } }), 'bad-data'],
] as const)
  test(`${what} before the POST: nothing is sent and the outcome is known`, async () => {
    const { outcome, posted } = await ask([json(OK)], { get });
    const error = errorOf(outcome);
    assert.deepEqual([error.code, error.outcomeUnknown, posted], [code, false, 0]);
    if (code === 'session') assert.match(error.wikiMessage ?? '', /^You are no longer logged in as/);
  });

test('renews a rejected token once', async () => {
  const once = await ask([json(BADTOKEN), json(OK)]);
  assert.equal(once.outcome.status, 'fulfilled');
  assert.deepEqual(
    once.sent.map(({ method }) => method),
    // The last request searches for a second copy of the question.
    ['GET', 'POST', 'GET', 'POST', 'GET'],
  );
  const twice = await ask([json(BADTOKEN)]);
  const error = errorOf(twice.outcome);
  assert.deepEqual([error.code, error.outcomeUnknown, twice.posted], ['session', false, 2]);
  const broken = await ask([json(BADTOKEN), status(502)]);
  assert.deepEqual([errorOf(broken.outcome).outcomeUnknown, broken.posted], [true, 2]);
});

test('a token that cannot be renewed: the outcome is known', async () => {
  let gets = 0;
  const get = () => (gets++ === 0 ? Response.json(preflightResponse()) : new Response('', { status: 404 }));
  const { outcome, posted } = await ask([json(BADTOKEN), json(OK)], { get });
  assert.deepEqual([errorOf(outcome).outcomeUnknown, posted], [false, 1]);
});

test('asserts the user before and with the write, and identifies the client', async () => {
  const { sent } = await ask([json(OK)]);
  const [before, post] = sent;
  assert.equal(before?.params.assertuser, 'Newcomer Ana');
  assert.equal(post?.params.assertuser, 'Newcomer Ana');
  assert.equal(post.headers.get('api-user-agent'), 'mentorship-module');
  assert.match(post.headers.get('content-type') ?? '', /^application\/x-www-form-urlencoded/);
  assert.equal(post.url.search, '');
});

test('reports a sitewide block before sending, and leaves a partial one to the wiki', async () => {
  const blockOf = (viewer: string) =>
    readRecording(`${viewer}/01-userinfo.json`).response.body.query as { userinfo: object };
  const sitewide = () => Response.json(preflightResponse(blockOf('b_ivy')));
  const { outcome, posted } = await ask([json(OK)], { get: sitewide });
  const error = errorOf(outcome);
  assert.deepEqual([error.code, error.wikiMessage, posted], ['blocked', 'Test block: vandalism', 0]);

  const partial = () => Response.json(preflightResponse(blockOf('b_jan')));
  assert.equal((await ask([json(OK)], { get: partial })).outcome.status, 'fulfilled');
  const refused = json(readRecording('writes/question-blocked-partial.json').response.body);
  assert.equal(errorOf((await ask([refused], { get: partial })).outcome).code, 'blocked');
});

test('sends nothing without a signed-in user', async () => {
  const { sent, fetch } = recordingFetch(() => Response.json(preflightResponse()));
  const actions = growthActions({ api: API, fetch });
  for (const viewer of [null, { name: '~2026-1', temporary: true }]) {
    const snapshot = { ...snapshotFor('x'), ...(viewer ? snapshotFor(viewer.name, { viewer }) : { viewer }) };
    await assert.rejects(async () => actions.leave(snapshot, { reason: '', ...neverAborted() }), {
      code: 'denied',
    });
  }
  assert.equal(sent.length, 0);
});

test('an error code of the host’s token() or fetch() is not taken for one of the wiki', async () => {
  const failure = Object.assign(new Error('no'), { code: 'ECONNRESET' });
  const fail = () => Promise.reject(failure);
  const api = { api: API, fetch: fail };
  for (const [options, code] of [
    [{ ...api, token: fail }, 'session'],
    [api, 'network'],
  ] as const) {
    const { getProfiles, prepareQuestion } = growthActions(options);
    for (const outcome of await Promise.allSettled([
      getProfiles(['Mentor Fatima'], neverAborted()),
      prepareQuestion(snapshotFor('Newcomer Ana'), neverAborted()),
    ])) {
      const error = errorOf(outcome);
      assert.deepEqual([error.code, error.cause], [code, failure]);
    }
  }
});

test('the read before a write passes on the delay that a busy wiki asks for', async () => {
  const { body } = readRecording('writes/menteestatus-maxlag-5.json').response;
  const headers = { 'retry-after': '60' };
  const { outcome, posted } = await ask([json(OK)], { get: () => Response.json(body, { headers }) });
  const error = errorOf(outcome);
  assert.deepEqual([error.code, error.retryAfter, error.retryable, posted], ['busy', 60, true, 0]);
});
