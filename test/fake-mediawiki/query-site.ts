import type { Call } from './call.ts';
import languages from './languages.json' with { type: 'json' };
import type { QueryPart } from './query.ts';
import site from './site.json' with { type: 'json' };
import specialPages from './special-pages.json' with { type: 'json' };
import type { User, WikiState } from './state.ts';
import { iso } from './times.ts';
import { parseTitle } from './titles.ts';

const languageTags: Readonly<Record<string, string>> = languages.bcp47;

function general(wiki: WikiState): Record<string, unknown> {
  const reason = wiki.readOnlyReason;
  const readonly = reason === null ? { readonly: false } : { readonly: true, readonlyreason: reason };
  return { ...wiki.software.general, ...readonly, time: iso(wiki.now()) };
}

/** Special pages in the recordings that come from extensions. */
const OF_EXTENSIONS = Object.keys(specialPages).slice(Object.keys(specialPages).indexOf('CollabPad'));

const siteFacts: Readonly<Record<string, (wiki: WikiState) => unknown>> = {
  general,
  namespaces: () => site.namespaces,
  namespacealiases: () => [
    { id: 6, alias: 'Image' },
    { id: 7, alias: 'Image talk' },
  ],
  specialpagealiases: ({ software }) =>
    Object.entries(specialPages)
      .filter(([realname]) => software.extensions === 'growth' || !OF_EXTENSIONS.includes(realname))
      .map(([realname, aliases]) => ({ realname, aliases })),
  extensions: (wiki) => wiki.software.extensionList,
  statistics: () => site.statistics,
  dbrepllag: () => site.dbrepllag,
  autocreatetempuser: () => site.autocreatetempuser,
  rightsinfo: (wiki) => wiki.copyright,
  defaultoptions: (wiki) => wiki.software.options.defaults,
  languages: () =>
    Object.entries(languages.names).map(([code, name]) => ({
      code,
      bcp47: languageTags[code] ?? code,
      name,
    })),
};

/** meta=siteinfo. */
export function siteInfo(call: Call): QueryPart {
  const names = call.listOf('siprop', call.known(siteFacts), {
    module: 'query+siteinfo',
    fallback: 'general',
  });
  return { query: Object.fromEntries(names.map((name) => [name, siteFacts[name]?.(call.wiki)])) };
}

/** Returns the token that a viewer must send with writes, until it expires. */
export const csrfToken = ({ kind, id, session }: User): string =>
  kind === 'anonymous' ? '+\\' : `session-${session}-of-${id}+\\`;

/** meta=tokens. */
export function tokens(call: Call): QueryPart {
  if (call.withoutCredentials) {
    const text = 'Tokens may not be obtained when the same-origin policy is not applied.';
    call.warnings.push({ module: 'query+tokens', code: 'tokens-origin', text });
    return {};
  }
  const kinds = call.listOf('type', ['csrf', 'patrol', 'rollback', 'userrights', 'watch'], {
    module: 'query+tokens',
    fallback: 'csrf',
  });
  const pairs = kinds.map((kind) => [`${kind}token`, csrfToken(call.viewer)] as const);
  return { query: { tokens: Object.fromEntries(pairs) } };
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
