import { isMentorshipError } from '../errors.js';
import { type OutsideRecord, readAt, readFields, readFlag, readList, readUrl, readWord } from '../coerce.js';
import type { Question, QuestionState } from '../snapshot.js';
import type { MentorshipActions } from './actions.js';
import type { Get, Open } from '../mediawiki/session.js';
import { linksOf } from './wiki-links.js';

/** DiscussionTools shortens a heading to this many bytes before it makes an id of it. */
const ID_BYTES = 80;

/** How the last three questions stand, on a wiki with GrowthExperiments; with DiscussionTools, whether they are answered. */
export const questionsFor =
  (open: Open): MentorshipActions['refreshQuestions'] =>
  async (snapshot, { signal }) => {
    const { read, viewer, url: api } = open(snapshot, signal);
    return read(async (get) => {
      const [site, store] = await Promise.all([
        get({ action: 'query', meta: 'siteinfo' }),
        get({ action: 'homepagequestionstore', storage: 'growthexperiments-mentor-questions' }),
      ]);
      const links = linksOf(site, api);
      const threads = threadsOnce(get);
      return Promise.all(
        storedIn(store).map(async (stored): Promise<Question> => {
          const archived = readFlag(stored.isArchived, false);
          const { archiveUrl, resultUrl, timestamp } = stored;
          const [archive, result] = [links.resolve(archiveUrl), links.resolve(resultUrl)];
          return {
            text: readWord(stored.questionText),
            url: readUrl(archived ? archive : result),
            askedAt: typeof timestamp === 'number' ? new Date(timestamp * 1_000).toJSON() : null,
            state: archived ? 'archived' : await stateOf({ archive, result, viewer }, threads),
          };
        }),
      );
    });
  };

/** The first three that can be seen. PHP writes a list as an object where the first one is hidden. */
export function storedIn(answer: OutsideRecord): OutsideRecord[] {
  const stored = readAt(answer, 'homepagequestionstore')?.questions;
  const list = Array.isArray(stored) ? readList(stored) : Object.values(readFields(stored));
  return list
    .map(readFields)
    .filter(({ isVisible }) => isVisible !== false)
    .slice(0, 3);
}

type Threads = (page: string) => Promise<OutsideRecord[] | null>;

/** The threads of talk pages, each asked for once; null: unknown, where DiscussionTools is not installed. */
function threadsOnce(get: Get): Threads {
  const asked = new Map<string, ReturnType<Threads>>();
  const ask = async (page: string) => {
    const answer = await get({ action: 'discussiontoolspageinfo', page, prop: 'threaditemshtml' }).catch(
      (error: unknown) => {
        // Whoever gave up, or is somebody else now, is not to be told anything.
        if (isMentorshipError(error) && /^(?:aborted|session)$/.test(error.code)) throw error;
        return null;
      },
    );
    const items = readAt(answer, 'discussiontoolspageinfo')?.threaditemshtml;
    return Array.isArray(items) ? items.map(readFields) : null;
  };
  return (page) => {
    const threads = asked.get(page) ?? ask(page);
    asked.set(page, threads);
    return threads;
  };
}

interface Place {
  archive: string | null;
  result: string | null;
  viewer: string;
}

async function stateOf({ archive, result, viewer }: Place, threadsOf: Threads): Promise<QuestionState> {
  const page = archive && new URL(archive).searchParams.get('title');
  const fragment = result && fragmentOf(result);
  const threads = page && fragment ? await threadsOf(page) : null;
  const heading = threads && fragment && headingWith(fragment, threads);
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

/** null: none, or several that cannot be told apart. */
function headingWith(fragment: string, threads: readonly OutsideRecord[]): OutsideRecord | null {
  const ids = [`h-${fragment}`, `h-${cut(fragment)}`];
  const found = headingsIn(threads).filter(({ id }) =>
    ids.some((start) => id === start || readWord(id).startsWith(`${start}-`)),
  );
  return found.length === 1 ? (found[0] ?? null) : null;
}

function cut(fragment: string): string {
  const bytes = new TextEncoder().encode(fragment).slice(0, ID_BYTES);
  // What is left of a character that was cut through decodes to this one.
  return new TextDecoder().decode(bytes).replace(/\uFFFD+$/, '');
}

const repliesTo = (item: OutsideRecord) => readList(item.replies).map(readFields);

const headingsIn = (items: readonly OutsideRecord[]): OutsideRecord[] =>
  items.flatMap((item) => [...(item.type === 'heading' ? [item] : []), ...headingsIn(repliesTo(item))]);

const isAnswered = (item: OutsideRecord, viewer: string): boolean =>
  repliesTo(item).some(
    (reply) => (typeof reply.author === 'string' && reply.author !== viewer) || isAnswered(reply, viewer),
  );
