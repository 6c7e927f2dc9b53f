const pad = (value: number) => String(value).padStart(2, '0');

/** `2026-11-22T11:00:00Z`: what the API calls a timestamp has no fractions of a second. */
export const iso = (date: Date): string => date.toISOString().replace(/\.\d+Z$/, 'Z');

/** `20261122110000`: how timestamps stand in options, continuation values and the database. */
export const compact = (timestamp: string): string => timestamp.replace(/\D/g, '');

/** The reverse of `compact`; NaN where the text is not fourteen digits. */
export const fromCompact = (digits: string): Date =>
  new Date(digits.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3T$4:$5:$6Z'));

/** `22 November 2026`. */
export const longDate = (date: Date): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(date);

/** `11:00, 22 November 2026`: the wiki's own way to write a moment. */
export const longTime = (date: Date): string =>
  `${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}, ${longDate(date)}`;

/** The reverse of `longTime`, with the time zone that ends a signature; NaN where it is something else. */
export const fromLongTime = (text: string): Date =>
  new Date(text.replace(/^(\d\d:\d\d), (.+) \(UTC\)$/, '$2 $1 UTC'));

/** Whole days from one moment to a later one. */
export const daysBetween = (from: Date, to: Date): number =>
  Math.floor((to.getTime() - from.getTime()) / 86_400_000);
