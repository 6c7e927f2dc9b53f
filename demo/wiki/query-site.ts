import { ApiError, split, type Call } from './call.ts';
import languages from './languages.json' with { type: 'json' };
import optionData from './options.json' with { type: 'json' };
import type { QueryPart } from './query.ts';
import site from './site.json' with { type: 'json' };
import specialPages from './special-pages.json' with { type: 'json' };
import type { Revision, User, WikiState } from './state.ts';
import { iso } from './times.ts';
import { parseTitle } from './titles.ts';

const languageTags: Readonly<Record<string, string>> = languages.bcp47;

function general(wiki: WikiState): Record<string, unknown> {
  const reason = wiki.readOnlyReason;
  const readonly = reason === null ? { readonly: false } : { readonly: true, readonlyreason: reason };
  return { ...site.general, ...readonly, time: iso(wiki.now()) };
}

const siteFacts: Readonly<Record<string, (wiki: WikiState) => unknown>> = {
  general,
  namespaces: () => site.namespaces,
  specialpagealiases: () =>
    Object.entries(specialPages).map(([realname, aliases]) => ({ realname, aliases })),
  extensions: () => site.extensions,
  statistics: () => site.statistics,
  dbrepllag: () => site.dbrepllag,
  autocreatetempuser: () => site.autocreatetempuser,
  rightsinfo: () => site.rightsinfo,
  defaultoptions: () => optionData.defaults,
  languages: () =>
    Object.entries(languages.names).map(([code, name]) => ({
      code,
      bcp47: languageTags[code] ?? code,
      name,
    })),
};

/** meta=siteinfo. */
export function siteInfo(call: Call): QueryPart {
  const names = call.listOf('siprop', Object.keys(siteFacts), { module: 'siteinfo', fallback: 'general' });
  return { query: Object.fromEntries(names.map((name) => [name, siteFacts[name]?.(call.wiki)])) };
}

/** The token that a viewer has to send with a write. The recordings show this one in the place of every token. */
export const csrfToken = (viewer: User): string => (viewer.kind === 'anonymous' ? '+\\' : 'CSRF-TOKEN+\\');

/** meta=tokens. */
export function tokens(call: Call): QueryPart {
  if (call.withoutCredentials) {
    const text = 'Tokens may not be obtained when the same-origin policy is not applied.';
    call.warnings.push({ module: 'tokens', code: 'tokensnotallowed', text });
    return {};
  }
  const kinds = call.listOf('type', ['csrf', 'patrol', 'rollback', 'userrights', 'watch'], {
    module: 'tokens',
    fallback: 'csrf',
  });
  const pairs = kinds.map((kind) => [`${kind}token`, csrfToken(call.viewer)] as const);
  return { query: { tokens: Object.fromEntries(pairs) } };
}

function describeRevision(
  revision: Revision,
  props: readonly string[],
  isJson: boolean,
): Record<string, unknown> {
  const model = { contentmodel: isJson ? 'json' : 'wikitext' };
  const format = { contentformat: isJson ? 'application/json' : 'text/x-wiki', content: revision.text };
  const slot = props.includes('content')
    ? { ...model, ...format }
    : props.includes('contentmodel')
      ? model
      : null;
  return {
    ...(props.includes('ids') ? { revid: revision.id, parentid: revision.parent } : {}),
    ...(props.includes('user') ? { user: revision.user } : {}),
    ...(props.includes('timestamp') ? { timestamp: revision.at } : {}),
    ...(slot ? { slots: { main: slot } } : {}),
  };
}

/** prop=revisions: the newest revision of each title. Without rvslots the shape would be an older one. */
export function revisions(call: Call): QueryPart {
  const { wiki } = call;
  const names = ['ids', 'timestamp', 'user', 'content', 'contentmodel'] as const;
  const props = call.listOf('rvprop', names, { module: 'revisions', fallback: 'ids|timestamp|user' });
  if (props.includes('content') && call.get('rvslots') !== 'main') {
    throw new ApiError('unsupported', 'The wiki in memory gives content with rvslots=main only.');
  }
  const normalized: Record<string, unknown>[] = [];
  let missing = 0;
  const pages = split(call.required('titles')).map((raw) => {
    const title = parseTitle(raw);
    const id = title ? wiki.pageIds.get(title.text) : undefined;
    const order = id ?? (missing -= 1);
    if (!title) return { order, page: { title: raw, invalid: true } };
    if (title.text !== raw) normalized.push({ fromencoded: false, from: raw, to: title.text });
    const revision = wiki.latest(title.text);
    if (!revision) return { order, page: { ns: title.ns, title: title.text, missing: true } };
    const isJson = title.ns === 8 && title.text.endsWith('.json');
    const described = describeRevision(revision, props, isJson);
    return { order, page: { pageid: id, ns: title.ns, title: title.text, revisions: [described] } };
  });
  // Missing pages are numbered downwards from -1, and the wiki sorts by number: the last of them comes first.
  pages.sort((a, b) => a.order - b.order);
  return {
    query: { ...(normalized.length > 0 ? { normalized } : {}), pages: pages.map(({ page }) => page) },
  };
}

/** list=logevents: the public log of mentor changes, newest first. */
export function logEvents(call: Call): QueryPart {
  const title = parseTitle(call.get('letitle') ?? '')?.text;
  const type = call.get('letype') ?? 'growthexperiments';
  const found = call.wiki.log.filter(
    (event) => type === 'growthexperiments' && (!title || event.title === title),
  );
  const shown = found
    .sort((a, b) => b.id - a.id)
    .slice(0, call.amount('lelimit', 10))
    .map((event) => ({
      logid: event.id,
      ns: 2,
      title: event.title,
      pageid: call.wiki.pageIds.get(event.title) ?? 0,
      logpage: 0,
      params: event.params,
      type,
      action: event.action,
      user: event.user,
      timestamp: event.at,
      comment: event.comment,
    }));
  return { query: { logevents: shown } };
}
