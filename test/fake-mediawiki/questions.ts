import { checkFilters } from './edit-rules.ts';
import { option, setOption } from './options.ts';
import { isRecord } from './settings.ts';
import type { Revision, User, WikiState } from './state.ts';
import { headingText, newSectionComment, sections, signature, withNewSection } from './talk.ts';
import { longTime } from './times.ts';
import { fragment, pagePath, revisionPath, talkPage } from './titles.ts';

/** The preference that contains a user's questions to mentors. */
export const questionsOption = 'growthexperiments-mentor-questions';

const remembered = 3;
const excerptLength = 60;

/** A question as stored in the preference; only the question store updates both flags. */
export interface StoredQuestion {
  readonly questionText: string;
  readonly sectionHeader: string;
  readonly revId: number;
  readonly resultUrl: string;
  readonly contentModel: string;
  readonly archiveUrl: string;
  readonly timestamp: number;
  readonly isArchived: boolean;
  readonly isVisible: boolean;
}

/** Change tags of questions, by the source in the request. */
export const questionTags = {
  'mentor-helppanel': 'mentorship panel question',
  'mentor-homepage': 'mentorship module question',
} as const;

/** A question to post; timestamps and IDs are only given for seeded ones. */
export interface Ask {
  readonly asker: User;
  readonly answerer: User;
  readonly text: string;
  readonly about: string | null;
  /** The change tag of the form that was used. */
  readonly tag: string;
  readonly at?: Date;
  readonly saved?: { readonly id: number; readonly at: string };
}

const isStored = (value: unknown): value is StoredQuestion =>
  isRecord(value) && typeof value['sectionHeader'] === 'string' && typeof value['resultUrl'] === 'string';

/** Returns the questions in a user's preference, newest first. */
export function storedQuestions(user: User): StoredQuestion[] {
  const text = option(user, questionsOption);
  if (typeof text !== 'string') return [];
  const list: unknown = JSON.parse(text);
  return Array.isArray(list) ? list.filter(isStored) : [];
}

/** Stores a user's questions in the preference. */
export const storeQuestions = (user: User, questions: readonly StoredQuestion[]): void =>
  setOption(user, questionsOption, JSON.stringify(questions));

function excerpt(text: string): string {
  const letters = Array.from(text);
  return letters.length <= excerptLength ? text : `${letters.slice(0, excerptLength - 3).join('')}...`;
}

// Counts the stored questions rather than those on the page, so a heading is repeated after three others.
function freeHeader(header: string, taken: readonly StoredQuestion[]): string {
  const isTaken = (candidate: string) => taken.some((question) => question.sectionHeader === candidate);
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? header : `${header} (${count})`;
    if (!isTaken(candidate)) return candidate;
  }
}

// Adds no signature to a text that contains one.
function signed(text: string, asker: User, at: Date): string {
  const sign = signature(asker.name, at);
  return text.includes('~~~~') ? text.replaceAll('~~~~', () => sign) : `${text} --${sign}`;
}

/** Posts a question to the talk page of the recipient, and stores it for the asker. */
export function ask(wiki: WikiState, question: Ask): { revision: Revision; url: string } {
  const { asker, about, text } = question;
  const at = question.at ?? wiki.now();
  const known = storedQuestions(asker);
  const subject = `Question from [[User:${asker.name}|${asker.name}]]${about === null ? '' : ` on [[${about}]]`}`;
  const header = freeHeader(`${subject} (${longTime(at)})`, known);
  const page = talkPage(question.answerer.name);
  const content = withNewSection(wiki.text(page), header, signed(text, asker, at));
  const edit = { page, text: content, comment: newSectionComment(header), tags: [question.tag] };
  if (!question.saved) checkFilters(wiki, page, content);
  const revision = question.saved
    ? wiki.save({ ...edit, by: asker.name, ...question.saved })
    : wiki.edit(asker, edit);
  const anchor = `#${fragment(headingText(header))}`;
  const url = pagePath(page) + anchor;
  const stored: StoredQuestion = {
    questionText: excerpt(text),
    sectionHeader: header,
    revId: revision.id,
    resultUrl: url,
    contentModel: 'wikitext',
    archiveUrl: revisionPath(page, revision.id) + anchor,
    timestamp: Math.floor(at.getTime() / 1000),
    isArchived: false,
    isVisible: true,
  };
  storeQuestions(asker, [stored, ...known].slice(0, remembered));
  return { revision, url };
}

/** Returns a user's questions with updated flags: archived if the question is no longer on its original page. */
export function freshQuestions(wiki: WikiState, user: User): StoredQuestion[] {
  return storedQuestions(user).map((question) => {
    const revision = wiki.revisions.find(({ id }) => id === question.revId);
    const headings = sections((revision && wiki.text(revision.page)) ?? '').map((section) => section.heading);
    return { ...question, isArchived: !headings.includes(question.sectionHeader), isVisible: true };
  });
}

const escape = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

function listItem(question: StoredQuestion, index: number, storage: string): string {
  const text = escape(question.questionText);
  const number = index + 1;
  const wrapper = question.isArchived
    ? `<div class="question-link-wrapper question-archived"><span class="question-text">${text}</span> ` +
      `(<a href="${escape(question.archiveUrl)}" data-link-id="${storage}-archived-${number}" title=""></a>)</div>`
    : `<div class="question-link-wrapper"><a class="question-text" href="${escape(question.resultUrl)}" ` +
      `data-link-id="${storage}-${number}">${text}</a></div>`;
  return `<li>${wrapper}<span class="question-posted-on"></span></li>`;
}

/** Renders the list of questions, without the extension's own sentences. */
export function questionsHtml(questions: readonly StoredQuestion[], storage: string): string {
  const name = `recent-questions-${storage}`;
  const items = questions.map((question, index) => listItem(question, index, storage)).join('');
  const list = items === '' ? '' : `<h3></h3><div class="${name}-list"><ul>${items}</ul></div>`;
  return `<div class="${name}">${list}</div>`;
}
