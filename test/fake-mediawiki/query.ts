import { ApiError, type Call } from './call.ts';
import {
  communityConfiguration,
  growthMenteeStatus,
  growthMentorList,
  growthMentorMentee,
  growthMentorStatus,
} from './query-growth.ts';
import { describePages, info, revisions } from './query-pages.ts';
import { logEvents, siteInfo, tokens } from './query-site.ts';
import { userContribs } from './query-contributions.ts';
import { userInfo, users } from './query-users.ts';
import type { Software } from './software.ts';

/** Result of a module: data below `query`, data beside it, and the continuation. */
export interface QueryPart {
  readonly query?: Readonly<Record<string, unknown>>;
  readonly top?: Readonly<Record<string, unknown>>;
  readonly next?: Readonly<Record<string, string>>;
}

type Module = (call: Call) => QueryPart;

const pageModules = { info, revisions } as const;

type Modules = Readonly<Record<'list' | 'meta', Readonly<Record<string, Module>>>>;

const core = {
  list: { logevents: logEvents, usercontribs: userContribs, users },
  meta: { siteinfo: siteInfo, tokens, userinfo: userInfo },
} as const satisfies Modules;

const modulesOf: Readonly<Record<Software['extensions'], Modules>> = {
  none: core,
  growth: {
    list: { ...core.list, growthmentorlist: growthMentorList, growthmentormentee: growthMentorMentee },
    meta: {
      ...core.meta,
      communityconfiguration: communityConfiguration,
      growthmenteestatus: growthMenteeStatus,
      growthmentorstatus: growthMentorStatus,
    },
  },
};

// Sorts modules in the order of the request.
function chosen<T>(call: Call, kind: string, known: Readonly<Record<string, T>>): [string, T][] {
  const names = call.listOf(kind, Object.keys(known), { module: 'query' });
  const inOrder = (call.get(kind) ?? '').split('|');
  return Object.entries(known)
    .filter(([name]) => names.includes(name))
    .sort(([a], [b]) => inOrder.indexOf(a) - inOrder.indexOf(b));
}

function run<T>(call: Call, name: string, module: (call: Call) => T): T {
  try {
    return module(call);
  } catch (error) {
    if (error instanceof ApiError) error.module = `query+${name}`;
    throw error;
  }
}

/** action=query: runs all requested modules; an error of one is the error of the request. */
export function query(call: Call): Record<string, unknown> {
  const props = chosen<(typeof pageModules)[keyof typeof pageModules]>(call, 'prop', pageModules);
  const pages = describePages(
    call,
    props.map(([name, module]) => run(call, name, module)),
  );
  const modules = modulesOf[call.wiki.software.extensions];
  const asked = [
    ...chosen<Module>(call, 'list', modules.list),
    ...chosen<Module>(call, 'meta', modules.meta),
  ];
  const parts = asked.map(([name, module]) => ({ name, part: run(call, name, module) }));
  const merged = (key: keyof QueryPart) =>
    Object.fromEntries(
      [pages, ...parts.map(({ part }) => part)].flatMap((part) => Object.entries<unknown>(part[key] ?? {})),
    );
  const inside = merged('query');
  const next = merged('next');
  const finished = [...props, ...parts.filter(({ part }) => !part.next).map(({ name }) => [name])].map(
    ([name]) => name,
  );
  return {
    batchcomplete: true,
    ...(Object.keys(next).length > 0 ? { continue: { ...next, continue: `-||${finished.join('|')}` } } : {}),
    ...merged('top'),
    ...(Object.keys(inside).length > 0 ? { query: inside } : {}),
  };
}
