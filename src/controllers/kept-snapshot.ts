import { parseJsonOrNull, toHttpUrl, toInteger, toRecord, toRecordOrEmpty } from '../sdk/coerce.js';
import { toLaterDay } from '../sdk/mediawiki/mentor-list.js';
import { parseSnapshot } from '../sdk/parse-snapshot.js';
import type { Snapshot } from '../sdk/snapshot.js';
import type { KeptViewer } from '../sdk/source.js';
import { attempt } from './wiki-page.js';

const DAY_MS = 86_400_000;
/** Prefix of all keys in `localStorage` whose data is deleted once another user is signed in. */
const PREFIX = 'mentorship-module kept ';
/** Length of a text that no snapshot reaches, so that a forged one costs no time. */
const LONGEST_TEXT = 100_000;

/** Snapshot of an earlier load, and the time of that load in milliseconds since 1970. */
export interface KeptSnapshot {
  snapshot: Snapshot;
  at: number;
}

/** Returns a key in `localStorage` for data that is deleted once another user is signed in. */
export const keptKey = (source: string, kind: 'snapshot' | 'reply-times', viewer: number): string =>
  `${PREFIX}${source} ${kind} ${viewer}`;

/**
 * Deletes what this browser keeps for other users.
 *
 * @param viewer - the user who is signed in; null: nobody
 * @param source - deletes the data of this source only
 */
export function forgetOthers(viewer: KeptViewer | null, source = ''): void {
  attempt(() => {
    for (const key of Object.keys(localStorage))
      if (key.startsWith(PREFIX + source) && !key.endsWith(` ${viewer?.id ?? ''}`))
        localStorage.removeItem(key);
  });
}

/** Returns the kept snapshot of a viewer; null: none, invalid, or not valid today any more. */
export function readKept(source: string, { id, name }: KeptViewer): KeptSnapshot | null {
  return (
    attempt(() => {
      const text = localStorage.getItem(keptKey(source, 'snapshot', id)) ?? '';
      const { at, snapshot } = toRecordOrEmpty(text.length < LONGEST_TEXT ? parseJsonOrNull(text) : null);
      const age = Date.now() - Number(at);
      const parsed = parseSnapshot(snapshot);
      const { viewer, mentor } = parsed;
      const ends = [mentor?.away?.until, viewer?.mentoring?.pausedUntil];
      // A time in the future would be kept for longer than a day. The end of an absence is shown only before that day.
      if (!(age >= 0 && age < DAY_MS) || viewer?.id !== id || viewer.name !== name || ends.some(isOver))
        return null;
      const talkPage = toRecord(toRecord(toRecord(snapshot)?.viewer)?.talkPage);
      const known = talkPage && {
        waitingQuestions: toInteger(talkPage.waitingQuestions),
        talkUrl: toHttpUrl(talkPage.talkUrl),
      };
      return {
        at: Number(at),
        snapshot: known ? { ...parsed, viewer: { ...viewer, talkPage: known } } : parsed,
      };
    }) ?? null
  );
}

const isOver = (end: string | null | undefined): boolean =>
  Boolean(end) && end !== 'unknown' && toLaterDay(Date.parse(end ?? ''), new Date()) === null;
