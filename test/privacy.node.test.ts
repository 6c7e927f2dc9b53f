import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { growthSource, documentSource } from '../src/sdk/index.js';
import { FakeMediaWiki } from './fake-mediawiki/index.ts';
import { FaultServer } from './fault-injection-server.ts';

const { signal } = new AbortController();

/** Parameters that a load needs. */
const PARAMETERS = [
  ...['action', 'format', 'formatversion', 'errorformat', 'meta', 'siprop', 'uiprop', 'list', 'prop', 'text'],
  ...['rvprop', 'rvslots', 'titles', 'ususers', 'usprop', 'ucuser', 'uclimit', 'ucprop'],
  ...['uselang', 'maxage', 'smaxage'],
];

/** Runs a task with a `location` of that origin, which Node lacks. */
async function onPageOf<T>(origin: string | null, task: () => Promise<T>): Promise<T> {
  if (origin !== null)
    Object.defineProperty(globalThis, 'location', { value: { origin }, configurable: true });
  try {
    return await task();
  } finally {
    Reflect.deleteProperty(globalThis, 'location');
  }
}

test('URLs contain what a load needs and no secret', async (t) => {
  const server = await FaultServer.start(t);
  const address = { address: 'dee@secret.example', confirmedAt: '2026-01-01T00:00:00Z' };
  server.wiki.setUser('n_dee', { email: address, options: { 'userjs-secret': 'hidden' } });
  for (const page of [undefined, server.wiki.pageVariables('n_dee', 'homepage')])
    await growthSource({ api: server.api, page }).load({ signal });
  assert.equal(server.requests.length, 8);
  for (const { url, headers } of server.requests) {
    for (const name of url.searchParams.keys()) assert.ok(PARAMETERS.includes(name), name);
    assert.doesNotMatch(decodeURIComponent(url.href), /token|secret|hidden|CSRF|crossorigin|userjs/i);
    assert.equal(headers.cookie, undefined);
    assert.equal(headers.authorization, undefined);
    assert.equal(url.searchParams.get('errorformat'), 'plaintext');
    assert.equal(url.searchParams.get('format'), 'json');
  }
});

test('names the viewer only in requests for the mentor', async (t) => {
  const server = await FaultServer.start(t);
  await growthSource({ api: server.api }).load({ signal });
  const naming = server.requests.filter(({ url }) => /Newcomer/.test(url.search));
  assert.deepEqual(
    naming.map(({ url }) => url.searchParams.get('text')),
    ['{{#mentor:Newcomer Dee}}'],
  );
});

test('identifies itself to the wiki unless that causes a preflight, and reads other origins anonymously', async (t) => {
  const server = await FaultServer.start(t);
  const seen = async (origin: string | null) => {
    const { length } = server.requests;
    await onPageOf(origin, () => growthSource({ api: server.api }).load({ signal }));
    return server.requests.slice(length).map(({ url, headers }) => ({
      named: /^mentorship-module/.test(String(headers['api-user-agent'] ?? '')),
      origin: url.searchParams.get('origin'),
    }));
  };
  const known = { named: true, origin: null };
  assert.deepEqual(await seen(null), [known, known, known, known], 'in Node');
  assert.deepEqual(await seen(server.origin), [known, known, known, known], 'on a page of the wiki');
  // An anonymous viewer is signed out, which one round of requests reveals.
  const anonymous = { named: false, origin: '*' };
  assert.deepEqual(await seen('https://other.example'), [anonymous, anonymous], 'elsewhere');
});

test('sends cookies to another origin only on request, and then names the origin of the page', async () => {
  const wiki = new FakeMediaWiki();
  const seen = async (credentials?: 'include') => {
    const sent = new Set<string>();
    const fetch: typeof globalThis.fetch = (input, init) => {
      const request = new Request(input, init);
      sent.add(`${request.credentials} ${new URL(request.url).searchParams.get('origin')}`);
      return wiki.fetchAs('n_ana')(request);
    };
    const source = growthSource({ api: wiki.api, credentials, fetch });
    await onPageOf('https://other.example', () => source.load({ signal }));
    return [...sent];
  };
  assert.deepEqual(await seen(), ['same-origin *']);
  assert.deepEqual(await seen('include'), ['include https://other.example']);
});

test('keeps parameters in the URL of the API except its own', async (t) => {
  const server = await FaultServer.start(t);
  await growthSource({ api: `${server.api}?variant=de&format=xml` }).load({ signal });
  for (const { url } of server.requests) {
    assert.equal(url.searchParams.get('variant'), 'de');
    assert.deepEqual(url.searchParams.getAll('format'), ['json']);
  }
});

test('requests a document without parameters or custom headers', async (t) => {
  const server = await FaultServer.start(t);
  await documentSource(`${server.origin}/me.json?id=8`).load({ signal });
  assert.deepEqual(
    server.requests.map(({ url, headers }) => [url.pathname + url.search, headers['api-user-agent']]),
    [['/me.json?id=8', undefined]],
  );
});

test('rejects an invalid URL as a mistake of the host, without a request', async () => {
  for (const address of [
    '',
    'nonsense',
    '/relative',
    'javascript:alert(1)',
    'ftp://wiki.example/',
    'http://u:p@wiki.example/',
  ]) {
    const expected = { name: 'MentorshipError', code: 'bad-attribute', retryable: false };
    await assert.rejects(documentSource(address).load({ signal }), expected, address);
    await assert.rejects(growthSource({ api: address }).load({ signal }), expected, address);
  }
});

const read = (file: string) => readFileSync(file, 'utf8');

/** Returns the strings in the source files that match a pattern, each once. */
function stringsInSource(pattern: RegExp): string[] {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => read(`src/${file}`));
  return [...new Set(files.flatMap((text) => [...text.matchAll(pattern)].map(([, found = '']) => found)))];
}

test('the README names each key of localStorage', () => {
  const [, table = ''] = /\*\*In the browser\*\*([^]*?)\*\*In the page\*\*/.exec(read('README.md')) ?? [];
  // The lock of a question is not stored.
  const keys = stringsInSource(/[`']mentorship-module ([a-z-]+)/g).filter((key) => key !== 'ask');
  assert.deepEqual(
    [...new Set([...table.matchAll(/^\| `mentorship-module ([a-z-]+)/gm)].map(([, key]) => key))].sort(),
    keys.sort(),
  );
  for (const kind of ['snapshot', 'reply-times']) assert.match(table, new RegExp(`kept SOURCE ${kind} ID`));
});

test('the README and the page on plain wikis name each option of the viewer', () => {
  const documents = read('README.md') + read('docs/plain-wiki.md');
  const options = stringsInSource(/'(userjs-[a-z-]+[a-z])'/g);
  assert.equal(options.length, 6);
  const [, onWiki = ''] = /\*\*On the wiki\*\*(.*)/.exec(read('README.md')) ?? [];
  for (const option of options) {
    assert.ok(documents.includes(`\`${option}\``), option);
    if (option.startsWith('userjs-mentorship-module-')) assert.ok(onWiki.includes(`\`${option}\``), option);
  }
});
