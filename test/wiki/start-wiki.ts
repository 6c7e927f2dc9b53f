/** What scripts/test-wiki.mjs has found: the root of this repository and a browser. */
interface Environment {
  root: string;
  chromium: string;
  flags: string[];
}

export const environment = JSON.parse(process.env['WIKI_TESTS'] ?? 'null') as Environment;

interface Account {
  name: string;
  /** The card that this person should see, in words. */
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

/** The wiki of scripts/wiki/start.mjs, as far as the tests use it. */
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

/** Runs where it stands, not as a part of this bundle: it finds its PHP relative to itself. */
export async function loadScript<T>(script: string): Promise<T> {
  return (await import(new URL(script, environment.root).href)) as T;
}

export async function startWiki(): Promise<Wiki> {
  const start = await loadScript<{ startWiki: () => Promise<Wiki> }>('scripts/wiki/start.mjs');
  return start.startWiki();
}

export const MENTORS = 'Project:Mentors.json';
export const SETTINGS = 'MediaWiki:Mentorship.json';

/** How often something stands in a page. */
export const countIn = (text: string | null, part: string): number => (text ?? '').split(part).length - 1;

interface ListedMentor {
  username: string;
  message: string | null;
  weight: number;
}

/** The list of mentors, which has to be valid JSON. */
export async function mentorsOf(wiki: Wiki, title = MENTORS): Promise<Record<string, ListedMentor>> {
  const { Mentors } = JSON.parse((await wiki.read(title)) ?? '') as { Mentors: Record<string, ListedMentor> };
  return Mentors;
}

/** Adds settings of the program to those that it has. */
export async function changeSettings(wiki: Wiki, changes: Params): Promise<void> {
  const settings = JSON.parse((await wiki.read(SETTINGS)) ?? '{}') as Params;
  await wiki.edit(SETTINGS, JSON.stringify({ ...settings, ...changes }));
}

interface StoredQuestion {
  text: string;
  section: string;
  revision: number;
}

/** The questions that an account remembers. */
export async function questionsOf(wiki: Wiki, user: string): Promise<StoredQuestion[]> {
  const options = await wiki.optionsOf(user);
  return JSON.parse(options['userjs-mentorship-questions'] ?? '[]') as StoredQuestion[];
}
