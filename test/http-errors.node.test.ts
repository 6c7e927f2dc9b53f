import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import type { ServerResponse } from 'node:http';
import test, { describe, type TestContext } from 'node:test';
import { documentSource, growthSource, MentorshipError, type MentorshipErrorCode } from '../src/sdk/index.js';
import {
  truncatedResponse,
  type Fault,
  FaultServer,
  json,
  trackTimers,
  trackUnhandledRejections,
  redirectLoop,
  reset,
  respondWith,
  status,
  redirectToMissing,
  until,
} from './fault-injection-server.ts';

const timersLeft = trackTimers();
const expectNoUnhandledRejections = trackUnhandledRejections();
test.after(async () => {
  await expectNoUnhandledRejections();
  assert.equal(timersLeft(), 0, 'no timer is left');
});

interface Expected {
  fault: Fault;
  code: MentorshipErrorCode;
  /** Number of requests; more than one if a retry may help. */
  requests: 1 | 3;
  retryAfter?: number | null;
  /** True if the error is temporary; by default, if it was retried. */
  retryable?: boolean;
  cause?: (cause: unknown) => void;
}

const isSyntaxError = (cause: unknown) => assert.ok(cause instanceof SyntaxError);
const isError = (cause: unknown) => assert.ok(cause instanceof Error);
const isHttp = (code: number) => (cause: unknown) => {
  assert.ok(cause instanceof Error && 'response' in cause && cause.response instanceof Response);
  assert.equal(cause.response.status, code);
};
const past = new Date(0).toUTCString();
const nextYear = new Date(Date.now() + 3e10).toUTCString();

const once = (code: MentorshipErrorCode, fault: Fault, more: Partial<Expected> = {}): Expected => ({
  ...{ fault, code, requests: 1 },
  ...more,
});
const thrice = (code: MentorshipErrorCode, fault: Fault, more: Partial<Expected> = {}): Expected => ({
  ...{ fault, code, requests: 3 },
  ...more,
});
const limited = (retryAfter: string) => status(429, { 'retry-after': retryAfter });
/** Longer than the maximum wait; a later retry may still help. */
const tooLong = (retryAfter: number) => ({ retryAfter, retryable: true });

/** Errors of any server. */
const FAULTS: Record<string, Expected> = {
  'a page of HTML': once('bad-data', respondWith('<!doctype html>', 'text/html'), { cause: isSyntaxError }),
  nothing: once('bad-data', respondWith(''), { cause: isSyntaxError }),
  'half a document': once('bad-data', respondWith('{"query":{'), { cause: isSyntaxError }),
  null: once('bad-data', respondWith('null')),
  'a list': once('bad-data', respondWith('[]')),
  'a number': once('bad-data', respondWith('7')),
  'a text': once('bad-data', respondWith('"text"')),
  'an empty object': once('bad-data', respondWith('{}')),
  'the document of something else': once(
    'bad-data',
    respondWith('{"openapi":"3.1.0","query":{"pages":"x"}}'),
  ),
  'a user without a name': once('bad-data', respondWith('{"viewer":{},"query":{"userinfo":{"id":8}}}')),
  '204': once('bad-data', status(204, {}, '')),
  'a body that breaks off': thrice('network', truncatedResponse(200), { cause: isError }),
  'a connection that breaks off': thrice('network', reset, { cause: isError }),
  'a redirect to itself': thrice('network', redirectLoop, { cause: isError }),
  'a redirect to 404': once('http', redirectToMissing, { cause: isHttp(404) }),
  '400': once('http', status(400), { cause: isHttp(400) }),
  '401': once('denied', status(401), { cause: isHttp(401) }),
  '403': once('denied', status(403), { cause: isHttp(403) }),
  '404': once('http', status(404), { cause: isHttp(404) }),
  '404, and a body that breaks off': once('http', truncatedResponse(404), { cause: isHttp(404) }),
  '408': thrice('http', status(408), { cause: isHttp(408) }),
  '429': thrice('rate-limited', status(429), { cause: isHttp(429) }),
  '429, Retry-After 9999': once('rate-limited', limited('9999'), tooLong(9999)),
  '429, Retry-After 11': once('rate-limited', limited('11'), tooLong(11)),
  '429, Retry-After next year': once('rate-limited', limited(nextYear), tooLong(30_000_000)),
  '429, Retry-After in words': thrice('rate-limited', limited('later')),
  '429, Retry-After negative': thrice('rate-limited', limited('-5')),
  '429, Retry-After in the past': thrice('rate-limited', limited(past), { retryAfter: 0 }),
  '429, Retry-After 0': thrice('rate-limited', limited('0'), { retryAfter: 0 }),
  '500': thrice('http', status(500), { cause: isHttp(500) }),
  '502': thrice('http', status(502), { cause: isHttp(502) }),
  '503': thrice('http', status(503), { cause: isHttp(503) }),
  '503, Retry-After 1': thrice('http', status(503, { 'retry-after': '1' }), { retryAfter: 1 }),
};

/** Responses that are those of a wiki without settings, so that the program is off. */
const WITHOUT_PAGES = [
  'an empty object',
  'the document of something else',
  'a user without a name',
  'an error that is only words',
];

const error =
  (code: string, headers: Record<string, string> = {}): Fault =>
  (response: ServerResponse) =>
    json(response, { errors: [{ code, text: `About ${code}` }], docref: '' }, headers);
const legacy =
  (code: string): Fault =>
  (response) =>
    json(response, { error: { code, info: `About ${code}` } });
const isWikiError = (code: string) => (cause: unknown) =>
  assert.deepEqual(cause, { code, text: `About ${code}` });

/** Errors of a wiki with HTTP 200: by the wiki's code, the resulting error and the number of requests. */
const WIKI_CODES: [string, MentorshipErrorCode, 1 | 3][] = [
  ['maxlag', 'busy', 3],
  ['ratelimited', 'rate-limited', 3],
  ['readonly', 'read-only', 3],
  ['internal_api_error_DBQueryError', 'refused', 3],
  ['assertuserfailed', 'session', 1],
  ['assertnameduserfailed', 'session', 1],
  ['permissiondenied', 'denied', 1],
  ['readapidenied', 'denied', 1],
  ['badvalue', 'refused', 1],
  ['constructor', 'refused', 1],
  ['__proto__', 'refused', 1],
];
const WIKI_FAULTS: Record<string, Expected> = {
  // Redirects of an API are not followed, those of a document are.
  'a redirect to itself': once('http', redirectLoop, { cause: isHttp(302) }),
  'a redirect to 404': once('http', redirectToMissing, { cause: isHttp(302) }),
  ...Object.fromEntries(
    WIKI_CODES.flatMap(([wikiCode, code, requests]) => {
      const expected = { code, requests, cause: isWikiError(wikiCode) };
      return [
        [`errors: ${wikiCode}`, { fault: error(wikiCode), ...expected }],
        [`error: ${wikiCode}`, { fault: legacy(wikiCode), ...expected }],
      ];
    }),
  ),
  'maxlag, Retry-After 0': thrice('busy', error('maxlag', { 'retry-after': '0' }), { retryAfter: 0 }),
  'maxlag, Retry-After 1': thrice('busy', error('maxlag', { 'retry-after': '1' }), { retryAfter: 1 }),
  'maxlag, Retry-After 11': once('busy', error('maxlag', { 'retry-after': '11' }), tooLong(11)),
  'an error without a code': once('refused', respondWith('{"errors":[{}]}')),
  'an error of hostile types': once('refused', respondWith('{"error":{"code":{"toString":1},"info":[[]]}}')),
  'an error that is only words': once('bad-data', respondWith('{"error":"internal server error"}')),
};

const growth = (server: FaultServer, fetch: typeof globalThis.fetch) =>
  growthSource({ api: server.api, fetch });

/** Sources, and the parameter of the requests that have the fault. */
const SOURCES = {
  viewer: { make: growth, faulty: 'meta=userinfo' },
  settings: { make: growth, faulty: 'meta=siteinfo' },
  document: {
    make: ({ origin }: FaultServer, fetch: typeof globalThis.fetch) =>
      documentSource(`${origin}/me.json`, { fetch }),
    faulty: '',
  },
};

async function shows(
  t: TestContext,
  name: keyof typeof SOURCES,
  { fault, code, requests, retryAfter = null, retryable = requests > 1, cause }: Expected,
) {
  const { make, faulty } = SOURCES[name];
  const server = await FaultServer.start(t);
  server.fault = (response, request) =>
    request.url.search.includes(faulty) ? fault(response, request) : void server.answer(response, request);
  let fetched = 0;
  const source = make(server, (input, init) => {
    if (new Request(input, init).url.includes(faulty)) fetched++;
    return fetch(input, init);
  });
  const { signal } = new AbortController();
  await assert.rejects(source.load({ signal }), (problem) => {
    assert.ok(problem instanceof MentorshipError, String(problem));
    assert.deepEqual(
      { code: problem.code, retryable: problem.retryable, outcomeUnknown: problem.outcomeUnknown },
      { code, retryable, outcomeUnknown: false },
    );
    // A date is rounded to seconds, and some time has passed.
    if (retryAfter !== null && retryAfter > 1e6)
      assert.ok(Math.abs(Number(problem.retryAfter) - retryAfter) < 60);
    else assert.equal(problem.retryAfter, retryAfter);
    assert.notEqual(problem.message, '');
    cause?.(problem.cause);
    return true;
  });
  assert.equal(fetched, requests, 'requests');
  await until(() => server.open === 0);
  // The same source works once the fault is removed.
  server.fault = null;
  assert.equal(
    (await source.load({ signal })).viewer?.name,
    name === 'document' ? 'Newcomer Ana' : 'Newcomer Dee',
  );
  assert.equal(getEventListeners(signal, 'abort').length, 0);
}

describe('faults', { concurrency: 3 }, () => {
  test('faults of a wiki', { concurrency: 10 }, async (t) => {
    const all = Object.entries({ ...FAULTS, ...WIKI_FAULTS });
    await Promise.all(
      (['viewer', 'settings'] as const).flatMap((request) =>
        all
          .filter(([name]) => request === 'viewer' || !WITHOUT_PAGES.includes(name))
          .map(([name, expected]) => t.test(`${request}: ${name}`, (t) => shows(t, request, expected))),
      ),
    );
  });

  test('faults of a server with a document', { concurrency: 10 }, async (t) => {
    await Promise.all(
      Object.entries(FAULTS).map(([name, expected]) => t.test(name, (t) => shows(t, 'document', expected))),
    );
  });

  test('unreachable server', { concurrency: 2 }, async (t) => {
    const server = await FaultServer.start(t);
    await server.close();
    await Promise.all(
      // Two requests side by side share three retries.
      (
        [
          ['viewer', 5],
          ['document', 3],
        ] as const
      ).map(([name, most]) =>
        t.test(name, async () => {
          let fetched = 0;
          const source = SOURCES[name].make(server, (input, init) => {
            fetched++;
            return fetch(input, init);
          });
          await assert.rejects(source.load(new AbortController()), {
            code: 'network',
            retryable: true,
          });
          assert.ok(fetched >= 3 && fetched <= most, `${fetched} requests`);
        }),
      ),
    );
  });
});
