import { type OutsideRecord, readCount, readFields, readJsonText, readList, readWord } from '../coerce.js';

/** GrowthExperiments keeps the last three questions in a preference, each shortened to this many characters. */
const EXCERPT = 60;

export const QUESTIONS_OPTION = 'growthexperiments-mentor-questions';

export interface StoredQuestion {
  revision: number;
  /** false: somebody hid it, and a snapshot leaves it out. */
  visible: boolean;
  excerpt: string;
  resultUrl: unknown;
  archiveUrl: unknown;
}

/** The questions in a viewer's options, newest first. */
export const storedQuestions = (options: OutsideRecord): StoredQuestion[] =>
  readList(readJsonText(options[QUESTIONS_OPTION]))
    .map(readFields)
    .map(({ revId, isVisible, questionText, resultUrl, archiveUrl }) => ({
      revision: readCount(revId) ?? 0,
      visible: isVisible !== false,
      excerpt: readWord(questionText),
      resultUrl,
      archiveUrl,
    }));

const normal = (text: string) =>
  text
    .normalize()
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/ ?\n\s*/gu, '\n')
    .trim();
const inOneLine = (text: string) => normal(text).replaceAll('\n', ' ');

/** Whether a text is not longer than its excerpt, so that the excerpt says all of it. */
export const isShort = (text: string): boolean => Array.from(normal(text)).length <= EXCERPT;

/** Whether an excerpt may be that of a text. Wikis end it with three dots or one sign, as their language has it. */
export function isExcerptOf(excerpt: string, text: string): boolean {
  const stored = inOneLine(excerpt);
  const whole = inOneLine(text);
  if (stored === whole) return true;
  const start = stored.replace(/ ?(?:\.{3}|…)$/u, '');
  return start !== stored && Array.from(start).length >= EXCERPT - 10 && whole.startsWith(start);
}

/** What is not saved as it was typed: signatures, templates, links. */
const CHANGED_BY_SAVING = /~{3,5}|\{\{[^]*?\}\}|\[\[[^]*?\]\]/gu;

/** How often a question stands in a page's wikitext: below a heading, and signed unless it signs itself. */
export function occurrences(wikitext: string, question: string): number {
  const page = `\n${normal(wikitext)}`;
  const text = normal(question);
  const whole = `\n${text}${/~{4}/.test(text) ? '' : ' --'}`;
  // As it was typed, or at least all that saving does not change.
  return (
    count(page, [whole]) ||
    count(
      page,
      whole.split(CHANGED_BY_SAVING).filter((part) => part.trim()),
    )
  );
}

function count(page: string, parts: readonly string[]): number {
  let found = 0;
  let from = 0;
  for (; parts.length > 0; found++)
    for (const [index, part] of parts.entries()) {
      const at = index === 0 ? startOf(part, page, from) : page.indexOf(part, from);
      if (at < 0) return found;
      from = at + part.length;
    }
  return found;
}

/** A line above may say that the mentor is away. */
const BEGINNING = /\n(?:==.*==|:''.*'')$/;

/** Where the first part of a question begins; one without its first line break can begin anywhere. */
function startOf(part: string, page: string, from: number): number {
  let at = page.indexOf(part, from);
  while (at >= 0 && part.startsWith('\n') && !BEGINNING.test(page.slice(page.lastIndexOf('\n', at - 1), at)))
    at = page.indexOf(part, at + 1);
  return at;
}
