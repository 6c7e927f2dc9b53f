import { fromLongTime, longTime } from './times.ts';
import { fragment } from './titles.ts';

/** A signed comment on a talk page. */
export interface Comment {
  readonly author: string;
  readonly at: Date;
  readonly wikitext: string;
  readonly replies: Comment[];
}

/** A section of a talk page: wikitext of heading and body, and its position. */
export interface Section {
  readonly heading: string;
  readonly body: string;
  readonly start: number;
  readonly end: number;
}

/** Returns the expansion of four tildes. */
export const signature = (name: string, at: Date): string =>
  `[[User:${name}|${name}]] ([[User talk:${name}|talk]]) ${longTime(at)} (UTC)`;

/** Returns the sections of a talk page. Any line that looks like a heading is one, even inside a question. */
export function sections(wikitext: string): Section[] {
  const headings = [...wikitext.matchAll(/^==(?!=) *(.+?) *==$/gm)];
  return headings.map((match, index) => {
    const end = headings[index + 1]?.index ?? wikitext.length;
    const body = wikitext.slice(match.index + match[0].length, end).trim();
    return { heading: match[1] ?? '', body, start: match.index, end };
  });
}

/** Returns the IDs of the headings; repeated ones get a number. */
export function anchors(list: readonly Section[]): string[] {
  const taken = new Set<string>();
  return list.map(({ heading }) => {
    const plain = fragment(headingText(heading));
    let anchor = plain;
    for (let count = 2; taken.has(anchor.toLowerCase()); count += 1) anchor = `${plain}_${count}`;
    taken.add(anchor.toLowerCase());
    return anchor;
  });
}

const signed =
  /\[\[User:([^|\]]+)\|[^\]]*\]\] \(\[\[User talk:[^\]]*\]\]\) (\d\d:\d\d, \d+ \p{L}+ \d{4} \(UTC\))$/u;

/** Returns the comments of a section. Lines up to a signature form a comment, and a colon marks a reply. */
export function comments(body: string): Comment[] {
  const found: Comment[] = [];
  let pending: string[] = [];
  for (const line of body.split('\n')) {
    pending.push(line);
    const [, author, moment] = signed.exec(line) ?? [];
    if (author === undefined || moment === undefined) continue;
    const wikitext = pending.join('\n').trim();
    const parent = wikitext.startsWith(':') ? found.at(-1) : undefined;
    const comment = {
      author,
      at: fromLongTime(moment),
      wikitext: wikitext.replace(/^:+ */, ''),
      replies: [],
    };
    (parent?.replies ?? found).push(comment);
    pending = [];
  }
  return found;
}

const find = (wikitext: string, heading: string) =>
  sections(wikitext).find((section) => section.heading === heading);

/** Returns the page with a reply at the end of a section; null if there is no such section. */
export function withReply(wikitext: string, heading: string, reply: string): string | null {
  const section = find(wikitext, heading);
  if (!section) return null;
  const above = wikitext.slice(0, section.end).trimEnd();
  return `${above}\n:${reply}\n\n${wikitext.slice(section.end)}`.trimEnd();
}

/** Returns the rendered text of a heading. */
export const headingText = (wikitext: string): string =>
  wikitext.replace(/\[\[(?:[^|\]]*\|)?([^\]]*)\]\]/g, '$1');

/** Returns the page with another section at its end; null is a page that does not exist yet. */
export function withNewSection(wikitext: string | null, heading: string, body: string): string {
  const section = heading === '' ? body : `== ${heading} ==\n\n${body}`;
  return wikitext === null || wikitext.trim() === '' ? section : `${wikitext}\n\n${section}`;
}

/** Returns the edit comment for adding a section. */
export const newSectionComment = (heading: string): string => `/* ${headingText(heading)} */ new section`;

/** Returns the page without one section. */
export function withoutSection(wikitext: string, heading: string): string {
  const section = find(wikitext, heading);
  return section ? wikitext.slice(0, section.start) + wikitext.slice(section.end) : wikitext;
}
