import { startWiki, type Wiki } from '../../scripts/wiki/start.ts';

export { startWiki, type Wiki };

/** What scripts/test-wiki.mjs has found: the root of this repository and a browser. */
interface Found {
  root: string;
  chromium: string;
  flags: string[];
}

export const found = JSON.parse(process.env['WIKI_TESTS'] ?? 'null') as Found;

type Params = Record<string, unknown>;

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
