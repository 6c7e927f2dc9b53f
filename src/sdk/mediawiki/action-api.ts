import { abortable, isMentorshipError, MentorshipError, type MentorshipErrorCode } from '../errors.js';
import { type Json, type JsonObject, toRecord, toStringOrEmpty, toText } from '../coerce.js';
import { absoluteUrl, getJson, parseRetryAfter, type RequestBudget } from '../http.js';

const USER_AGENT = 'mentorship-module';

/** Error codes of this SDK by the API's error code; all other codes become `refused`. @internal */
export const READ_ERROR_CODES = new Map<string, MentorshipErrorCode>([
  ['maxlag', 'busy'],
  ['ratelimited', 'rate-limited'],
  ['readonly', 'read-only'],
  ['assertuserfailed', 'session'],
  ['assertnameduserfailed', 'session'],
  ['permissiondenied', 'denied'],
  ['readapidenied', 'denied'],
]);

/** Codes of temporary errors, after which a retry may succeed. @internal */
export const TEMPORARY: readonly MentorshipErrorCode[] = ['busy', 'rate-limited', 'read-only'];

/** Parameters that set the format of the response. @internal */
export const FORMAT = { format: 'json', formatversion: '2', errorformat: 'plaintext' };

/** @internal */
export interface ActionApi {
  readonly url: URL;
  /** Sends a GET request and resolves with its JSON object. Rejects also if the API reports an error with HTTP 200. */
  get(params: Readonly<Record<string, string>>, budget: RequestBudget): Promise<JsonObject>;
}

/** Sends a GET request of a task and resolves with its JSON object. @internal */
export type Get = (params: Readonly<Record<string, string>>) => Promise<JsonObject>;

/** Options of the sources that read a wiki. */
export interface WikiSourceOptions {
  /** URL of `api.php`, absolute or relative to the page. Another origin is read anonymously by default. */
  api: string | URL;
  /** Replaces the global `fetch`. */
  fetch?: typeof fetch | undefined;
  /** Sends cookies to another origin. The wiki must list the page's host in `$wgCrossSiteAJAXdomains`. */
  credentials?: 'include' | undefined;
  /** Returns an OAuth 2 access token; called before each request. Another origin needs MediaWiki 1.44 or later. */
  token?: (() => string | Promise<string>) | undefined;
  /** Variables of the current page, which save requests. Only for a page of the wiki that `api` belongs to. */
  page?: WikiPage | undefined;
  /** Returns the current time. Defaults to the system clock. */
  now?: (() => Date) | undefined;
}

/** Options that address a wiki and authorize requests. */
export type WikiAccess = Omit<WikiSourceOptions, 'page' | 'now'>;

interface RequestAuth {
  /** Query parameters of the URL, for POST requests too. */
  params: Readonly<Record<string, string>>;
  headers?: Record<string, string>;
  credentials?: 'include';
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
  // Another origin gets no custom header, because that would cause a CORS preflight for each URL.
  return isOwn
    ? { params: {}, headers: { 'Api-User-Agent': USER_AGENT } }
    : { params: { origin: credentials ? origin : '*' }, ...(credentials && { credentials }) };
}

/** Creates a client of a wiki's Action API. @internal */
export function actionApi(access: WikiAccess): ActionApi {
  const { api, fetch } = access;
  const url = absoluteUrl(api);
  return {
    url,
    async get(params, budget) {
      const address = new URL(url);
      const { params: urlParams, ...auth } = await authorize(url, access, budget.signal);
      for (const [name, value] of Object.entries({ ...params, ...FORMAT, ...urlParams }))
        address.searchParams.set(name, value);
      return getJson(address, {
        budget,
        fetch,
        ...auth,
        read: readAnswer,
        // An API needs no redirects, and a redirect loop would cost 20 requests.
        redirect: 'manual',
      });
    },
  };
}

/**
 * Returns the first error of a response: in `errors` or, from modules that ignore `errorformat`, in `error`.
 *
 * @internal
 */
export function findError({ error, errors }: JsonObject): JsonObject | null {
  const first = errors?.[0] ?? error;
  return typeof first === 'object' ? first : null;
}

/** Returns the JSON object of a response. @throws {MentorshipError} the API's error, or `bad-data` without an object */
function readAnswer(body: Json, response: Response, request: string): JsonObject {
  const answer = toRecord(body);
  if (!answer)
    throw new MentorshipError('bad-data', `${request} returned no JSON object.`, { cause: { body } });
  const error = findError(answer);
  if (!error) return answer;
  const wikiCode = toStringOrEmpty(error.code);
  const code = READ_ERROR_CODES.get(wikiCode) ?? 'refused';
  throw new MentorshipError(code, `${request} failed: ${wikiCode}.`, {
    cause: { code: wikiCode, text: toText(error.text ?? error.info, 1_000) ?? '' },
    retryable: TEMPORARY.includes(code) || wikiCode.startsWith('internal_api_error'),
    retryAfter: parseRetryAfter(response),
  });
}

/** `mw.config` and `mw.user.options` of a page of the wiki. */
export interface WikiPage {
  config: { get(name: string): unknown };
  options: { get(name: string): unknown };
}

const TOKEN_MS = 8_000;

/**
 * Resolves with the header for the host's access token. Errors are not `outcomeUnknown`, because nothing was sent yet.
 *
 * @throws {MentorshipError} `session` if `token()` fails, takes longer than 8 s, or is pending when the signal fires
 */
async function bearerHeader(
  token: () => string | Promise<string>,
  signal: AbortSignal,
): Promise<{ Authorization: string }> {
  const noToken = (cause?: unknown) =>
    new MentorshipError('session', 'The host’s token() failed or took over 8 s.', { cause });
  const expired = AbortSignal.timeout(TOKEN_MS);
  const either = AbortSignal.any([signal, expired]);
  try {
    const value = (async () => token())();
    return { Authorization: `Bearer ${await abortable(value, either, () => noToken(either.reason))}` };
  } catch (cause) {
    throw isMentorshipError(cause) ? cause : noToken(cause);
  }
}
