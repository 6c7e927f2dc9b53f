import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import test from 'node:test';
import { FakeMediaWiki } from './fake-mediawiki/index.ts';
import {
  autoSource,
  growthSource,
  mediawikiSource,
  MentorshipError,
  type MentorshipActions,
  previewSource,
  type Snapshot,
} from '../src/sdk/index.js';
import { actionApi } from '../src/sdk/mediawiki/action-api.js';
import { readSetUp } from '../src/sdk/mediawiki/settings.js';
import { withDeadline } from '../src/sdk/http.js';
import { recordedFetch } from './recorded-wiki.ts';
import { NOW } from './sample-snapshots.ts';

type Fetch = typeof globalThis.fetch;

const API = 'https://wiki.example/w/api.php';
const now = () => NOW;
const { signal } = new AbortController();

/** Values that replace each value of a response. No URL can contain the lone surrogate of the string. */
const REPLACEMENTS: readonly unknown[] = [null, 'a\ud83d=', 7, [{}, [], 'a', 1, null], { 1: 'a', a: {} }];

/** JSON in a string of a response, such as the text of a page. */
class Embedded {
  readonly data: unknown;
  constructor(data: unknown) {
    this.data = data;
  }
  toJSON(): string {
    return JSON.stringify(this.data);
  }
}

/** Parses JSON, and the JSON in its strings. */
const parseDeep = (text: string): unknown =>
  JSON.parse(text, (_, value: unknown) => {
    if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
    try {
      return new Embedded(parseDeep(value));
    } catch {
      return value;
    }
  });

/** Keys that are read, by name of the object. */
const READ: Readonly<Record<string, RegExp>> = {
  options: /^(?:growthexperiments-.*mentor|userjs|gender$)/,
  general: /^(?:server|articlepath|script|generator)$/,
  userinfo: /^(?:id|name|anon|temp|options|rights|groups|block|system|editcount|registration|email)/,
  query:
    /^(?:userinfo|pages|normalized|general|tokens|users|usercontribs|rightsinfo|specialpagealiases|namespace)/,
};

/** Keys that are read in no object. */
const UNREAD = /^(?:batchcomplete|pageid|contentformat|GEPersonalized.*)$/;

/** Leaves out what is not read, and all but the first two items of long lists, so that there are fewer places. */
const shorten = (text: string): string =>
  JSON.stringify(JSON.parse(text), (name, value: unknown): unknown => {
    if (Array.isArray(value)) return name === 'pages' ? value : value.slice(0, 2);
    const read = READ[name];
    return read && typeof value === 'object' && value
      ? Object.fromEntries(Object.entries(value).filter(([key]) => read.test(key)))
      : value;
  });

/** Yields a copy for each value in a response and each replacement, with a description of the place. */
function* changesOf(value: unknown, path = ''): Generator<{ place: string; copy: unknown }> {
  for (const replacement of REPLACEMENTS)
    yield { place: `${path}: ${JSON.stringify(replacement)}`, copy: replacement };
  if (value instanceof Embedded)
    for (const { place, copy } of changesOf(value.data, path))
      yield { place: `JSON in ${place}`, copy: new Embedded(copy) };
  else if (typeof value === 'object' && value !== null)
    for (const key of Object.keys(value).filter((name) => !UNREAD.test(name)))
      for (const { place, copy } of changesOf(Reflect.get(value, key), `${path}.${key}`))
        yield {
          place,
          copy: Array.isArray(value) ? value.with(Number(key), copy) : { ...value, [key]: copy },
        };
}

interface Exchange {
  /** Parameters by which the requests of a method differ. */
  request: string;
  response: string;
}

async function describeRequest(request: Request): Promise<string> {
  const sent = request.method === 'POST' ? await request.text() : '';
  const params = new URLSearchParams(`${new URL(request.url).search}&${sent}`);
  return ['action', 'list', 'meta', 'prop', 'titles'].map((name) => params.get(name)).join(' ');
}

/** Returns a `fetch` that records the exchanges of another one. */
function recordExchanges(fetch: Fetch): { exchanges: Exchange[]; fetch: Fetch } {
  const exchanges: Exchange[] = [];
  return {
    exchanges,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const description = await describeRequest(request.clone());
      const response = shorten(await (await fetch(request)).text());
      exchanges.push({ request: description, response });
      return new Response(response);
    },
  };
}

/** Returns a `fetch` that gives each recorded response once, and then an empty object. */
function replayExchanges(exchanges: readonly Exchange[]): Fetch {
  const rest = [...exchanges];
  return async (input, init) => {
    const description = await describeRequest(input instanceof Request ? input : new Request(input, init));
    const index = rest.findIndex(({ request }) => request === description);
    return new Response(index < 0 ? '{}' : rest.splice(index, 1)[0]?.response);
  };
}

/** Fails unless a method has rejected on purpose. */
function assertIntended(error: unknown): void {
  assert.ok(error instanceof MentorshipError, String(error));
  const { cause } = error;
  const isFault =
    cause instanceof Error && !(cause instanceof MentorshipError || cause instanceof SyntaxError);
  assert.ok(!isFault, `${String(error)} ${String(cause)}`);
}

/**
 * Replaces each value in each response to a method, one after the other, and calls the method.
 *
 * @param options.seen - places that were replaced before, because the responses to many viewers are alike
 * @param options.method - name of the method, or of another one that reads the same
 */
async function assertTolerant(
  run: (fetch: Fetch) => Promise<unknown>,
  { fetch: original, seen, method = '' }: { fetch: Fetch; seen: Set<string>; method?: string },
): Promise<void> {
  const { exchanges, fetch } = recordExchanges(original);
  await run(fetch).catch(assertIntended);
  for (const [index, { request, response }] of exchanges.entries())
    for (const { place, copy } of changesOf(parseDeep(response))) {
      // Other actions read only the token in the response before a write.
      const isToken = request.includes('tokens') && !/^(?:ask|join)$/.test(method);
      const id = `${isToken ? '' : method} ${request} ${place}`;
      if (seen.has(id)) continue;
      seen.add(id);
      const changed = exchanges.with(index, { request, response: JSON.stringify(copy) });
      await run(replayExchanges(changed)).catch((error: unknown) => {
        try {
          assertIntended(error);
        } catch (cause) {
          throw new Error(id, { cause });
        }
      });
    }
}

const load = (fetch: Fetch) => autoSource({ api: API, fetch, now }).load({ signal });

test('a load tolerates any value at any place of a recorded response', async (t) => {
  t.mock.method(console, 'warn', () => {});
  const seen = new Set<string>();
  for (const viewer of readdirSync('test/recordings').filter((name) => /^(?:[a-z]_|anon|temp)/.test(name)))
    await assertTolerant(load, { fetch: recordedFetch(viewer), seen });
  assert.ok(seen.size > 1_000);
});

const SOFTWARE = ['growth-1.43', 'core-1.39'] as const;

test('core-1.39: a load tolerates any value at any place of a response', async (t) => {
  t.mock.method(console, 'warn', () => {});
  const wiki = new FakeMediaWiki({ software: 'core-1.39' });
  await assertTolerant(load, { fetch: wiki.fetchAs('q_kim'), seen: new Set() });
});

for (const software of SOFTWARE)
  test(`${software}: a preview tolerates any value at any place of a response`, async (t) => {
    t.mock.method(console, 'warn', () => {});
    const viewer = 'Questioner Kim';
    const preview = (fetch: Fetch) => previewSource({ api: API, fetch, now, viewer }).load({ signal });
    const wiki = new FakeMediaWiki({ software });
    await assertTolerant(preview, { fetch: wiki.fetchAs('anon'), seen: new Set() });
  });

test('core-1.39: the check of the gadget tolerates any value at any place of a response', async () => {
  const check = (fetch: Fetch) =>
    withDeadline(signal, (budget) =>
      readSetUp((params) => actionApi({ api: API, fetch }).get(params, budget), NOW),
    );
  const wiki = new FakeMediaWiki({ software: 'core-1.39' });
  await assertTolerant(check, { fetch: wiki.fetchAs('q_kim'), seen: new Set() });
});

type Act = (actions: MentorshipActions, snapshot: Snapshot) => Promise<unknown>;

const ACTIONS: { [Name in keyof MentorshipActions]: Act } = {
  prepareQuestion: (actions, snapshot) => actions.prepareQuestion(snapshot, { signal }),
  ask: (actions, snapshot) => actions.ask(snapshot, { text: 'How do I add a picture?', signal }),
  findQuestion: (actions, snapshot) =>
    actions.findQuestion(snapshot, { text: 'How?', checkpoint: '0 x', signal }),
  refreshQuestions: (actions, snapshot) => actions.refreshQuestions(snapshot, { signal }),
  leave: (actions, snapshot) => actions.leave(snapshot, { reason: '', signal }),
  join: (actions, snapshot) => actions.join(snapshot, { signal }),
  undoLeave: (actions, snapshot) => actions.undoLeave(snapshot, { mentor: 'Mentor Olga', signal }),
  getMentors: (actions, snapshot) => actions.getMentors(snapshot, { signal }),
  getProfiles: (actions) => actions.getProfiles(['Mentor Fatima', 'Mentor Nina'], { signal }),
  readTalkPage: (actions, snapshot) => actions.readTalkPage(snapshot, { name: 'Mentor Fatima', signal }),
  chooseMentor: (actions, snapshot) =>
    actions.chooseMentor(snapshot, { name: 'Mentor Marcus', reason: '', signal }),
  enroll: (actions, snapshot) => actions.enroll(snapshot, { introduction: 'Hello.', signal }),
  snoozeInvite: (actions, snapshot) => actions.snoozeInvite(snapshot, { until: NOW.toISOString(), signal }),
  declineInvite: (actions, snapshot) => actions.declineInvite(snapshot, { signal }),
  restoreInvite: (actions, snapshot) => actions.restoreInvite(snapshot, { signal }),
  pause: (actions, snapshot) => actions.pause(snapshot, { until: '2026-12-24T00:00:00.000Z', signal }),
  resume: (actions, snapshot) => actions.resume(snapshot, { signal }),
  resign: (actions, snapshot) => actions.resign(snapshot, { signal }),
};

/** Viewers by software: with questions, and without a mentor or as a mentor. */
const VIEWERS = { 'growth-1.43': ['q_kim', 'e_gus'], 'core-1.39': ['q_kim', 'm_fatima'] } as const;

for (const software of SOFTWARE)
  test(`${software}: each action tolerates any value at any place of a response`, async (t) => {
    t.mock.method(console, 'warn', () => {});
    const source = software === 'growth-1.43' ? growthSource : mediawikiSource;
    const seen = new Set<string>();
    for (const [name, act] of Object.entries(ACTIONS))
      for (const viewer of VIEWERS[software]) {
        const fetch = new FakeMediaWiki({ software }).fetchAs(viewer);
        const snapshot = await source({ api: API, fetch, now }).load({ signal });
        const run = async (fetch: Fetch) => {
          const actions = await source({ api: API, fetch, now }).loadActions?.();
          if (actions && name in actions) await act(actions as MentorshipActions, snapshot);
        };
        const method = /^(?:resume|resign)$/.test(name) ? 'pause' : name;
        await assertTolerant(run, { fetch, seen, method });
      }
  });
