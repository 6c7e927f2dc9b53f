import type { Client } from '../sdk/client.js';
import { parseJsonOrNull, stringify, toInteger, toRecordOrEmpty } from '../sdk/coerce.js';
import { isMentorshipError } from '../sdk/errors.js';
import type { KeptViewer } from '../sdk/source.js';
import { DAY_MS, keptKey } from './kept-snapshot-storage.js';
import { attempt } from './wiki-page.js';

/** Reply time in hours, or null if it is unknown, and the time of reading in milliseconds since 1970. */
type Entry = readonly [hours: number | null, at: number];

/** Reply times that a viewer has seen. */
export interface ReplyTimes {
  /** Id of the source; undefined: none, so nothing is kept. */
  source: string | undefined;
  /** User id of the viewer. */
  viewer: number;
  /** User for whom the browser keeps data. For other viewers it lasts as long as the page. */
  keepFor: KeptViewer | null | undefined;
}

const keyOf = ({ source, viewer }: ReplyTimes): string => keptKey(source ?? '', 'reply-times', viewer);
const isKept = ({ viewer, keepFor }: ReplyTimes): boolean => keepFor?.id === viewer;

/** Reply times that are not or cannot be stored; lasts as long as the page. */
const memory = new Map<string, ReadonlyMap<string, Entry>>();

/** Returns the stored reply times that are less than a day old, by the mentor's name. */
function loadEntries(times: ReplyTimes): Map<string, Entry> {
  const key = keyOf(times);
  const text = isKept(times) && attempt(() => localStorage.getItem(key));
  const now = Date.now();
  const entries = [...Object.entries(toRecordOrEmpty(parseJsonOrNull(text))), ...(memory.get(key) ?? [])];
  return new Map(
    entries.flatMap(([name, entry]): [string, Entry][] => {
      const [hours, at] = Array.isArray(entry) ? (entry as unknown[]) : [];
      // A time in the future would be kept for longer than a day.
      if (typeof at !== 'number' || at > now || now - at >= DAY_MS) return [];
      return [[name, [toInteger(hours), at]]];
    }),
  );
}

function storeEntry(times: ReplyTimes, name: string, hours: number | null): void {
  const key = keyOf(times);
  const entries = loadEntries(times).set(name, [hours, Date.now()]);
  memory.set(key, entries);
  if (isKept(times)) attempt(() => localStorage.setItem(key, stringify(Object.fromEntries(entries))));
}

/** Returns the stored reply time of a mentor; null: read, but unknown; undefined: not stored. */
export const storedReplyTime = (times: ReplyTimes, name: string): number | null | undefined =>
  times.source === undefined ? undefined : loadEntries(times).get(name)?.[0];

/**
 * Resolves with a mentor's typical reply time in hours, and keeps it for a day; null: unknown. Rejects
 * for an error after which a retry may succeed.
 */
export async function readReplyTime(
  client: Client,
  name: string,
  { signal, ...times }: ReplyTimes & { signal?: AbortSignal },
): Promise<number | null> {
  const known = storedReplyTime(times, name);
  if (known !== undefined) return known;
  const hours = await client.readTalkPage(name, { signal }).then(
    ({ typicalReplyHours }) => typicalReplyHours,
    (error: unknown) => {
      if (isMentorshipError(error) && error.code === 'unsupported') return null;
      throw error;
    },
  );
  if (times.source !== undefined) storeEntry(times, name, hours);
  return hours;
}
