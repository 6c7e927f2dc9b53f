import { settings } from './settings.ts';
import type { User, WikiState } from './state.ts';
import { daysBetween } from './times.ts';

const implicitGroups = {
  anonymous: ['*'],
  temporary: ['*', 'temp'],
  named: ['*', 'user', 'autoconfirmed'],
} as const;

/** Returns all groups of a user in the order of the API, assigned groups first. */
export const groupsOf = (user: User): string[] => [...user.groups, ...implicitGroups[user.kind]];

function isEligibleMentor(wiki: WikiState, user: User): boolean {
  if (wiki.software.extensions === 'none') return false;
  const { automaticEligibility, minimumEditCount, minimumAge } = settings(wiki);
  const age = user.registered === null ? Infinity : daysBetween(new Date(user.registered), wiki.now());
  return (
    user.kind === 'named' && automaticEligibility && user.editCount >= minimumEditCount && age >= minimumAge
  );
}

/** Returns all rights of a user, in the order of the groups that grant them. */
export function rights(wiki: WikiState, user: User): string[] {
  const earned = isEligibleMentor(wiki, user) ? ['enrollasmentor'] : [];
  const granted = groupsOf(user).flatMap((group) => wiki.software.rights[group] ?? []);
  return [...new Set([...granted, ...user.extraRights, ...earned])];
}

/** Returns the groups that a user may add and remove. */
export function changeableGroups(wiki: WikiState, user: User): Record<string, readonly string[]> {
  const groups = rights(wiki, user).includes('userrights') ? wiki.software.changeableGroups : [];
  return { add: groups, remove: groups, 'add-self': [], 'remove-self': [] };
}

const limitedAs = {
  anonymous: ['ip', 'anon'],
  temporary: ['user', 'ip', 'newbie'],
  named: ['user'],
} as const;

/** Returns the rate limits of a user, by action and by what is counted. */
export function rateLimitsOf(wiki: WikiState, user: User): Record<string, Record<string, unknown>> {
  if (rights(wiki, user).includes('noratelimit')) return {};
  const kinds: readonly string[] = limitedAs[user.kind];
  const own = Object.entries(wiki.software.rateLimits).map(
    ([action, limits]) =>
      [action, Object.fromEntries(Object.entries(limits).filter(([kind]) => kinds.includes(kind)))] as const,
  );
  return Object.fromEntries(own.filter(([, limits]) => Object.keys(limits).length > 0));
}
