const pad = (value: number) => String(value).padStart(2, '0');

/** `2026-11-22T11:00:00Z`: timestamps of the API have no fractions of a second. */
export const iso = (date: Date): string => date.toISOString().replace(/\.\d+Z$/, 'Z');

/** `20261122110000`: the format of options, continuation values and the database. */
export const compact = (timestamp: string): string => timestamp.replace(/\D/g, '');

/** Reverses `compact`; NaN unless the text is fourteen digits. */
export const fromCompact = (digits: string): Date =>
  new Date(digits.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3T$4:$5:$6Z'));

/** `22 November 2026`. */
export const longDate = (date: Date): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(date);

/** `11:00, 22 November 2026`: the format of signatures. */
export const longTime = (date: Date): string =>
  `${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}, ${longDate(date)}`;

/** Reverses `longTime` including the time zone of a signature; NaN for any other text. */
export const fromLongTime = (text: string): Date =>
  new Date(text.replace(/^(\d\d:\d\d), (.+) \(UTC\)$/, '$2 $1 UTC'));

/** Returns the number of whole days between two times. */
export const daysBetween = (from: Date, to: Date): number =>
  Math.floor((to.getTime() - from.getTime()) / 86_400_000);
