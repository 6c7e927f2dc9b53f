/**
 * - `bad-data`: what came cannot be understood; `bad-attribute`: the host wrote something that cannot be used
 * - `network`: nothing came back; `timeout`: not in time; `aborted`: the caller gave up
 * - `http`: an HTTP status other than 2xx; `denied`: not allowed, or not signed in; `session`: signed in as somebody else now
 * - `rate-limited`, `busy`, `read-only`: the wiki asks for patience; `refused`: any other error that the wiki names
 * - `blocked`: the viewer may not write; `no-mentor`: nobody takes new mentees, or nobody is there to answer; `invalid`: blank, or too long
 * - `unsupported`: the source cannot do that
 */
export type MentorshipErrorCode =
  | 'bad-data'
  | 'bad-attribute'
  | 'network'
  | 'timeout'
  | 'aborted'
  | 'http'
  | 'denied'
  | 'session'
  | 'rate-limited'
  | 'busy'
  | 'read-only'
  | 'refused'
  | 'blocked'
  | 'no-mentor'
  | 'invalid'
  | 'unsupported';

const CODES: Readonly<Record<MentorshipErrorCode, true>> = {
  'bad-data': true,
  'bad-attribute': true,
  network: true,
  timeout: true,
  aborted: true,
  http: true,
  denied: true,
  session: true,
  'rate-limited': true,
  busy: true,
  'read-only': true,
  refused: true,
  blocked: true,
  'no-mentor': true,
  invalid: true,
  unsupported: true,
};

/** Fields of a new `MentorshipError`; see there. */
export interface MentorshipErrorOptions {
  cause?: unknown;
  retryable?: boolean;
  outcomeUnknown?: boolean;
  retryAfter?: number | null;
  wikiMessage?: string | null;
}

/** The one class of error that the SDK rejects with. */
export class MentorshipError extends Error {
  override readonly name = 'MentorshipError';
  readonly code: MentorshipErrorCode;
  /** True if a later retry may succeed. */
  readonly retryable: boolean;
  /** True if a write was sent and may be stored, false for reads. `findQuestion` or a reload tells. */
  readonly outcomeUnknown: boolean;
  /** Seconds that the server asks to wait, or null. */
  readonly retryAfter: number | null;
  /** The wiki's own words for the person who reads, in the wiki's language; plain text, or null. */
  readonly wikiMessage: string | null;

  constructor(
    code: MentorshipErrorCode,
    message: string,
    {
      cause,
      retryable = false,
      outcomeUnknown = false,
      retryAfter = null,
      wikiMessage = null,
    }: MentorshipErrorOptions = {},
  ) {
    super(message, { cause });
    this.code = code;
    this.retryable = retryable;
    this.outcomeUnknown = outcomeUnknown;
    this.retryAfter = retryAfter;
    this.wikiMessage = wikiMessage;
  }
}

/**
 * Returns true for an error of this SDK, also of another copy of it on the same page: it compares `name` and `code`,
 * because each copy has a class of its own.
 */
export function isMentorshipError(error: unknown): error is MentorshipError {
  if (typeof error !== 'object' || error === null) return false;
  const { name, code } = error as { name?: unknown; code?: unknown };
  return name === 'MentorshipError' && typeof code === 'string' && Object.hasOwn(CODES, code);
}

/** Wraps what is no `MentorshipError` into one. @internal */
export const asMentorshipError = (error: unknown): MentorshipError =>
  isMentorshipError(error)
    ? error
    : new MentorshipError('bad-data', 'An unexpected error occurred.', { cause: error });

/** Returns the error of a call whose caller aborted it. @internal */
export const abortError = (signal: AbortSignal | undefined, outcomeUnknown = false): MentorshipError =>
  new MentorshipError('aborted', 'The call was aborted by its caller.', {
    cause: signal?.reason,
    outcomeUnknown,
  });

/**
 * Resolves with the promise, or rejects once the signal fires, because the work behind the promise may ignore it.
 *
 * @param toError - makes the error to reject with
 * @internal
 */
export async function abortable<T>(
  promise: Promise<T>,
  signal: AbortSignal | undefined,
  toError = () => abortError(signal),
): Promise<T> {
  if (!signal) return promise;
  let abort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(toError());
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort);
  });
  try {
    return await Promise.race([aborted, promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
