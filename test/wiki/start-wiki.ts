/** Environment set by scripts/test-wiki.mjs: the root of this repository and a browser. */
interface Environment {
  root: string;
  chromium: string;
  flags: string[];
}

export const environment = JSON.parse(process.env['WIKI_TESTS'] ?? 'null') as Environment;

interface Account {
  name: string;
  /** Description of the expected card. */
  card: string;
}

interface Revision {
  revid: number;
  user: string;
  comment: string;
}

type Params = Record<string, unknown>;

interface Api {
  get(params: Params): Promise<Params>;
  post(params: Params): Promise<Params>;
}

/** The wiki of scripts/wiki/start.mjs, as used by the tests. */
export interface Wiki {
  url: string;
  api: string;
  accounts: Record<string, Account>;
  as(user: string | null): Api;
  pageUrl(title: string, query?: Record<string, string>): string;
  login(user: string): Promise<string>;
  browserCookies(user: string): Promise<{ name: string; value: string; domain: string; path: string }[]>;
  logout(user: string): Promise<void>;
  edit(title: string, text: string, user?: string, params?: Params): Promise<number | null>;
  read(title: string): Promise<string | null>;
  revisions(title: string): Promise<Revision[]>;
  optionsOf(user: string): Promise<Record<string, string | undefined>>;
  setOptions(user: string, options: Record<string, string | null>): Promise<void>;
  block(user: string, params?: Params): Promise<unknown>;
  unblock(user: string): Promise<unknown>;
  setReadOnly(reason: string | null): void;
  set(changes: Params): void;
  keep(): Promise<void>;
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** Imports a script from its own folder instead of bundling it, because it locates PHP files relative to itself. */
export async function loadScript<T>(script: string): Promise<T> {
  return (await import(new URL(script, environment.root).href)) as T;
}

export async function startWiki(): Promise<Wiki> {
  const start = await loadScript<{ startWiki: () => Promise<Wiki> }>('scripts/wiki/start.mjs');
  return start.startWiki();
}

export const MENTORS = 'Project:Mentors.json';
export const SETTINGS = 'MediaWiki:Mentorship.json';

/** Counts the occurrences of a text in a page. */
export const countIn = (text: string | null, part: string): number => (text ?? '').split(part).length - 1;

interface ListedMentor {
  username: string;
  message: string | null;
  weight: number;
}

/** Returns the list of mentors, which must be valid JSON. */
export async function mentorsOf(wiki: Wiki, title = MENTORS): Promise<Record<string, ListedMentor>> {
  const { Mentors } = JSON.parse((await wiki.read(title)) ?? '') as { Mentors: Record<string, ListedMentor> };
  return Mentors;
}

/** Merges settings into those of the program. */
export async function changeSettings(wiki: Wiki, changes: Params): Promise<void> {
  const settings = JSON.parse((await wiki.read(SETTINGS)) ?? '{}') as Params;
  await wiki.edit(SETTINGS, JSON.stringify({ ...settings, ...changes }));
}

interface StoredQuestion {
  text: string;
  section: string;
  revision: number;
}

/** Returns the stored questions of an account. */
export async function questionsOf(wiki: Wiki, user: string): Promise<StoredQuestion[]> {
  const options = await wiki.optionsOf(user);
  return JSON.parse(options['userjs-mentorship-questions'] ?? '[]') as StoredQuestion[];
}
