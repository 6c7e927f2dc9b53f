// Calls the wiki’s API in one session, with cookies.
import { URLSearchParams } from 'node:url';
import { isObject, objectsAt, stringAt, valueAt } from './answers.ts';

export type Params = Record<string, unknown>;
type Answer = Record<string, unknown>;

/** Action API in one session: format version 2, errors as plain text. A refusal rejects with a WikiError. */
export interface Client {
  get(params: Params): Promise<Answer>;
  /** Adds the csrf token. All calls share one, because several requests at once in a new session return invalid ones. */
  post(params: Params): Promise<Answer>;
  cookies(): Promise<{ name: string; value: string }[]>;
}

export interface Account {
  name: string;
  password: string;
}

/** Error of the API; `code` is MediaWiki’s. */
class WikiError extends Error {
  override name = 'WikiError';
  readonly code: string;

  constructor(code: string, text: string) {
    super(`${code}: ${text}`);
    this.code = code;
  }
}

/** Creates a session, which logs in on first use. @param account - null: not logged in */
export function createClient(api: string, account: Account | null = null): Client {
  const jar = new Map<string, string>();
  let login: Promise<void> | null = null;
  let csrf: Promise<string> | null = null;

  async function send(params: Params, method: 'GET' | 'POST'): Promise<Answer> {
    const query = new URLSearchParams({ format: 'json', formatversion: '2', errorformat: 'plaintext' });
    for (const [name, value] of Object.entries(params)) query.set(name, String(value));
    const response = await fetch(method === 'GET' ? `${api}?${query.toString()}` : api, {
      method,
      headers: { cookie: [...jar].map((pair) => pair.join('=')).join('; ') },
      ...(method === 'POST' && { body: query }),
    });
    for (const cookie of response.headers.getSetCookie()) store(jar, cookie);
    const answer: unknown = await response.json();
    // MediaWiki reports “success” with a warning for an option that it does not store.
    const invalid = objectsAt(answer, 'warnings').filter(({ code }) => code === 'validationfailed');
    const [error] = [...objectsAt(answer, 'errors'), ...invalid];
    if (error) throw new WikiError(stringAt(error, 'code'), stringAt(error, 'text'));
    return isObject(answer) ? answer : {};
  }

  const token = async (type: 'csrf' | 'login') =>
    stringAt(await send({ action: 'query', meta: 'tokens', type }, 'GET'), 'query', 'tokens', `${type}token`);

  async function logIn({ name, password }: Account): Promise<void> {
    const credentials = { username: name, password, logintoken: await token('login'), loginreturnurl: api };
    const { clientlogin } = await send({ action: 'clientlogin', ...credentials }, 'POST');
    if (valueAt(clientlogin, 'status') !== 'PASS')
      throw new WikiError(stringAt(clientlogin, 'messagecode'), stringAt(clientlogin, 'message'));
  }

  const ready = async () => {
    if (account) await (login ??= logIn(account));
  };

  return {
    async get(params) {
      await ready();
      return send(params, 'GET');
    },
    async post(params) {
      await ready();
      csrf ??= token('csrf');
      return send({ token: await csrf, ...params }, 'POST');
    },
    async cookies() {
      await ready();
      return [...jar].map(([name, value]) => ({ name, value }));
    },
  };
}

function store(jar: Map<string, string>, cookie: string): void {
  const [, name = '', value = ''] = /^([^=]*)=([^;]*)/.exec(cookie) ?? [];
  if (value === 'deleted' || value === '') jar.delete(name);
  else jar.set(name, value);
}
