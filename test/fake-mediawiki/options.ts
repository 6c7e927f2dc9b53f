import type { OptionValue } from './software.ts';
import type { User } from './state.ts';

// Echo gives newer accounts other defaults. The recordings place the line between September 2024 and October 2025.
const recentSince = '2025-01-01T00:00:00Z';

function defaultsFor(user: User): Readonly<Record<string, OptionValue>> {
  const { defaults, named, recent } = user.software.options;
  const isRecent = user.registered !== null && user.registered >= recentSince;
  return { ...defaults, ...(user.kind === 'named' ? named : {}), ...(isRecent ? recent : {}) };
}

// MediaWiki hands a stored '0' out as a number, because JavaScript takes the string for true.
const stored = (value: string): OptionValue => (value === '0' ? 0 : value);

/** All preferences of a user. */
export function allOptions(user: User): Record<string, OptionValue> {
  const own = [...user.options].map(([name, value]) => [name, stored(value)] as const);
  return { ...defaultsFor(user), ...Object.fromEntries(own) };
}

/** One preference of a user; null where there is none. */
export const option = (user: User, name: string): OptionValue => allOptions(user)[name] ?? null;

const asText = (value: OptionValue) =>
  value === null || value === false ? '' : value === true ? '1' : String(value);

/** Stores a preference; null, or a value that is the default anyway, removes what was stored. */
export function setOption(user: User, name: string, value: string | null): void {
  const fallback = defaultsFor(user)[name];
  const isDefault =
    fallback !== undefined &&
    fallback !== null &&
    asText(stored(value ?? '') || false) === asText(fallback || false);
  if (value === null || isDefault) user.options.delete(name);
  else user.options.set(name, value);
}

/** Whether a preference belongs to a script: the wiki takes any value for it. */
export const isFree = (name: string): boolean => name.startsWith('userjs-');

/** Whether the wiki knows a preference of this name, or lets scripts have it. */
export const isOption = (user: User, name: string): boolean =>
  isFree(name)
    ? /^userjs-[\w-]+$/.test(name) && name.length <= 255
    : Object.hasOwn(user.software.options.defaults, name);
