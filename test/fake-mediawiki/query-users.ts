import { changeableGroups, groupsOf, rateLimitsOf, rights } from './access.ts';
import { activeBlock, blockInfo } from './blocks.ts';
import { split, type Call } from './call.ts';
import { allOptions, option } from './options.ts';
import type { QueryPart } from './query.ts';
import type { User, WikiState } from './state.ts';
import { parseTitle, talkPage } from './titles.ts';

const hasMessages = (wiki: WikiState, user: User) =>
  wiki.latest(talkPage(user.name)) !== undefined &&
  wiki.revisions.some((revision) => revision.page === talkPage(user.name) && revision.user !== user.name);

const emailOf = ({ email }: User) => ({
  email: email?.address ?? '',
  ...(email?.confirmedAt ? { emailauthenticated: email.confirmedAt } : {}),
});

const currentBlock = (wiki: WikiState, user: User) => {
  const block = activeBlock(wiki, user);
  return block ? blockInfo(wiki, block) : {};
};

type UserFacts = Readonly<Record<string, (wiki: WikiState, user: User) => Readonly<Record<string, unknown>>>>;

const viewerFacts = {
  blockinfo: currentBlock,
  hasmsg: (wiki, user) => ({ messages: hasMessages(wiki, user) }),
  groups: (_wiki, user) => ({ groups: groupsOf(user) }),
  groupmemberships: (_wiki, user) => ({
    groupmemberships: user.groups.map((group) => ({ group, expiry: 'infinity' })),
  }),
  rights: (wiki, user) => ({ rights: rights(wiki, user) }),
  changeablegroups: (wiki, user) => ({ changeablegroups: changeableGroups(wiki, user) }),
  options: (_wiki, user) => ({ options: allOptions(user) }),
  editcount: (_wiki, user) => ({ editcount: user.editCount }),
  ratelimits: (wiki, user) => ({ ratelimits: rateLimitsOf(wiki, user) }),
  email: (_wiki, user) => emailOf(user),
  realname: () => ({ realname: '' }),
  registrationdate: (_wiki, user) => (user.kind === 'anonymous' ? {} : { registrationdate: user.registered }),
  unreadcount: (_wiki, user) => ({ unreadcount: user.unread }),
  centralids: (_wiki, user) => ({
    centralids: { local: user.id },
    attachedlocal: { local: user.kind !== 'anonymous' },
  }),
  latestcontrib: (wiki, user) => {
    const latest = wiki.contributions(user.name)[0];
    return latest ? { latestcontrib: latest.at } : {};
  },
  cancreateaccount: () => ({ cancreateaccount: true }),
} as const satisfies UserFacts;

const viewerKinds = { anonymous: { anon: true }, temporary: { temp: true }, named: {} } as const;

/** Returns the values of `facts` for the requested names. */
function tell(
  facts: UserFacts,
  names: readonly string[],
  wiki: WikiState,
  user: User,
): Record<string, unknown> {
  const values = names.map((name) => facts[name]?.(wiki, user) ?? {});
  return Object.fromEntries(values.flatMap((fact) => Object.entries(fact)));
}

/** meta=userinfo. */
export function userInfo(call: Call): QueryPart {
  const { wiki, viewer } = call;
  const props = call.listOf('uiprop', call.known(viewerFacts), { module: 'query+userinfo' });
  const { id, name, kind } = viewer;
  return {
    query: { userinfo: { id, name, ...viewerKinds[kind], ...tell(viewerFacts, props, wiki, viewer) } },
  };
}

const publicFacts = {
  // An autoblock is one of the address, which only the user's own requests have.
  blockinfo: (wiki, user) => (user.block?.of === undefined ? currentBlock(wiki, user) : {}),
  groups: (_wiki, user) => ({ groups: groupsOf(user) }),
  editcount: (_wiki, user) => ({ editcount: user.editCount }),
  registration: (_wiki, user) => ({ registration: user.registered }),
  gender: (_wiki, user) => ({ gender: option(user, 'gender') }),
  emailable: (_wiki, user) => ({ emailable: Boolean(user.email?.confirmedAt) }),
  rights: (wiki, user) => ({ rights: rights(wiki, user) }),
} as const satisfies UserFacts;

/** list=users. */
export function users(call: Call): QueryPart {
  const { wiki } = call;
  const props = call.listOf('usprop', Object.keys(publicFacts), { module: 'query+users' });
  const describe = (user: User) => ({
    userid: user.id,
    name: user.name,
    ...tell(publicFacts, props, wiki, user),
  });
  const named = split(call.get('ususers') ?? '').map((name) => {
    const user = wiki.user(name);
    if (user) return describe(user);
    return parseTitle(`User:${name}`) ? { name, missing: true } : { name, invalid: true };
  });
  const numbered = split(call.get('ususerids') ?? '').map((id) => {
    const user = wiki.userById(Number(id));
    return user ? describe(user) : { userid: Number(id), missing: true };
  });
  return { query: { users: [...named, ...numbered] } };
}
