import ky from 'ky';
import { MentorshipError } from '../errors.js';
import { type OutsideRecord, readRecord } from '../read.js';
import { retryAfterOf } from './request.js';

const POST_MS = 20_000;

interface Form {
  fields: Readonly<Record<string, string>>;
  headers: Readonly<Record<string, string>>;
  credentials?: RequestCredentials | undefined;
  signal: AbortSignal;
  fetch?: typeof fetch | undefined;
}

/**
 * POSTs a form, once, and reads the JSON object that answers it. Whatever fails after the form is on its way, and is
 * no answer, is `outcomeUnknown`: it may have been stored all the same.
 *
 * @throws {MentorshipError}
 */
export async function postForm(
  url: URL,
  { fields, headers, credentials, signal, fetch = globalThis.fetch }: Form,
): Promise<{ answer: OutsideRecord; retryAfter: number | null }> {
  let text = '';
  let sent = false;
  const response = await ky
    .post(url, {
      // The whole answer is read here, so that ky's timeout holds for all of it.
      fetch: async (input, init) => {
        signal.throwIfAborted();
        sent = true;
        const answer = await fetch(input, init);
        if (answer.ok) text = await answer.text();
        else void answer.body?.cancel().catch(() => {});
        return answer;
      },
      body: new URLSearchParams(fields),
      headers,
      ...(credentials && { credentials }),
      signal,
      timeout: POST_MS,
      retry: { limit: 0 },
      redirect: 'manual',
      throwHttpErrors: false,
    })
    .catch((cause: unknown) => {
      throw unanswered(cause, { aborted: signal.aborted, sent });
    });
  if (!response.ok) throw refusedByHttp(response);
  const answer = readRecord(parse(text));
  if (!answer) throw new MentorshipError('bad-data', 'Not an object.', { outcomeUnknown: true });
  return { answer, retryAfter: retryAfterOf(response) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new MentorshipError('bad-data', 'Not JSON.', { cause, outcomeUnknown: true });
  }
}

function unanswered(cause: unknown, { aborted, sent }: { aborted: boolean; sent: boolean }): MentorshipError {
  if (aborted) return new MentorshipError('aborted', 'Given up.', { cause, outcomeUnknown: sent });
  const late = cause instanceof Error && cause.name === 'TimeoutError';
  return late
    ? new MentorshipError('timeout', 'No answer in time.', { cause, retryable: true, outcomeUnknown: sent })
    : new MentorshipError('network', 'No connection.', { cause, retryable: true, outcomeUnknown: sent });
}

/** Below 500 nothing was done, with one exception: 408 says that the server lost patience, at whatever point. */
function refusedByHttp(response: Response): MentorshipError {
  const { status } = response;
  const retryAfter = retryAfterOf(response);
  if (status === 429)
    return new MentorshipError('rate-limited', 'HTTP 429.', { retryable: true, retryAfter });
  if (status === 401 || status === 403) return new MentorshipError('denied', `HTTP ${status}.`);
  const outcomeUnknown = status < 400 || status === 408 || status >= 500;
  return new MentorshipError('http', `HTTP ${status || 'redirect'}.`, {
    outcomeUnknown,
    retryable: outcomeUnknown,
    retryAfter,
  });
}
