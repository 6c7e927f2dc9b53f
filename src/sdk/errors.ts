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

interface MentorshipErrorOptions {
  cause?: unknown;
  retryable?: boolean;
  ambiguous?: boolean;
  retryAfter?: number | null;
  words?: string | null;
}

/** The one class of error that the SDK rejects with. */
export class MentorshipError extends Error {
  override readonly name = 'MentorshipError';
  readonly code: MentorshipErrorCode;
  /** Whether trying again later may help. */
  readonly retryable: boolean;
  /** Whether something was sent that may have been stored all the same. Never so for reading. */
  readonly ambiguous: boolean;
  /** Seconds that the server asks to wait, or null. */
  readonly retryAfter: number | null;
  /** The wiki's own words for the person who reads, in the wiki's language; plain text, or null. */
  readonly words: string | null;

  constructor(
    code: MentorshipErrorCode,
    message: string,
    {
      cause,
      retryable = false,
      ambiguous = false,
      retryAfter = null,
      words = null,
    }: MentorshipErrorOptions = {},
  ) {
    super(message, { cause });
    this.code = code;
    this.retryable = retryable;
    this.ambiguous = ambiguous;
    this.retryAfter = retryAfter;
    this.words = words;
  }
}

/** Whatever was thrown, as the one class. */
export const asMentorshipError = (error: unknown): MentorshipError =>
  error instanceof MentorshipError
    ? error
    : new MentorshipError('bad-data', 'The card failed.', { cause: error });
