import { MentorshipError, type MentorshipErrorCode } from '../errors.js';
import { type OutsideRecord, readRecord, readText, readWord } from '../read.js';
import { absoluteUrl } from './document.js';
import { type Load, readJson, retryAfterOf } from './request.js';

export const USER_AGENT = 'mentorship-module';

/** Errors that pass by themselves, or that say more than “refused”. By the wiki's code. */
export const CODES = new Map<string, MentorshipErrorCode>([
  ['maxlag', 'busy'],
  ['ratelimited', 'rate-limited'],
  ['readonly', 'read-only'],
  ['assertuserfailed', 'session'],
  ['assertnameduserfailed', 'session'],
  ['permissiondenied', 'denied'],
  ['readapidenied', 'denied'],
]);

export interface ActionApi {
  readonly url: URL;
  /** GETs one answer. Throws a MentorshipError for errors that come with HTTP 200, too. */
  get(params: Readonly<Record<string, string>>, load: Load): Promise<OutsideRecord>;
}

interface ActionApiOptions {
  api: string | URL;
  fetch?: typeof fetch | undefined;
}

/** The Action API of a MediaWiki. Another origin's is read anonymously. */
export function actionApi({ api, fetch }: ActionApiOptions): ActionApi {
  const url = absoluteUrl(api);
  const page = (globalThis as { location?: Location }).location?.origin;
  const crossOrigin = page !== undefined && page !== url.origin;
  return {
    url,
    async get(params, load) {
      const address = new URL(url);
      const common = { format: 'json', formatversion: '2', errorformat: 'plaintext' };
      for (const [name, value] of Object.entries({
        ...params,
        ...common,
        ...(crossOrigin && { origin: '*' }),
      }))
        address.searchParams.set(name, value);
      // The header would cost a preflight on each address of another origin.
      const headers: Record<string, string> = crossOrigin ? {} : { 'Api-User-Agent': USER_AGENT };
      // An API has no reason to lead elsewhere; a loop would cost twenty requests.
      const said = await readJson(address, { load, fetch, headers, check, redirect: 'manual' });
      const answer = readRecord(said);
      if (!answer) throw new MentorshipError('bad-data', 'Not an object.', { cause: { answer: said } });
      return answer;
    },
  };
}

/** Errors stand in `errors` or, from modules that know no other format, in `error`. */
function check(body: unknown, response: Response): void {
  const answer = readRecord(body);
  const first: unknown = Array.isArray(answer?.errors) ? answer.errors[0] : answer?.error;
  const error = readRecord(first);
  if (!error) return;
  const wikiCode = readWord(error.code);
  const code = CODES.get(wikiCode) ?? 'refused';
  throw new MentorshipError(code, `The wiki says ${wikiCode}.`, {
    cause: { code: wikiCode, text: readText(error.text ?? error.info, 1_000) ?? '' },
    retryable:
      code === 'busy' ||
      code === 'rate-limited' ||
      code === 'read-only' ||
      wikiCode.startsWith('internal_api_error'),
    retryAfter: retryAfterOf(response),
  });
}
