// Talks with the wiki’s API as one person, cookies and all.
import { URLSearchParams } from 'node:url';

/** What the API answered instead of doing what it was asked; `code` is the wiki’s own. */
export class WikiError extends Error {
  constructor({ code, text }) {
    super(`${code}: ${text}`);
    this.name = 'WikiError';
    this.code = code;
  }
}

/** A session of `account`, which is logged in on first use; without an account a reader’s. */
export function createClient(api, account = null) {
  const jar = new Map();
  let login = null;
  let csrf = null;

  async function send(params, method) {
    const query = new URLSearchParams({
      format: 'json',
      formatversion: 2,
      errorformat: 'plaintext',
      ...params,
    });
    const response = await fetch(method === 'GET' ? `${api}?${query}` : api, {
      method,
      headers: { cookie: header(jar) },
      body: method === 'GET' ? undefined : query,
    });
    for (const cookie of response.headers.getSetCookie()) remember(jar, cookie);
    const answer = await response.json();
    // An option that cannot be stored is a mere warning to the wiki, which says “success”.
    const invalid = answer.warnings?.find(({ code }) => code === 'validationfailed');
    if (answer.errors || invalid) throw new WikiError(answer.errors?.[0] ?? invalid);
    return answer;
  }

  const token = async (type) => {
    const { query } = await send({ action: 'query', meta: 'tokens', type }, 'GET');
    return query.tokens[`${type}token`];
  };

  async function logIn({ name, password }) {
    const { clientlogin } = await send(
      {
        action: 'clientlogin',
        username: name,
        password,
        logintoken: await token('login'),
        loginreturnurl: api,
      },
      'POST',
    );
    if (clientlogin.status !== 'PASS')
      throw new WikiError({ code: clientlogin.messagecode, text: clientlogin.message });
  }

  const ready = () => (account ? (login ??= logIn(account)) : null);

  return {
    async get(params) {
      await ready();
      return send(params, 'GET');
    },
    /** Adds the csrf token. All calls share one: a new session that is asked for several at once gives wrong ones. */
    async post(params) {
      await ready();
      csrf ??= token('csrf');
      return send({ token: await csrf, ...params }, 'POST');
    },
    /** Name and value of each cookie of the session. */
    async cookies() {
      await ready();
      return [...jar].map(([name, value]) => ({ name, value }));
    },
  };
}

function remember(jar, cookie) {
  const [pair] = cookie.split(';', 1);
  const at = pair.indexOf('=');
  const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
  if (value === 'deleted' || value === '') jar.delete(name);
  else jar.set(name, value);
}

const header = (jar) => [...jar].map((pair) => pair.join('=')).join('; ');
