import assert from 'node:assert/strict';
import test, { describe } from 'node:test';
import { setImmediate as macrotask } from 'node:timers/promises';
import { FakeMediaWiki, type PersonaId } from './fake-mediawiki/index.ts';
import { autoSource, documentSource, type MentorshipSource } from '../src/sdk/index.js';
import { trackUnhandledRejections } from './fault-injection-server.ts';
import { createWikiClient, NOW } from './fake-wiki-client.ts';

interface Tracked {
  method: string;
  /** Signals that a script which wraps `fetch` can see. */
  signals: AbortSignal[];
}

/** Wraps `fetch` as a monitoring script does. */
function track(fetch: typeof globalThis.fetch): { fetch: typeof fetch; requests: Tracked[] } {
  const requests: Tracked[] = [];
  return {
    requests,
    fetch: async (input, init) => {
      const request = new Request(input instanceof Request ? input.clone() : input, init);
      const signals = [request.signal, init?.signal, input instanceof Request ? input.signal : null];
      requests.push({
        method: request.method,
        signals: signals.filter((signal) => signal instanceof AbortSignal),
      });
      return fetch(input, init);
    },
  };
}

/** Resolves never, and rejects when the request is aborted, as the browser's `fetch` does. */
const pending: typeof globalThis.fetch = (input, init) =>
  new Promise((_, reject) => {
    const { signal } = new Request(input, init);
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });

const isAborted = ({ signals }: Tracked) => signals.some(({ aborted }) => aborted);

const open = (viewer: PersonaId) => {
  const wiki = new FakeMediaWiki();
  return { wiki, ...track(wiki.fetchAs(viewer)) };
};

async function loadWith(source: MentorshipSource, signal = new AbortController().signal) {
  await source.load({ signal });
  await macrotask();
}

test('a request that is not needed ends with the load, and leaves no rejection unhandled', async () => {
  const expectNoUnhandledRejections = trackUnhandledRejections();
  const wiki = new FakeMediaWiki();
  const page = wiki.pageVariables('n_ana', 'article');
  // Left in another tab, since the page was loaded.
  wiki.setUser('n_ana', { status: 'optout' });
  wiki.disturb({ how: 'silence', match: ({ action }) => action === 'expandtemplates' });
  const { fetch, requests } = track(wiki.fetchAs('n_ana'));
  await loadWith(autoSource({ api: wiki.api, now: () => NOW, page, fetch }));
  assert.equal(requests.filter(isAborted).length, 1);
  await expectNoUnhandledRejections();
});

describe('the signal of a request that has succeeded', () => {
  test('is not aborted at the end of a load', async () => {
    const { wiki, fetch, requests } = open('n_ana');
    await loadWith(autoSource({ api: wiki.api, now: () => NOW, fetch }));
    assert(requests.length > 1);
    assert.deepEqual(requests.filter(isAborted), []);
  });

  test('is not aborted by a caller who leaves afterwards', async () => {
    const { wiki, fetch, requests } = open('n_ana');
    const caller = new AbortController();
    await loadWith(autoSource({ api: wiki.api, now: () => NOW, fetch }), caller.signal);
    caller.abort();
    assert.deepEqual(requests.filter(isAborted), []);
  });

  test('is not aborted at the end of a document', async () => {
    const { fetch, requests } = track(async () => new Response('{"viewer":null}'));
    await loadWith(documentSource('https://site.example/me.json', { fetch }));
    assert.equal(requests.length, 1);
    assert.deepEqual(requests.filter(isAborted), []);
  });

  test('is not aborted when a later request of the same load fails', async () => {
    const { wiki, fetch, requests } = open('n_ana');
    let count = 0;
    const failing: typeof fetch = async (input, init) =>
      count++ < 2 ? fetch(input, init) : new Response('{', { status: 404 });
    const source = autoSource({ api: wiki.api, now: () => NOW, fetch: failing });
    await assert.rejects(loadWith(source));
    assert.equal(requests.length, 2);
    assert.deepEqual(requests.filter(isAborted), []);
  });

  test('is not aborted after a write, or by its caller afterwards', async () => {
    const { wiki, fetch, requests } = open('n_ana');
    const client = createWikiClient(wiki, 'n_ana', { fetch });
    await client.load();
    const caller = new AbortController();
    await client.ask('May I upload a photo?', { signal: caller.signal });
    await client.leave({ signal: caller.signal });
    await client.getMentors({ signal: caller.signal });
    caller.abort();
    await macrotask();
    assert(requests.some(({ method }) => method === 'POST'));
    assert.deepEqual(requests.filter(isAborted), []);
  });

  test('is aborted while the request is pending', async () => {
    const { fetch, requests } = track(pending);
    const caller = new AbortController();
    const load = documentSource('https://site.example/me.json', { fetch }).load({ signal: caller.signal });
    await macrotask();
    caller.abort();
    await assert.rejects(load);
    assert(requests.every(isAborted));
    assert.equal(requests.length, 1);
  });
});
