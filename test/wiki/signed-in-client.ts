import {
  autoSource,
  type Client,
  createClient,
  type mediawikiSource,
  MentorshipError,
} from '../../src/sdk/index.ts';
import type { Wiki } from './start-wiki.ts';

/** Intercepts requests between the client and the wiki. */
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
  /** Requests to the wiki, in order. */
  requests: Request[];
}

/** Signs in and creates a client of the SDK in Node. */
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

/** Returns the form fields of a request. */
export async function fieldsOf(request: Request): Promise<Record<string, string>> {
  if (request.method !== 'POST') return {};
  return Object.fromEntries(new URLSearchParams(await request.clone().text()));
}

/** Counts the edits among requests. */
export async function editsIn(requests: Request[]): Promise<number> {
  const all = await Promise.all(requests.map(fieldsOf));
  return all.filter(({ action }) => action === 'edit').length;
}

/** Returns the error of a rejected promise. */
export async function rejection(promise: Promise<unknown>): Promise<MentorshipError> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in outcome && outcome.error instanceof MentorshipError) return outcome.error;
  throw new Error('Not refused', { cause: outcome });
}
