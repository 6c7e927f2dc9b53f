export type OutsideRecord = Readonly<Record<string, unknown>>;

/**
 * Parsed JSON of unknown shape. Its properties are read with `?.`, such as `answer.query?.userinfo?.name`, because only null
 * and undefined have none. A function such as `toText` validates the value that was found.
 */
export type Json = ((string | number | boolean | object) & JsonObject) | null | undefined;

/** Parsed JSON object of unknown shape. Each property may be missing. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Parses JSON into objects without a prototype, so that inherited and polluted keys are not read. */
export function parseJson(text: string): Json {
  const data = JSON.parse(text) as Json;
  const pending: unknown[] = [data];
  for (const value of pending) {
    if (typeof value !== 'object' || !value) continue;
    if (!Array.isArray(value)) Object.setPrototypeOf(value, null);
    for (const inner of Object.values(value)) pending.push(inner);
  }
  return data;
}

/** Like `parseJson`; null: invalid, because people edit the wiki's pages and options by hand. */
export function parseJsonOrNull(text: unknown): Json {
  try {
    return parseJson(toStringOrEmpty(text));
  } catch {
    return null;
  }
}

/**
 * Returns an object without a prototype, so that inherited and polluted keys are not read; null: no object. Copies an object
 * that has one, such as one of the host.
 */
export function toRecord(value: Json): JsonObject | null;
export function toRecord(value: unknown): OutsideRecord | null;
export function toRecord(value: unknown): OutsideRecord | null {
  if (typeof value !== 'object' || !value || Array.isArray(value)) return null;
  return Object.getPrototypeOf(value) === null
    ? (value as OutsideRecord)
    : Object.assign(Object.create(null) as OutsideRecord, value);
}

/** Like `toRecord`, with an empty record as the fallback. */
export function toRecordOrEmpty(value: Json): JsonObject;
export function toRecordOrEmpty(value: unknown): OutsideRecord;
export function toRecordOrEmpty(value: unknown): OutsideRecord {
  return toRecord(value) ?? NO_FIELDS;
}

const NO_FIELDS = Object.freeze(Object.create(null) as JsonObject);

/** Returns a trimmed string of at most `most` Unicode characters; null: not a string, or blank. */
export function toText(value: unknown, most: number): string | null {
  if (typeof value !== 'string') return null;
  const characters = Array.from(value.trim().slice(0, most * 2));
  return characters.slice(0, most).join('').trim() || null;
}

/** Returns a number as an integer from 0 to `Number.MAX_SAFE_INTEGER`; null: not a finite number. */
export function toInteger(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value)
    ? Math.min(Math.max(0, Math.trunc(value)), Number.MAX_SAFE_INTEGER)
    : null;
}

/** Returns a date as ISO 8601 in UTC; null: not a date. */
export function toIsoDate(value: unknown): string | null {
  return toIsoTime(typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value) ? Date.parse(value) : NaN);
}

/** Returns a time in milliseconds since 1970 as ISO 8601 in UTC; null: not a date. */
export function toIsoTime(ms: number): string | null {
  const date = new Date(ms);
  const year = date.getUTCFullYear();
  return year > 0 && year < 10_000 ? date.toISOString() : null;
}

/** Returns an absolute http(s) URL without credentials; null: not one. */
export function toHttpUrl(value: unknown, base?: string): string | null {
  if (typeof value !== 'string' || !value || !URL.canParse(value, base)) return null;
  const url = new URL(value, base);
  return /^https?:$/.test(url.protocol) && !url.username && !url.password ? url.href : null;
}

export function toEnum<const T extends string, D>(value: unknown, words: readonly T[], otherwise: D): T | D {
  return words[words.indexOf(value as T)] ?? otherwise;
}

/** Reads any value. `base` is the URL against which relative URLs are resolved. */
type Reader<T> = (value: unknown, base?: string) => T;

/** Reader of each field of an object. */
export type Readers<T> = { readonly [Field in keyof T]: Reader<T[Field]> };

/** Reads the fields of a record that have a reader. Drops all others. */
export function readFields<T extends object>(readers: Readers<T>, data: OutsideRecord, base?: string): T {
  const fields: Partial<T> = {};
  for (const name of Object.keys(readers) as (keyof T & string)[])
    fields[name] = readers[name](data[name], base);
  return fields as T;
}

/** Returns a reader of records; a value that is not an object has no fields. */
export const record =
  <T extends object>(readers: Readers<T>): Reader<T> =>
  (value, base) =>
    readFields(readers, toRecordOrEmpty(value), base);

/** Returns a reader of records; null: not an object. */
export const recordOrNull =
  <T extends object>(readers: Readers<T>): Reader<T | null> =>
  (value, base) => {
    const data = toRecord(value);
    return data && readFields(readers, data, base);
  };

/** Returns a reader of booleans. */
export const flag =
  <D>(otherwise: D): Reader<boolean | D> =>
  (value) =>
    typeof value === 'boolean' ? value : otherwise;

/** Returns a reader of integers from 0. */
export const count =
  (otherwise: number): Reader<number> =>
  (value) =>
    toInteger(value) ?? otherwise;

/** Returns a reader of texts of at most `most` Unicode characters; null: not a string, or blank. */
export const textUpTo =
  (most: number): Reader<string | null> =>
  (value) =>
    toText(value, most);

/** Returns a reader of words from a list. */
export const oneOf =
  <const T extends string, D>(words: readonly T[], otherwise: D): Reader<T | D> =>
  (value) =>
    toEnum(value, words, otherwise);

/** Serializes data as JSON. Ignores `toJSON` methods that the page has added to built-in prototypes. */
export const stringify = (data: unknown, space?: string): string =>
  JSON.stringify(
    data,
    // `toJSON` has replaced the value already, but not in the object that holds it.
    function (this: Readonly<Record<string, unknown>>, key: string) {
      return this[key];
    },
    space,
  );

/** Returns a string or a number as a string, because the API sends either; any other value becomes empty. */
export const toStringOrEmpty = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

export const toList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** Returns the objects in a list of parsed JSON. */
export function toRecords(value: Json | readonly Json[]): JsonObject[] {
  const records: JsonObject[] = [];
  for (const item of (Array.isArray(value) ? value : []) as Json[])
    if (typeof item === 'object' && item) records.push(item);
  return records;
}

/** Returns the records of a tree, depth first. `branches` names the list of each record that has those below it. */
export function toRecordTree(value: Json | readonly Json[], branches: string): JsonObject[] {
  const records: JsonObject[] = [];
  for (const record of toRecords(value)) records.push(record, ...toRecordTree(record[branches], branches));
  return records;
}

/** Counts Unicode characters as a wiki does: after normalization to NFC. */
export const lengthOf = (text: string): number => Array.from(text.normalize()).length;
