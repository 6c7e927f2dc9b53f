import { type OutsideRecord, readAt, readFields, readList, readUrl, readWord } from '../coerce.js';
import type { QuestionState } from '../snapshot.js';
import type { MentorshipActions } from './actions.js';
import { CONTENT, questionUrl, storedQuestions } from '../plain/snapshot.js';
import { pageIn } from '../plain/settings.js';
import { linksOf } from './wiki-links.js';
import type { Open } from '../mediawiki/session.js';

/** How the last three questions stand, on a wiki without GrowthExperiments: their sections on the talk pages say it. */
export const questionsFor =
  (open: Open): MentorshipActions['refreshQuestions'] =>
  async (snapshot, { signal }) => {
    const { read, viewer, url } = open(snapshot, signal);
    return read(async (get) => {
      const site = await get({
        action: 'query',
        meta: 'siteinfo|userinfo',
        uiprop: 'options',
        siprop: 'general|namespaces|namespacealiases',
      });
      const stored = storedQuestions(readFields(readAt(site, 'query', 'userinfo', 'options')));
      const titles = [...new Set(stored.map(({ page }) => page))].join('|');
      const pages = titles ? await get({ ...CONTENT, titles }) : readFields(null);
      const links = linksOf(site, url);
      const isReplied = repliedTo(site, viewer);
      return stored.map((question) => ({
        text: question.text,
        url: readUrl(questionUrl(question, links)),
        askedAt: question.askedAt || null,
        state: stateIn(pageIn(pages, question.page)?.text ?? '', question.section, isReplied),
      }));
    });
  };

function stateIn(page: string, section: string, isReplied: (section: string) => boolean): QuestionState {
  const text = sectionOf(page, section);
  if (text === null) return 'archived';
  return isReplied(text) ? 'answered' : 'waiting';
}

/** What stands below a heading, down to the next of its rank; null: no such heading. */
function sectionOf(page: string, title: string): string | null {
  const lines = page.split('\n');
  const from = lines.findIndex(
    (line) => /^==[^=]/.test(line) && line.replace(/^==|==\s*$/g, '').trim() === title,
  );
  if (from < 0) return null;
  const length = lines.slice(from + 1).findIndex((line) => /^==?[^=]/.test(line));
  return lines.slice(from + 1, length < 0 ? undefined : from + 1 + length).join('\n');
}

/** A link to somebody's user page, talk page, or contributions. */
const LINK = /\[\[\s*:?([^:[\]|]+):([^[\]|#]+)[^[\]]*\]\]/g;

/** Whether somebody else has signed below what the viewer has signed: who signs is linked to. */
function repliedTo(site: OutsideRecord, viewer: string): (section: string) => boolean {
  const query = readAt(site, 'query');
  const all = [...Object.values(readFields(query?.namespaces)), ...readList(query?.namespacealiases)].map(
    readFields,
  );
  const namesOf = (...ids: number[]) =>
    all
      .filter(({ id }) => ids.includes(Number(id)))
      .flatMap(({ name, canonical, alias }) => [name, canonical, alias].map(readWord))
      .filter(Boolean)
      .map(nameOf);
  const [people, special] = [namesOf(2, 3), namesOf(-1)];
  const linkedIn = (line: string): string[] =>
    [...line.matchAll(LINK)].flatMap(([, namespace = '', title = '']) => {
      const [first = '', second] = title.split('/');
      if (people.includes(nameOf(namespace))) return [nameOf(first)];
      return second && special.includes(nameOf(namespace)) ? [nameOf(second)] : [];
    });
  const own = nameOf(viewer);
  return (section) => {
    const lines = section.split('\n');
    const signed = lines.findIndex((line) => linkedIn(line).includes(own));
    // Without a signature, replies are those that are indented.
    const replies = signed < 0 ? lines.filter((line) => /^[:*#]/.test(line)) : lines.slice(signed + 1);
    return replies.some((line) => linkedIn(line).some((name) => name !== own));
  };
}

const nameOf = (text: string): string => {
  const words = text.replaceAll('_', ' ').replace(/\s+/g, ' ').trim();
  return words.slice(0, 1).toUpperCase() + words.slice(1);
};
