import { startWiki, type Wiki } from '../../scripts/wiki/start.ts';

export { startWiki, type Wiki };

/** Environment set by scripts/test-wiki.mjs: the root of this repository and a browser. */
interface Environment {
  root: string;
  chromium: string;
  flags: string[];
}

export const environment = JSON.parse(process.env['WIKI_TESTS'] ?? 'null') as Environment;

type Params = Record<string, unknown>;

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
