import {
  autoSource,
  type Client,
  createClient,
  type mediawikiSource,
  MentorshipError,
} from '../../src/sdk/index.ts';
import type { Wiki } from './start-wiki.ts';

/** What a test puts between a person and the wiki. */
type Interceptor = (request: Request, send: () => Promise<Response>) => Promise<Response>;

const passThrough: Interceptor = (_, send) => send();

interface ClientOptions {
  intercept?: Interceptor;
  make?: typeof autoSource | typeof mediawikiSource;
  random?: () => number;
  now?: () => Date;
}

export interface SignedInClient {
  client: Client;
  /** What was asked of the wiki, in order. */
  requests: Request[];
}

/** Somebody who is signed in on the wiki, with the SDK in Node. */
export async function signIn(
  wiki: Wiki,
  user: string,
  { intercept = passThrough, make = autoSource, ...options }: ClientOptions = {},
): Promise<SignedInClient> {
  const cookie = await wiki.login(user);
  const requests: Request[] = [];
  const source = make({
    api: wiki.api,
    ...options,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      request.headers.set('cookie', cookie);
      requests.push(request.clone());
      return intercept(request, () => fetch(request));
    },
  });
  return { client: createClient({ source }), requests };
}

/** What a request wants to be done: the form's fields. */
export async function fieldsOf(request: Request): Promise<Record<string, string>> {
  if (request.method !== 'POST') return {};
  return Object.fromEntries(new URLSearchParams(await request.clone().text()));
}

/** How many pages were written. */
export async function editsIn(requests: Request[]): Promise<number> {
  const all = await Promise.all(requests.map(fieldsOf));
  return all.filter(({ action }) => action === 'edit').length;
}

/** The error with which something is refused. */
export async function rejection(promise: Promise<unknown>): Promise<MentorshipError> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in outcome && outcome.error instanceof MentorshipError) return outcome.error;
  throw new Error('Not refused', { cause: outcome });
}
