import type { Client } from '../sdk/client.js';
import { parseJsonOrNull, stringify, toInteger, toRecordOrEmpty } from '../sdk/coerce.js';
import { isMentorshipError } from '../sdk/errors.js';
import { DAY_MS, keptKey } from './kept-snapshot.js';
import { attempt } from './wiki-page.js';

/** Reply time in hours, or null if it is unknown, and the time of reading in milliseconds since 1970. */
type Entry = readonly [hours: number | null, at: number];

/** Fallback for reply times that cannot be stored; lasts as long as the page. */
const memory = new Map<string, ReadonlyMap<string, Entry>>();

/** Returns the stored reply times of one source that are less than a day old, by the mentor's name. */
function loadEntries(key: string): Map<string, Entry> {
  const text = attempt(() => localStorage.getItem(key));
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

function storeEntry(key: string, name: string, hours: number | null): void {
  const entries = loadEntries(key).set(name, [hours, Date.now()]);
  memory.set(key, entries);
  attempt(() => localStorage.setItem(key, stringify(Object.fromEntries(entries))));
}

/** Returns the stored reply time of a mentor; null: read, but unknown; undefined: not stored. */
export const storedReplyTime = (
  source: string | undefined,
  viewer: number,
  name: string,
): number | null | undefined =>
  source === undefined ? undefined : loadEntries(keptKey(source, 'reply-times', viewer)).get(name)?.[0];

/**
 * Resolves with a mentor's typical reply time in hours, and keeps it for a day in this browser; null: unknown. Rejects
 * for an error after which a retry may succeed.
 *
 * @param options.viewer - user id of the viewer
 */
export async function readReplyTime(
  client: Client,
  name: string,
  { viewer, signal }: { viewer: number; signal?: AbortSignal },
): Promise<number | null> {
  const { id } = client.source;
  const known = storedReplyTime(id, viewer, name);
  if (known !== undefined) return known;
  const hours = await client.readTalkPage(name, { signal }).then(
    ({ typicalReplyHours }) => typicalReplyHours,
    (error: unknown) => {
      if (isMentorshipError(error) && error.code === 'unsupported') return null;
      throw error;
    },
  );
  if (id !== undefined) storeEntry(keptKey(id, 'reply-times', viewer), name, hours);
  return hours;
}
