// Sends a request to a wiki, and returns the exchange in the format of test/recordings.
import { URLSearchParams } from 'node:url';
import { isObject, objectsAt, stringAt, valueAt } from './answers.ts';
import type { Client } from './client.ts';
import type { Exchange, Known, Params } from './exchanges/exchange.ts';

const PUBLIC_API = 'https://wiki.example/w/api.php';
const COMMON = { format: 'json', formatversion: '2', errorformat: 'plaintext' };

const KEPT =
  /^(content-type|vary|x-content-type-options|x-frame-options|content-disposition|cache-control|retry-after|access-control-.*|mediawiki-.*)$/;

/** Replaces the token and the address. The token of an anonymous session is the same for everybody, so it stays. */
function cleaned(text: string, token: string): string {
  const inJson = token.replaceAll('\\', '\\\\');
  const open = token === '+\\' ? text : text.replaceAll(inJson, 'CSRF-TOKEN+\\\\');
  return open.replaceAll('127.0.0.1', '192.0.2.1');
}

/** Returns the parsed body without its variable parts. */
function bodyOf(text: string, at: string): Record<string, unknown> {
  const answer: unknown = JSON.parse(text);
  const { docref, trace, ...body } = isObject(answer) ? answer : {};
  const general = valueAt(body, 'query', 'general');
  // This is the only time from the clock of the machine.
  if (isObject(general)) general['time'] = at;
  return {
    ...body,
    ...(docref !== undefined && { docref: '(omitted)' }),
    ...(trace !== undefined && { trace: '(omitted)' }),
  };
}

const given = (params: Params): Record<string, string> =>
  Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );

const PREFLIGHT = {
  'Access-Control-Request-Method': 'POST',
  'Access-Control-Request-Headers': 'content-type',
};

interface Sent {
  method: 'GET' | 'POST' | 'OPTIONS';
  query: Record<string, string>;
  posted: Record<string, string> | null;
  headers: Record<string, string>;
}

/** Returns the parts of a request. */
function requestOf(
  exchange: Exchange,
  { name, token, known }: { name: string | null; token: string; known: Known },
): Sent {
  const { get, post, preflight, query = {}, origin } = exchange;
  const params = (value: Exchange['get']) => (typeof value === 'function' ? value(known) : value);
  const headers: Sent['headers'] = { ...(origin && { Origin: origin }), ...(preflight && PREFLIGHT) };
  if (preflight) return { method: 'OPTIONS', query: { ...COMMON, ...preflight }, posted: null, headers };
  if (get) return { method: 'GET', query: given({ ...COMMON, ...params(get) }), posted: null, headers };
  const common = { ...COMMON, ...(name && { assertuser: name }), token };
  return { method: 'POST', query, posted: given({ ...common, ...params(post) }), headers };
}

interface Recorder {
  api: string;
  /** Returns the name of an account, or null for `anon`. */
  account: (id: string) => string | null;
  clientOf: (id: string) => Client;
  /** Sets the conditions of the next requests. */
  set: {
    at: (time: string) => void;
    readOnly: (reason: string | null) => void;
    settings: (values: Record<string, unknown>) => void;
    captcha: (state: 'on' | 'off') => void;
    admin: (params: Record<string, unknown>) => Promise<unknown>;
  };
}

/** Returns a function that records one exchange. */
export function createRecorder({ api, account, clientOf, set }: Recorder) {
  let list: Pick<Known, 'base' | 'list'> | null = null;

  async function learn(): Promise<Known> {
    const revisions = async (titles: string, rvlimit: number) => {
      const params = { prop: 'revisions', rvprop: 'ids|content', rvslots: 'main', titles, rvlimit };
      const answer = await clientOf('anon').get({ action: 'query', ...params });
      return objectsAt(objectsAt(answer, 'query', 'pages')[0], 'revisions');
    };
    const [newest, before] = await revisions('User talk:Mentor Fatima', 2);
    const [first] = await revisions('Project:Mentors.json', 1);
    list ??= { base: String(first?.['revid']), list: stringAt(first, 'slots', 'main', 'content') };
    return { newest: String(newest?.['revid']), before: String(before?.['revid']), ...list };
  }

  // An edit of a blocked account also blocks the address, which all accounts share here.
  async function clearAutoblocks(): Promise<void> {
    const answer = await clientOf('admin').get({ action: 'query', list: 'blocks', bkprop: 'id|flags' });
    for (const { id } of objectsAt(answer, 'query', 'blocks').filter(({ automatic }) => automatic))
      await set.admin({ action: 'unblock', id });
  }

  async function arrange(exchange: Exchange, at: string): Promise<void> {
    const { readOnly, settings = {}, captcha, deleted, protected: page, autoblocked } = exchange;
    set.at(at);
    set.readOnly(null);
    set.captcha('off');
    set.settings({});
    if (!autoblocked) await clearAutoblocks();
    if (deleted) await set.admin({ action: 'delete', title: deleted, reason: 'Test' });
    if (page) await set.admin({ action: 'protect', title: page, protections: 'edit=sysop' });
    set.settings(settings);
    if (captcha) set.captcha('on');
    if (readOnly) set.readOnly(readOnly);
  }

  async function sessionOf(id: string) {
    const client = clientOf(id);
    const cookies = await client.cookies();
    const answer = await client.get({ action: 'query', meta: 'tokens' });
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    return { cookie, token: stringAt(answer, 'query', 'tokens', 'csrftoken') };
  }

  return async function record(exchange: Exchange) {
    const at = `2026-11-22T${exchange.at ?? '11:00:00'}Z`;
    const known = await learn();
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
        post: posted && (JSON.parse(cleaned(JSON.stringify(posted), token)) as unknown),
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
