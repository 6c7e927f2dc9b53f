import type { OptionValue } from './software.ts';
import type { User } from './state.ts';

// Echo has other defaults for newer accounts. According to the recordings, they changed between September 2024 and
// October 2025.
const recentSince = '2025-01-01T00:00:00Z';

function defaultsFor(user: User): Readonly<Record<string, OptionValue>> {
  const { defaults, named, recent } = user.software.options;
  const isRecent = user.registered !== null && user.registered >= recentSince;
  return { ...defaults, ...(user.kind === 'named' ? named : {}), ...(isRecent ? recent : {}) };
}

// MediaWiki returns a stored '0' as a number, because the string is truthy in JavaScript.
const stored = (value: string): OptionValue => (value === '0' ? 0 : value);

/** Returns all preferences of a user. */
export function allOptions(user: User): Record<string, OptionValue> {
  const own = [...user.options].map(([name, value]) => [name, stored(value)] as const);
  return { ...defaultsFor(user), ...Object.fromEntries(own) };
}

/** Returns a preference of a user; null if there is none. */
export const option = (user: User, name: string): OptionValue => allOptions(user)[name] ?? null;

const asText = (value: OptionValue) =>
  value === null || value === false ? '' : value === true ? '1' : String(value);

/** Stores a preference; null or the default value removes it. */
export function setOption(user: User, name: string, value: string | null): void {
  const fallback = defaultsFor(user)[name];
  const isDefault =
    fallback !== undefined &&
    fallback !== null &&
    asText(stored(value ?? '') || false) === asText(fallback || false);
  if (value === null || isDefault) user.options.delete(name);
  else user.options.set(name, value);
}

/** Returns true if scripts own the preference, in which case the wiki accepts any value. */
export const isFree = (name: string): boolean => name.startsWith('userjs-');

/** Returns true if the preference exists or belongs to scripts. */
export const isOption = (user: User, name: string): boolean =>
  isFree(name)
    ? /^userjs-[\w-]+$/.test(name) && name.length <= 255
    : Object.hasOwn(user.software.options.defaults, name);
