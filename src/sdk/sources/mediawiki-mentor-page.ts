import { MentorshipError } from '../errors.js';
import { type OutsideRecord, readJsonText, readRecord, readWord } from '../coerce.js';
import { CONTENT, listIn } from '../plain/snapshot.js';
import { edit, wikiCodeOf } from './mediawiki-edit.js';
import { MENTORS_PAGE, SETTINGS_PAGE } from './mediawiki-pages.js';
import { mentorsPageIn, type PageText, pageIn, readSettings } from '../plain/settings.js';
import { entriesOf, type ListEntry } from '../mediawiki/mentor-list.js';
import type { Get, Ready, Session } from '../mediawiki/session.js';

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
