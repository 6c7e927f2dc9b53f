import { settings } from './settings.ts';
import type { User, WikiState } from './state.ts';
import { daysBetween } from './times.ts';

const implicitGroups = {
  anonymous: ['*'],
  temporary: ['*', 'temp'],
  named: ['*', 'user', 'autoconfirmed'],
} as const;

/** All groups of a user: those given by somebody first, as the API lists them. */
export const groupsOf = (user: User): string[] => [...user.groups, ...implicitGroups[user.kind]];

function isEligibleMentor(wiki: WikiState, user: User): boolean {
  if (wiki.software.extensions === 'none') return false;
  const { automaticEligibility, minimumEditCount, minimumAge } = settings(wiki);
  const age = user.registered === null ? Infinity : daysBetween(new Date(user.registered), wiki.now());
  return (
    user.kind === 'named' && automaticEligibility && user.editCount >= minimumEditCount && age >= minimumAge
  );
}

/** All rights of a user, in the order of the groups that give them. */
export function rights(wiki: WikiState, user: User): string[] {
  const earned = isEligibleMentor(wiki, user) ? ['enrollasmentor'] : [];
  const granted = groupsOf(user).flatMap((group) => wiki.software.rights[group] ?? []);
  return [...new Set([...granted, ...user.extraRights, ...earned])];
}

/** The groups which a user may give and take. */
export function changeableGroups(wiki: WikiState, user: User): Record<string, readonly string[]> {
  const groups = rights(wiki, user).includes('userrights') ? wiki.software.changeableGroups : [];
  return { add: groups, remove: groups, 'add-self': [], 'remove-self': [] };
}

const limitedAs = {
  anonymous: ['ip', 'anon'],
  temporary: ['user', 'ip', 'newbie'],
  named: ['user'],
} as const;

/** The rate limits that hold for a user, by action and by what is counted. */
export function rateLimitsOf(wiki: WikiState, user: User): Record<string, Record<string, unknown>> {
  if (rights(wiki, user).includes('noratelimit')) return {};
  const kinds: readonly string[] = limitedAs[user.kind];
  const own = Object.entries(wiki.software.rateLimits).map(
    ([action, limits]) =>
      [action, Object.fromEntries(Object.entries(limits).filter(([kind]) => kinds.includes(kind)))] as const,
  );
  return Object.fromEntries(own.filter(([, limits]) => Object.keys(limits).length > 0));
}
