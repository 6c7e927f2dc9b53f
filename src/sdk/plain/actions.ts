import { MentorshipError } from '../errors.js';
import type { MentorshipActions } from '../source.js';
import { listedWith, profilesOf } from '../mediawiki/shared-actions.js';
import { CONTENT, listIn, MENTOR_OPTION, STATUS_OPTION } from './snapshot.js';
import {
  edit,
  type Get,
  type Open,
  type Ready,
  type Session,
  sessionsOf,
  setOptions,
  type WikiActionsOptions,
  wikiCodeOf,
} from '../mediawiki/session.js';
import { drawMentor, entriesOf, type ListEntry, takersIn } from '../mediawiki/mentor-list.js';
import {
  DECLINED_OPTION,
  EXPLICIT_OPTION,
  linksOf,
  MENTORS_PAGE,
  SETTINGS_PAGE,
} from '../mediawiki/queries.js';
import { type OutsideRecord, readJsonText, readRecord, readWord } from '../coerce.js';
import { mentorsPageIn, pageIn, type PageText, readSettings } from './settings.js';
import { asking, questionsFor } from './questions.js';

type Mentoring = Pick<
  MentorshipActions,
  | 'leave'
  | 'join'
  | 'undoLeave'
  | 'chooseMentor'
  | 'enroll'
  | 'declineInvite'
  | 'restoreInvite'
  | 'getMentors'
  | 'getProfiles'
>;

/** As many mentees as most mentors. */
const USUAL_WEIGHT = 2;

/** Leaving and coming back, choosing and becoming a mentor, on a wiki without GrowthExperiments. */
export const mentoring = (open: Open, options: WikiActionsOptions): Mentoring => {
  const { now = () => new Date(), random = Math.random } = options;
  const takers = async (get: Get, { viewer }: Session) =>
    takersIn(await readMentors(get), { except: viewer, now: now() });
  const draw = (get: Get, from: readonly ListEntry[], { viewer }: Session) =>
    drawMentor(get, from, { except: viewer, random });

  return {
    // There is no place for a reason.
    async leave(snapshot, { signal }) {
      const session = open(snapshot, signal);
      await setOptions(session, await session.prepare(), {
        [STATUS_OPTION]: 'opted-out',
        [MENTOR_OPTION]: null,
      });
    },

    async join(snapshot, { signal }) {
      const session = open(snapshot, signal);
      const ready = await session.prepare();
      // One who is gone, or was renamed, is none.
      const own = snapshot.mentor?.name === ready.options[MENTOR_OPTION] ? snapshot.mentor?.name : null;
      const mentor =
        own ?? (await session.read(async (get) => draw(get, await takers(get, session), session)));
      await setOptions(session, ready, {
        [STATUS_OPTION]: null,
        [EXPLICIT_OPTION]: '1',
        [MENTOR_OPTION]: mentor,
      });
    },

    async undoLeave(snapshot, { mentor, signal }) {
      const session = open(snapshot, signal);
      await setOptions(session, await session.prepare(), {
        [STATUS_OPTION]: null,
        [MENTOR_OPTION]: mentor,
      });
    },

    async chooseMentor(snapshot, { name, signal }) {
      const session = open(snapshot, signal);
      const ready = await session.prepare();
      const free = await session.read((get) => takers(get, session));
      const chosen = free.filter((mentor) => mentor.name === name);
      if (chosen.length === 0) throw new MentorshipError('denied', 'Nobody of that name takes new mentees.');
      const mentor = await session.read((get) => draw(get, chosen, session));
      await setOptions(session, ready, {
        [STATUS_OPTION]: null,
        [EXPLICIT_OPTION]: '1',
        [MENTOR_OPTION]: mentor,
      });
    },

    async enroll(snapshot, { introduction, signal }) {
      const session = open(snapshot, signal);
      const ready = await session.prepare();
      await addMentor(session, ready, String(snapshot.viewer?.id), {
        message: introduction || null,
        weight: USUAL_WEIGHT,
        username: session.viewer,
      });
    },

    async declineInvite(snapshot, { signal }) {
      const session = open(snapshot, signal);
      await setOptions(session, await session.prepare(), {
        [DECLINED_OPTION]: now().toISOString().slice(0, 10),
      });
    },

    async restoreInvite(snapshot, { signal }) {
      const session = open(snapshot, signal);
      await setOptions(session, await session.prepare(), { [DECLINED_OPTION]: null });
    },

    async getMentors(snapshot, { signal }) {
      const session = open(snapshot, signal);
      return session.read(async (get) => {
        const [free, site] = await Promise.all([
          takers(get, session),
          get({ action: 'query', meta: 'siteinfo' }),
        ]);
        return free.map(listedWith(linksOf(site, session.url)));
      });
    },

    getProfiles: profilesOf(options, now),
  };
};

interface MentorsPage {
  title: string;
  /** null: there is no such page yet. */
  page: PageText | null;
  /** When it was read, as the wiki writes it. */
  readAt: string;
}

/** Reads the page that lists the mentors, and first which page that is. */
async function readMentorsPage(get: Get): Promise<MentorsPage> {
  const ask = (...titles: string[]) => get({ ...CONTENT, curtimestamp: '1', titles: titles.join('|') });
  const answer = await ask(SETTINGS_PAGE, MENTORS_PAGE);
  const title = mentorsPageIn(readSettings(pageIn(answer, SETTINGS_PAGE)?.text ?? null));
  const last = title === MENTORS_PAGE ? answer : await ask(title);
  return { title, page: pageIn(last, title), readAt: readWord(last.curtimestamp) };
}

/** @throws {MentorshipError} `bad-data` where the page is no list */
export async function readMentors(get: Get): Promise<ListEntry[]> {
  const { title, page } = await readMentorsPage(get);
  return listIn(page?.text ?? null) ?? refuse(title);
}

const refuse = (title: string): never => {
  throw new MentorshipError('bad-data', `${title}: the page must be JSON such as {"Mentors": {}}.`);
};

/** The wiki's words for: somebody else was quicker. */
const QUICKER = ['editconflict', 'articleexists', 'missingtitle', 'pagedeleted'];
const TRIES = 6;
/**
 * Puts somebody onto the list. Where another edit came between reading and saving, the wiki refuses, and the list is
 * read anew and the change made once more: both edits stay.
 */
export async function addMentor(
  session: Session,
  ready: Ready,
  id: string,
  entry: { username: string; message: string | null; weight: number },
): Promise<void> {
  for (let tries = TRIES; ; tries--) {
    const before = await session.read(readMentorsPage);
    const list = mentorsIn(before);
    const known = entriesOf(list);
    if (known.some(({ name }) => name === entry.username)) return;
    // Of one's own that says nothing, it is replaced; not so somebody else's under a wrong number.
    if (known.some((other) => other.id === id))
      throw new MentorshipError('bad-data', `${before.title}: “${id}” is the number of ${entry.username}.`);
    const text = asJson({ ...wholeOf(before), Mentors: { ...list, [id]: entry } });
    try {
      await edit(session, ready, {
        title: before.title,
        text,
        summary: '#mentorship-enrol',
        ...(before.page
          ? { baserevid: String(before.page.revision), starttimestamp: before.readAt, nocreate: '1' }
          : { createonly: '1', contentmodel: 'json' }),
      });
      return;
    } catch (error) {
      if (tries === 1 || !QUICKER.includes(wikiCodeOf(error) ?? '')) throw error;
      // Those who met once should not meet again.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 200 * (TRIES - tries + 1)));
    }
  }
}

const wholeOf = ({ page }: MentorsPage): OutsideRecord => readRecord(readJsonText(page?.text)) ?? {};
function mentorsIn(before: MentorsPage): OutsideRecord {
  if (before.page && !listIn(before.page.text)) refuse(before.title);
  return readRecord(wholeOf(before).Mentors) ?? {};
}

/** What a wiki would change when it saves, or show as markup, is written as JSON's own escapes: the page may be one of wikitext. */
const asJson = (data: object): string =>
  JSON.stringify(data, null, '\t').replace(/"(?:[^"\\]|\\.)*"/g, (text) =>
    text.replace(/[~{}[\]<>]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );

/** What a viewer can do on a MediaWiki without GrowthExperiments. */
export function mediawikiActions(options: WikiActionsOptions): MentorshipActions {
  const { now = () => new Date() } = options;
  const open = sessionsOf(options);
  return { ...asking(open, now), refreshQuestions: questionsFor(open), ...mentoring(open, options) };
}
