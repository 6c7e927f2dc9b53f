// Starts a real MediaWiki for development and tests.
import { freePort } from '../free-port.ts';
import { type PageUrl, pageUrls } from './addresses.ts';
import { isObject, objectsAt, valueAt } from './answers.ts';
import { type Account, type Client, createClient, type Params } from './client.ts';
import { installMediaWiki } from './debian.ts';
import {
  copyToWiki,
  createFolder,
  fill,
  type Folder,
  install,
  keep,
  restore,
  setReadOnly,
  setSettings,
  type Settings,
} from './folder.ts';
import { PASSWORD, PEOPLE } from './people.ts';
import { type Server, startServer } from './server.ts';

/** Id of an account in people.ts, such as `n_ana`. */
type User = string;

interface Revision {
  revid: number;
  user: string;
  comment: string;
}

export interface Wiki {
  /** Origin, such as `http://127.0.0.1:…`. */
  url: string;
  /** Address of api.php. */
  api: string;
  /** Accounts with their expected cards. */
  accounts: Record<User, Account & { card: string }>;
  /** Returns the session of a user, or an anonymous one for `null`. */
  as(user: User | null): Client;
  pageUrl: PageUrl;

  /** Logs in, and returns the cookies as a header of a request. */
  login(user: User): Promise<string>;
  /** Logs in, and returns the cookies for `browser.setCookie()`. */
  browserCookies(user: User): Promise<{ name: string; value: string; domain: string; path: string }[]>;
  /**
   * Ends the session, so that its cookies are invalid; the next `login()` begins another. A browser with the cookies may
   * still show cached pages, because the wiki responds with 304.
   */
  logout(user: User): Promise<void>;

  /** Saves a page, as `admin` by default. Resolves with the id of the revision, or with null if nothing changed. */
  edit(title: string, text: string, user?: User, params?: Params): Promise<number | null>;
  /** Resolves with the text of a page, or with null if it does not exist. */
  read(title: string): Promise<string | null>;
  /** Resolves with the revisions of a page, newest first. */
  revisions(title: string): Promise<Revision[]>;
  /** Resolves with the options whose value is a string. */
  optionsOf(user: User): Promise<Record<string, string | undefined>>;
  /** Saves options. `null` restores the default. */
  setOptions(user: User, options: Record<string, string | null>): Promise<void>;
  /** Blocks from the whole site without expiry. `params` of action=block override this. */
  block(user: User, params?: Params): Promise<unknown>;
  unblock(user: User): Promise<unknown>;

  /** Makes the wiki read-only with a reason. `null` makes it writable. */
  setReadOnly(reason: string | null): void;
  /**
   * Copies a folder to the wiki, which loads it from the next request on: `extensions/MentorshipModule`, `skins/Vector`.
   * Returns the path of the copy.
   */
  copy(source: string, name: Parameters<typeof copyToWiki>[2]): string;
  /** Changes settings from the next request on. */
  set(settings: Settings): void;
  /** Copies pages, accounts and options, for `reset()`. */
  keep(): Promise<void>;
  /** Restores the copy, and the initial settings, in a tenth of a second. Sessions stay. */
  reset(): Promise<void>;
  /** Stops the server and removes the folder. */
  close(): Promise<void>;
}

const ADMIN = 'admin';

const isRevision = (value: Record<string, unknown>): value is Record<string, unknown> & Revision =>
  typeof value['revid'] === 'number' &&
  typeof value['user'] === 'string' &&
  typeof value['comment'] === 'string';

/**
 * Installs MediaWiki 1.39 with accounts and pages in a temporary folder, and serves it on 127.0.0.1 until `close()` or the
 * end of this process. Several wikis can run at the same time.
 *
 * @param options - `settings` hold until `set()` changes them, and again after each `reset()`
 * @throws {Error} with the missing packages
 */
export async function startWiki(options: { port?: number; settings?: Settings } = {}): Promise<Wiki> {
  const { port, settings = {} } = options;
  installMediaWiki();
  const url = `http://127.0.0.1:${await freePort(port)}`;
  const folder = createFolder(url);
  const server = startServer(folder);
  try {
    await install(folder, 'Testwiki');
    await fill(folder);
    setSettings(folder, settings);
    await server.ready();
    await keep(folder);
    return operate(folder, settings, server);
  } catch (error) {
    await server.close();
    throw error;
  }
}

function operate(folder: Folder, initial: Settings, server: Server): Wiki {
  const { server: url } = folder;
  const api = `${url}/w/api.php`;
  const accounts: Wiki['accounts'] = Object.fromEntries(
    PEOPLE.map(({ id, name, card }) => [id, { name, password: PASSWORD, card }]),
  );
  let settings = initial;
  const sessions = new Map<User, Client>();

  function account(user: User): Account {
    const found = accounts[user];
    if (!found) throw new Error(`Unknown account “${user}”. Known: ${Object.keys(accounts).join(', ')}.`);
    return found;
  }

  function as(user: User | null): Client {
    if (user === null) return createClient(api);
    const session = sessions.get(user) ?? createClient(api, account(user));
    sessions.set(user, session);
    return session;
  }

  async function revisions(title: string, params: Params): Promise<Record<string, unknown>[]> {
    const answer = await as(null).get({ action: 'query', prop: 'revisions', titles: title, ...params });
    const [page] = objectsAt(answer, 'query', 'pages');
    return objectsAt(page, 'revisions');
  }

  return {
    url,
    api,
    accounts,
    as,

    pageUrl: pageUrls(url, '/wiki/$1'),

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
      const revision = valueAt(
        await as(user).post({ action: 'edit', title, text, ...params }),
        'edit',
        'newrevid',
      );
      return typeof revision === 'number' ? revision : null;
    },

    async read(title) {
      const [latest] = await revisions(title, { rvprop: 'content', rvslots: 'main', rvlimit: 1 });
      const content = valueAt(latest, 'slots', 'main', 'content');
      return typeof content === 'string' ? content : null;
    },

    async revisions(title) {
      const found = await revisions(title, { rvprop: 'ids|user|comment|timestamp|tags', rvlimit: 'max' });
      return found.filter(isRevision);
    },

    async optionsOf(user) {
      const answer = await as(user).get({ action: 'query', meta: 'userinfo', uiprop: 'options' });
      const options = valueAt(answer, 'query', 'userinfo', 'options');
      const entries = Object.entries(isObject(options) ? options : {});
      return Object.fromEntries(
        entries.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
      );
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

    copy: (source, name) => copyToWiki(folder, source, name),
    setReadOnly: (reason) => setReadOnly(folder, reason),

    set(changes) {
      settings = { ...settings, ...changes };
      setSettings(folder, settings);
    },

    async keep() {
      await keep(folder);
    },

    async reset() {
      await restore(folder);
      settings = initial;
      setSettings(folder, settings);
    },

    close: () => server.close(),
  };
}
