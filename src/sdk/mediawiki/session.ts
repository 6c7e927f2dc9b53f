import ky, { HTTPError } from 'ky';
import { isMentorshipError, MentorshipError, withOutcome } from '../errors.js';
import {
  type JsonObject,
  toInteger,
  toRecord,
  toRecordOrEmpty,
  toRecords,
  toStringOrEmpty,
  toText,
} from '../coerce.js';
import type { Snapshot } from '../snapshot.js';
import { type ActionApi, actionApi, authorize, FORMAT, type Get, type WikiAccess } from './action-api.js';
import { fromApiError, readApiError, stripMarkup, toApiCause, withWikiMessage } from './api-errors.js';
import {
  abortedRequestError,
  followSignal,
  fromRequestError,
  parseAnswer,
  parseRetryAfter,
  readBody,
  type RequestOptions,
  withDeadline,
  withoutQuery,
} from '../http.js';
import { type Links, toLinks } from './queries.js';

export interface WikiActionsOptions extends WikiAccess {
  /** Returns the current time. Defaults to the system clock. */
  now?: (() => Date) | undefined;
  /** Replaces `Math.random` when a mentor is picked. */
  random?: (() => number) | undefined;
}

type Params = Readonly<Record<string, string>>;

export type { Get };

/** State of the viewer before a write. */
interface EditContext {
  /** Revision id of the viewer's last edit; 0: no edits. Later edits have higher ids. */
  readonly newestRevision: number;
  readonly options: JsonObject;
  readonly block: { sitewide: boolean; reason: string | null } | null;
  readonly links: Links;
}

interface Write {
  params: Params;
  /** Returns true if the response confirms the write. */
  isSuccess: (answer: JsonObject) => boolean;
  /** Error code of the API for a write that changes nothing; counts as success. */
  alreadyDoneCode?: string;
}

/** GET requests of one viewer to one wiki. They fail with `session` once another user is signed in. */
export interface ReadSession {
  readonly viewer: string;
  readonly url: URL;
  /** Runs a task whose GET requests share a deadline of 24 s. */
  read<T>(task: (get: Get) => Promise<T>): Promise<T>;
  /** Resolves with the links of the wiki. Requests them once, because a wiki's addresses do not change. */
  loadLinks(get: Get): Promise<Links>;
}

/** Requests that may write. Has the viewer's state at the time it was opened. */
export interface EditSession extends ReadSession, EditContext {
  /** Sends a POST request once. Retries only after `badtoken`, because nothing was stored then. */
  write(write: Write): Promise<JsonObject>;
  /** True once a write of this session was stored. */
  readonly hasStored: boolean;
}

/** Runs a task whose GET requests do not depend on the viewer. */
export const readPublic = <T>(
  options: WikiActionsOptions,
  signal: AbortSignal,
  task: (get: Get) => Promise<T>,
): Promise<T> => reading(actionApi(options), signal, {}, task);

const reading = <T>(
  wiki: ActionApi,
  signal: AbortSignal,
  common: Params,
  task: (get: Get) => Promise<T>,
): Promise<T> =>
  withDeadline(signal, (budget) => task((params) => wiki.get({ ...params, ...common }, budget))).catch(
    (error: unknown) => {
      throw withWikiMessage(error);
    },
  );

/** Opens sessions of the snapshot's viewer. They end when the signal fires. */
export interface Sessions {
  /** @throws {MentorshipError} `denied` if no user is signed in, or only a temporary account */
  openReader(snapshot: Snapshot, signal: AbortSignal): ReadSession;
  /** Reads a token and the viewer's state first. */
  openSession(snapshot: Snapshot, signal: AbortSignal): Promise<EditSession>;
}

const EDIT_CONTEXT_QUERY = {
  action: 'query',
  meta: 'tokens|userinfo|siteinfo',
  uiprop: 'options|blockinfo',
  list: 'usercontribs',
  uclimit: '1',
  ucprop: 'ids',
};

export function createSessions(access: WikiActionsOptions): Sessions {
  let links: Links | null = null;

  const openReader: Sessions['openReader'] = (snapshot, signal) => {
    const viewer = snapshot.viewer?.temporary ? null : snapshot.viewer?.name;
    if (!viewer) throw new MentorshipError('denied', 'No user is signed in. Sign in and reload.');
    const wiki = actionApi(access);
    return {
      viewer,
      url: wiki.url,
      read: (task) => reading(wiki, signal, { assertuser: viewer }, task),
      loadLinks: async (get) =>
        (links ??= toLinks(await get({ action: 'query', meta: 'siteinfo' }), wiki.url)),
    };
  };

  const openSession: Sessions['openSession'] = async (snapshot, signal) => {
    const reader = openReader(snapshot, signal);
    const { viewer, url, read } = reader;
    const loadEditContext = () =>
      read(async (get) => toEditContext(await get({ ...EDIT_CONTEXT_QUERY, ucuser: viewer }), url));
    const post = async (params: Params, token: string) => {
      const { params: urlParams, ...auth } = await authorize(url, access, signal);
      const address = new URL(url);
      for (const [name, value] of Object.entries(urlParams)) address.searchParams.set(name, value);
      return postForm(address, {
        fields: { ...params, assertuser: viewer, token, ...FORMAT },
        ...auth,
        signal,
        fetch: access.fetch,
      });
    };

    // Several writes may share one context, and a token that had to be renewed.
    const { token: firstToken, ...context } = await loadEditContext();
    let token = firstToken;
    let hasStored = false;
    ({ links } = context);
    const write: EditSession['write'] = async ({ params, isSuccess, alreadyDoneCode }) => {
      let { answer, retryAfter } = await post(params, token);
      let refusal = readApiError(answer);
      if (refusal?.code === 'badtoken') {
        ({ token } = await loadEditContext());
        ({ answer, retryAfter } = await post(params, token));
        refusal = readApiError(answer);
      }
      if (refusal && refusal.code !== alreadyDoneCode)
        throw fromApiError(refusal, { hasBlock: context.block !== null, retryAfter });
      if (!refusal && !isSuccess(answer))
        throw new MentorshipError('bad-data', 'POST …/api.php did not confirm the write.', {
          cause: { answer },
          outcomeUnknown: true,
        });
      hasStored = true;
      return answer;
    };
    return {
      ...reader,
      ...context,
      write,
      get hasStored() {
        return hasStored;
      },
    };
  };

  return { openReader, openSession };
}

function toEditContext(answer: JsonObject, api: URL): EditContext & { token: string } {
  const user = answer.query?.userinfo;
  const token = answer.query?.tokens?.csrftoken;
  if (typeof token !== 'string' || !user)
    throw new MentorshipError('bad-data', 'GET …/api.php: “csrftoken” is missing.', { cause: { answer } });
  return {
    token,
    newestRevision: toInteger(answer.query?.usercontribs?.[0]?.revid) ?? 0,
    options: toRecordOrEmpty(user.options),
    block:
      user.blockid === undefined
        ? null
        : { sitewide: user.blockpartial !== true, reason: stripMarkup(toStringOrEmpty(user.blockreason)) },
    links: toLinks(answer, api),
  };
}

/** Edits a page. Rejects with the API's error, or with `refused` if an edit filter or a captcha prevented the edit. */
export async function editPage(
  { write }: EditSession,
  fields: Readonly<Record<string, string>>,
): Promise<JsonObject> {
  const answer = await write({
    params: { action: 'edit', ...fields },
    isSuccess: (said) => typeof said.edit?.result === 'string',
  });
  const result = toRecordOrEmpty(answer.edit);
  if (result.result === 'Success') return result;
  // An edit filter or a captcha fails the edit without an API error. Nothing was saved.
  const wikiMessage = stripMarkup(toStringOrEmpty(result.warning) || toStringOrEmpty(result.info));
  throw new MentorshipError('refused', `POST …/api.php (edit) failed: ${toStringOrEmpty(result.result)}.`, {
    cause: { code: toText(result.code, 80) ?? (result.captcha ? 'captcha' : 'failure'), answer: result },
    wikiMessage,
  });
}

/** Throws the error of a request after a write, so that the client checks whether the write was stored. */
export function throwWithUnknownOutcome(error: unknown): never {
  throw isMentorshipError(error) ? withOutcome(error, { outcomeUnknown: true }) : error;
}

/** Codes of the Action API for an edit conflict. */
const CONFLICT_CODES = ['editconflict', 'articleexists', 'missingtitle', 'pagedeleted'];
const MOST_TRIES = 6;

/** Runs an edit, which reads the page first, and repeats both after an edit conflict. Rejects after six conflicts. */
export async function retryAfterConflict<T>(edit: () => Promise<T>): Promise<T> {
  for (let tries = MOST_TRIES; ; tries--)
    try {
      return await edit();
    } catch (error) {
      if (tries === 1 || !CONFLICT_CODES.includes(toApiCause(error)?.code ?? '')) throw error;
      // A random delay keeps two conflicting edits from conflicting again.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 200 * (MOST_TRIES - tries + 1)));
    }
}

/** Separator of a list that begins with it; replaces “|”, which values may contain. */
const SEPARATOR = '\u001F';

/** Sets several user options in one request. A null value resets the option. */
export async function setOptions(
  { write }: EditSession,
  options: Readonly<Record<string, string | null>>,
): Promise<void> {
  // Values may come from pages that anyone can edit, so they must not be able to set another option.
  if (Object.values(options).some((value) => value?.includes(SEPARATOR)))
    throw new MentorshipError('invalid', 'The value of a user option contains U+001F.');
  const answer = await write({
    params: {
      action: 'options',
      change: Object.entries(options)
        .map(([name, value]) => `${SEPARATOR}${name}${value === null ? '' : `=${value}`}`)
        .join(''),
    },
    isSuccess: (said) => said.options === 'success',
  });
  // The API reports an option that it did not store as a warning, with a success.
  const refused = toRecords(answer.warnings).find(({ code }) => code === 'validationfailed');
  if (refused)
    throw new MentorshipError('refused', 'POST …/api.php did not store an option.', {
      cause: { code: 'validationfailed', text: toStringOrEmpty(refused.text) },
      wikiMessage: stripMarkup(toStringOrEmpty(refused.text)),
    });
}

const POST_MS = 20_000;

interface PostOptions extends RequestOptions {
  fields: Readonly<Record<string, string>>;
  signal: AbortSignal;
}

/**
 * Sends a form by POST once and resolves with the JSON object in the response. An error is `outcomeUnknown` if the form
 * was sent and the server did not clearly reject it, because it may have been stored.
 *
 * @throws {MentorshipError}
 */
async function postForm(
  url: URL,
  { fields, signal, fetch = globalThis.fetch, headers, credentials }: PostOptions,
): Promise<{ answer: JsonObject; retryAfter: number | null }> {
  const request = `POST ${withoutQuery(url)}`;
  let sent = false;
  const pending = followSignal(signal);
  try {
    const response = await ky.post(url, {
      ...(headers && { headers }),
      ...(credentials && { credentials }),
      body: new URLSearchParams(fields),
      fetch: async (input, init) => readBody(await fetch(input, init)),
      signal: pending.signal,
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
    const answer = toRecord(parseAnswer(await response.text(), request));
    if (!answer) throw new MentorshipError('bad-data', `${request} returned no JSON object.`);
    return { answer, retryAfter: parseRetryAfter(response) };
  } catch (error) {
    throw fromPostError(error, { request, signal, sent });
  } finally {
    pending.release();
  }
}

/** Converts the error of a POST request. It is `outcomeUnknown` if the form may have been stored. */
function fromPostError(
  error: unknown,
  { request, signal, sent }: { request: string; signal: AbortSignal; sent: boolean },
): MentorshipError {
  const { code, message, cause, retryable, retryAfter } = signal.aborted
    ? abortedRequestError(signal, request)
    : fromRequestError(error, request, { timeout: POST_MS });
  const isUnclear = error instanceof HTTPError ? isUnclearStatus(error.response.status) : sent;
  return new MentorshipError(code, message, {
    cause,
    retryAfter,
    retryable: retryable || (error instanceof HTTPError && isUnclear),
    outcomeUnknown: isUnclear,
  });
}

/** Returns true if the write may have been stored: for any status but 4xx, and for 408, which can come at any point. */
const isUnclearStatus = (status: number): boolean => status < 400 || status === 408 || status >= 500;
