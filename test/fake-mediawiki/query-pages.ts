import { ApiError, split, type Call } from './call.ts';
import { refusalOf } from './edit-rules.ts';
import type { QueryPart } from './query.ts';
import type { Revision, WikiState } from './state.ts';
import { parseTitle } from './titles.ts';

type Facts = Readonly<Record<string, unknown>>;

/** A requested page with the requested revisions. */
interface Asked {
  readonly title: string;
  readonly ns: number;
  readonly revisions: readonly Revision[];
}

const languageFacts = { pagelanguage: 'en', pagelanguagehtmlcode: 'en', pagelanguagedir: 'ltr' };

/** prop=info. */
export function info(call: Call): (page: Asked) => Facts {
  const { wiki, viewer } = call;
  const tests = call.listOf('intestactions', ['edit'], { module: 'query+info' });
  return ({ title }) => {
    const latest = wiki.latest(title);
    const isOnly = wiki.revisions.filter((revision) => revision.page === title).length === 1;
    const actions = { edit: refusalOf(wiki, viewer, title) === null };
    return {
      contentmodel: wiki.contentModel(title),
      ...languageFacts,
      ...(latest
        ? {
            touched: latest.at,
            lastrevid: latest.id,
            length: new TextEncoder().encode(latest.text).length,
            ...(isOnly ? { new: true } : {}),
          }
        : {}),
      ...(tests.length > 0 ? { actions } : {}),
    };
  };
}

function describeRevision(wiki: WikiState, revision: Revision, props: readonly string[]): Facts {
  const contentmodel = wiki.contentModel(revision.page);
  const contentformat = contentmodel === 'wikitext' ? 'text/x-wiki' : 'application/json';
  const slot = props.includes('content')
    ? { contentmodel, contentformat, content: revision.text }
    : props.includes('contentmodel')
      ? { contentmodel }
      : null;
  return {
    ...(props.includes('ids') ? { revid: revision.id, parentid: revision.parent } : {}),
    ...(props.includes('user') ? { user: revision.user } : {}),
    ...(props.includes('timestamp') ? { timestamp: revision.at } : {}),
    ...(slot ? { slots: { main: slot } } : {}),
  };
}

/**
 * prop=revisions: the newest revision of each title, or the requested ones. Without rvslots, the format would be an
 * older one.
 */
export function revisions(call: Call): (page: Asked) => Facts {
  const names = ['ids', 'timestamp', 'user', 'content', 'contentmodel'] as const;
  const props = call.listOf('rvprop', names, { module: 'query+revisions', fallback: 'ids|timestamp|user' });
  if (props.includes('content') && call.get('rvslots') !== 'main') {
    throw new ApiError('unsupported', 'The wiki in memory gives content with rvslots=main only.');
  }
  return (page) =>
    page.revisions.length === 0
      ? {}
      : { revisions: page.revisions.map((revision) => describeRevision(call.wiki, revision, props)) };
}

interface PageSet {
  readonly pages: readonly (Asked | { readonly title: string; readonly ns: null })[];
  /** Data beside the pages in the response. */
  readonly remarks: Facts;
}

function byTitle(wiki: WikiState, titles: readonly string[]): PageSet {
  const normalized: Facts[] = [];
  const pages = titles.map((raw) => {
    const title = parseTitle(raw);
    if (!title) return { title: raw, ns: null };
    if (title.text !== raw) normalized.push({ fromencoded: false, from: raw, to: title.text });
    const latest = wiki.latest(title.text);
    return { title: title.text, ns: title.ns, revisions: latest ? [latest] : [] };
  });
  return { pages, remarks: normalized.length > 0 ? { normalized } : {} };
}

function byRevision(wiki: WikiState, ids: readonly number[]): PageSet {
  const found = wiki.revisions
    .filter(({ id, page }) => ids.includes(id) && wiki.pageIds.has(page))
    .sort((a, b) => a.id - b.id);
  const pages = [...new Set(found.map(({ page }) => page))].map((title) => ({
    title,
    ns: parseTitle(title)?.ns ?? 0,
    revisions: found.filter(({ page }) => page === title),
  }));
  const unknown = ids.filter((id) => !found.some((revision) => revision.id === id));
  const badrevids = Object.fromEntries(unknown.map((revid) => [revid, { revid, missing: true }]));
  return { pages, remarks: unknown.length > 0 ? { badrevids } : {} };
}

/** Returns the data of all pages that a query names; nothing if it names none. */
export function describePages(call: Call, props: readonly ((page: Asked) => Facts)[]): QueryPart {
  const { wiki } = call;
  const titles = split(call.get('titles') ?? '');
  const ids = split(call.get('revids') ?? '').map(Number);
  if (titles.length === 0 && ids.length === 0) return {};
  const { pages, remarks } = ids.length > 0 ? byRevision(wiki, ids) : byTitle(wiki, titles);
  let missing = 0;
  const described = pages.map((page) => {
    const id = wiki.pageIds.get(page.title);
    const order = id ?? (missing -= 1);
    if (page.ns === null) return { order, facts: { title: page.title, invalid: true } };
    const { title, ns } = page;
    const facts = Object.fromEntries(props.flatMap((prop) => Object.entries(prop(page))));
    const identity = id === undefined ? { ns, title, missing: true } : { pageid: id, ns, title };
    return { order, facts: { ...identity, ...facts } };
  });
  // Missing pages are numbered downwards from -1, and the wiki sorts by number, so the last one comes first.
  described.sort((a, b) => a.order - b.order);
  return { query: { ...remarks, pages: described.map(({ facts }) => facts) } };
}
