import data from './options.json' with { type: 'json' };
import type { User } from './state.ts';

/** The value of a preference, as the API and mw.user.options give it. */
export type OptionValue = string | number | boolean | null;

const siteDefaults: Readonly<Record<string, OptionValue>> = data.defaults;
const namedDefaults: Readonly<Record<string, OptionValue>> = data.named;
const recentDefaults: Readonly<Record<string, OptionValue>> = data.recent;

// Echo gives newer accounts other defaults. The recordings place the line between September 2024 and October 2025.
const recentSince = '2025-01-01T00:00:00Z';

function defaultsFor(user: User): Readonly<Record<string, OptionValue>> {
  const recent = user.registered !== null && user.registered >= recentSince;
  return {
    ...siteDefaults,
    ...(user.kind === 'named' ? namedDefaults : {}),
    ...(recent ? recentDefaults : {}),
  };
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

/** Whether the wiki knows a preference of this name; those beginning with userjs- are for scripts and always allowed. */
export const isOption = (name: string): boolean =>
  /^userjs-[\w-]+$/.test(name) ? name.length <= 255 : Object.hasOwn(siteDefaults, name);

/** What the wiki stores for everyone who registers through its form. */
export const newAccountOptions: Readonly<Record<string, string>> = data.newAccount;
