// A real MediaWiki for development and tests. What everything does stands in start.d.mts.
import { pageUrl } from './addresses.mjs';
import { createClient } from './client.mjs';
import { installMediaWiki } from './debian.mjs';
import { createFolder, fill, keep, restore, setReadOnly, setSettings } from './folder.mjs';
import { PASSWORD, PEOPLE } from './people.mjs';
import { freePort, startServer } from './server.mjs';

const ADMIN = 'admin';

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

    pageUrl: (title, query = {}) => pageUrl(title, query, { server: url, path: '/wiki/$1' }),

    async login(user) {
      const cookies = await as(user).cookies();
      return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    },

    async browserCookies(user) {
      const cookies = await as(user).cookies();
      return cookies.map((cookie) => ({ ...cookie, domain: '127.0.0.1', path: '/' }));
    },

    async logout(user) {
      await as(user).post({ action: 'logout' });
      sessions.delete(user);
    },

    async edit(title, text, user = ADMIN, params = {}) {
      const { edit } = await as(user).post({ action: 'edit', title, text, ...params });
      return edit.newrevid ?? null;
    },

    async read(title) {
      const [latest] = await revisions(title, { rvprop: 'content', rvslots: 'main', rvlimit: 1 });
      return latest?.slots.main.content ?? null;
    },

    revisions: (title) => revisions(title, { rvprop: 'ids|user|comment|timestamp|tags', rvlimit: 'max' }),

    async optionsOf(user) {
      const { query } = await as(user).get({ action: 'query', meta: 'userinfo', uiprop: 'options' });
      return query.userinfo.options;
    },

    async setOptions(user, options) {
      for (const [optionname, optionvalue] of Object.entries(options)) {
        await as(user).post({ action: 'options', optionname, ...(optionvalue !== null && { optionvalue }) });
      }
    },

    block: (user, params = {}) =>
      as(ADMIN).post({
        action: 'block',
        user: account(user).name,
        expiry: 'never',
        reblock: true,
        ...params,
      }),

    unblock: (user) => as(ADMIN).post({ action: 'unblock', user: account(user).name }),

    setReadOnly: (reason) => setReadOnly(folder, reason),

    set(changes) {
      settings = { ...settings, ...changes };
      setSettings(folder, settings);
    },

    keep: () => keep(folder),

    async reset() {
      await restore(folder);
      settings = initial;
      setSettings(folder, settings);
    },

    close: () => server.close(),
  };

  async function revisions(title, params) {
    const { query } = await as(null).get({ action: 'query', prop: 'revisions', titles: title, ...params });
    return query.pages[0].revisions ?? [];
  }
}
