import ky, { HTTPError } from 'ky';
import { MentorshipError } from './errors.js';
import {
  aborted,
  fromRequestError,
  parseJson,
  parseRetryAfter,
  readingBody,
  type RequestOptions,
  withoutQuery,
} from './http.js';
import { type OutsideRecord, toRecord } from './coerce.js';

const POST_MS = 20_000;

interface PostOptions extends RequestOptions {
  fields: Readonly<Record<string, string>>;
  signal: AbortSignal;
}

/**
 * POSTs a form once, and reads the JSON object in the response. An error is `outcomeUnknown` if the form was sent and the
 * server did not clearly refuse it, because it may have been stored all the same.
 *
 * @throws {MentorshipError}
 */
export async function postForm(
  url: URL,
  { fields, signal, fetch = globalThis.fetch, headers, credentials }: PostOptions,
): Promise<{ answer: OutsideRecord; retryAfter: number | null }> {
  const request = `POST ${withoutQuery(url)}`;
  let sent = false;
  try {
    const response = await ky.post(url, {
      ...(headers && { headers }),
      ...(credentials && { credentials }),
      body: new URLSearchParams(fields),
      fetch: readingBody(fetch),
      signal,
      timeout: POST_MS,
      retry: { limit: 0 },
      redirect: 'manual',
      hooks: {
        beforeRequest: [
          () => {
            signal.throwIfAborted();
            sent = true;
          },
        ],
      },
    });
    const answer = toRecord(parseJson(await response.text(), request));
    if (!answer) throw new MentorshipError('bad-data', `${request} returned no JSON object.`);
    return { answer, retryAfter: parseRetryAfter(response) };
  } catch (error) {
    throw fromPostError(error, { request, signal, sent });
  }
}

/** Adds to the error of a POST whether the form may have been stored. */
function fromPostError(
  error: unknown,
  { request, signal, sent }: { request: string; signal: AbortSignal; sent: boolean },
): MentorshipError {
  const { code, message, cause, retryable, retryAfter } = signal.aborted
    ? aborted(signal, request)
    : fromRequestError(error, request, { timeout: POST_MS });
  const isUnclear = error instanceof HTTPError ? isUnclearStatus(error.response.status) : sent;
  return new MentorshipError(code, message, {
    cause,
    retryAfter,
    retryable: retryable || (error instanceof HTTPError && isUnclear),
    outcomeUnknown: isUnclear,
  });
}

/** A 4xx means that the server refused the write, except 408, which it may send at any point. */
const isUnclearStatus = (status: number): boolean => status < 400 || status === 408 || status >= 500;
