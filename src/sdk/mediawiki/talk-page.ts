import { getPath, toInteger, toList, toRecordOrEmpty, toStringOrEmpty } from '../coerce.js';
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

/** Finds the edit that added a question, which occurs more often in its revision than in the one before. */
export async function findEditContaining<T extends Edit>(
  edits: readonly T[],
  text: string,
  get: Get,
): Promise<T | null> {
  if (edits.length === 0) return null;
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
  return edits.find(({ revision, parent }) => times(revision) > times(parent)) ?? null;
}

export const normalizeWhitespace = (text: string) =>
  text
    .normalize()
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/ ?\n\s*/gu, '\n')
    .trim();

/** Matches wikitext that changes on save: signatures, templates, links. */
const CHANGED_BY_SAVING = /~{3,5}|\{\{[^]*?\}\}|\[\[[^]*?\]\]/gu;

/** Counts how often a question occurs in wikitext, below a heading and with a signature. */
export function countOccurrences(wikitext: string, question: string): number {
  const page = `\n${normalizeWhitespace(wikitext)}`;
  const text = normalizeWhitespace(question);
  const whole = `\n${text}${/~{4}/.test(text) ? '' : ' --'}`;
  // Falls back to the parts that do not change on save.
  return (
    countParts(page, [whole]) ||
    countParts(
      page,
      whole.split(CHANGED_BY_SAVING).filter((part) => part.trim()),
    )
  );
}

function countParts(page: string, parts: readonly string[]): number {
  let found = 0;
  let from = 0;
  for (; parts.length > 0; found++)
    for (const [index, part] of parts.entries()) {
      const at = index === 0 ? findStart(part, page, from) : page.indexOf(part, from);
      if (at < 0) return found;
      from = at + part.length;
    }
  return found;
}

/** Matches the line above a question: the heading, or a line in italics that the mentor is away. */
const SECTION_START = /\n(?:==.*==|:''.*'')$/;

/** Returns the index at which the first part of a question starts. A part without a line break may start anywhere. */
function findStart(part: string, page: string, from: number): number {
  let at = page.indexOf(part, from);
  while (
    at >= 0 &&
    part.startsWith('\n') &&
    !SECTION_START.test(page.slice(page.lastIndexOf('\n', at - 1), at))
  )
    at = page.indexOf(part, at + 1);
  return at;
}
