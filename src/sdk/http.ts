import ky, { HTTPError, TimeoutError } from 'ky';
import { type Json, parseJson, toHttpUrl } from './coerce.js';
import { isMentorshipError, MentorshipError, type MentorshipErrorCode } from './errors.js';

const GET_MS = 8_000;
/** Time of three rounds of requests that each take their whole time. After a change of the settings there are more. */
const LOAD_MS = 24_000;
const LONGEST_WAIT_S = 10;
const RETRIES_PER_REQUEST = 2;
const RETRIES_PER_LOAD = 3;

/** Abort reason of `withDeadline`, compared by identity because a caller's signal may have a TimeoutError too. */
const LOAD_TIMEOUT = new DOMException(`The load took over ${LOAD_MS / 1_000} s.`, 'TimeoutError');

/** Time and retries that are left for all requests of one load. */
export interface RequestBudget {
  readonly signal: AbortSignal;
  /** End of the load, in milliseconds since 1970. */
  readonly deadline: number;
  retriesLeft: number;
}

/** Runs a load whose requests are aborted after 24 s, when `signal` fires, and when the load ends. */
export async function withDeadline<T>(
  signal: AbortSignal,
  task: (budget: RequestBudget) => Promise<T>,
): Promise<T> {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(LOAD_TIMEOUT), LOAD_MS);
  try {
    return await task({
      signal: AbortSignal.any([signal, over.signal]),
      deadline: Date.now() + LOAD_MS,
      retriesLeft: RETRIES_PER_LOAD,
    });
  } finally {
    clearTimeout(timer);
    over.abort();
  }
}

/**
 * Returns a signal that follows `source` until `release` is called, so that a later abort does not reach a request that has
 * succeeded, because another script may still read its response.
 */
export function followSignal(source: AbortSignal): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const abort = () => controller.abort(source.reason);
  if (source.aborted) abort();
  source.addEventListener('abort', abort);
  return { signal: controller.signal, release: () => source.removeEventListener('abort', abort) };
}

export interface RequestOptions {
  /** Replaces the global `fetch`. */
  fetch?: typeof fetch | undefined;
  headers?: Record<string, string>;
  credentials?: RequestCredentials;
}

interface GetOptions extends RequestOptions {
  budget: RequestBudget;
  redirect?: RequestRedirect;
}

/** Converts the parsed JSON. Throws if it is invalid, or reports an error in spite of HTTP 200. */
type AnswerReader<T> = (body: Json, response: Response, request: string) => T;

/**
 * Sends a GET request and resolves with the parsed JSON. Retries temporary errors at most twice, and a timeout once, with
 * backoff and jitter or after the server's Retry-After, if that is at most 10 s.
 *
 * @throws {MentorshipError}
 */
export function getJson<T>(url: URL, options: GetOptions & { read: AnswerReader<T> }): Promise<T>;
export function getJson(url: URL, options: GetOptions): Promise<unknown>;
export async function getJson(
  url: URL,
  { budget, fetch = globalThis.fetch, read, ...options }: GetOptions & { read?: AnswerReader<unknown> },
): Promise<unknown> {
  const request = `GET ${withoutQuery(url)}`;
  const toError = (error: unknown) => fromRequestError(error, request, { timeout: GET_MS });
  let body: unknown;
  let pause = 0;
  const { signal, release } = followSignal(budget.signal);
  try {
    await ky.get(url, {
      ...options,
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        // Sends a redirected request once more, because the browser may have cached the redirect.
        return response.type === 'opaqueredirect'
          ? readBody(await fetch(input, { ...init, cache: 'reload' }))
          : readBody(response);
      },
      signal,
      timeout: GET_MS,
      hooks: {
        afterResponse: [
          async (_request, _options, response) => {
            if (!response.ok) return;
            const data = parseAnswer(await response.text(), request);
            body = read ? read(data, response, request) : data;
          },
        ],
      },
      retry: {
        limit: RETRIES_PER_REQUEST,
        shouldRetry: ({ error, retryCount }) => {
          const ms = retryDelay(retryCount, toError(error));
          if (ms === null || Date.now() + ms > budget.deadline || budget.retriesLeft < 1) return false;
          budget.retriesLeft--;
          pause = ms;
          return true;
        },
        delay: () => pause,
      },
    });
    return body;
  } catch (error) {
    throw budget.signal.aborted ? abortedRequestError(budget.signal, request) : toError(error);
  } finally {
    release();
  }
}

/**
 * Reads the body of a response during `fetch`, because ky's timeout ends when the headers have arrived. Discards the body
 * of an error, because it is not used.
 */
export async function readBody(response: Response): Promise<Response> {
  // Not copied, because the constructor of Response rejects its status, 0.
  if (response.type === 'opaqueredirect') return response;
  if (response.ok) return new Response((await response.text()) || null, response);
  void response.body?.cancel().catch(() => {});
  return new Response(null, response);
}

export function parseAnswer(text: string, request: string): Json {
  try {
    return parseJson(text);
  } catch (cause) {
    throw new MentorshipError('bad-data', `${request} returned no JSON. Check the URL.`, { cause });
  }
}

/** Returns the delay before a retry in milliseconds; null: do not retry. */
function retryDelay(retry: number, { code, retryable, retryAfter }: MentorshipError): number | null {
  // A second timeout ends the load, because the viewer has waited long enough for a wiki that hangs.
  if (!retryable || (code === 'timeout' && retry > 1)) return null;
  if (retryAfter !== null && retryAfter > LONGEST_WAIT_S) return null;
  // Uses backoff for 0, which an overloaded server may send.
  if (retryAfter) return retryAfter * 1_000;
  return 300 * 2 ** retry * (0.5 + Math.random());
}

/** Returns the header Retry-After in seconds; null: missing or invalid. */
export function parseRetryAfter({ headers }: Response): number | null {
  const value = headers.get('retry-after') ?? '';
  if (/^\d+$/.test(value)) return Number(value);
  const date = /[a-z]/i.test(value) ? Date.parse(value) : NaN;
  return Number.isFinite(date) ? Math.max(0, Math.ceil((date - Date.now()) / 1_000)) : null;
}

const scriptErrors = new WeakSet<object>();

/** Returns true for an error of `scriptError`. @internal */
export const isScriptError = (error: object): boolean => scriptErrors.has(error);

/** Creates the error of a missing script, for which the page must be reloaded, because browsers keep a failed import. */
export function scriptError(message: string, cause: unknown): MentorshipError {
  const error = new MentorshipError('network', message, { cause, retryable: true });
  scriptErrors.add(error);
  return error;
}

/** Rejects with a `MentorshipError` if a chunk of this package cannot be fetched. */
export async function importChunk<T>(load: () => Promise<T>, name: string): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    throw scriptError(`The script “${name}” could not be loaded. Reload the page.`, cause);
  }
}

/**
 * Resolves a URL against the page.
 *
 * @param name - attribute or option that has the URL
 * @throws {MentorshipError} `bad-attribute` if it is not an http(s) URL
 * @internal
 */
export function absoluteUrl(url: string | URL, name = 'api'): URL {
  const base = (globalThis as { document?: Document }).document?.baseURI;
  const address = toHttpUrl(String(url), base);
  if (address === null)
    throw new MentorshipError(
      'bad-attribute',
      `${name}="${url}" is not an http(s) URL. Set one, such as "/w/api.php".`,
    );
  return new URL(address);
}

/** Returns the URL without its query, for messages, because a query may be long or contain a user name. */
export const withoutQuery = ({ origin, pathname }: URL): string => origin + pathname;

/** Returns the error of a request that was aborted by the load's deadline or by the caller. */
export const abortedRequestError = ({ reason }: AbortSignal, request: string): MentorshipError =>
  reason === LOAD_TIMEOUT
    ? timedOut(request, { ms: LOAD_MS, cause: reason })
    : new MentorshipError('aborted', `${request} was aborted by the caller.`, { cause: reason });

const timedOut = (request: string, { ms, cause }: { ms: number; cause?: unknown }): MentorshipError =>
  new MentorshipError('timeout', `${request} timed out after ${ms / 1_000} s.`, { cause, retryable: true });

/** Converts any error of a request. @param options.timeout - timeout of the request in milliseconds, for the message */
export function fromRequestError(
  error: unknown,
  request: string,
  { timeout }: { timeout: number },
): MentorshipError {
  if (isMentorshipError(error)) return error;
  if (error instanceof HTTPError) return fromHttpError(error, request);
  if (error instanceof TimeoutError) return timedOut(request, { ms: timeout, cause: error });
  return new MentorshipError(
    'network',
    `${request} failed without a response. Check the network, CORS and the content security policy.`,
    {
      cause: error,
      retryable: true,
    },
  );
}

function fromHttpError(error: HTTPError, request: string): MentorshipError {
  const { response } = error;
  const { status } = response;
  const retryAfter = parseRetryAfter(response);
  const message = `${request} failed: HTTP ${status || 'redirect'}.${retryAfter === null ? '' : ` Retry after ${retryAfter} s.`}`;
  const retryable = status === 408 || status === 429 || status >= 500;
  return new MentorshipError(codeOfStatus(status), message, { cause: error, retryable, retryAfter });
}

function codeOfStatus(status: number): MentorshipErrorCode {
  if (status === 429) return 'rate-limited';
  return status === 401 || status === 403 ? 'denied' : 'http';
}
