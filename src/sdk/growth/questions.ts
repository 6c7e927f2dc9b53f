import { MentorshipError } from '../errors.js';
import { readAt, readCount, readFields, readList, readUrl } from '../coerce.js';
import type { Snapshot } from '../snapshot.js';
import type { AskedQuestion, MentorshipActions } from '../sources/actions.js';
import { isExcerptOf, isShort, QUESTIONS_OPTION, storedQuestions } from '../sources/growth-question-text.js';
import { editOf, editThatAsked } from '../mediawiki/talk-page.js';
import { storedIn } from '../sources/growth-questions.js';
import type { Open, Ready, Session } from '../mediawiki/session.js';
import { termsFrom } from '../sources/question-terms.js';
import { linksOf } from '../sources/wiki-links.js';

type Asking = Pick<MentorshipActions, 'prepareQuestion' | 'ask' | 'findQuestion'>;

/** A viewer's edits that are looked at for a lost question. */
const EDITS = 20;

/** How a viewer asks on a wiki with GrowthExperiments. */
export const asking = (open: Open): Asking => ({
  prepareQuestion: termsFrom(open),

  async ask(snapshot, { text, pageTitle, onBeforeSend, signal }) {
    const session = open(snapshot, signal);
    const ready = await session.prepare();
    if (ready.block?.sitewide)
      throw new MentorshipError('blocked', 'The viewer is blocked.', { wikiMessage: ready.block.reason });
    const twin = await askedElsewhere(snapshot, text, { session, ready });
    if (twin) return twin;
    if (signal.aborted) throw new MentorshipError('aborted', 'Given up.', { cause: signal.reason });
    onBeforeSend?.(String(ready.newest));
    const answer = await session.write(ready, {
      params: {
        action: 'helppanelquestionposter',
        source: 'mentor-homepage',
        body: text,
        ...(pageTitle && { relevanttitle: pageTitle }),
      },
      done: (said) => readAt(said, 'helppanelquestionposter')?.result === 'success',
    });
    const asked = readFields(answer.helppanelquestionposter);
    return {
      url: readUrl(ready.links.resolve(asked.viewquestionurl)),
      revision: readCount(asked.revision),
      firstEdit: asked.isfirstedit === 1 || asked.isfirstedit === true,
    };
  },

  async findQuestion(snapshot, { text, checkpoint, signal }) {
    const { read, viewer, url } = open(snapshot, signal);
    const newest = Number(checkpoint);
    return read(async (get) => {
      const answer = await get({
        action: 'query',
        meta: 'userinfo|siteinfo',
        uiprop: 'options',
        list: 'usercontribs',
        ucuser: viewer,
        uclimit: String(EDITS),
        ucprop: 'ids|title',
      });
      const query = readAt(answer, 'query');
      const links = linksOf(answer, url);
      const isNew = ({ revision }: { revision: number }) => revision > newest;
      const stored = storedQuestions(readFields(readAt(query, 'userinfo', 'options'))).filter(isNew);
      const kept = stored.find(({ excerpt }) => isExcerptOf(excerpt, text));
      // Viewers who never edited had no newest revision.
      const firstEdit = newest === 0;
      if (kept) return { url: readUrl(links.resolve(kept.resultUrl)), revision: kept.revision, firstEdit };
      // The question is saved first and kept afterwards: it may be on the page all the same.
      const edits = readList(query?.usercontribs)
        .map(editOf)
        .filter((edit) => edit.isTalk && isNew(edit));
      const edit = await editThatAsked(edits, text, get);
      return edit && { url: readUrl(links.page(edit.title)), revision: edit.revision, firstEdit };
    });
  },
});

/** The same question, which can be seen and which the snapshot at hand does not know: another tab sent it. */
async function askedElsewhere(
  { questions }: Snapshot,
  text: string,
  { session, ready: { options, links } }: { session: Session; ready: Ready },
): Promise<AskedQuestion | null> {
  const isKnown = (...urls: (string | null)[]) => questions.some(({ url }) => url && urls.includes(url));
  const twin = storedQuestions(options).find(
    ({ excerpt, resultUrl, archiveUrl, visible }) =>
      visible && isExcerptOf(excerpt, text) && !isKnown(links.resolve(resultUrl), links.resolve(archiveUrl)),
  );
  if (!twin) return null;
  const { revision, resultUrl } = twin;
  // The option's flags are stale: one that was hidden since is in no snapshot either.
  const store = await session.read((get) =>
    get({ action: 'homepagequestionstore', storage: QUESTIONS_OPTION }),
  );
  if (!storedIn(store).some(({ revId }) => revId === revision)) return null;
  const isSame =
    isShort(text) || (await session.read((get) => editThatAsked([{ revision, parent: 0 }], text, get)));
  return isSame ? { url: readUrl(links.resolve(resultUrl)), revision, firstEdit: false } : null;
}
