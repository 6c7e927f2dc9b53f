import { isMentorshipError, MentorshipError } from '../errors.js';
import {
  type OutsideRecord,
  readAt,
  readCount,
  readFields,
  readList,
  readRecord,
  readText,
  readWord,
} from '../coerce.js';
import type { Snapshot } from '../snapshot.js';
import { type ActionApi, actionApi, carriageTo, type WikiAccess } from './action-api.js';
import { postForm } from '../post-form.js';
import { errorOf, plainWords, refusalIn, withWords } from './api-errors.js';
import { withinPatience } from '../http.js';
import { type Links, linksOf } from './queries.js';
import { invalid } from '../mutations.js';

export interface WikiActionsOptions extends WikiAccess {
  /** In place of the clock. */
  now?: (() => Date) | undefined;
  /** In place of Math.random, for drawing a mentor. */
  random?: (() => number) | undefined;
}

type Params = Readonly<Record<string, string>>;

export type Get = (params: Params) => Promise<OutsideRecord>;

/** What is asked before something is written. */
export interface Ready {
  readonly token: string;
  /** The viewer's newest revision, or 0. What is saved from now on has a higher number. */
  readonly newest: number;
  readonly options: OutsideRecord;
  readonly block: { sitewide: boolean; reason: string | null } | null;
  readonly links: Links;
}

interface Write {
  params: Params;
  /** Whether the answer says that it is done. */
  done: (answer: OutsideRecord) => boolean;
  /** The refusal that says that it was so already. */
  already?: string;
}

/** One viewer on one wiki, until `signal` fires. All requests are refused once somebody else is signed in. */
export interface Session {
  readonly viewer: string;
  readonly url: URL;
  /** GETs within 12 s. */
  read<T>(task: (get: Get) => Promise<T>): Promise<T>;
  prepare(): Promise<Ready>;
  /** POSTs once, and once more only where the token was refused: nothing was stored then. */
  write(ready: Ready, write: Write): Promise<OutsideRecord>;
}

/** Reads what is nobody's in particular. */
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
  withinPatience(signal, (load) => task((params) => wiki.get({ ...params, ...common }, load))).catch(
    (error: unknown) => {
      throw withWords(error);
    },
  );

export type Open = (snapshot: Snapshot, signal: AbortSignal) => Session;

const PREPARE = {
  action: 'query',
  meta: 'tokens|userinfo|siteinfo',
  uiprop: 'options|blockinfo',
  list: 'usercontribs',
  uclimit: '1',
  ucprop: 'ids',
};

export const sessionsOf =
  (access: WikiActionsOptions): Open =>
  (snapshot, signal) => {
    const viewer = snapshot.viewer?.temporary ? null : snapshot.viewer?.name;
    if (!viewer) throw new MentorshipError('denied', 'Nobody is signed in.');
    const wiki = actionApi(access);

    const read: Session['read'] = (task) => reading(wiki, signal, { assertuser: viewer }, task);
    const prepare = () => read(async (get) => readyFrom(await get({ ...PREPARE, ucuser: viewer }), wiki.url));
    const post = async (params: Params, token: string) => {
      const { params: more, ...carriage } = await carriageTo(wiki.url, access, signal);
      const address = new URL(wiki.url);
      for (const [name, value] of Object.entries(more)) address.searchParams.set(name, value);
      return postForm(address, {
        fields: {
          ...params,
          assertuser: viewer,
          token,
          format: 'json',
          formatversion: '2',
          errorformat: 'plaintext',
        },
        ...carriage,
        signal,
        fetch: access.fetch,
      });
    };

    // Several writes may follow on one preparation: the first one's new token is good for the others.
    let renewed: string | null = null;
    const write: Session['write'] = async (ready, { params, done, already }) => {
      let { answer, retryAfter } = await post(params, renewed ?? ready.token);
      if (refusalIn(answer)?.code === 'badtoken') {
        renewed = (await prepare()).token;
        ({ answer, retryAfter } = await post(params, renewed));
      }
      const refusal = refusalIn(answer);
      if (refusal && refusal.code !== already)
        throw errorOf(refusal, { hasBlock: ready.block !== null, retryAfter });
      if (!refusal && !done(answer))
        throw new MentorshipError('bad-data', 'The wiki does not say that it is done.', {
          cause: { answer },
          outcomeUnknown: true,
        });
      return answer;
    };
    return { viewer, url: wiki.url, read, prepare, write };
  };

function readyFrom(answer: OutsideRecord, api: URL): Ready {
  const query = readAt(answer, 'query');
  const user = readAt(query, 'userinfo');
  const token = readAt(query, 'tokens')?.csrftoken;
  if (typeof token !== 'string' || !user)
    throw new MentorshipError('bad-data', 'No token in the answer.', { cause: { answer } });
  return {
    token,
    newest: readCount(readFields(readList(query?.usercontribs)[0]).revid) ?? 0,
    options: readFields(user.options),
    block:
      user.blockid === undefined
        ? null
        : { sitewide: user.blockpartial !== true, reason: plainWords(readWord(user.blockreason)) },
    links: linksOf(answer, api),
  };
}

/** Edits a page. `blocked`, `refused` and so on where the wiki says so; not repeated but after `badtoken`. */
export async function edit(
  { write }: Session,
  ready: Ready,
  fields: Readonly<Record<string, string>>,
): Promise<OutsideRecord> {
  const answer = await write(ready, {
    params: { action: 'edit', ...fields },
    done: (said) => typeof readAt(said, 'edit')?.result === 'string',
  });
  const result = readFields(answer.edit);
  if (result.result === 'Success') return result;
  // Filters and captchas answer so: nothing was saved.
  const wikiMessage = plainWords(readWord(result.warning) || readWord(result.info));
  throw new MentorshipError('refused', `The wiki says ${readWord(result.result)}.`, {
    cause: { code: readText(result.code, 80) ?? (result.captcha ? 'captcha' : 'failure'), answer: result },
    wikiMessage,
  });
}

/** The wiki's own code of a refusal; null: it is none. */
export function wikiCodeOf(error: unknown): string | null {
  const code = isMentorshipError(error) ? readRecord(error.cause)?.code : null;
  return typeof code === 'string' ? code : null;
}

/** In front, it separates in place of “|”, which values may have. */
const SEPARATOR = '\u001F';

/** Changes several of the viewer's options at once; null: back to nothing. */
export async function setOptions(
  { write }: Session,
  ready: Ready,
  options: Readonly<Record<string, string | null>>,
): Promise<void> {
  // Names come from pages that anybody edits: none may go on as another option.
  if (Object.values(options).some((value) => value?.includes(SEPARATOR)))
    throw invalid('An option has a control character.');
  const answer = await write(ready, {
    params: {
      action: 'options',
      change: Object.entries(options)
        .map(([name, value]) => `${SEPARATOR}${name}${value === null ? '' : `=${value}`}`)
        .join(''),
    },
    done: (said) => said.options === 'success',
  });
  // What the wiki does not store, it calls a success with a warning.
  const refused = readList(answer.warnings)
    .map(readFields)
    .find(({ code }) => code === 'validationfailed');
  if (refused)
    throw new MentorshipError('refused', 'The wiki did not store an option.', {
      cause: { code: 'validationfailed', text: readWord(refused.text) },
      wikiMessage: plainWords(readWord(refused.text)),
    });
}
