/** The id of an account, such as `n_ana`; people.mjs has them all. */
type User = string;

type Params = Record<string, string | number | boolean>;

/** Of MediaWiki, with their full names: `{ wgRateLimits: { edit: { user: [1, 60] } } }`. An object adds to the default. */
type Settings = Record<string, unknown>;

/** The Action API as one session sees it: format version 2, errors as plain text. What it refuses is a WikiError. */
interface Client {
  get<Answer>(params: Params): Promise<Answer>;
  /** Brings its own csrf token. */
  post<Answer>(params: Params): Promise<Answer>;
}

interface Revision {
  revid: number;
  parentid: number;
  user: string;
  comment: string;
  timestamp: string;
  tags: string[];
}

export interface Wiki {
  /** `http://127.0.0.1:…`, without a slash at its end. */
  url: string;
  /** The address of api.php. */
  api: string;
  /** Of every user: the name and password, and the card that is expected. */
  accounts: Record<User, { name: string; password: string; card: string }>;
  /** The session of a user, the same on every call until it is ended; `null`: a reader who is not logged in. */
  as(user: User | null): Client;
  /** The address of a page; `query` may have `useskin`, `uselang`, … */
  pageUrl(title: string, query?: Record<string, string>): string;

  /** Logs in (action=clientlogin) and returns the cookies as the header of a request has them. */
  login(user: User): Promise<string>;
  /** The same for a browser: `browser.setCookie(...(await wiki.browserCookies('n_ana')))`. */
  browserCookies(user: User): Promise<{ name: string; value: string; domain: string; path: string }[]>;
  /**
   * Ends the session on the wiki, so that its cookies are worth nothing; the next `login()` begins another. A browser
   * that keeps the cookies may go on showing pages that it has: the wiki answers 304, since no page has changed.
   */
  logout(user: User): Promise<void>;

  /** Writes a page, as `admin` if nobody is named; the id of the revision, or null if nothing has changed. */
  edit(title: string, text: string, user?: User, params?: Params): Promise<number | null>;
  /** The text of a page; null: there is none. */
  read(title: string): Promise<string | null>;
  /** Newest first. */
  revisions(title: string): Promise<Revision[]>;
  optionsOf(user: User): Promise<Record<string, string | number | boolean | null>>;
  /** `null` brings back the default. */
  setOptions(user: User, options: Record<string, string | null>): Promise<void>;
  /** Blocks from the whole site, without end, unless `params` of action=block say otherwise. */
  block(user: User, params?: Params): Promise<unknown>;
  unblock(user: User): Promise<unknown>;

  /** Makes the wiki read-only for the reason given; `null` ends it. */
  setReadOnly(reason: string | null): void;
  /** Changes settings from the next request on. */
  set(settings: Settings): void;
  /** Makes the wiki as it is now the one to which `reset()` goes back. */
  keep(): Promise<unknown>;
  /** Brings back pages, accounts, options, caches and settings, in a tenth of a second. Sessions stay. */
  reset(): Promise<void>;
  /** Ends the server and removes everything. */
  close(): Promise<void>;
}

/**
 * Installs MediaWiki 1.39 in a temporary folder, fills it with people and pages, and serves it at 127.0.0.1 until
 * `close()`, or until this process ends, however it does. Several at once do not meet.
 *
 * @param options - `settings` hold until `set()` changes them, and again after each `reset()`
 * @throws {Error} that says what this machine lacks
 */
export function startWiki(options?: { port?: number; settings?: Settings }): Promise<Wiki>;
