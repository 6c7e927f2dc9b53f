import { isMentorshipError, MentorshipError, type MentorshipErrorCode } from '../errors.js';
import { type JsonObject, toRecordOrEmpty, toStringOrEmpty, toText } from '../coerce.js';
import { findError, READ_ERROR_CODES, TEMPORARY } from './action-api.js';

/** Error codes of this SDK by the API's error code, for writes; all other codes become `refused`. */
const WRITE_ERROR_CODES = new Map<string, MentorshipErrorCode>([
  ...READ_ERROR_CODES,
  // `write` retries once with a new token; a second `badtoken` means that the wiki does not keep the session.
  ['badtoken', 'session'],
  ['permissiondenied-generic', 'denied'],
  ['blocked', 'blocked'],
  ['autoblocked', 'blocked'],
  ['systemblocked', 'blocked'],
  ['maxchars', 'invalid'],
  ['growthexperiments-mentor-writer-error-message-too-long', 'invalid'],
]);

const LONGEST_WORDS = 1_000;

/** Error in a response of the Action API. */
export interface ApiError {
  /** The API's error code; GrowthExperiments sometimes sends a whole sentence instead. */
  code: string;
  text: string;
  /** Reason why the wiki is read-only; null: none. */
  reason: string | null;
}

/** Returns the first error of a response, or null. */
export function readApiError(answer: JsonObject): ApiError | null {
  const error = findError(answer);
  return (
    error && {
      code: toStringOrEmpty(error.code),
      text: toStringOrEmpty(error.text ?? error.info),
      reason: toText(error.data?.readonlyreason ?? error.readonlyreason, LONGEST_WORDS),
    }
  );
}

/**
 * Converts the API's error of a write into a `MentorshipError`.
 *
 * @param refusal - error in the response
 * @param options.hasBlock - true if the viewer is blocked: GrowthExperiments then sends the block message as the code
 */
export function fromApiError(
  refusal: ApiError,
  { hasBlock = false, retryAfter = null }: { hasBlock?: boolean; retryAfter?: number | null } = {},
) {
  const { code: wikiCode, text, reason } = refusal;
  const code = codeOfApiError(refusal, hasBlock);
  // An internal error may have occurred after the save.
  const outcomeUnknown = wikiCode.startsWith('internal_api_error_') && code === 'refused';
  return new MentorshipError(code, `POST …/api.php failed: ${wikiCode.slice(0, 80)}.`, {
    cause: { code: wikiCode, text: text.slice(0, LONGEST_WORDS) },
    outcomeUnknown,
    retryable: outcomeUnknown || TEMPORARY.includes(code),
    retryAfter,
    wikiMessage: wikiCode.startsWith('internal_api_error_') ? null : stripMarkup(reason ?? text),
  });
}

function codeOfApiError({ code, text }: ApiError, hasBlock: boolean): MentorshipErrorCode {
  const known = WRITE_ERROR_CODES.get(code);
  if (known) return known;
  // GrowthExperiments looks up the mentor before it saves anything, and does not catch these exceptions.
  if (/^internal_api_error_.*(?:WikiConfig|UserNotMentored|Invariant)Exception$/.test(code))
    return 'no-mentor';
  return hasBlock && text.startsWith('⧼') ? 'blocked' : 'refused';
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** Length in characters after which markup is cut, because messages are short. */
const LONGEST_MARKUP = 20_000;

const HTML_TAG = /<\/?([a-z]\w*)(?:"[^"]*"|'[^']*'|[^<>"'])*>/gi;
const PARAGRAPH = /^(?:p|br|[uod]l|li|d[dt]|div|h\d|t[rdh])$/i;

/** Converts HTML or wikitext into plain text; null: blank, or only the key of a missing message, such as ⧼key⧽. */
export function stripMarkup(markup: string): string | null {
  const inner = markup.slice(0, LONGEST_MARKUP).replace(/[⧼⧽]/gu, '');
  if (/[⧼⧽]/u.test(markup) && !/\s/u.test(inner.trim())) return null;
  const text = inner
    .replace(HTML_TAG, (_, name: string) => (PARAGRAPH.test(name) ? ' ' : ''))
    .replace(/\[\[(?:[^[\]|]*\|)?([^[\]|]*)\]\]/g, '$1')
    .replace(/\[https?:\/\/[^\s[\]]+ ([^[\]]*)\]/g, '$1')
    .replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/gi, decoded)
    .replace(/\s+/gu, ' ');
  return toText(text, LONGEST_WORDS);
}

function decoded(entity: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? entity;
  const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
  return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : entity;
}

/** Returns the API's error in the cause of a `MentorshipError`; null: the error does not come from the API. */
export function toApiCause(error: unknown): Pick<ApiError, 'code' | 'text'> | null {
  const { code, text } = toRecordOrEmpty(isMentorshipError(error) && error.cause);
  // Errors of `fetch` and of the host's token() may have a code, too, but no text.
  return typeof code === 'string' && typeof text === 'string' ? { code, text } : null;
}

/** Adds `wikiMessage` to the API's error of a read; returns any other error unchanged. */
export function withWikiMessage(error: unknown): unknown {
  const cause = toApiCause(error);
  if (!isMentorshipError(error) || !cause) return error;
  const { code, wikiMessage } = fromApiError({ ...cause, reason: null });
  const { message, retryable, retryAfter } = error;
  return new MentorshipError(code, message, { cause, retryable, retryAfter, wikiMessage });
}
