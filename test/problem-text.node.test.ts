import assert from 'node:assert/strict';
import test from 'node:test';
import en from '../locales/en.json' with { type: 'json' };
import { problemText } from '../src/dialogs/submission.js';
import { ENGLISH } from '../src/i18n/language.js';
import { Messages } from '../src/i18n/messages.js';
import { createClientIn } from '../src/sdk/client.js';
import { growthSource, isMentorshipError, MentorshipError } from '../src/sdk/index.js';
import { createSnapshotStore } from '../src/sdk/snapshot-store.js';
import { FakeMediaWiki } from './fake-mediawiki/index.ts';

const { '@metadata': _, ...templates } = en;
const conventions = ENGLISH.conventions(templates);
const messages = new Messages({ language: 'en', conventions, templates, now: new Date(), gender: 'unknown' });
const textOf = (error: MentorshipError) => problemText(messages, error);

const MISSING = 'That didn’t reach the wiki. You can try again.';
const UNSURE = en['dialog-common-unsure'];
const soon = (time: string) => `The wiki can’t do that right now. Try again ${time}.`;

test('says when to try again, in seconds or minutes', () => {
  const times: [number | null, string][] = [
    [null, 'later'],
    [0, 'later'],
    [1, 'in 1 second'],
    [5, 'in 5 seconds'],
    [119, 'in 119 seconds'],
    [120, 'in 2 minutes'],
    [121, 'in 3 minutes'],
    [9_999, 'in 167 minutes'],
  ];
  for (const code of ['busy', 'rate-limited', 'read-only'] as const)
    for (const [retryAfter, time] of times)
      assert.equal(textOf(new MentorshipError(code, '', { retryable: true, retryAfter })), soon(time));
});

/** Answers a POST with a response of a faulty server or wiki. */
const FAULTS: Record<string, { answer: () => Response; text: string }> = {
  maxlag: {
    answer: () => refusal('maxlag', 200, { 'retry-after': '5' }),
    text: soon('in 5 seconds'),
  },
  'ratelimited without a time': { answer: () => refusal('ratelimited', 200), text: soon('later') },
  'readonly, in half an hour': {
    answer: () => refusal('readonly', 200, { 'retry-after': '1800' }),
    text: soon('in 30 minutes'),
  },
  'HTTP 429': { answer: () => status(429, { 'retry-after': '60' }), text: soon('in 60 seconds') },
  'HTTP 429 without a time': { answer: () => status(429), text: soon('later') },
  'HTTP 503 until a date': {
    answer: () => status(503, { 'retry-after': new Date(Date.now() + 630_000).toUTCString() }),
    text: soon('in 11 minutes'),
  },
  'HTTP 503 without a time': { answer: () => status(503), text: MISSING },
  'HTTP 413': { answer: () => status(413), text: en['dialog-common-failed'] },
  'an internal error': { answer: () => refusal('internal_api_error_DBQueryError', 200), text: MISSING },
  'no JSON': { answer: () => new Response('<p>Log in'), text: MISSING },
  'a lost connection': {
    answer: () => {
      throw new TypeError('Failed to fetch');
    },
    text: MISSING,
  },
};

const refusal = (code: string, httpStatus: number, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify({ errors: [{ code, text: 'No.' }] }), { status: httpStatus, headers });
const status = (code: number, headers: Record<string, string> = {}) =>
  new Response('Sorry', { status: code, headers });

/** Leaves on a wiki whose response to the POST is replaced. */
async function leave(answer: () => Response, { canCheck }: { canCheck: (sent: number) => boolean }) {
  const wiki = new FakeMediaWiki();
  const fetchWiki = wiki.fetchAs('n_ana');
  let sent = 0;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const { method } = new Request(input, init);
    if (method === 'POST') {
      sent++;
      return answer();
    }
    if (!canCheck(sent)) throw new TypeError('Failed to fetch');
    return fetchWiki(input, init);
  };
  const store = createSnapshotStore(growthSource({ api: wiki.api, fetch }));
  let now = 0;
  const sleep = async (ms: number) => void (now += ms);
  const error: unknown = await createClientIn(store, { now: () => now, sleep, locks: null })
    .leave()
    .catch((cause: unknown) => cause);
  assert.ok(isMentorshipError(error));
  assert.equal(sent, 1);
  return error;
}

for (const [name, { answer, text }] of Object.entries(FAULTS))
  test(`leaving: ${name}`, async () => {
    const error = await leave(answer, { canCheck: () => true });
    assert.equal(textOf(error), text);
    assert.equal(error.outcomeUnknown, false);
  });

test('leaving: a lost connection that stays lost cannot be checked', { timeout: 60_000 }, async () => {
  const error = await leave(FAULTS['a lost connection']!.answer, { canCheck: (sent) => sent === 0 });
  assert.equal(textOf(error), UNSURE);
  assert.equal(error.outcomeUnknown, true);
});
