// Sends a request to a wiki, and returns the exchange in the format of test/recordings.
import { URLSearchParams } from 'node:url';

const PUBLIC_API = 'https://wiki.example/w/api.php';
const COMMON = { format: 'json', formatversion: '2', errorformat: 'plaintext' };

const KEPT =
  /^(content-type|vary|x-content-type-options|x-frame-options|content-disposition|cache-control|retry-after|access-control-.*|mediawiki-.*)$/;

/** Replaces the token and the address. The token of an anonymous session is the same for everybody, so it stays. */
function cleaned(text, token) {
  const inJson = token.replaceAll('\\', '\\\\');
  const open = token === '+\\' ? text : text.replaceAll(inJson, 'CSRF-TOKEN+\\\\');
  return open.replaceAll('127.0.0.1', '192.0.2.1');
}

function bodyOf(text, at) {
  const { docref, trace, ...body } = JSON.parse(text);
  // This is the only time from the clock of the machine.
  if (body.query?.general) body.query.general.time = at;
  return { ...body, ...(docref && { docref: '(omitted)' }), ...(trace && { trace: '(omitted)' }) };
}

const given = (params) => Object.fromEntries(Object.entries(params).filter(([, value]) => value !== null));

const PREFLIGHT = {
  'Access-Control-Request-Method': 'POST',
  'Access-Control-Request-Headers': 'content-type',
};

/** The parts of a request; parameters that are null are left out. */
function requestOf({ get, post, preflight, query = {}, origin }, { name, token, known }) {
  const params = (value) => (typeof value === 'function' ? value(known) : value);
  const headers = { ...(origin && { Origin: origin }), ...(preflight && PREFLIGHT) };
  if (preflight) return { method: 'OPTIONS', query: { ...COMMON, ...preflight }, posted: null, headers };
  if (get) return { method: 'GET', query: given({ ...COMMON, ...params(get) }), posted: null, headers };
  const common = { ...COMMON, ...(name && { assertuser: name }), token };
  return { method: 'POST', query, posted: given({ ...common, ...params(post) }), headers };
}

export function createRecorder({ api, account, clientOf, set }) {
  /** Values that some exchanges need: the ids of revisions, and the first list of mentors. */
  const known = {};

  async function learn() {
    const revisions = async (titles, rvlimit) => {
      const params = { prop: 'revisions', rvprop: 'ids|content', rvslots: 'main', titles, rvlimit };
      const { query } = await clientOf('anon').get({ action: 'query', ...params });
      return query.pages[0].revisions;
    };
    const [newest, before] = await revisions('User talk:Mentor Fatima', 2);
    Object.assign(known, { newest: String(newest.revid), before: String(before.revid) });
    const [list] = await revisions('Project:Mentors.json', 1);
    known.base ??= String(list.revid);
    known.list ??= list.slots.main.content;
  }

  // An edit of a blocked account also blocks the address, which all accounts share here.
  async function clearAutoblocks() {
    const { query } = await clientOf('admin').get({ action: 'query', list: 'blocks', bkprop: 'id|flags' });
    for (const { id } of query.blocks.filter(({ automatic }) => automatic))
      await set.admin({ action: 'unblock', id });
  }

  async function arrange({ readOnly, settings = {}, captcha, deleted, protected: page, autoblocked }, at) {
    set.at(at);
    set.readOnly(null);
    set.noCaptcha();
    set.settings({});
    if (!autoblocked) await clearAutoblocks();
    if (deleted) await set.admin({ action: 'delete', title: deleted, reason: 'Test' });
    if (page) await set.admin({ action: 'protect', title: page, protections: 'edit=sysop' });
    set.settings(settings);
    if (captcha) set.captcha();
    if (readOnly) set.readOnly(readOnly);
  }

  async function sessionOf(id) {
    const client = clientOf(id);
    const cookies = await client.cookies();
    const { query } = await client.get({ action: 'query', meta: 'tokens' });
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    return { cookie, token: query.tokens.csrftoken };
  }

  return async function record(exchange) {
    const at = `2026-11-22T${exchange.at ?? '11:00:00'}Z`;
    await learn();
    await arrange(exchange, at);
    const name = account(exchange.as);
    const { cookie, token } = await sessionOf(exchange.as);
    const { method, query, posted, headers } = requestOf(exchange, { name, token, known });
    const search = new URLSearchParams(query).toString();
    const suffix = search && `?${search}`;
    const send = () =>
      fetch(api + suffix, {
        method,
        headers: { cookie, ...headers },
        body: posted && new URLSearchParams(posted),
      });
    if (exchange.twice) await (await send()).text();
    const response = await send();
    const text = cleaned(await response.text(), token);
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    return {
      note: exchange.note ?? null,
      at,
      as_user: name,
      request: {
        method,
        url: PUBLIC_API + suffix,
        query,
        post: posted && JSON.parse(cleaned(JSON.stringify(posted), token)),
        headers: Object.keys(headers).length > 0 ? headers : null,
      },
      response: {
        status: response.status,
        bytes: Buffer.byteLength(text),
        headers: Object.fromEntries([...response.headers].filter(([header]) => KEPT.test(header))),
        body: isJson ? bodyOf(text, at) : text,
      },
    };
  };
}
