/**
 * - `bad-data`: the response or document is invalid; `bad-attribute`: the host set an invalid attribute or URL
 * - `network`: no response; `timeout`: a GET took over 8 s, a load 24 s, or a POST 20 s; `aborted`: the caller's signal fired
 * - `http`: an HTTP status other than 2xx; `denied`: no permission, or not signed in; `session`: ended or changed
 * - `rate-limited`, `busy`, `read-only`: temporary errors of the wiki; `refused`: any other error of wiki or source
 * - `blocked`: blocked from editing; `no-mentor`: no mentor is available; `invalid`: an argument is blank or too long
 * - `locked`: another tab is sending a question; `unsupported`: the source does not support the action
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
  | 'locked'
  | 'unsupported';

const ERROR_CODES: Readonly<Record<MentorshipErrorCode, true>> = {
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
  locked: true,
  unsupported: true,
};

/** Options of the constructor of `MentorshipError`, which has the same fields. */
export interface MentorshipErrorOptions {
  cause?: unknown;
  retryable?: boolean;
  outcomeUnknown?: boolean;
  retryAfter?: number | null;
  wikiMessage?: string | null;
}

/** The only error that the SDK rejects with. `message` is for developers; `cause` has the underlying error. */
export class MentorshipError extends Error {
  override readonly name = 'MentorshipError';
  readonly code: MentorshipErrorCode;
  /** True if a later retry may succeed. */
  readonly retryable: boolean;
  /** True if a write was sent and may have been stored. Call `findQuestion` or `refresh` to find out. */
  readonly outcomeUnknown: boolean;
  /** Seconds to wait before a retry, as the server asks; null: unknown. */
  readonly retryAfter: number | null;
  /** The wiki's message for the user, as plain text in the wiki's language; null: none. */
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
 * Returns true for a `MentorshipError`, also of another copy of the SDK on the same page. Compares `name` and `code`,
 * because each copy has its own class.
 */
export function isMentorshipError(error: unknown): error is MentorshipError {
  if (typeof error !== 'object' || error === null) return false;
  const { name, code } = error as { name?: unknown; code?: unknown };
  return name === 'MentorshipError' && typeof code === 'string' && Object.hasOwn(ERROR_CODES, code);
}

/** Returns a `MentorshipError` unchanged, and wraps any other error with the code `bad-data`. @internal */
export const asMentorshipError = (error: unknown): MentorshipError =>
  isMentorshipError(error)
    ? error
    : new MentorshipError('bad-data', 'Unexpected error. See the cause.', { cause: error });

/** Copies an error with another `outcomeUnknown`, which makes it retryable if nothing was stored. @internal */
export const withOutcome = (
  { code, message, cause, ...others }: MentorshipError,
  { outcomeUnknown }: { outcomeUnknown: boolean },
) =>
  new MentorshipError(code, message, {
    ...others,
    cause,
    retryable: others.retryable || !outcomeUnknown,
    outcomeUnknown,
  });

/** Creates the error of a call that its caller has aborted. @internal */
export const abortError = (signal: AbortSignal | undefined, outcomeUnknown = false): MentorshipError =>
  new MentorshipError('aborted', 'The call was aborted by its caller.', {
    cause: signal?.reason,
    outcomeUnknown,
  });

/**
 * Resolves with the promise, or rejects once the signal fires, because the underlying work may ignore the signal.
 *
 * @param toError - creates the error to reject with
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

/** Warnings that were logged. */
const logged = new Set<string>();

/** Logs a warning once per page, because several elements may have the same one, and each may load again. @internal */
export function warnOnce(message: string): void {
  if (logged.has(message)) return;
  logged.add(message);
  console.warn(`mentorship-module: ${message}`);
}
