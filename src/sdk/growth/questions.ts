import { abortError, isMentorshipError, MentorshipError } from '../errors.js';
import {
  type Json,
  type JsonObject,
  parseJsonOrNull,
  toInteger,
  toIsoTime,
  toRecords,
  toRecordTree,
  toStringOrEmpty,
} from '../coerce.js';
import type { Question, QuestionState, Snapshot } from '../snapshot.js';
import type { AskedQuestion, MentorshipActions } from '../source.js';
import {
  findEditsContaining,
  headingsIn,
  loadThreads,
  normalizeWhitespace,
  type RecentThreads,
  talkPageOwner,
  toEdit,
} from '../mediawiki/talk-page.js';
import type { EditSession, Get, ReadSession, Sessions } from '../mediawiki/session.js';
import { createPrepareQuestion } from '../mediawiki/shared-actions.js';
import { mentorNameQuery, toLinks } from '../mediawiki/queries.js';
import { GROWTH_QUESTIONS_OPTION, toMentorName } from './snapshot.js';

type GrowthAsk = Pick<MentorshipActions, 'prepareQuestion' | 'ask' | 'findQuestion'>;

/** Number of recent edits that are searched for a question whose outcome is unknown. */
const SEARCHED_EDITS = 20;

/** Creates the actions that ask a question and find it again. */
export const createGrowthAsk = ({ openReader, openSession }: Sessions): GrowthAsk => ({
  prepareQuestion: createPrepareQuestion(openReader, loadMentorName),

  async ask(snapshot, { text, pageTitle, onBeforeSend, signal }) {
    const session = await openSession(snapshot, signal);
    if (session.block?.sitewide)
      throw new MentorshipError('blocked', 'The viewer is blocked.', { wikiMessage: session.block.reason });
    const duplicate = await findStoredDuplicate(snapshot, text, session);
    if (duplicate) return duplicate;
    if (signal.aborted) throw abortError(signal);
    const { newestRevision, links } = session;
    onBeforeSend?.(String(newestRevision));
    const answer = await session.write({
      params: {
        action: 'helppanelquestionposter',
        source: 'mentor-homepage',
        body: text,
        ...(pageTitle && { relevanttitle: pageTitle }),
      },
      isSuccess: (said) => said.helppanelquestionposter?.result === 'success',
    });
    const asked = answer.helppanelquestionposter;
    const url = links.resolve(asked?.viewquestionurl);
    const revision = toInteger(asked?.revision);
    // The question is published, so a failed search for a second copy must not fail the call.
    const [copy] = await loadCopies(session, { text, since: newestRevision, except: revision }).catch(
      () => [],
    );
    return {
      url,
      revision,
      firstEdit: asked?.isfirstedit === 1 || asked?.isfirstedit === true,
      recipient: talkPageOwner(url),
      duplicateUrl: copy?.url ?? null,
    };
  },

  async findQuestion(snapshot, { text, checkpoint, signal }) {
    const since = Number(checkpoint);
    const [found, second] = await loadCopies(openReader(snapshot, signal), { text, since });
    if (!found) return null;
    return {
      ...found,
      // The checkpoint of a viewer without any edits is 0.
      firstEdit: since === 0,
      recipient: talkPageOwner(found.url),
      duplicateUrl: second?.url ?? null,
    };
  },
});

/** Loads the name of the viewer's mentor; null: none. */
export const loadMentorName = ({ read, viewer }: ReadSession): Promise<string | null> =>
  read(async (get) => toMentorName(await get(mentorNameQuery(viewer))));

interface Copy {
  url: string | null;
  revision: number;
}

/**
 * Loads the copies of a question that were published after a revision, newest first. There are two if a browser has
 * repeated the request because its connection was interrupted.
 */
const loadCopies = (
  { read, viewer, url }: ReadSession,
  { text, since, except }: { text: string; since: number; except?: number | null },
): Promise<Copy[]> =>
  read(async (get) => {
    const answer = await get({
      action: 'query',
      meta: 'userinfo|siteinfo',
      uiprop: 'options',
      list: 'usercontribs',
      ucuser: viewer,
      uclimit: String(SEARCHED_EDITS),
      ucprop: 'ids|title',
    });
    const links = toLinks(answer, url);
    const isNew = ({ revision }: { revision: number }) => revision > since && revision !== except;
    // Searches the edits too, because the wiki saves the edit before it stores the question.
    const edits = toRecords(answer.query?.usercontribs)
      .map(toEdit)
      .filter((edit) => edit.isTalk && isNew(edit));
    const stored = readQuestionEntries(answer.query?.userinfo?.options)
      .filter((entry) => isNew(entry) && isExcerptOf(entry.excerpt, text))
      .map((entry) => ({ ...entry, parent: 0, url: links.resolve(entry.resultUrl) }));
    const candidates = [
      ...edits.map((edit) => ({ ...edit, url: links.page(edit.title) })),
      ...stored.filter(({ revision }) => !edits.some((edit) => edit.revision === revision)),
    ];
    const copies = await findEditsContaining(candidates, text, get);
    return copies.map(({ revision, url }) => ({
      url: stored.find((entry) => entry.revision === revision)?.url ?? url,
      revision,
    }));
  });

/** Finds the same question, sent from another tab since the snapshot was loaded; null: none, or it is hidden. */
async function findStoredDuplicate(
  { questions }: Snapshot,
  text: string,
  { options, links, read }: EditSession,
): Promise<AskedQuestion | null> {
  const isKnown = (...urls: (string | null)[]) => questions.some(({ url }) => url && urls.includes(url));
  const candidates = readQuestionEntries(options)
    .filter(
      ({ excerpt, resultUrl, archiveUrl, visible }) =>
        visible &&
        isExcerptOf(excerpt, text) &&
        !isKnown(links.resolve(resultUrl), links.resolve(archiveUrl)),
    )
    // Parent 0 counts every occurrence in the revision as new.
    .map((entry) => ({ ...entry, parent: 0 }));
  if (candidates.length === 0) return null;
  return read(async (get) => {
    // Asks the question store too, because the option may be stale and the question may have been hidden since.
    const store = await get({ action: 'homepagequestionstore', storage: GROWTH_QUESTIONS_OPTION });
    const visible = questionsInStore(store).map(({ revId }) => toInteger(revId));
    // Compares the whole text, because another question may have the same beginning.
    const same = await findEditsContaining(candidates, text, get);
    const duplicate = same.find(({ revision }) => visible.includes(revision));
    if (!duplicate) return null;
    const url = links.resolve(duplicate.resultUrl);
    return { url, revision: duplicate.revision, firstEdit: false, recipient: talkPageOwner(url) };
  });
}

/** Length in characters to which GrowthExperiments shortens the three questions that it stores in a preference. */
const GROWTH_EXCERPT_LENGTH = 60;

export interface QuestionEntry {
  revision: number;
  /** False if the question was hidden; snapshots omit it. */
  visible: boolean;
  excerpt: string;
  resultUrl: unknown;
  archiveUrl: unknown;
}

/** Returns the questions in a viewer's options, newest first. */
export const readQuestionEntries = (options: Json): QuestionEntry[] =>
  toRecords(parseJsonOrNull(options?.[GROWTH_QUESTIONS_OPTION])).map(
    ({ revId, isVisible, questionText, resultUrl, archiveUrl }) => ({
      revision: toInteger(revId) ?? 0,
      visible: isVisible !== false,
      excerpt: toStringOrEmpty(questionText),
      resultUrl,
      archiveUrl,
    }),
  );

const toOneLine = (text: string) => normalizeWhitespace(text).replaceAll('\n', ' ');

/** Returns true if the excerpt may be the beginning of the text. If shortened, it ends with three dots or “…”. */
export function isExcerptOf(excerpt: string, text: string): boolean {
  const stored = toOneLine(excerpt);
  const whole = toOneLine(text);
  if (stored === whole) return true;
  const start = stored.replace(/ ?(?:\.{3}|…)$/u, '');
  return (
    start !== stored && Array.from(start).length >= GROWTH_EXCERPT_LENGTH - 10 && whole.startsWith(start)
  );
}

/** Length in bytes to which DiscussionTools shortens a heading in its id. */
const ID_BYTES = 80;

/**
 * Creates the action that reads the states of the last three questions. Detecting answers needs DiscussionTools.
 *
 * @param recent - receives the threads
 */
export const createGrowthRefresh =
  ({ openReader }: Sessions, recent: RecentThreads): MentorshipActions['refreshQuestions'] =>
  async (snapshot, { signal }) => {
    const { read, viewer, loadLinks } = openReader(snapshot, signal);
    return read(async (get) => {
      const [links, store] = await Promise.all([
        loadLinks(get),
        get({ action: 'homepagequestionstore', storage: GROWTH_QUESTIONS_OPTION }),
      ]);
      const threads = createThreadLoader(get, recent);
      return Promise.all(
        questionsInStore(store).map(async (stored): Promise<Question> => {
          const archived = stored.isArchived === true;
          const { archiveUrl, resultUrl, timestamp } = stored;
          const [archive, result] = [links.resolve(archiveUrl), links.resolve(resultUrl)];
          return {
            text: toStringOrEmpty(stored.questionText),
            url: archived ? archive : result,
            askedAt: typeof timestamp === 'number' ? toIsoTime(timestamp * 1000) : null,
            state: archived ? 'archived' : await getThreadState({ archive, result, viewer }, threads),
          };
        }),
      );
    });
  };

/** Returns the first three visible questions. PHP encodes the list as an object if the first question is hidden. */
export function questionsInStore(answer: JsonObject): JsonObject[] {
  const stored = answer.homepagequestionstore?.questions;
  return toRecords(Object.values(stored ?? {}))
    .filter(({ isVisible }) => isVisible !== false)
    .slice(0, 3);
}

type Threads = (page: string) => Promise<JsonObject[] | null>;

/** Creates a function that loads a page's threads once; null: the request failed, such as without DiscussionTools. */
function createThreadLoader(get: Get, recent: RecentThreads): Threads {
  const cache = new Map<string, ReturnType<Threads>>();
  const load: Threads = async (page) => {
    const threads = await loadThreads(get, page).catch((error: unknown) => {
      // An aborted request or a lost session must not look like an unknown state.
      if (isMentorshipError(error) && /^(?:aborted|session)$/.test(error.code)) throw error;
      return null;
    });
    if (threads) recent.set(page.replaceAll('_', ' '), threads);
    return threads;
  };
  return (page) => {
    const threads = cache.get(page) ?? load(page);
    cache.set(page, threads);
    return threads;
  };
}

interface ThreadPlace {
  archive: string | null;
  result: string | null;
  viewer: string;
}

async function getThreadState(
  { archive, result, viewer }: ThreadPlace,
  threadsOf: Threads,
): Promise<QuestionState> {
  const page = archive && new URL(archive).searchParams.get('title');
  const fragment = result && fragmentOf(result);
  const threads = page && fragment ? await threadsOf(page) : null;
  const heading = threads && fragment && findHeading(fragment, threads);
  if (!heading) return 'unknown';
  return isAnswered(heading, viewer) ? 'answered' : 'waiting';
}

function fragmentOf(url: string): string | null {
  try {
    return decodeURIComponent(new URL(url).hash.slice(1));
  } catch {
    return null;
  }
}

/** Returns the heading with this fragment; null: none, or several, which cannot be distinguished. */
function findHeading(fragment: string, threads: readonly JsonObject[]): JsonObject | null {
  const starts = [`h-${fragment}-`, `h-${truncateToBytes(fragment)}-`];
  const found = headingsIn(threads).filter(
    ({ id }) => typeof id === 'string' && starts.some((start) => `${id}-`.startsWith(start)),
  );
  return found.length === 1 ? (found[0] ?? null) : null;
}

function truncateToBytes(fragment: string): string {
  const bytes = new TextEncoder().encode(fragment).slice(0, ID_BYTES);
  // A truncated character decodes to U+FFFD.
  return new TextDecoder().decode(bytes).replace(/\uFFFD+$/, '');
}

/** Returns true if another user has written below the heading. */
const isAnswered = (heading: JsonObject, viewer: string): boolean =>
  toRecordTree(heading.replies, 'replies').some(
    ({ author }) => typeof author === 'string' && author !== viewer,
  );
