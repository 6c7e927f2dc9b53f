import events from './log.json' with { type: 'json' };
import { mentorsText } from './mentorship.ts';
import { setOption } from './options.ts';
import pages from './pages.json' with { type: 'json' };
import { ask, freshQuestions, questionTags, storeQuestions, storedQuestions } from './questions.ts';
import { writeJson } from './settings.ts';
import type { Software } from './software.ts';
import type { Block, User, WikiState } from './state.ts';
import { sections, signature, withNewSection, withoutSection, withReply } from './talk.ts';
import users from './users.json' with { type: 'json' };

interface SeedUser {
  readonly id: number;
  readonly name: string;
  readonly registered: string;
  readonly editCount: number;
  readonly unread: number;
  readonly temporary?: boolean;
  readonly byInstaller?: boolean;
  readonly groups?: readonly string[];
  readonly mentor?: string;
  readonly standIn?: string;
  readonly block?: Block;
  readonly options?: Readonly<Record<string, string | undefined>>;
}

const seedUsers: readonly SeedUser[] = users;

/** An anonymous user. */
export const anonymous = (software: Software): User => ({
  id: 0,
  name: '192.0.2.1',
  kind: 'anonymous',
  options: new Map(),
  software,
  registered: null,
  groups: [],
  extraRights: [],
  editCount: 0,
  unread: 0,
  session: 1,
  block: null,
  email: null,
  mentor: null,
  standIn: null,
});

function account(software: Software, seed: SeedUser): User {
  const user: User = {
    ...anonymous(software),
    id: seed.id,
    name: seed.name,
    kind: seed.temporary ? 'temporary' : 'named',
    registered: seed.registered,
    groups: seed.groups ?? [],
    editCount: seed.editCount,
    unread: seed.unread,
    block: seed.block ?? null,
    mentor: seed.mentor ?? null,
    standIn: seed.standIn ?? null,
  };
  const welcome = seed.temporary || seed.byInstaller ? {} : software.options.newAccount;
  for (const [name, value] of Object.entries({ ...welcome, ...seed.options }))
    setOption(user, name, value ?? null);
  return user;
}

const textsOf = ({ settingsPage, mentorsPage }: Software): Readonly<Record<string, string>> => ({
  [settingsPage]: writeJson(pages.settings),
  [mentorsPage]: mentorsText(pages.mentors),
});

function known(wiki: WikiState, name: string): User {
  const user = wiki.user(name);
  if (!user) throw new Error(`the data name an unknown user: ${name}`);
  return user;
}

function seedQuestions(wiki: WikiState): void {
  for (const { asker, mentor, text, about, at, revision, savedAt } of pages.questions) {
    ask(wiki, {
      asker: known(wiki, asker),
      answerer: known(wiki, mentor),
      text,
      about: about ?? null,
      tag: questionTags['mentor-homepage'],
      at: new Date(at),
      saved: { id: revision, at: savedAt ?? at },
    });
  }
}

// A bot would do this on a real wiki; on the recorded one, Mentor Fatima archived the oldest question and answered
// the next.
function archiveAndAnswer(wiki: WikiState): void {
  const { page, archive, asker, by, reply, archived, answered } = pages.answer;
  const user = known(wiki, asker);
  const [, second, oldest] = storedQuestions(user);
  if (!second || !oldest) throw new Error('the data hold too few questions');
  const { sectionHeader } = oldest;
  const body = sections(wiki.text(page) ?? '').find(({ heading }) => heading === sectionHeader)?.body ?? '';
  wiki.save({ page: archive, text: withNewSection(null, sectionHeader, body), by, ...archived });
  const rest = withoutSection(wiki.text(page) ?? '', sectionHeader);
  const signed = `${reply} ${signature(by, new Date(answered.at))}`;
  wiki.save({ page, text: withReply(rest, second.sectionHeader, signed) ?? rest, by, ...answered });
  storeQuestions(user, freshQuestions(wiki, user));
}

/** Fills a wiki with the extension with its state at the time of the recordings. */
export function seed(wiki: WikiState): void {
  const textOf = textsOf(wiki.software);
  for (const user of seedUsers) wiki.users.set(user.name, account(wiki.software, user));
  for (const [title, id] of Object.entries(pages.ids)) wiki.pageIds.set(title, id);
  for (const edit of pages.edits) {
    wiki.save({ id: edit.id, page: edit.page, by: edit.user, at: edit.at, text: textOf[edit.page] ?? '' });
  }
  for (const { id, mentee, mentor, by, at, comment } of events) {
    const params = { 'new-mentor': mentor };
    const action = 'setmentor-no-previous-mentor';
    wiki.log.push({ id, title: `User:${mentee}`, action, params, user: by, at, comment });
  }
  seedQuestions(wiki);
  archiveAndAnswer(wiki);
}
