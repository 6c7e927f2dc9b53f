import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { FakeMediaWiki, personas, type PersonaId } from './fake-mediawiki/index.ts';

/** A recorded exchange with MediaWiki 1.39 without GrowthExperiments; see test/recordings-1.39/README.md. */
interface Recording {
  readonly at: string;
  readonly as_user: string | null;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly post: Readonly<Record<string, string>> | null;
    readonly headers: Readonly<Record<string, string>> | null;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
}

const folder = 'test/recordings-1.39';
const read = (path: string): Recording => JSON.parse(readFileSync(`${folder}/${path}`, 'utf8')) as Recording;

// Patterns of values that may differ from the recording. Everything else is compared exactly.
const masks: readonly { where: RegExp; reason: string }[] = [
  {
    where: /^\.warnings\.\d+\.data$/,
    reason: 'a warning says once more, for machines, what its text says: the wiki in memory leaves that out',
  },
  { where: /^\.edit\.captcha\.(id|question)$/, reason: 'the question is drawn by chance' },
];

/** Removes masked values recursively. */
function masked(value: unknown, path = ''): unknown {
  if (Array.isArray(value)) return value.map((item, index) => masked(item, `${path}.${index}`));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(
    ([key]) => !masks.some(({ where }) => where.test(`${path}.${key}`)),
  );
  return Object.fromEntries(entries.map(([key, item]) => [key, masked(item, `${path}.${key}`)]));
}

const comparedHeaders = [
  'access-control-allow-credentials',
  'access-control-allow-headers',
  'access-control-allow-methods',
  'access-control-allow-origin',
  'access-control-expose-headers',
  'cache-control',
  'content-disposition',
  'content-type',
  'mediawiki-api-error',
  'mediawiki-cors-rejection',
  'mediawiki-login-suppressed',
  'retry-after',
  'x-content-type-options',
  'x-frame-options',
];

const personaOf = (userName: string | null): PersonaId => {
  const persona = personas.find(({ name }) => name === userName);
  assert.ok(persona, `there is a persona for ${userName}`);
  return persona.id;
};

// Returns the token of the recordings, which is the same for all sessions. Anonymous users have its suffix only.
const recordedSession = 'CSRF-TOKEN';

function sessionOf(wiki: FakeMediaWiki, viewer: PersonaId): string {
  const token = String(wiki.pageVariables(viewer, 'article').tokens.get('csrfToken'));
  return token.replace(/\+\\$/, '') || recordedSession;
}

let now = new Date('2026-11-22T11:00:00Z');
const newWiki = () =>
  new FakeMediaWiki({ software: 'core-1.39', now: () => now, origins: ['https://host.example'] });

/** Sends the recorded request and compares the response with the recorded one. */
async function replay(wiki: FakeMediaWiki, { at, as_user, request, response }: Recording): Promise<void> {
  now = new Date(at);
  const viewer = personaOf(as_user);
  const session = sessionOf(wiki, viewer);
  const body = request.post && new URLSearchParams(request.post);
  const token = body?.get('token')?.replace(recordedSession, session);
  if (token !== undefined) body?.set('token', token);
  const { url, method, headers } = request;
  const answer = await wiki.fetchAs(viewer)(url, { method, body, headers: headers ?? {} });
  const text = (await answer.text()).replaceAll(session, recordedSession);
  const isJson = response.headers['content-type']?.startsWith('application/json');
  assert.deepEqual(masked(isJson ? JSON.parse(text) : text), masked(response.body));
  assert.equal(answer.status, response.status);
  for (const name of comparedHeaders)
    assert.equal(answer.headers.get(name), response.headers[name] ?? null, name);
}

for (const part of ['viewers', 'reads', 'cors']) {
  for (const file of readdirSync(`${folder}/${part}`)) {
    test(`${part}/${file}`, () => replay(newWiki(), read(`${part}/${file}`)));
  }
}

const readOnly = (wiki: FakeMediaWiki) => {
  wiki.setReadOnly('Maintenance');
  return () => wiki.setReadOnly(null);
};

/** Changes of the recorded wiki that were not made through the recorded exchanges, and their reverts. */
const circumstances: Readonly<Record<string, (wiki: FakeMediaWiki) => () => void>> = {
  'edit-readonly': readOnly,
  'option-readonly': readOnly,
  'edit-ratelimited': (wiki) => wiki.limitRate({ action: 'edit' }),
  'edit-captcha': (wiki) => wiki.demandCaptcha(/./),
  'edit-deleted': (wiki) => {
    wiki.setPage('Project:Friends.json', null);
    return () => {};
  },
  'question-autoblocked': (wiki) => {
    const block = { of: 'Blocked Ivy', reason: 'Test block: [[River|vandalism]]', id: 4 };
    wiki.setUser('n_ana', { block: { ...block, expiry: '2026-11-23T11:00:00Z' } });
    return () => wiki.setUser('n_ana', { block: null });
  },
  'edit-protected': (wiki) => wiki.protect('User talk:Mentor Fatima'),
};

const wiki = newWiki();
for (const file of readdirSync(`${folder}/writes`).sort()) {
  test(`writes/${file}`, async () => {
    const recording = read(`writes/${file}`);
    now = new Date(recording.at);
    const end = circumstances[file.replace(/^\d+-|\.json$/g, '')]?.(wiki);
    await replay(wiki, recording);
    end?.();
  });
}
