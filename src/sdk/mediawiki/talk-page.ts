import { getPath, toInteger, toList, toRecordOrEmpty, toStringOrEmpty } from '../coerce.js';
import { toUserName } from './mentor-list.js';
import type { Get } from './session.js';

export interface Edit {
  /** Revision of the page after the edit. */
  revision: number;
  /** Revision before the edit; 0: none. */
  parent: number;
}

export type Contribution = Edit & { title: string; isTalk: boolean };

export function toEdit(contribution: unknown): Contribution {
  const { revid, parentid, title, ns } = toRecordOrEmpty(contribution);
  return {
    revision: toInteger(revid) ?? 0,
    parent: toInteger(parentid) ?? 0,
    title: toStringOrEmpty(title),
    isTalk: (toInteger(ns) ?? 0) % 2 === 1,
  };
}

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
  const revisions = toList(getPath(answer, 'query')?.pages)
    .flatMap((page) => toList(toRecordOrEmpty(page).revisions))
    .map(toRecordOrEmpty);
  const times = (id: number) => {
    const revision = revisions.find(({ revid }) => revid === id) ?? null;
    return countOccurrences(toStringOrEmpty(getPath(revision, 'slots', 'main')?.content), text);
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
  if (text === '') return 0;
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
