import { ApiError, type Call } from './call.ts';
import {
  communityConfiguration,
  growthMenteeStatus,
  growthMentorList,
  growthMentorMentee,
  growthMentorStatus,
} from './query-growth.ts';
import { logEvents, revisions, siteInfo, tokens } from './query-site.ts';
import { userContribs, userInfo, users } from './query-users.ts';

/** What a module adds to the answer: below `query`, beside it, and how to go on. */
export interface QueryPart {
  readonly query?: Readonly<Record<string, unknown>>;
  readonly top?: Readonly<Record<string, unknown>>;
  readonly next?: Readonly<Record<string, string>>;
}

type Module = (call: Call) => QueryPart;

const modules = {
  prop: { revisions },
  list: {
    growthmentorlist: growthMentorList,
    growthmentormentee: growthMentorMentee,
    logevents: logEvents,
    usercontribs: userContribs,
    users,
  },
  meta: {
    communityconfiguration: communityConfiguration,
    growthmenteestatus: growthMenteeStatus,
    growthmentorstatus: growthMentorStatus,
    siteinfo: siteInfo,
    tokens,
    userinfo: userInfo,
  },
} as const satisfies Record<string, Record<string, Module>>;

function chosen<T extends string>(
  call: Call,
  kind: string,
  known: Readonly<Record<T, Module>>,
): [string, Module][] {
  const all: [string, Module][] = Object.entries<Module>(known);
  const names = call.listOf(
    kind,
    all.map(([name]) => name),
    { module: 'query' },
  );
  const inOrder = (call.get(kind) ?? '').split('|');
  return all
    .filter(([name]) => names.includes(name))
    .sort(([a], [b]) => inOrder.indexOf(a) - inOrder.indexOf(b));
}

function run(call: Call, name: string, module: Module): QueryPart {
  try {
    return module(call);
  } catch (error) {
    if (error instanceof ApiError) error.module = `query+${name}`;
    throw error;
  }
}

/** action=query: every module that is asked for, in one answer; if one refuses, all of them do. */
export function query(call: Call): Record<string, unknown> {
  const asked = [
    ...chosen(call, 'prop', modules.prop),
    ...chosen(call, 'list', modules.list),
    ...chosen(call, 'meta', modules.meta),
  ];
  const parts = asked.map(([name, module]) => ({ name, part: run(call, name, module) }));
  const merged = (key: keyof QueryPart) =>
    Object.fromEntries(parts.flatMap(({ part }) => Object.entries<unknown>(part[key] ?? {})));
  const inside = merged('query');
  const next = merged('next');
  const finished = parts.filter(({ part }) => !part.next).map(({ name }) => name);
  return {
    batchcomplete: true,
    ...(Object.keys(next).length > 0 ? { continue: { ...next, continue: `-||${finished.join('|')}` } } : {}),
    ...merged('top'),
    ...(Object.keys(inside).length > 0 ? { query: inside } : {}),
  };
}
