import { MentorshipError } from '../errors.js';
import { readAt, readCount, readFields, readList, readText, readUrl, readWord } from '../read.js';
import type { Snapshot } from '../snapshot.js';
import type { AskedQuestion, MentorshipActions } from './actions.js';
import { editThatAsked } from './growth-edits.js';
import { QUESTIONS_OPTION, questionUrl, type StoredQuestion, storedQuestions } from './mediawiki-answers.js';
import { edit, setOptions } from './mediawiki-edit.js';
import { termsFrom } from './question-terms.js';
import { linksOf } from './wiki-links.js';
import type { Open, Ready, Session } from './wiki-session.js';

type Asking = Pick<MentorshipActions, 'prepareQuestion' | 'ask' | 'findQuestion'>;

/** A viewer's edits that are looked at for a lost question. */
const EDITS = 20;

/** Characters of a question that are kept in the viewer's options. */
const EXCERPT = 200;

/** How a viewer asks on a wiki without GrowthExperiments: by a new section on the mentor's talk page. */
export const asking = (open: Open, now: () => Date): Asking => ({
  prepareQuestion: termsFrom(open),

  async ask(snapshot, { text, pageTitle, beforeSending }, signal) {
    const session = open(snapshot, signal);
    const mentor = (snapshot.standIn ?? snapshot.mentor)?.name;
    if (!mentor) throw new MentorshipError('no-mentor', 'There is no mentor to ask.');
    const ready = await session.prepare();
    if (ready.block?.sitewide)
      throw new MentorshipError('blocked', 'The viewer is blocked.', { words: ready.block.words });
    const twin = await askedElsewhere(snapshot, text, { session, ready });
    if (twin) return twin;
    if (signal.aborted) throw new MentorshipError('aborted', 'Given up.', { cause: signal.reason });

    const asked = { page: `User talk:${mentor}`, section: sectionFor(session.viewer, now()) };
    beforeSending?.(`${ready.newest} ${asked.section}`);
    const result = await edit(session, ready, {
      title: asked.page,
      section: 'new',
      sectiontitle: asked.section,
      text: wikitextOf(text, pageTitle),
      // A section's link, and a word by which all such edits can be found.
      summary: `/* ${asked.section} */ #mentorship-question`,
    });
    const revision = readCount(result.newrevid);
    await remember(session, ready, { ...asked, text, revision: revision ?? 0, askedAt: now().toJSON() });
    return {
      url: readUrl(questionUrl(asked, ready.links)),
      revision,
      firstEdit: ready.newest === 0,
    };
  },

  async findQuestion(snapshot, { text, mark }, signal) {
    const session = open(snapshot, signal);
    const [, newest = '0', section = ''] = /^(\d+) ?(.*)$/.exec(mark) ?? [];
    const found = await session.read(async (get) => {
      const answer = await get({
        action: 'query',
        meta: 'siteinfo',
        list: 'usercontribs',
        ucuser: session.viewer,
        uclimit: String(EDITS),
        ucprop: 'ids|title|comment|timestamp',
      });
      const edits = readList(readAt(answer, 'query')?.usercontribs).map(readFields);
      const links = linksOf(answer, session.url);
      // Nobody else's section has this title, and no other of this viewer's.
      const one = edits.find(
        ({ revid, comment }) =>
          (readCount(revid) ?? 0) > Number(newest) && section !== '' && readWord(comment).includes(section),
      );
      return one ? { edit: one, links } : null;
    });
    if (!found) return null;
    const { edit: one, links } = found;
    const asked = { page: readWord(one.title), section };
    const revision = readCount(one.revid) ?? 0;
    const ready = await session.prepare();
    if (!storedQuestions(ready.options).some((stored) => stored.section === section))
      await remember(session, ready, { ...asked, text, revision, askedAt: readWord(one.timestamp) });
    return { url: readUrl(questionUrl(asked, links)), revision, firstEdit: newest === '0' };
  },
});

/** Unique, and without a word of any language; in UTC. */
const sectionFor = (viewer: string, now: Date): string =>
  `${viewer} (${now.toISOString().slice(0, 19).replace('T', ' ')})`;

/** A line that looks like a heading would split the section. */
function wikitextOf(text: string, pageTitle: string | undefined): string {
  const page = pageTitle && /^[^[\]{}|#<>\n]+$/.test(pageTitle) ? `[[:${pageTitle}]]\n\n` : '';
  const signed = /~{4}/.test(text) ? text : `${text.trimEnd()} --~~~~`;
  return page + signed.replace(/^(?=[ \t]*=)/gm, '<nowiki />');
}

/** The question is published: where the viewer's options cannot be written, it is only not listed on the card. */
async function remember(session: Session, ready: Ready, question: StoredQuestion): Promise<void> {
  const text = readText(question.text, EXCERPT) ?? '';
  const questions = [{ ...question, text }, ...storedQuestions(ready.options)].slice(0, 3);
  const options = { [QUESTIONS_OPTION]: JSON.stringify(questions) };
  await setOptions(session, ready, options).catch(() => {});
}

/** The same question, which the snapshot at hand does not know: another tab sent it. */
async function askedElsewhere(
  { questions }: Snapshot,
  text: string,
  { session, ready: { options, links } }: { session: Session; ready: Ready },
): Promise<AskedQuestion | null> {
  const excerpt = readText(text, EXCERPT);
  const twin = storedQuestions(options).find((stored) => {
    const url = readUrl(questionUrl(stored, links));
    return stored.text === excerpt && !questions.some((known) => known.url === url);
  });
  if (!twin) return null;
  const { revision } = twin;
  const isSame =
    excerpt === text.trim() ||
    (await session.read((get) => editThatAsked([{ revision, parent: 0 }], text, get)));
  return isSame ? { url: readUrl(questionUrl(twin, links)), revision, firstEdit: false } : null;
}
