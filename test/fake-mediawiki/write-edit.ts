import { ApiError, type Call } from './call.ts';
import { checkCaptcha } from './edit-rules.ts';
import { textFor } from './edit-base.ts';
import { checkMayEdit, save, titleOf } from './save-page.ts';
import { newSectionComment, withNewSection } from './talk.ts';

type Body = Record<string, unknown>;

function checkExistence(call: Call, page: string): void {
  const exists = call.wiki.pageIds.has(page);
  if (call.has('createonly') && exists) {
    throw new ApiError('articleexists', 'The article you tried to create has been created already.');
  }
  if (call.has('nocreate') && !exists) {
    throw new ApiError('missingtitle', "The page you specified doesn't exist.");
  }
}

interface Edit {
  readonly text: string;
  readonly comment: string;
}

function newSection(call: Call, page: string): Edit {
  const text = call.get('text') ?? '';
  const summary = call.get('summary') ?? '';
  const heading = (call.get('sectiontitle') ?? summary).trim();
  if (text.trimEnd() === '') throw new ApiError('missingcommenttext', 'Please enter a comment.');
  const isOwn = call.has('sectiontitle') && summary !== '';
  const comment = isOwn ? summary : heading === '' ? '' : newSectionComment(heading);
  const textFrom = (before: string | null) => withNewSection(before, heading, text);
  return { text: textFor(call, { page, kind: 'new section', comment, textFrom }), comment };
}

function wholePage(call: Call, page: string): Edit {
  const text = call.get('text');
  const comment = call.get('summary') ?? '';
  const around = { before: call.get('prependtext') ?? '', after: call.get('appendtext') ?? '' };
  const textFrom = (before: string | null) => text ?? `${around.before}${before ?? ''}${around.after}`;
  return { text: textFor(call, { page, kind: 'whole', comment, textFrom }), comment };
}

const sections: Readonly<Record<string, (call: Call, page: string) => Edit>> = {
  new: newSection,
  whole: wholePage,
};

function editFor(call: Call, page: string): Edit {
  if (!['text', 'prependtext', 'appendtext'].some((name) => call.has(name))) {
    const info = 'At least one of the parameters "text", "appendtext", "prependtext" and "undo" is required.';
    throw new ApiError('missingparam', info);
  }
  const edit = sections[call.get('section') ?? 'whole'];
  if (edit) return edit(call, page);
  throw new ApiError('unsupported', 'The wiki in memory edits whole pages and new sections only.');
}

/** action=edit: saves a whole page, or adds a section. */
export function editPage(call: Call): () => Body {
  const { wiki } = call;
  const { text: page } = titleOf(call, 'title');
  const model = call.has('contentmodel')
    ? call.oneOf('contentmodel', ['wikitext', 'javascript', 'json', 'css', 'text', 'unknown'])
    : wiki.contentModel(page);
  return () => {
    checkExistence(call, page);
    checkMayEdit(call, page);
    const before = wiki.latest(page);
    const edit = editFor(call, page);
    const captcha = checkCaptcha(wiki, edit.text);
    if (captcha) return { edit: { result: 'Failure', captcha } };
    const revision = save(call, { page, model, ...edit });
    const facts = { pageid: wiki.pageIds.get(page), title: page, contentmodel: model, watched: true };
    if (!revision) return { edit: { result: 'Success', ...facts, nochange: true } };
    const revisions = { oldrevid: before?.id ?? 0, newrevid: revision.id, newtimestamp: revision.at };
    return { edit: { ...(before ? {} : { new: true }), result: 'Success', ...facts, ...revisions } };
  };
}
