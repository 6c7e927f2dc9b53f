import { MentorshipError } from './errors.js';
import type { Gender } from './snapshot.js';

export type OutsideRecord = Readonly<Record<string, unknown>>;

/** A copy without a prototype, so that no key of the document or of a polluted page can pose as another. */
export function toRecord(value: unknown): OutsideRecord | null {
  return typeof value === 'object' && value && !Array.isArray(value)
    ? Object.assign(Object.create(null) as Record<string, unknown>, value)
    : null;
}

/** Like `toRecord`, with an empty record as the fallback. */
export const toRecordOrEmpty = (value: unknown): OutsideRecord => toRecord(value) ?? NO_FIELDS;

const NO_FIELDS: OutsideRecord = Object.freeze(Object.create(null) as Record<string, unknown>);

/** The text, cut after `most` Unicode characters; null where there is none but white space. */
export function toText(value: unknown, most: number): string | null {
  if (typeof value !== 'string') return null;
  const characters = Array.from(value.trim().slice(0, most * 2));
  return characters.slice(0, most).join('').trim() || null;
}

/** A whole number from 0 on, or null. */
export function toInteger(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value)
    ? Math.min(Math.max(0, Math.trunc(value)), Number.MAX_SAFE_INTEGER)
    : null;
}

/** A date as ISO 8601 in UTC, or null. */
export function toIsoDate(value: unknown): string | null {
  const date = new Date(typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value) ? value : NaN);
  const year = date.getUTCFullYear();
  return year > 0 && year < 10_000 ? date.toISOString() : null;
}

/** An absolute http(s) address without credentials, or null. */
export function toHttpUrl(value: unknown, base?: string): string | null {
  if (typeof value !== 'string' || !value || !URL.canParse(value, base)) return null;
  const url = new URL(value, base);
  return /^https?:$/.test(url.protocol) && !url.username && !url.password ? url.href : null;
}

export function toEnum<const T extends string, D>(value: unknown, words: readonly T[], otherwise: D): T | D {
  return words[words.indexOf(value as T)] ?? otherwise;
}

export const toGender = (value: unknown): Gender => toEnum(value, ['male', 'female'], 'unknown');

export function toBoolean<D>(value: unknown, otherwise: D): boolean | D {
  return typeof value === 'boolean' ? value : otherwise;
}

/** Returns the record at a path of keys, or null. */
export function getPath(record: OutsideRecord | null, ...path: string[]): OutsideRecord | null {
  let inner = record;
  for (const key of path) inner = toRecord(inner?.[key]);
  return inner;
}

/** A text or a number as text: the wiki writes either. Anything else may not even be turned into one. */
export const toStringOrEmpty = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

export const toList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** null where it is no JSON: people edit the wiki's pages and options by hand, and the wiki too goes on without. */
export function parseJsonOrNull(text: unknown): unknown {
  try {
    return JSON.parse(toStringOrEmpty(text));
  } catch {
    return null;
  }
}

/** @throws {MentorshipError} `bad-attribute` where the address is none @internal */
export function absoluteUrl(url: string | URL): URL {
  const base = (globalThis as { document?: Document }).document?.baseURI;
  const address = toHttpUrl(String(url), base);
  if (address === null) throw new MentorshipError('bad-attribute', `“${url}” is no http(s) address.`);
  return new URL(address);
}

/** Counts Unicode characters as a wiki does: after normalization to NFC. */
export const lengthOf = (text: string): number => Array.from(text.normalize()).length;
