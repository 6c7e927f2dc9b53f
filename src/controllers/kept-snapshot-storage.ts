import { parseJsonOrNull, toHttpUrl, toInteger, toRecordOrEmpty } from '../sdk/coerce.js';
import { parseSnapshot } from '../sdk/parse-snapshot.js';
import type { Snapshot } from '../sdk/snapshot.js';
import type { KeptViewer } from '../sdk/source.js';
import { attempt } from './wiki-page.js';

/** Length that no stored snapshot reaches, so that a forged one costs no time. */
const LONGEST_TEXT = 100_000;
export const DAY_MS = 86_400_000;
/** Prefix of all keys in `localStorage` whose data is deleted once another user is signed in. */
const PREFIX = 'mentorship-module kept ';

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
    for (const key in localStorage)
      if (key.startsWith(PREFIX + (source && `${source} `)) && !key.endsWith(` ${viewer?.id}`))
        localStorage.removeItem(key);
  });
}

/** Returns the kept snapshot of a viewer; null: none, invalid, or not valid any more. */
export function readKept(source: string, { id, name }: KeptViewer): Snapshot | null {
  return (
    attempt(() => {
      const text = localStorage.getItem(keptKey(source, 'snapshot', id))?.slice(0, LONGEST_TEXT);
      const kept = toRecordOrEmpty(parseJsonOrNull(text));
      const rest = Number(kept.until) - Date.now();
      const snapshot = parseSnapshot(kept.snapshot);
      const { viewer } = snapshot;
      // A time too far in the future would be kept for longer than a day.
      if (!(rest > 0 && rest <= DAY_MS) || viewer?.id !== id || viewer.name !== name) return null;
      const talkPage = kept.snapshot?.viewer?.talkPage;
      if (!talkPage) return snapshot;
      const figures = {
        waitingQuestions: toInteger(talkPage.waitingQuestions),
        talkUrl: toHttpUrl(talkPage.talkUrl),
      };
      return { ...snapshot, viewer: { ...viewer, talkPage: figures } };
    }) ?? null
  );
}
