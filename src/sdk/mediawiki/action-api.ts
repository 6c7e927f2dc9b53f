import { abortable, isMentorshipError, MentorshipError, type MentorshipErrorCode } from '../errors.js';
import { absoluteUrl, type OutsideRecord, toRecord, toStringOrEmpty, toText } from '../coerce.js';
import { getJson, parseRetryAfter, type RequestBudget, withoutQuery } from '../http.js';

const USER_AGENT = 'mentorship-module';

/** Errors that pass by themselves, or that say more than “refused”. By the wiki's code. @internal */
export const CODES = new Map<string, MentorshipErrorCode>([
  ['maxlag', 'busy'],
  ['ratelimited', 'rate-limited'],
  ['readonly', 'read-only'],
  ['assertuserfailed', 'session'],
  ['assertnameduserfailed', 'session'],
  ['permissiondenied', 'denied'],
  ['readapidenied', 'denied'],
]);

/** Codes of errors that pass by themselves. @internal */
export const TEMPORARY: readonly MentorshipErrorCode[] = ['busy', 'rate-limited', 'read-only'];

/** Parameters of the response's format. @internal */
export const FORMAT = { format: 'json', formatversion: '2', errorformat: 'plaintext' };

/** @internal */
export interface ActionApi {
  readonly url: URL;
  /** GETs one answer. Throws a MentorshipError for errors that come with HTTP 200, too. */
  get(params: Readonly<Record<string, string>>, load: RequestBudget): Promise<OutsideRecord>;
}

/** Options of the sources that read a wiki. */
export interface WikiSourceOptions {
  /** The wiki's Action API, absolute or relative to the page. Another origin's is read anonymously, unless told otherwise. */
  api: string | URL;
  /** Replaces the global `fetch`. */
  fetch?: typeof fetch | undefined;
  /** Sends cookies to another origin; for a wiki that lists the page's origin in `$wgCrossSiteAJAXdomains`. */
  credentials?: 'include' | undefined;
  /** An OAuth 2 access token, asked for before each request; a wiki of another origin needs MediaWiki 1.44 or later. */
  token?: (() => string | Promise<string>) | undefined;
  /** Variables of the wiki's own page, which spare requests. Only if `api` belongs to the same wiki. */
  page?: WikiPage | undefined;
  /** Replaces the clock. */
  now?: (() => Date) | undefined;
}

/** Options that address a wiki and authorize requests. */
export type WikiAccess = Omit<WikiSourceOptions, 'page' | 'now'>;

interface RequestAuth {
  /** In the address, also of a POST. */
  params: Readonly<Record<string, string>>;
  headers: Record<string, string>;
  credentials?: 'include' | undefined;
}

/** Resolves with the parameters, headers and credentials that authorize a request. @internal */
export async function authorize(
  url: URL,
  { credentials, token }: WikiAccess,
  signal: AbortSignal,
): Promise<RequestAuth> {
  const { origin = url.origin } = (globalThis as { location?: Location }).location ?? {};
  const isOwn = origin === url.origin;
  if (token) {
    return { params: isOwn ? {} : { crossorigin: '' }, headers: await bearerHeader(token, signal) };
  }
  // A header would cost a preflight on each address of another origin.
  return isOwn
    ? { params: {}, headers: { 'Api-User-Agent': USER_AGENT } }
    : { params: { origin: credentials ? origin : '*' }, headers: {}, credentials };
}

/** The Action API of a MediaWiki. @internal */
export function actionApi(access: WikiAccess): ActionApi {
  const { api, fetch } = access;
  const url = absoluteUrl(api);
  return {
    url,
    async get(params, load) {
      const address = new URL(url);
      const { params: more, ...carriage } = await authorize(url, access, load.signal);
      for (const [name, value] of Object.entries({ ...params, ...FORMAT, ...more }))
        address.searchParams.set(name, value);
      const body = await getJson(address, {
        load,
        fetch,
        ...carriage,
        check,
        // An API has no reason to lead elsewhere; a loop would cost twenty requests.
        redirect: 'manual',
      });
      const answer = toRecord(body);
      if (!answer)
        throw new MentorshipError('bad-data', `GET ${withoutQuery(url)} returned no JSON object.`, {
          cause: { body },
        });
      return answer;
    },
  };
}

/**
 * Returns the first error of a response: in `errors` or, from modules that know no other format, in `error`.
 *
 * @internal
 */
export function findError(body: unknown): OutsideRecord | null {
  const answer = toRecord(body);
  return toRecord(Array.isArray(answer?.errors) ? answer.errors[0] : answer?.error);
}

function check(body: unknown, response: Response, request: string): void {
  const error = findError(body);
  if (!error) return;
  const wikiCode = toStringOrEmpty(error.code);
  const code = CODES.get(wikiCode) ?? 'refused';
  throw new MentorshipError(code, `${request} failed: ${wikiCode}.`, {
    cause: { code: wikiCode, text: toText(error.text ?? error.info, 1_000) ?? '' },
    retryable: TEMPORARY.includes(code) || wikiCode.startsWith('internal_api_error'),
    retryAfter: parseRetryAfter(response),
  });
}

/** `mw.config` and `mw.user.options` of the wiki's own page. */
export interface WikiPage {
  config: { get(name: string): unknown };
  options: { get(name: string): unknown };
}

const TOKEN_MS = 8_000;

/**
 * Resolves with the header for the host's access token. Nothing was sent before, so no error is `outcomeUnknown`.
 *
 * @throws {MentorshipError} `session` if the host has no token, or none before the signal fires or 8 s have passed
 */
async function bearerHeader(
  token: () => string | Promise<string>,
  signal: AbortSignal,
): Promise<{ Authorization: string }> {
  const noToken = (cause?: unknown) =>
    new MentorshipError('session', 'The host’s token() returned no access token.', { cause });
  const expired = AbortSignal.timeout(TOKEN_MS);
  const either = AbortSignal.any([signal, expired]);
  try {
    const value = (async () => token())();
    return { Authorization: `Bearer ${await abortable(value, either, () => noToken(either.reason))}` };
  } catch (cause) {
    throw isMentorshipError(cause) ? cause : noToken(cause);
  }
}
