import { setImmediate as macrotask } from 'node:timers/promises';
import type { FakeMediaWiki, PageKind, PersonaId } from './fake-mediawiki/index.ts';
import { growthSource, MentorshipError } from '../src/sdk/index.js';
import { createClientIn } from '../src/sdk/client.js';
import { createSnapshotStore } from '../src/sdk/snapshot-store.js';

export const NOW = new Date('2026-11-22T11:00:00Z');

interface WikiClientOptions {
  page?: PageKind;
  /** The user who is signed in at the first write. */
  signedInLater?: PersonaId;
  /** Replaces the wiki's `fetch`. */
  fetch?: typeof fetch;
  /** Replaces growthSource. */
  source?: typeof growthSource;
  /** Called at each pause, which takes no time. */
  onPause?: () => void;
}

/** Creates a user's client on a fake wiki; pauses between polls take no time. */
export function createWikiClient(
  wiki: FakeMediaWiki,
  viewer: PersonaId,
  { page, signedInLater, fetch, source: makeSource = growthSource, onPause }: WikiClientOptions = {},
) {
  let loaded = false;
  const source = makeSource({
    api: wiki.api,
    now: () => NOW,
    fetch:
      fetch ?? ((input, init) => wiki.fetchAs(loaded && signedInLater ? signedInLater : viewer)(input, init)),
    page: page && wiki.pageVariables(viewer, page),
  });
  const store = createSnapshotStore(source);
  store.subscribe(() => (loaded = true));
  let ms = NOW.getTime();
  return createClientIn(store, {
    now: () => ms,
    sleep: async (length) => {
      ms += length;
      await macrotask();
      onPause?.();
    },
    locks: null,
  });
}

/** Changes responses to those of MediaWiki 1.41, which has no module that lists the mentors. */
export const beforeListModule =
  (fetch: typeof globalThis.fetch): typeof globalThis.fetch =>
  async (input, init) => {
    const response = await fetch(input, init);
    const { growthmentorlist: _, ...answer } = (await response.json()) as {
      growthmentorlist?: unknown;
      query?: { general?: { generator: string } };
    };
    if (answer.query?.general) answer.query.general.generator = 'MediaWiki 1.41.5';
    return Response.json(answer, response);
  };

export const postsTo = (wiki: FakeMediaWiki, action?: string) =>
  wiki.log.filter(
    ({ method, params }) => method === 'POST' && (action === undefined || params.action === action),
  );

/** Returns the parameters that are not common to all writes. */
export function distinctParams(params: Readonly<Record<string, string>>): Record<string, string> {
  const common = ['assertuser', 'token', 'format', 'formatversion', 'errorformat'];
  return Object.fromEntries(Object.entries(params).filter(([name]) => !common.includes(name)));
}

export async function rejection(promise: Promise<unknown>): Promise<MentorshipError> {
  const error: unknown = await promise.then(
    () => new Error('resolved'),
    (reason: unknown) => reason,
  );
  if (error instanceof MentorshipError) return error;
  throw error;
}

/** Returns the text of a page. */
export async function pageText(wiki: FakeMediaWiki, title: string): Promise<string> {
  const query = { action: 'query', prop: 'revisions', rvprop: 'content', rvslots: 'main', titles: title };
  const params = new URLSearchParams({ ...query, format: 'json', formatversion: '2' });
  const response = await wiki.fetchAs('anon')(`${wiki.api}?${params}`);
  const answer = (await response.json()) as {
    query: { pages: { revisions?: { slots: { main: { content: string } } }[] }[] };
  };
  return answer.query.pages[0]?.revisions?.[0]?.slots.main.content ?? '';
}
