import data from './core-seed.json' with { type: 'json' };
import { preferenceQuestionsOption } from './stored-preferences.ts';
import { anonymous } from './seed.ts';
import { writeJson } from './settings.ts';
import type { Block, User, WikiState } from './state.ts';
import { iso } from './times.ts';
import { parseTitle } from './titles.ts';

interface SeedPerson {
  readonly name: string;
  readonly registered: string;
  readonly edits: number;
  readonly groups?: readonly string[];
  readonly options: Readonly<Record<string, string | undefined>>;
  readonly questions?: readonly (Readonly<Record<string, string>> & { readonly revision: string })[];
}

interface SeedEdit {
  readonly title: string;
  readonly user: string;
  readonly at: string;
  readonly text: string;
  readonly summary?: string;
  readonly model?: string;
  /** Returns the revision comment that identifies a question. */
  readonly key?: string;
}

const people: readonly SeedPerson[] = data.people;
const edits: readonly SeedEdit[] = data.edits;
const blocks: readonly (Omit<Block, 'id' | 'partial' | 'expiry'> & { user: string; expiry: string })[] =
  data.blocks;

const moment = (at: string) => iso(new Date(at));

// The installer creates Admin and, as the second account, one of its own.
const idOf = (index: number) => (index === 0 ? 1 : index + 2);

const byInstaller = ['bureaucrat', 'sysop'] as const;

function account(wiki: WikiState, person: SeedPerson, index: number): User {
  const groups = [...(index === 0 ? byInstaller : []), ...(person.groups ?? [])].sort();
  return {
    ...anonymous(wiki.software),
    id: idOf(index),
    name: person.name,
    kind: 'named',
    registered: moment(person.registered),
    editCount: person.edits,
    groups,
    options: new Map(Object.entries(person.options).map(([name, value = '']) => [name, value])),
  };
}

function seedEdit(wiki: WikiState, { title, user, at, text, summary, model }: SeedEdit): number {
  const page = parseTitle(title)?.text ?? title;
  if (model !== undefined) wiki.contentModels.set(page, model);
  const saved = wiki.contentModel(page) === 'json' ? writeJson(JSON.parse(text)) : text;
  return wiki.save({ page, text: saved, by: user, at: moment(at), comment: summary }).id;
}

/** Fills a wiki without extensions with the same users, whose preferences contain the mentorship data. */
export function seedCore(wiki: WikiState): void {
  people.forEach((person, index) => wiki.users.set(person.name, account(wiki, person, index)));
  wiki.save({
    page: 'Main Page',
    text: '',
    by: 'MediaWiki default',
    at: moment(people[0]?.registered ?? ''),
  });
  const revisions = new Map(edits.map((edit) => [edit.key, seedEdit(wiki, edit)]));
  for (const { name, questions } of people.filter((person) => person.questions)) {
    const list = questions?.map(({ revision, ...asked }) => ({
      revision: revisions.get(revision),
      ...asked,
    }));
    wiki.user(name)?.options.set(preferenceQuestionsOption, JSON.stringify(list));
  }
  blocks.forEach(({ user, expiry, ...block }, index) => {
    const known = wiki.user(user);
    if (!known) return;
    const until = expiry === 'infinity' ? null : moment(expiry);
    const partial = block.pages !== undefined;
    known.block = { ...block, at: moment(block.at), id: index + 1, expiry: until, partial };
  });
}
