import { MentorshipError } from '../errors.js';
import { type OutsideRecord, readAt, readCount, readFields, readList, readWord } from '../coerce.js';
import type { Snapshot } from '../snapshot.js';
import { type ActionApi, actionApi, carriageTo, type WikiAccess } from './action-api.js';
import { postForm } from '../post-form.js';
import { errorOf, plainWords, refusalIn, withWords } from './api-errors.js';
import { withinPatience } from '../http.js';
import { linksOf, type Links } from '../sources/wiki-links.js';

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
