import { abortError, MentorshipError } from '../errors.js';
import {
  type JsonObject,
  toHttpUrl,
  toInteger,
  toRecordOrEmpty,
  toRecords,
  toStringOrEmpty,
  toText,
  stringify,
} from '../coerce.js';
import type { QuestionState, Snapshot } from '../snapshot.js';
import type { AskedQuestion, MentorshipActions } from '../source.js';
import { type Edit, findEditsContaining, talkPageOwner, toEdit } from '../mediawiki/talk-page.js';
import {
  MENTOR_OPTION,
  QUESTIONS_OPTION,
  questionUrl,
  PLAIN_STATUS_OPTION,
  readStoredMentor,
  type StoredQuestion,
  storedQuestions,
} from './snapshot.js';
import {
  editPage,
  type EditSession,
  type Get,
  type ReadSession,
  retryAfterConflict,
  type Sessions,
  setOptions,
  throwWithUnknownOutcome,
} from '../mediawiki/session.js';
import { createPrepareQuestion } from '../mediawiki/shared-actions.js';
import { normalizeUserName } from '../mediawiki/mentor-list.js';
import { CONTENT, findPage, type Links, toLinks } from '../mediawiki/queries.js';

type PlainAsk = Pick<MentorshipActions, 'prepareQuestion' | 'ask' | 'findQuestion'>;

/** Number of recent edits that are searched for a question whose outcome is unknown. */
const RECENT_EDITS = 20;

/** Hashtag in the edit summary of each question. */
const SUMMARY_TAG = '#mentorship-question';

/** Length in characters to which questions are shortened in the viewer's options. */
const STORED_LENGTH = 200;

/** Creates the actions that ask a question, as a new section on the mentor's talk page, and find it again. */
export const createPlainAsk = ({ openReader, openSession }: Sessions, now: () => Date): PlainAsk => ({
  prepareQuestion: createPrepareQuestion(openReader, loadMentorName),

  async ask(snapshot, { text, pageTitle, onBeforeSend, signal }) {
    const session = await openSession(snapshot, signal);
    const mentor = snapshot.mentor?.name;
    // The viewer may have left, or chosen another mentor, in another tab.
    if (!mentor || session.options[PLAIN_STATUS_OPTION] || !(await isStoredMentor(session, mentor)))
      throw new MentorshipError('no-mentor', 'The viewer’s mentor has changed. Refresh the snapshot.');
    if (session.block?.sitewide)
      throw new MentorshipError('blocked', 'The viewer is blocked.', { wikiMessage: session.block.reason });
    const duplicate = await findSectionDuplicate(snapshot, text, { session, now: now() });
    if (duplicate) return duplicate;
    if (signal.aborted) throw abortError(signal);

    const section = uniqueSectionTitle(session.viewer, now(), storedQuestions(session.options));
    const since = session.newestRevision;
    const title = `User talk:${mentor}`;
    let sent = false;
    const publish = async (): Promise<PublishedEdit> => {
      // The browser may have sent the request twice, so that the conflict is with the question itself.
      const [own] = sent
        ? await loadSectionEdits(session, { section, since }).catch(throwWithUnknownOutcome)
        : [];
      if (own) return own;
      const base = await loadEditBase(session, title);
      if (!sent) onBeforeSend?.(`${since} ${section}`);
      sent = true;
      const result = await editPage(session, {
        title,
        // Follows the redirect of a mentor who was renamed or has two accounts.
        redirect: '1',
        section: 'new',
        sectiontitle: section,
        text: toWikitext(text, pageTitle),
        // Links to the section, and has a hashtag by which all such edits can be found.
        summary: `/* ${section} */ ${SUMMARY_TAG}`,
        ...base,
      });
      return { page: toText(result.title, 255) ?? title, revision: toInteger(result.newrevid) };
    };
    const { page, revision } = await retryAfterConflict(publish);
    await storeQuestion(session, {
      page,
      section,
      text,
      revision: revision ?? 0,
      askedAt: now().toISOString(),
    });
    // The question is published, so a failed search for a second copy must not fail the call.
    const copies = await loadSectionEdits(session, { section, since }).catch(() => []);
    return toAsked({ page, section, revision, since, copies: copies.length }, session.links);
  },

  async findQuestion(snapshot, { text, checkpoint, signal }) {
    const [, newest = '0', section = ''] = /^(\d+) ?(.*)$/.exec(checkpoint) ?? [];
    const since = Number(newest);
    const copies = await loadSectionEdits(openReader(snapshot, signal), { section, since });
    const first = copies.at(-1);
    if (!first) return null;
    const { page, revision, timestamp } = first;
    const session = await openSession(snapshot, signal);
    if (!storedQuestions(session.options).some((stored) => stored.section === section))
      await storeQuestion(session, { page, section, text, revision, askedAt: timestamp });
    return toAsked({ page, section, revision, since, copies: copies.length }, session.links);
  },
});

/** Loads the name of the viewer's mentor; null: none. */
const loadMentorName = ({ read }: ReadSession): Promise<string | null> =>
  read(async (get) => {
    const answer = await get({ action: 'query', meta: 'userinfo', uiprop: 'options' });
    const options = toRecordOrEmpty(answer.query?.userinfo?.options);
    return options[PLAIN_STATUS_OPTION] ? null : readStoredMentor(get, options);
  });

/** Loads the viewer's edits after a revision that added a section, newest first. The section's title is unique. */
const loadSectionEdits = (
  { read, viewer }: ReadSession,
  { section, since }: { section: string; since: number },
): Promise<QuestionEdit[]> =>
  read(async (get) => {
    const edits = await loadQuestionEdits(get, { ucuser: viewer });
    return edits.filter((edit) => edit.section === section && edit.revision > since);
  });

/**
 * Loads the parameters with which the wiki recognizes a repeated request as an edit conflict, because browsers repeat a
 * request by themselves if its connection is interrupted.
 */
async function loadEditBase({ read }: ReadSession, title: string): Promise<Readonly<Record<string, string>>> {
  const answer = await read((get) =>
    get({
      action: 'query',
      prop: 'revisions',
      rvprop: 'ids|timestamp',
      titles: title,
      redirects: '1',
      curtimestamp: '1',
    }),
  );
  const latest = answer.query?.pages?.[0]?.revisions?.[0];
  if (!latest) return { createonly: '1' };
  return {
    baserevid: String(toInteger(latest.revid)),
    basetimestamp: toStringOrEmpty(latest.timestamp),
    starttimestamp: toStringOrEmpty(answer.curtimestamp),
  };
}

/** Edit that published a question. */
interface PublishedEdit {
  page: string;
  revision: number | null;
}

interface PublishedSection extends PublishedEdit {
  section: string;
  since: number;
  copies: number;
}

function toAsked({ page, section, revision, since, copies }: PublishedSection, links: Links): AskedQuestion {
  const urlOf = (heading: string) => toHttpUrl(questionUrl({ page, section: heading }, links));
  const url = urlOf(section);
  return {
    url,
    revision,
    firstEdit: since === 0,
    recipient: talkPageOwner(url),
    // The wiki numbers the anchors of equal headings.
    duplicateUrl: copies > 1 ? urlOf(`${section} 2`) : null,
  };
}

/** Returns true if the mentor is the stored one, also if the stored name is of before a rename. */
const isStoredMentor = async ({ options, read }: EditSession, mentor: string): Promise<boolean> =>
  options[MENTOR_OPTION] === mentor || (await read((get) => readStoredMentor(get, options))) === mentor;

/** Returns a unique section title: name and UTC time, because these need no translation. */
function uniqueSectionTitle(viewer: string, now: Date, stored: readonly StoredQuestion[]): string {
  const section = `${viewer} (${now.toISOString().slice(0, 19).replace('T', ' ')})`;
  const isTaken = stored.some((question) => question.section === section);
  return isTaken ? uniqueSectionTitle(viewer, new Date(now.getTime() + 1_000), stored) : section;
}

/** Escapes lines that look like headings, because a heading would split the section. */
const escapeHeadings = (text: string): string => text.replace(/^(?=[ \t]*=)/gm, '<nowiki />');

/** Matches a signature: exactly four tildes. */
const SIGNATURE = /(?:^|[^~])~{4}(?!~)/;

function toWikitext(text: string, pageTitle: string | undefined): string {
  // The colon links to a category or a file, which would be added otherwise. The client has validated the title.
  const page = pageTitle ? `[[:${pageTitle}]]\n\n` : '';
  return page + escapeHeadings(SIGNATURE.test(text) ? text : `${text.trimEnd()} --~~~~`);
}

/** Stores a published question in the viewer's options. Ignores errors, because it is only missing on the card then. */
async function storeQuestion(session: EditSession, question: StoredQuestion): Promise<void> {
  const text = toText(question.text, STORED_LENGTH) ?? '';
  const questions = [{ ...question, text }, ...storedQuestions(session.options)].slice(0, 3);
  const options = { [QUESTIONS_OPTION]: stringify(questions) };
  await setOptions(session, options).catch(() => {});
}

/** Age up to which edits are searched for a question that is not in the options yet. */
const RECENT_MS = 3_600_000;

/** Finds the same question, sent from another tab since the snapshot was loaded, in the options or recent edits. */
async function findSectionDuplicate(
  { questions }: Snapshot,
  text: string,
  { session: { options, links, read, viewer }, now }: { session: EditSession; now: Date },
): Promise<AskedQuestion | null> {
  const urlOf = (place: SectionPlace) => toHttpUrl(questionUrl(place, links));
  const isNews = (place: SectionPlace) => !questions.some(({ url }) => url === urlOf(place));
  const excerpt = toText(text, STORED_LENGTH);
  return read(async (get) => {
    const kept = storedQuestions(options)
      .filter((stored) => stored.text === excerpt && isNews(stored))
      .map((stored) => ({ ...stored, parent: 0 }));
    const ucend = new Date(now.getTime() - RECENT_MS).toISOString();
    const recent = await loadQuestionEdits(get, { ucuser: viewer, ucend });
    const [duplicate] = await findEditsContaining(
      [...kept, ...recent.filter(isNews)],
      escapeHeadings(text),
      get,
    );
    if (!duplicate) return null;
    const url = urlOf(duplicate);
    return { url, revision: duplicate.revision, firstEdit: false, recipient: talkPageOwner(url) };
  });
}

type SectionPlace = Pick<StoredQuestion, 'page' | 'section'>;

type QuestionEdit = SectionPlace & Edit & { timestamp: string };

/**
 * Loads a user's recent edits that added a question, newest first.
 *
 * @param params - parameters that select the edits
 */
async function loadQuestionEdits(
  get: Get,
  params: { ucuser: string; ucend?: string },
): Promise<QuestionEdit[]> {
  const answer = await get({
    action: 'query',
    list: 'usercontribs',
    uclimit: String(RECENT_EDITS),
    ucprop: 'ids|title|comment|timestamp',
    ...params,
  });
  return toRecords(answer.query?.usercontribs).flatMap((contribution) => {
    const { comment, title, timestamp } = contribution;
    const [, section] = new RegExp(`^/\\* (.+) \\*/ ${SUMMARY_TAG}`).exec(toStringOrEmpty(comment)) ?? [];
    if (!section) return [];
    const page = toStringOrEmpty(title);
    return [{ ...toEdit(contribution), page, section, timestamp: toStringOrEmpty(timestamp) }];
  });
}

/** Creates the action that reads the states of the last three questions from their sections on the talk pages. */
export const createPlainRefresh =
  ({ openReader }: Sessions): MentorshipActions['refreshQuestions'] =>
  async (snapshot, { signal }) => {
    const { read, viewer, url } = openReader(snapshot, signal);
    return read(async (get) => {
      const site = await get({
        action: 'query',
        meta: 'siteinfo|userinfo',
        uiprop: 'options',
        siprop: 'general|namespaces|namespacealiases',
      });
      const stored = storedQuestions(site.query?.userinfo?.options);
      const titles = [...new Set(stored.map(({ page }) => page))].join('|');
      // The talk page of a user who was renamed has moved, and left a redirect.
      const pages: JsonObject = titles ? await get({ ...CONTENT, titles, redirects: '1' }) : {};
      const links = toLinks(site, url);
      const isReplied = createReplyDetector(site, viewer);
      return stored.map((question) => ({
        text: question.text,
        url: toHttpUrl(questionUrl(question, links)),
        askedAt: question.askedAt || null,
        state: getSectionState(findPage(pages, question.page)?.text ?? '', question.section, isReplied),
      }));
    });
  };

function getSectionState(
  page: string,
  section: string,
  isReplied: (section: string) => boolean,
): QuestionState {
  const text = findSection(page, section);
  if (text === null) return 'archived';
  return isReplied(text) ? 'answered' : 'waiting';
}

/** Returns the text below a heading, up to the next heading of level 1 or 2; null: no such heading. */
function findSection(page: string, title: string): string | null {
  const lines = page.split('\n');
  const from = lines.findIndex(
    (line) => /^==[^=]/.test(line) && line.replace(/^==|==\s*$/g, '').trim() === title,
  );
  if (from < 0) return null;
  const length = lines.slice(from + 1).findIndex((line) => /^==?[^=]/.test(line));
  return lines.slice(from + 1, length < 0 ? undefined : from + 1 + length).join('\n');
}

/** Matches a link to a page in a namespace, such as a user page; captures the namespace and the title. */
const USER_LINK = /\[\[\s*:?([^:[\]|]+):([^[\]|#]+)[^[\]]*\]\]/g;

/** Matches text that the wiki does not show, or shows as it is written. */
const NOT_SHOWN = /<!--[^]*?(?:-->|$)|<(nowiki|pre|syntaxhighlight)\b[^>]*>[^]*?<\/\1\s*>/gi;

/** Length in characters up to which the text after a user link may be the rest of a signature. */
const SIGNATURE_END = 100;

/** Returns true if the text ends like a signature: a date with year and time, and the time zone in parentheses. */
function isSignatureEnd(text: string): boolean {
  const end = text.replace(/<[^>]*>/g, '').trim();
  return (
    end.length <= SIGNATURE_END &&
    /\p{Nd}{1,2}[.:h]\p{Nd}{2}/u.test(end) &&
    /\p{Nd}{4}/u.test(end) &&
    /\([^()]+\)$/u.test(end)
  );
}

/**
 * Creates a function that returns true if a section has another user's signature after the viewer's. A signature is the
 * last link to a user in a line, with a date after it; all other links are mentions.
 */
function createReplyDetector(site: JsonObject, viewer: string): (section: string) => boolean {
  const query = site.query;
  const all = [query?.namespaces, query?.namespacealiases].flatMap((list) =>
    toRecords(Object.values(list ?? {})),
  );
  const namesOf = (...ids: number[]) =>
    all
      .filter(({ id }) => ids.some((one) => one === id))
      .flatMap(({ name, canonical, alias }) => [name, canonical, alias].map(toStringOrEmpty))
      .filter(Boolean)
      .map(normalizeUserName);
  const [people, special] = [namesOf(2, 3), namesOf(-1)];
  const userOf = ([, namespace = '', title = '']: RegExpMatchArray): string | null => {
    const [first = '', second] = title.split('/');
    if (people.includes(normalizeUserName(namespace))) return normalizeUserName(first);
    return second && special.includes(normalizeUserName(namespace)) ? normalizeUserName(second) : null;
  };
  const signerOf = (line: string): string | null => {
    const link = [...line.matchAll(USER_LINK)].findLast((match) => userOf(match) !== null);
    return link && isSignatureEnd(line.slice(link.index + link[0].length)) ? userOf(link) : null;
  };
  const own = normalizeUserName(viewer);
  return (section) => {
    const lines = section.replace(NOT_SHOWN, '').split('\n');
    const signed = lines.findIndex((line) => signerOf(line) === own);
    // Without the viewer's signature, only indented lines count as replies.
    const replies = signed < 0 ? lines.filter((line) => /^[:*#]/.test(line)) : lines.slice(signed + 1);
    return replies.map(signerOf).some((name) => name !== null && name !== own);
  };
}
