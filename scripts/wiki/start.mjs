// A real MediaWiki for development and tests.
import { pageUrl } from './addresses.mjs';
import { createClient } from './client.mjs';
import { installMediaWiki } from './debian.mjs';
import { createFolder, fill, keep, restore, setReadOnly, setSettings } from './folder.mjs';
import { PASSWORD, PEOPLE } from './people.mjs';
import { freePort, startServer } from './server.mjs';

const ADMIN = 'admin';

/**
 * Sets up a wiki in a temporary folder and serves it at 127.0.0.1 until `close()`.
 *
 * Wherever a user is asked for, the id of an account (`n_ana`) will do.
 * @param {{ port?: number, settings?: Record<string, unknown> }} [options] `settings` hold until `set()` changes them,
 *   and again after each `reset()`.
 */
export async function startWiki({ port, settings = {} } = {}) {
  installMediaWiki();
  const url = `http://127.0.0.1:${await freePort(port)}`;
  const folder = createFolder(url);
  const server = startServer(folder);
  try {
    await fill(folder);
    setSettings(folder, settings);
    await server.answers();
    await keep(folder);
    return operate(folder, { url, settings, server });
  } catch (error) {
    await server.close();
    throw error;
  }
}

function operate(folder, { url, settings: initial, server }) {
  const api = `${url}/w/api.php`;
  const accounts = Object.fromEntries(
    PEOPLE.map(({ id, name, card }) => [id, { name, password: PASSWORD, card }]),
  );
  let settings = initial;
  let sessions = new Map();

  function account(user) {
    const found = accounts[user];
    if (!found)
      throw new Error(`There is no account “${user}”; known are ${Object.keys(accounts).join(', ')}.`);
    return found;
  }

  /** The session of a user; every call gets the same one, until it is ended. */
  function as(user) {
    if (user !== null && !sessions.has(user)) sessions.set(user, createClient(api, account(user)));
    return sessions.get(user) ?? createClient(api);
  }

  return {
    url,
    api,
    accounts,
    as,

    /** The address of a page; `query` may have `useskin`, `uselang`, … */
    pageUrl: (title, query = {}) => pageUrl(title, query, { server: url, path: '/wiki/$1' }),

    /** Logs in and returns the cookies as a request’s header has them. */
    async login(user) {
      const cookies = await as(user).cookies();
      return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    },

    /** The same for a browser: puppeteer’s `setCookie(...await wiki.browserCookies('n_ana'))`. */
    async browserCookies(user) {
      const cookies = await as(user).cookies();
      return cookies.map((cookie) => ({ ...cookie, domain: '127.0.0.1', path: '/' }));
    },

    /** Ends the session on the wiki, so that its cookies are worth nothing; the next `login()` begins another. */
    async logout(user) {
      await as(user).post({ action: 'logout' });
      sessions.delete(user);
    },

    /** Writes a page as a user, `admin` if none is named; returns the id of the revision. */
    async edit(title, text, user = ADMIN, params = {}) {
      const { edit } = await as(user).post({ action: 'edit', title, text, ...params });
      return edit.newrevid ?? null;
    },

    /** The text of a page; `null`: there is none. */
    async read(title) {
      const [latest] = await revisions(title, { rvprop: 'content', rvslots: 'main', rvlimit: 1 });
      return latest?.slots.main.content ?? null;
    },

    /** A page’s history, newest first: revid, parentid, user, comment, timestamp, tags. */
    revisions: (title) => revisions(title, { rvprop: 'ids|user|comment|timestamp|tags', rvlimit: 'max' }),

    /** The preferences of a user, as the API has them. */
    async optionsOf(user) {
      const { query } = await as(user).get({ action: 'query', meta: 'userinfo', uiprop: 'options' });
      return query.userinfo.options;
    },

    /** Sets preferences of a user; `null` brings back the default. */
    async setOptions(user, options) {
      for (const [optionname, optionvalue] of Object.entries(options)) {
        await as(user).post({ action: 'options', optionname, ...(optionvalue !== null && { optionvalue }) });
      }
    },

    /** Blocks a user: the whole site, without end, unless `params` of action=block say otherwise. */
    block: (user, params = {}) =>
      as(ADMIN).post({
        action: 'block',
        user: account(user).name,
        expiry: 'never',
        reblock: true,
        ...params,
      }),

    unblock: (user) => as(ADMIN).post({ action: 'unblock', user: account(user).name }),

    /** Makes the wiki read-only for the reason given; `null` ends it. */
    setReadOnly: (reason) => setReadOnly(folder, reason),

    /** Changes MediaWiki’s settings from the next request on, as `{ wgRateLimits: { edit: { user: [1, 60] } } }`. */
    set(changes) {
      settings = { ...settings, ...changes };
      setSettings(folder, settings);
    },

    /** Makes the wiki as it is now the one to which `reset()` goes back. */
    keep: () => keep(folder),

    /** Brings back pages, accounts, caches and settings. Sessions stay, but for those that were ended. */
    async reset() {
      await restore(folder);
      settings = initial;
      setSettings(folder, settings);
    },

    /** Ends the server and removes the folder. */
    close: () => server.close(),
  };

  async function revisions(title, params) {
    const { query } = await as(null).get({ action: 'query', prop: 'revisions', titles: title, ...params });
    return query.pages[0].revisions ?? [];
  }
}
