import { programOf, type QuestionLocation } from './program.ts';
import type { User, WikiState } from './state.ts';
import { sections, signature, withNewSection, withoutSection, withReply } from './talk.ts';
import { parseTitle, talkPage } from './titles.ts';

/** A question on a talk page: page, text and revision. */
export interface AskedQuestion {
  readonly page: string;
  readonly text: string;
  readonly revision: number;
}

const isTalkPage = (page: string) => parseTitle(page)?.ns === 3;

/** Returns every section that a user has added to a talk page, by any action, and that still exists. */
export function questionsAskedBy(wiki: WikiState, user: User): AskedQuestion[] {
  const talkPages = [...wiki.pageIds.keys()].filter(isTalkPage);
  return wiki.revisions
    .filter(({ page, user: author }) => author === user.name && isTalkPage(page))
    .flatMap(({ id, page, parent, text, at }) => {
      const before = wiki.revisions.find((revision) => revision.id === parent)?.text ?? '';
      const added = text.startsWith(before) ? text.slice(before.length).trim() : '';
      const [, body] = /^==[^\n]*==\n+([^]*)$/.exec(added) ?? [];
      const standsOn = (title: string) => wiki.text(title)?.includes(added) === true;
      const where = standsOn(page) ? page : talkPages.find(standsOn);
      if (body === undefined || where === undefined) return [];
      const sign = signature(user.name, new Date(at));
      const unsigned = body.endsWith(sign) ? body.slice(0, -sign.length).replace(/ ?(?:--)?$/, '') : body;
      return [{ page: where, text: unsigned, revision: id }];
    });
}

function newestOf(wiki: WikiState, asker: User): QuestionLocation {
  const question = programOf(asker).newestQuestion(wiki, asker);
  if (!question) throw new Error(`${asker.name} has asked nothing`);
  return question;
}

/** Moves the user's newest question to the archive of its page. */
export function archiveNewest(wiki: WikiState, asker: User): void {
  const { page, heading } = newestOf(wiki, asker);
  const by = page.slice(talkPage('').length);
  const text = wiki.text(page) ?? '';
  const archive = `${page}/Archive 1`;
  const body = sections(text).find((section) => section.heading === heading)?.body ?? '';
  wiki.save({ page: archive, text: withNewSection(wiki.text(archive), heading, body), by });
  wiki.save({ page, text: withoutSection(text, heading).trimEnd(), by });
}

/** A reply to the newest question of a user, by the owner of the talk page by default. */
export interface Reply {
  readonly text: string;
  readonly by?: string;
}

/** Adds a reply below the newest question of `asker`. */
export function postReply(wiki: WikiState, asker: User, { text, by }: Reply): void {
  const { page, heading } = newestOf(wiki, asker);
  const author = wiki.user(by ?? page.slice(talkPage('').length));
  if (!author) throw new Error(`nobody answers on ${page}`);
  const signed = `${text} ${signature(author.name, wiki.now())}`;
  const content = withReply(wiki.text(page) ?? '', heading, signed);
  if (content === null) throw new Error('the question is no longer on its page');
  wiki.edit(author, { page, text: content });
}
