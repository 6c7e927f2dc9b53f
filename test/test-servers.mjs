// Serves the browser tests: fake wikis with and without faults, and test pages.
import { existsSync, readFileSync } from 'node:fs';
import { build } from 'esbuild';

const answer = (body, { status = 200, headers = {} } = {}) => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const wikiError = (code, text, headers = {}) =>
  answer(
    { errors: [{ code, text, module: 'main' }] },
    { headers: { 'mediawiki-api-error': code, ...headers } },
  );
const status = (code, headers = {}) =>
  answer('<h1>Sorry</h1>', { status: code, headers: { 'content-type': 'text/html', ...headers } });
const html = { headers: { 'content-type': 'text/html; charset=utf-8' } };

/** Responses of a wiki by fault name, until the fault is cleared. A function replaces the response. */
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
  'redirect-loop': (ctx) => send(ctx, { status: 302, headers: { location: 'loop' } }),
  'redirect-to-404': (ctx) => send(ctx, { status: 302, headers: { location: '/there/is/no/such/page' } }),
  'cached-redirect': status(301, {
    location: '/there/is/no/such/page',
    'cache-control': 'max-age=3600',
  }),
  401: status(401, { 'www-authenticate': 'Bearer realm="wiki"' }),
  403: status(403),
  404: status(404),
  '429-long': status(429, { 'retry-after': '9999' }),
  '429-nonsense': status(429, { 'retry-after': 'soon, I hope' }),
  500: status(500),
  502: status(502),
  503: status(503),
  hang: () => {},
  reset: (ctx) => ctx.req.socket.resetAndDestroy(),
};

/** A wiki without a fault, whose requests are counted. */
const NO_FAULT = 'none';

async function loadFakeMediaWiki() {
  const { outputFiles } = await build({
    entryPoints: ['test/fake-mediawiki/index.ts'],
    write: false,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'warning',
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

/** Responds to an HTTP request with the fake wiki. */
async function serve(ctx, wiki, persona) {
  const { method, search } = ctx;
  const chunks = [];
  for await (const chunk of ctx.req) chunks.push(chunk);
  const init = { method, headers: { 'content-type': ctx.get('content-type') } };
  if (method === 'POST') init.body = Buffer.concat(chunks);
  const response = await wiki.fetchAs(persona)(`${wiki.api}${search}`, init);
  send(ctx, {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  });
}

/** Bypasses the runner, which caches files with a dot in their name for a year and lists missing ones. */
function send({ res }, { status, headers, body }) {
  res.writeHead(status, { 'cache-control': 'no-store', ...headers }).end(body);
  res.statusCode = 200;
}

/**
 * Serves `/faulty/<fault>/<id>/w/api.php`, a wiki with that fault for each ID; `GET …/stats` counts its requests,
 * `POST …/clear-fault` with the name of a persona clears the fault. `/wiki/<persona>/w/api.php` has no fault, and
 * `/plain-wiki/<persona>/w/api.php` has no GrowthExperiments.
 */
function wikis({ FakeMediaWiki }) {
  const known = new Map();
  const fresh = () => ({
    wiki: new FakeMediaWiki(),
    persona: null,
    requests: 0,
    aborted: 0,
    urls: [],
    headers: [],
  });
  return async (ctx, next) => {
    const [, kind, name, id, ...rest] = ctx.path.split('/');
    if (kind === 'wiki') {
      ctx.respond = false;
      return serve(ctx, new FakeMediaWiki(), name);
    }
    if (kind === 'plain-wiki') {
      ctx.respond = false;
      return serve(ctx, new FakeMediaWiki({ software: 'core-1.43' }), name);
    }
    if (kind !== 'faulty') return next();
    if (name !== NO_FAULT && !(name in FAULTS)) return ctx.throw(501, `There is no fault ${name}.`);
    const key = `${name}/${id}`;
    const entry = known.get(key) ?? fresh();
    known.set(key, entry);
    ctx.respond = false;
    ctx.status = 200;
    const { requests, aborted, urls, headers } = entry;
    if (rest[0] === 'stats') return send(ctx, answer({ requests, aborted, urls, headers }));
    if (rest[0] === 'clear-fault') {
      entry.persona = ctx.query.persona;
      return send(ctx, answer({}));
    }
    entry.requests++;
    entry.urls.push(ctx.url);
    entry.headers.push(ctx.headers);
    ctx.res.on('close', () => {
      if (!ctx.res.writableEnded) entry.aborted++;
    });
    const persona = entry.persona ?? (name === NO_FAULT ? (ctx.query.persona ?? 'q_kim') : null);
    if (persona) return serve(ctx, entry.wiki, persona);
    const fault = FAULTS[name];
    return typeof fault === 'function' ? fault(ctx) : send(ctx, fault);
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

const script = (src) => `<script type="module" src="${src}"></script>`;

const page = (body, scripts = ['/dist/mentorship-module.js']) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>A page of its own</title>
    <script src="/test/pages/page-log.ts"></script>
    ${scripts.map(script).join('')}
  </head>
  <body>${body}</body>
</html>`;

const KINDS = ['mentored', 'opt-in', 'invite', 'mentor', 'unavailable', 'none'];
const INVITE = '<mentorship-module preview="invite"></mentorship-module>';

/** Pages under `/strict/` have the policy that the element must comply with. */
const PAGES = {
  '/strict/cards': page(
    KINDS.map((kind) => `<mentorship-module preview="${kind}"></mentorship-module>`).join(''),
  ),
  '/strict/wiki': page('<mentorship-module api="/wiki/n_ana/w/api.php"></mentorship-module>'),
  '/strict/german': page(`<div lang="de">${INVITE}</div>`),
  '/strict/empty': page(''),
  '/strict/gadget': page('', []),
  '/strict/versioned': page('', ['/dist/mentorship-module.js?v=3']),
  '/strict/twice': page('', ['/dist/mentorship-module.js', '/dist/mentorship-module.js?again']),
  '/strict/without-parts': page('', ['/without-parts/mentorship-module.js']),
  '/plain/twice': page(INVITE, ['/dist/mentorship-module.js', '/dist/mentorship-module.js?again']),
  '/plain/no-locales': page(`<div lang="de">${INVITE}</div>`, ['/other-version/mentorship-module.js']),
  '/plain/localized-host': page('<host-app></host-app><other-app></other-app>', [
    '/dist/mentorship-module.js',
    '/localized-host.js',
  ]),
  '/plain/empty': page('', []),
  '/plain/own-content': page(
    '<mentorship-module api="/wiki/n_ana/w/api.php"><p>Own content</p></mentorship-module>',
    [],
  ),
  '/plain/two-tabs-frame': page('', ['/two-tabs-frame.js']),
  '/plain/two-versions': page(INVITE, ['/other-version/mentorship-module.js', '/dist/mentorship-module.js']),
};

function pages(ctx, next) {
  if (!(ctx.path in PAGES)) return next();
  if (ctx.path.startsWith('/strict/')) ctx.set('content-security-policy', POLICY);
  // Only a gadget sets a script URL.
  if (ctx.path === '/strict/gadget')
    ctx.set('content-security-policy', POLICY.replace('lit-html', 'lit-html mentorship-module'));
  ctx.type = 'html';
  ctx.body = PAGES[ctx.path];
  return undefined;
}

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

/** Serves `dist/` with another version number and one language only, as on a page that also loads an older gadget. */
function otherVersion(ctx, next) {
  const file = ctx.path.startsWith('/other-version/') && ctx.path.replace('/other-version/', 'dist/');
  if (!file || /\.\.|locales\/(?!ar)/.test(file) || !existsSync(file)) return next();
  ctx.type = file.endsWith('.json') ? 'json' : 'js';
  ctx.body = readFileSync(file, 'utf8').replaceAll(version, '0.0.1');
  return undefined;
}

/** Serves `dist/` without its chunks, as after a deployment while the page was open. */
function withoutParts(ctx, next) {
  const file = ctx.path.startsWith('/without-parts/') && ctx.path.replace('/without-parts/', 'dist/');
  // The first chunk contains the card.
  if (!file || /\.\.|parts\/(?!define)/.test(file) || !existsSync(file)) return next();
  ctx.type = file.endsWith('.json') ? 'json' : 'js';
  ctx.body = readFileSync(file, 'utf8');
  return undefined;
}

/** Serves a script of test/pages bundled in one file, because it may be loaded hundreds of times. */
function bundled(name) {
  let building = null;
  return async (ctx, next) => {
    if (ctx.path !== `/${name}.js`) return next();
    building ??= build({
      entryPoints: [`test/pages/${name}.ts`],
      write: false,
      bundle: true,
      format: 'esm',
      conditions: ['production'],
      define: { 'process.env.NODE_ENV': '"production"' },
      logLevel: 'warning',
    });
    const { outputFiles } = await building;
    ctx.type = 'js';
    ctx.body = Buffer.from(outputFiles[0].contents);
    return undefined;
  };
}

/** Names of the files `test/pages/router-*.ts`. */
const ROUTERS = ['react', 'vue', 'turbo', 'plain'];

/**
 * Serves `/routers/<router>/<route>`, an application of test/pages with two routes. A router named `…-hash` has its routes
 * in the fragment. Only Turbo keeps the content of the server's page.
 */
function routers(ctx, next) {
  const [, router, route] = /^\/routers\/([a-z-]+)\/(first|second)$/.exec(ctx.path) ?? [];
  if (!router) return next();
  const other = route === 'first' ? 'second' : 'first';
  ctx.type = 'html';
  ctx.body = page(
    `<div id="app">
      <h1>${route}</h1>
      <a href="/routers/${router}/${other}">${other}</a>
      <input />
      <mentorship-module preview="mentored"></mentorship-module>
    </div>`,
    [`/router-${router.replace('-hash', '')}.js`],
  );
  return undefined;
}

/** Messages that administrators have written, on every wiki. */
const OWN_TEXTS = {
  'MediaWiki:Mentorship-texts.json': JSON.stringify({
    en: { 'mentored-heading': 'Your guide', ask: 7 },
    bar: { 'mentored-heading': 'Dei Helfer' },
    'zh-tw': { 'mentored-heading': '嚮導' },
    de: { 'mentored-heading': '<b>Wegweiser</b>', 'dialog-common-cancel': 'Doch nicht' },
  }),
  'MediaWiki:Broken.json': '{ "en": { "mentored-heading": "Your',
  'MediaWiki:List.json': '[7, null]',
};

const CARD = 'mentorship-module.js';
const GADGET_PAGES = {
  translated: /^[\w-]+\.js(?:on)?$/,
  untranslated: /^[\w-]+\.js$/,
  outdated: /^[\w-]+\.js$/,
  held: /^[\w-]+\.js$/,
};

let release;
/** Resolves once a test has requested `MediaWiki:Release`. */
const released = new Promise((resolve) => (release = resolve));

/**
 * Serves the gadget's pages for the wiki in front of `/w/index.php`: `/translated` has languages, `/untranslated` has
 * none, `/outdated` has none and dialogs of another version; `/empty` and other wikis have the card only, and respond
 * to all other pages with an empty text or with HTTP 404. `/outdated/dialogs` and the like have that fault in the dialogs
 * only. `/held` responds with the third script after a request of `MediaWiki:Release`.
 */
function wikiPages(ctx, next) {
  if (!ctx.path.endsWith('/w/index.php')) return next();
  const [, wiki, part] = ctx.path.split('/');
  ctx.respond = false;
  if (ctx.query.title === 'MediaWiki:Hanging.json') return undefined;
  if (ctx.query.title === 'MediaWiki:Release') release();
  const own = OWN_TEXTS[ctx.query.title];
  if (own) return send(ctx, answer(own));
  const name = String(ctx.query.title).replace('MediaWiki:Gadget-', '');
  const isMore = name.endsWith('-more.js');
  const isFine = name === CARD || (part === 'dialogs' && isMore);
  const isThere = isFine || GADGET_PAGES[wiki]?.test(name);
  const headers = {
    'content-type': `${name.endsWith('.js') ? 'text/javascript' : 'application/json'}; charset=utf-8`,
  };
  if (!isThere && wiki === 'empty') return send(ctx, answer('', { headers }));
  if (!isThere || !existsSync(`dist/gadget/${name}`)) return send(ctx, status(404));
  const text = readFileSync(`dist/gadget/${name}`, 'utf8');
  const isOutdated = wiki === 'outdated' && !isFine;
  // Imports a name that an earlier version does not export.
  const body = isOutdated
    ? text.replace(/\bimport ?\{/, 'import{addedLater,').replace(/\+\w{8},/, '+later,')
    : text;
  const respond = () => send(ctx, answer(body, { headers }));
  return wiki === 'held' && isMore ? void released.then(respond) : respond();
}

export const servers = async () => [
  wikiPages,
  wikis(await loadFakeMediaWiki()),
  pages,
  otherVersion,
  withoutParts,
  routers,
  ...['two-tabs-frame', 'localized-host', ...ROUTERS.map((name) => `router-${name}`)].map(bundled),
];
