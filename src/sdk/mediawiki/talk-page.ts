import { readAt, readCount, readFields, readList, readWord } from '../coerce.js';
import { occurrences } from '../sources/growth-question-text.js';
import type { Get } from './session.js';

export interface Edit {
  /** Of the page, as the edit left it. */
  revision: number;
  /** What stood there before; 0: nothing, or nothing that matters. */
  parent: number;
}

export type Contribution = Edit & { title: string; isTalk: boolean };

export function editOf(contribution: unknown): Contribution {
  const { revid, parentid, title, ns } = readFields(contribution);
  return {
    revision: readCount(revid) ?? 0,
    parent: readCount(parentid) ?? 0,
    title: readWord(title),
    isTalk: (readCount(ns) ?? 0) % 2 === 1,
  };
}

/** The edit that brought a question onto its page: it stands there once more than before. */
export async function editThatAsked<T extends Edit>(
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
  const revisions = readList(readAt(answer, 'query')?.pages)
    .flatMap((page) => readList(readFields(page).revisions))
    .map(readFields);
  const times = (id: number) => {
    const revision = revisions.find(({ revid }) => revid === id) ?? null;
    return occurrences(readWord(readAt(revision, 'slots', 'main')?.content), text);
  };
  return edits.find(({ revision, parent }) => times(revision) > times(parent)) ?? null;
}
