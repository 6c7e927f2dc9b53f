import {
  type JsonObject,
  toInteger,
  toIsoDate,
  toRecords,
  toRecordTree,
  toStringOrEmpty,
} from '../coerce.js';
import { stripMarkup } from './api-errors.js';
import { toUserName } from './mentor-list.js';
import type { Get } from './session.js';

export interface Edit {
  /** Revision of the page after the edit. */
  revision: number;
  /** Revision before the edit; 0: none. */
  parent: number;
}

export type Contribution = Edit & { title: string; isTalk: boolean };

/** Reads an edit in `list=usercontribs`. */
export const toEdit = ({ revid, parentid, title, ns }: JsonObject): Contribution => ({
  revision: toInteger(revid) ?? 0,
  parent: toInteger(parentid) ?? 0,
  title: toStringOrEmpty(title),
  isTalk: (toInteger(ns) ?? 0) % 2 === 1,
});

/** Returns the edits that added a question, which occurs more often in their revision than in the one before. */
export async function findEditsContaining<T extends Edit>(
  edits: readonly T[],
  text: string,
  get: Get,
): Promise<T[]> {
  if (edits.length === 0) return [];
  const ids = new Set(edits.flatMap(({ revision, parent }) => [revision, parent]).filter((id) => id > 0));
  const answer = await get({
    action: 'query',
    prop: 'revisions',
    revids: [...ids].join('|'),
    rvprop: 'ids|content',
    rvslots: 'main',
  });
  const revisions = toRecords(answer.query?.pages).flatMap((page) => toRecords(page.revisions));
  const times = (id: number) => {
    const revision = revisions.find(({ revid }) => revid === id);
    return countOccurrences(toStringOrEmpty(revision?.slots?.main?.content), text);
  };
  return edits.filter(({ revision, parent }) => times(revision) > times(parent));
}

export const normalizeWhitespace = (text: string) =>
  text
    .normalize()
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/ ?\n\s*/gu, '\n')
    .trim();

/** Matches wikitext that the wiki replaces on save: signatures, substituted templates, and links with an empty part. */
const REPLACED_ON_SAVE = /~{3,5}|\{\{[^{}|]*:[^]*?\}\}|\[\[(?:\|[^[\]]*|[^[\]]*\|\s*)\]\]/g;

/** Matches the replacement. It cannot contain the separator of the signature, or it would match another question. */
const REPLACEMENT = '(?:(?! --|\\n==)[^])*?';

/** Matches the line above a question: the heading, the page that it is about, or that the mentor is away. */
const LINE_ABOVE = String.raw`(?<=\n(?:==.*==|\[\[:.*\]\]|:''.*''))`;

const escapeRegExp = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * Counts how often a question occurs in wikitext: below a heading, whole, and followed by the signature only. Another
 * question that begins with the same text does not count.
 */
export function countOccurrences(wikitext: string, question: string): number {
  const page = `\n${normalizeWhitespace(wikitext)}`;
  const text = normalizeWhitespace(question);
  const end = /~{4}/.test(text) ? '(?=\n|$)' : ' --(?:(?! --).)+(?=\n|$)';
  const count = (body: string) =>
    Array.from(page.matchAll(new RegExp(`${LINE_ABOVE}\n${body}${end}`, 'g'))).length;
  return count(escapeRegExp(text)) || count(text.split(REPLACED_ON_SAVE).map(escapeRegExp).join(REPLACEMENT));
}

/** Returns the user whose talk page a URL leads to; null: unknown. */
export function talkPageOwner(url: string | null): string | null {
  if (url === null) return null;
  const { pathname, searchParams } = new URL(url);
  const [, name] = /:([^/:]+)/.exec(searchParams.get('title') ?? decodeOrKeep(pathname)) ?? [];
  return toUserName(name);
}

function decodeOrKeep(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // The path is not UTF-8.
    return path;
  }
}

/**
 * Loads the threads of a page as DiscussionTools lists them; null: the response has none.
 *
 * @throws {MentorshipError} `refused` without DiscussionTools or without the page
 */
export async function loadThreads(get: Get, page: string): Promise<JsonObject[] | null> {
  const answer = await get({ action: 'discussiontoolspageinfo', page, prop: 'threaditemshtml' });
  const items = answer.discussiontoolspageinfo?.threaditemshtml;
  return Array.isArray(items) ? toRecords(items) : null;
}

/** Threads that were read for another purpose, by title of the page with spaces. */
export type RecentThreads = Map<string, JsonObject[]>;

/** Returns the headings, with those in sections of others. */
export const headingsIn = (items: readonly JsonObject[]): JsonObject[] =>
  toRecordTree(items, 'replies').filter(({ type }) => type === 'heading');

interface Comment {
  author: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** Returns the comments below a heading, in the order of the page, without those of sections within. */
const commentsIn = (item: JsonObject): Comment[] =>
  toRecords(item.replies)
    .filter(({ type }) => type === 'comment')
    .flatMap((comment) => {
      const [author, time] = [toStringOrEmpty(comment.author), toIsoDate(comment.timestamp)];
      return [...(author && time ? [{ author, at: Date.parse(time) }] : []), ...commentsIn(comment)];
    });

/** Returns true if the heading names the user, as those of questions to a mentor do, but not those of newsletters. */
function isNamedIn({ id, html }: JsonObject, user: string): boolean {
  const text = stripMarkup(toStringOrEmpty(html)) ?? '';
  return toStringOrEmpty(id).replaceAll('_', ' ').includes(user) || text.includes(user);
}

/** Counts the questions that others have asked on a user's talk page and nobody has answered. */
export const countWaitingQuestions = (threads: readonly JsonObject[], owner: string): number =>
  headingsIn(threads).filter((heading) => {
    const [question, ...more] = commentsIn(heading);
    return (
      question !== undefined &&
      question.author !== owner &&
      more.every(({ author }) => author === question.author) &&
      isNamedIn(heading, question.author)
    );
  }).length;

/** Number of answered questions from which a reply time is typical. */
const FEWEST_ANSWERED = 5;

const HOUR_MS = 3_600_000;

/** Age up to which a question counts for the reply time. */
const COUNTED_MS = 365 * 24 * HOUR_MS;

/**
 * Returns the median time until a user answers others on the own talk page, in hours, rounded up; null: less than five
 * answers in the last year, or as many questions that have waited longer and are not answered.
 *
 * @param options.except - user whose questions do not count
 */
export function typicalReplyHours(
  threads: readonly JsonObject[],
  { owner, except, now }: { owner: string; except: string | undefined; now: Date },
): number | null {
  const delays: number[] = [];
  const waits: number[] = [];
  for (const heading of headingsIn(threads)) {
    const [question, ...more] = commentsIn(heading);
    if (!question || question.author === owner || question.author === except) continue;
    const age = now.getTime() - question.at;
    if (age < 0 || age > COUNTED_MS) continue;
    const reply = more.find(({ author, at }) => author === owner && at >= question.at);
    if (reply) delays.push(reply.at - question.at);
    else if (more.every(({ author }) => author === question.author) && isNamedIn(heading, question.author))
      waits.push(age);
  }
  delays.sort((a, b) => a - b);
  const middle = delays.length / 2;
  const [low = 0, high = 0] = [delays[Math.ceil(middle) - 1], delays[Math.floor(middle)]];
  const median = (low + high) / 2;
  const unanswered = waits.filter((wait) => wait > median).length;
  if (delays.length < FEWEST_ANSWERED || unanswered >= delays.length) return null;
  return Math.ceil(median / HOUR_MS);
}
