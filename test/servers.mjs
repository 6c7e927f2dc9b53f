// What the browser tests talk to over real HTTP: the wiki in memory, the same with a fault, and pages of their own.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const WIKI = 'node_modules/.cache/memory-wiki.mjs';

const answer = (body, { status = 200, headers = {} } = {}) => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const wikiError = (code, text, headers = {}) =>
  answer({ errors: [{ code, text, module: 'main' }] }, { headers: { 'mediawiki-api-error': code, ...headers } });
const status = (code, headers = {}) =>
  answer('<h1>Sorry</h1>', { status: code, headers: { 'content-type': 'text/html', ...headers } });
const html = { headers: { 'content-type': 'text/html; charset=utf-8' } };

/** By name: what the wiki says to every request until it is healed. A function does what no answer can. */
const FAULTS = {
  maxlag: wikiError('maxlag', 'Waiting for 10.0.0.1: 7 seconds lagged.', { 'retry-after': '5' }),
  ratelimited: wikiError('ratelimited', 'You have exceeded your rate limit.'),
  readonly: wikiError('readonly', 'The wiki is currently in read-only mode.'),
  internal: wikiError('internal_api_error_DBQueryError', '[abc] Caught exception of type DBQueryError'),
  'legacy-error': answer({ error: { code: 'unknown_action', info: 'Unrecognized value.', docref: 'See …' } }),
  'html-page': answer('<!doctype html><title>Welcome to our hotel’s network</title><p>Log in', html),
  empty: answer(''),
  truncated: answer('{"batchcomplete":true,"query":{"userinfo":{"id":8,"na'),
  null: answer('null'),
  array: answer('[]'),
  number: answer('42'),
  'wrong-shape': answer({ query: 7, growthmentorlist: 'none', batchcomplete: { a: [] } }),
  204: { status: 204, headers: {}, body: null },
  'redirect-loop': (ctx) => ctx.redirect(`loop?${Number(/\d+/.exec(ctx.path.split('/').at(-1))) + 1}`),
  'redirect-to-404': (ctx) => ctx.redirect('/there/is/no/such/page'),
  401: status(401, { 'www-authenticate': 'Bearer realm="wiki"' }),
  403: status(403),
  404: status(404),
  '429-long': status(429, { 'retry-after': '9999' }),
  '429-nonsense': status(429, { 'retry-after': 'soon, I hope' }),
  500: status(500),
  502: status(502),
  503: status(503),
  hang: (ctx) => {
    ctx.respond = false;
  },
  reset: (ctx) => {
    ctx.respond = false;
    ctx.req.socket.resetAndDestroy();
  },
};

/** Healthy from the start: for those who only want the requests counted. */
const NO_FAULT = 'none';

async function memoryWiki() {
  mkdirSync(path.dirname(WIKI), { recursive: true });
  const bundled = `${WIKI}.${process.pid}.mjs`;
  await build({
    entryPoints: ['demo/wiki.ts'],
    outfile: bundled,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'warning',
  });
  return import(pathToFileURL(path.resolve(bundled)));
}

/** Lets the wiki in memory answer a request that came over HTTP. */
async function serve(ctx, wiki, persona) {
  const { method, search } = ctx;
  const chunks = [];
  for await (const chunk of ctx.req) chunks.push(chunk);
  const init = { method, headers: { 'content-type': ctx.get('content-type') } };
  if (method === 'POST') init.body = Buffer.concat(chunks);
  const response = await wiki.fetchAs(persona)(`${wiki.api}${search}`, init);
  ctx.status = response.status;
  ctx.set(Object.fromEntries(response.headers));
  ctx.body = await response.text();
}

function give(ctx, fault) {
  if (typeof fault === 'function') return fault(ctx);
  ctx.status = fault.status;
  ctx.set({ 'cache-control': 'no-store', ...fault.headers });
  ctx.body = fault.body;
}

/**
 * `/faulty/<fault>/<id>/w/api.php` is a wiki with that fault, one for each id; `GET …/stats` counts its requests,
 * `POST …/heal` with a persona's name ends the fault. `/wiki/<persona>/w/api.php` has none.
 */
function wikis({ MemoryWiki }) {
  const known = new Map();
  const fresh = () => ({ wiki: new MemoryWiki(), persona: null, requests: 0, gone: 0, urls: [], headers: [] });
  return async (ctx, next) => {
    const [, kind, name, id, ...rest] = ctx.path.split('/');
    if (kind === 'wiki') return serve(ctx, new MemoryWiki(), name);
    if (kind !== 'faulty') return next();
    if (name !== NO_FAULT && !(name in FAULTS)) return ctx.throw(400, `There is no fault ${name}.`);
    const key = `${name}/${id}`;
    const entry = known.get(key) ?? fresh();
    known.set(key, entry);
    ctx.set('cache-control', 'no-store');
    if (rest[0] === 'stats') {
      const { requests, gone, urls, headers } = entry;
      ctx.body = { requests, gone, urls, headers };
      return undefined;
    }
    if (rest[0] === 'heal') {
      entry.persona = ctx.query.persona ?? 'q_kim';
      ctx.body = {};
      return undefined;
    }
    if (rest.join('/') === 'w/api.php') {
      entry.requests++;
      entry.urls.push(ctx.url);
      entry.headers.push(ctx.headers);
      ctx.res.on('close', () => {
        if (!ctx.res.writableEnded) entry.gone++;
      });
    }
    if (name === NO_FAULT) return serve(ctx, entry.wiki, ctx.query.persona ?? entry.persona ?? 'q_kim');
    return entry.persona === null ? give(ctx, FAULTS[name]) : serve(ctx, entry.wiki, entry.persona);
  };
}

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "require-trusted-types-for 'script'",
  "trusted-types lit-html 'allow-duplicates'",
].join('; ');

const page = (body) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>A page with a strict policy</title>
    <link rel="icon" href="data:," />
    <script src="/test/pages/witness.js"></script>
    <script type="module" src="/dist/mentorship-module.js"></script>
  </head>
  <body>${body}</body>
</html>`;

const PREVIEWS = ['mentored', 'opt-in', 'invite', 'mentor', 'unavailable', 'none'];

const PAGES = {
  '/strict/cards': PREVIEWS.map((kind) => `<mentorship-module preview="${kind}"></mentorship-module>`).join(''),
  '/strict/wiki': '<mentorship-module api="/wiki/q_kim/w/api.php"></mentorship-module>',
  '/strict/empty': '',
};

/** Pages with the policy under which the element must work. */
function pages(ctx, next) {
  if (!(ctx.path in PAGES)) return next();
  ctx.set('content-security-policy', POLICY);
  ctx.type = 'html';
  ctx.body = page(PAGES[ctx.path]);
  return undefined;
}

export const servers = async () => [wikis(await memoryWiki()), pages];
