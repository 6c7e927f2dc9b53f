import { isMentorshipError, MentorshipError, type MentorshipErrorCode } from '../errors.js';
import { getPath, type OutsideRecord, toRecord, toStringOrEmpty, toText } from '../coerce.js';
import { CODES as READING_CODES, findError, TEMPORARY } from './action-api.js';

/** Codes of the wiki that concern writes only; all other codes become `refused`. */
const CODES = new Map<string, MentorshipErrorCode>([
  ...READING_CODES,
  // Passes once: see `write`. Twice: the session is not kept.
  ['badtoken', 'session'],
  ['notloggedin', 'denied'],
  ['permissiondenied-generic', 'denied'],
  ['blocked', 'blocked'],
  ['autoblocked', 'blocked'],
  ['systemblocked', 'blocked'],
  ['maxchars', 'invalid'],
  ['growthexperiments-mentor-writer-error-message-too-long', 'invalid'],
]);

const LONGEST_WORDS = 1_000;

/** An error that the wiki named. */
export interface ApiError {
  /** The wiki's own; a whole sentence where GrowthExperiments passes one on in place of a code. */
  code: string;
  text: string;
  /** The reason for which the wiki is read-only. */
  reason: string | null;
}

/** Returns the first error of a response, or null. */
export function readApiError(answer: OutsideRecord): ApiError | null {
  const error = findError(answer);
  return (
    error && {
      code: toStringOrEmpty(error.code),
      text: toStringOrEmpty(error.text ?? error.info),
      reason: toText(getPath(error, 'data')?.readonlyreason ?? error.readonlyreason, LONGEST_WORDS),
    }
  );
}

/**
 * The error that a refusal amounts to.
 *
 * @param refusal - the wiki's
 * @param whose.hasBlock - for whoever is blocked, GrowthExperiments makes a code of the whole sentence that says so
 */
export function fromApiError(
  refusal: ApiError,
  { hasBlock = false, retryAfter = null }: { hasBlock?: boolean; retryAfter?: number | null } = {},
) {
  const { code: wikiCode, text, reason } = refusal;
  const code = codeOf(refusal, hasBlock);
  // An internal error of the wiki may have occurred after the save.
  const outcomeUnknown = wikiCode.startsWith('internal_api_error_') && code === 'refused';
  return new MentorshipError(code, `The wiki refused the request: ${wikiCode.slice(0, 80)}.`, {
    cause: { code: wikiCode, text: text.slice(0, LONGEST_WORDS) },
    outcomeUnknown,
    retryable: outcomeUnknown || TEMPORARY.includes(code),
    retryAfter,
    wikiMessage: wikiCode.startsWith('internal_api_error_') ? null : stripMarkup(reason ?? text),
  });
}

function codeOf({ code, text }: ApiError, hasBlock: boolean): MentorshipErrorCode {
  const known = CODES.get(code);
  if (known) return known;
  // GrowthExperiments looks for the mentor before it saves anything, and does not catch that there is none.
  if (/^internal_api_error_.*(?:WikiConfig|UserNotMentored)Exception$/.test(code)) return 'no-mentor';
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

/** Most markup that is looked at: refusals are short. */
const LONGEST_MARKUP = 20_000;

const TAG = /<\/?([a-z]\w*)(?:"[^"]*"|'[^']*'|[^<>"'])*>/gi;
const PARAGRAPH = /^(?:p|br|[uod]l|li|d[dt]|div|h\d|t[rdh])$/i;

/** Plain text of what a wiki wrote in markup; null where it is none, or only the name of a missing message. */
export function stripMarkup(markup: string): string | null {
  const inner = markup.slice(0, LONGEST_MARKUP).replace(/[⧼⧽]/gu, '');
  if (/[⧼⧽]/u.test(markup) && !/\s/u.test(inner.trim())) return null;
  const text = inner
    .replace(TAG, (_, name: string) => (PARAGRAPH.test(name) ? ' ' : ''))
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

/** The error of a reading, with the words that the wiki gave for it. Nothing was stored. */
export function withWikiMessage(error: unknown): unknown {
  const cause = isMentorshipError(error) ? toRecord(error.cause) : null;
  if (!isMentorshipError(error) || typeof cause?.code !== 'string') return error;
  const { code, wikiMessage } = fromApiError({
    code: cause.code,
    text: toStringOrEmpty(cause.text),
    reason: null,
  });
  const { message, retryable, retryAfter } = error;
  return new MentorshipError(code, message, { cause, retryable, retryAfter, wikiMessage });
}
