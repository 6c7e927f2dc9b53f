import type { User, WikiState } from './state.ts';
import { sections, signature, withNewSection, withoutSection } from './talk.ts';
import { storedQuestions } from './questions.ts';
import { parseTitle } from './titles.ts';

/** A question that stands on a talk page: where, what was asked, and with which revision. */
export interface AskedQuestion {
  readonly page: string;
  readonly text: string;
  readonly revision: number;
}

const isTalkPage = (page: string) => parseTitle(page)?.ns === 3;

/** Every section that somebody has added to a talk page, by whatever action, and that still stands on one. */
export function askedBy(wiki: WikiState, user: User): AskedQuestion[] {
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

/** Moves somebody's newest question from the page where it was asked to that page's archive. */
export function archiveNewest(wiki: WikiState, asker: User): void {
  const question = storedQuestions(asker)[0];
  const from = question && wiki.revisions.find(({ id }) => id === question.revId)?.page;
  if (!question || from === undefined) throw new Error(`there is nothing to archive for ${asker.name}`);
  const by = from.slice(from.indexOf(':') + 1);
  const { sectionHeader: heading } = question;
  const text = wiki.text(from) ?? '';
  const archive = `${from}/Archive 1`;
  const body = sections(text).find((section) => section.heading === heading)?.body ?? '';
  wiki.save({ page: archive, text: withNewSection(wiki.text(archive), heading, body), by });
  wiki.save({ page: from, text: withoutSection(text, heading).trimEnd(), by });
}
