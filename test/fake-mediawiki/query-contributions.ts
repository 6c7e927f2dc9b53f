import { ApiError, split, type Call } from './call.ts';
import type { QueryPart } from './query.ts';
import type { Revision, User, WikiState } from './state.ts';
import { compact, fromCompact, iso } from './times.ts';
import { parseTitle } from './titles.ts';

interface Contribution {
  readonly user: User;
  readonly revision: Revision;
}

function usersOf(call: Call): User[] {
  const ids = call.get('ucuserids');
  if (ids !== null) return split(ids).flatMap((id) => call.wiki.userById(Number(id)) ?? []);
  const names = split(call.required('ucuser'));
  const invalid = names.find((name) => !parseTitle(`User:${name}`));
  if (invalid !== undefined) {
    throw new ApiError('baduser', `Invalid value "${invalid}" for user parameter "ucuser".`);
  }
  return [...new Set(names.flatMap((name) => call.wiki.user(name) ?? []))];
}

/** Parses a timestamp in any format that the wiki accepts. */
function momentOf(call: Call, name: string): string | null {
  const value = call.get(name);
  if (value === null) return null;
  const date = /^\d{14}$/.test(value) ? fromCompact(value) : new Date(value);
  if (!Number.isNaN(date.getTime())) return iso(date);
  throw new ApiError('badtimestamp', `Invalid value "${value}" for timestamp parameter "${name}".`);
}

// With several users, the wiki sorts by account, newest first, and only then by time.
function newestFirst(a: Contribution, b: Contribution): number {
  return b.user.id - a.user.id || b.revision.at.localeCompare(a.revision.at) || b.revision.id - a.revision.id;
}

function placeOf(wiki: WikiState, value: string): Contribution {
  const [at = '', id = ''] = value.split('|').slice(-2);
  const revision = wiki.revisions.find((known) => known.id === Number(id) && compact(known.at) === at);
  const user = revision && wiki.user(revision.user);
  if (user) return { user, revision };
  const info = 'Invalid continue param. You should pass the original value returned by the previous query.';
  throw new ApiError('badcontinue', info);
}

/** list=usercontribs: edits of users, newest first. */
export function userContribs(call: Call): QueryPart {
  const { wiki } = call;
  const props = call.listOf('ucprop', ['ids', 'timestamp', 'title', 'comment', 'tags'], {
    module: 'query+usercontribs',
    fallback: 'ids|title|timestamp|comment',
  });
  const people = usersOf(call);
  const isSeveral = split(call.get('ucuserids') ?? call.required('ucuser')).length > 1;
  const [start, end] = [momentOf(call, 'ucstart'), momentOf(call, 'ucend')];
  const from = call.get('uccontinue');
  const place = from === null ? null : placeOf(wiki, from);
  const found = people
    .flatMap((user) => wiki.contributions(user.name).map((revision) => ({ user, revision })))
    .filter(({ revision: { at } }) => (start === null || at <= start) && (end === null || at >= end))
    .sort(newestFirst)
    .filter((contribution) => place === null || newestFirst(place, contribution) <= 0);
  const limit = Math.min(call.amount('uclimit', 10), 500);
  const shown = found.slice(0, limit).map(({ user, revision }) => ({
    userid: user.id,
    user: user.name,
    ...(props.includes('ids')
      ? { pageid: wiki.pageIds.get(revision.page), revid: revision.id, parentid: revision.parent }
      : {}),
    ...(props.includes('title') ? { ns: parseTitle(revision.page)?.ns, title: revision.page } : {}),
    ...(props.includes('timestamp') ? { timestamp: revision.at } : {}),
    ...(props.includes('comment') ? { comment: revision.comment } : {}),
    ...(props.includes('tags') ? { tags: revision.tags } : {}),
  }));
  const next = found[limit];
  const moment = next && `${compact(next.revision.at)}|${next.revision.id}`;
  const uccontinue = next && isSeveral ? `actor|${next.user.id}|${moment}` : moment;
  return {
    query: { usercontribs: shown },
    ...(call.get('uclimit') === 'max' ? { top: { limits: { usercontribs: limit } } } : {}),
    ...(uccontinue === undefined ? {} : { next: { uccontinue } }),
  };
}
