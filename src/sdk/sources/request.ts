import ky, { HTTPError, TimeoutError } from 'ky';
import { isMentorshipError, MentorshipError, type MentorshipErrorCode } from '../errors.js';

const REQUEST_MS = 8_000;
const LOAD_MS = 12_000;
const LONGEST_WAIT_S = 10;
const RETRIES_A_REQUEST = 2;
const RETRIES_A_LOAD = 3;

/** What one load may still spend, over all its requests. */
export interface Load {
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly endsAt: number;
  retriesLeft: number;
}

/** Runs all the requests of one load within 12 s; `signal` ends them sooner, and none outlives the load. */
export async function withinPatience<T>(signal: AbortSignal, task: (load: Load) => Promise<T>): Promise<T> {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(timedOut(new DOMException('12 s', 'TimeoutError'))), LOAD_MS);
  try {
    return await task({
      signal: AbortSignal.any([signal, over.signal]),
      endsAt: Date.now() + LOAD_MS,
      retriesLeft: RETRIES_A_LOAD,
    });
  } finally {
    clearTimeout(timer);
    over.abort();
  }
}

interface ReadOptions {
  load: Load;
  fetch?: typeof fetch | undefined;
  headers?: Record<string, string>;
  credentials?: RequestCredentials | undefined;
  redirect?: RequestRedirect;
  /** Throws where an answer that HTTP calls a success is none. */
  check?: (body: unknown, response: Response) => void;
}

/**
 * GETs a JSON document. Errors that may pass are tried again, twice at most, after a pause with jitter or
 * after the Retry-After that the server asks for, if that is not more than 10 s.
 *
 * @throws {MentorshipError}
 */
export async function readJson(
  url: URL,
  { load, fetch = globalThis.fetch, check, credentials, ...request }: ReadOptions,
): Promise<unknown> {
  let body: unknown;
  let pause = 0;
  try {
    await ky.get(url, {
      ...request,
      ...(credentials && { credentials }),
      // The whole answer is read here, so that ky's timeout and retries hold for all of it.
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        if (response.ok) {
          body = parse(await response.text());
          check?.(body, response);
        } else void response.body?.cancel().catch(() => {});
        return response;
      },
      signal: load.signal,
      timeout: REQUEST_MS,
      retry: {
        limit: RETRIES_A_REQUEST,
        shouldRetry: ({ error, retryCount }) => {
          const ms = pauseBefore(retryCount, asMentorshipError(error));
          if (ms === null || Date.now() + ms > load.endsAt || load.retriesLeft < 1) return false;
          load.retriesLeft--;
          pause = ms;
          return true;
        },
        delay: () => pause,
      },
    });
    return body;
  } catch (error) {
    throw load.signal.aborted ? ended(load.signal.reason) : asMentorshipError(error);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new MentorshipError('bad-data', 'Not JSON.', { cause });
  }
}

/** Milliseconds; null: trying again would not help. */
function pauseBefore(attempt: number, { retryable, retryAfter }: MentorshipError): number | null {
  if (!retryable) return null;
  if (retryAfter !== null) return retryAfter > LONGEST_WAIT_S ? null : retryAfter * 1_000;
  return 300 * 2 ** attempt * (0.5 + Math.random());
}

/** Seconds; null where the server does not say, or says nonsense. */
export function retryAfterOf({ headers }: Response): number | null {
  const value = headers.get('retry-after') ?? '';
  if (/^\d+$/.test(value)) return Number(value);
  const date = /[a-z]/i.test(value) ? Date.parse(value) : NaN;
  return Number.isFinite(date) ? Math.max(0, Math.ceil((date - Date.now()) / 1_000)) : null;
}

const timedOut = (cause: unknown) =>
  new MentorshipError('timeout', 'No answer in time.', { cause, retryable: true });

const ended = (reason: unknown) =>
  isMentorshipError(reason) ? reason : new MentorshipError('aborted', 'Given up.', { cause: reason });

function asMentorshipError(error: unknown): MentorshipError {
  if (isMentorshipError(error)) return error;
  if (error instanceof TimeoutError) return timedOut(error);
  if (!(error instanceof HTTPError))
    return new MentorshipError('network', 'No connection.', { cause: error, retryable: true });
  const { status } = error.response;
  const retryAfter = retryAfterOf(error.response);
  const wait = retryAfter === null ? '' : ` Wait ${retryAfter} s.`;
  return new MentorshipError(codeOf(status), `HTTP ${status || 'redirect'}.${wait}`, {
    cause: error,
    retryable: status === 429 || status >= 500,
    retryAfter,
  });
}

function codeOf(status: number): MentorshipErrorCode {
  if (status === 429) return 'rate-limited';
  return status === 401 || status === 403 ? 'denied' : 'http';
}
