import { ApiError, split, type Call } from './call.ts';
import { checkFilters, refusalOf } from './edit-rules.ts';
import type { Revision } from './state.ts';
import { newSectionComment, signature, withNewSection } from './talk.ts';
import { parseTitle, type Title } from './titles.ts';

type Body = Record<string, unknown>;

/** A change that a request asks for. */
export interface Change {
  readonly page: string;
  readonly text: string;
  readonly comment: string;
}

/** The page that a parameter names. */
export function titleOf(call: Call, name: string): Title {
  const given = call.required(name);
  const title = parseTitle(given);
  if (!title) throw new ApiError('invalidtitle', `Bad title "${given}".`);
  return title;
}

/** The wikitext as it is saved: with the signatures for which tildes stand. */
export const saved = (call: Call, wikitext: string): string =>
  wikitext.replaceAll('~~~~', () => signature(call.viewer.name, call.wiki.now()));

/** Saves a change, unless the viewer may not edit the page. */
export function save(call: Call, { page, text, comment }: Change): Revision {
  const { wiki, viewer } = call;
  if (viewer.kind !== 'named') {
    throw new ApiError('unsupported', 'The wiki in memory makes no temporary accounts: log in to edit.');
  }
  const refusal = refusalOf(wiki, viewer, page);
  if (refusal) throw new ApiError(refusal.code, refusal.text, { data: refusal.data });
  const tags = split(call.get('tags') ?? '');
  if (tags.length > 0) {
    const info =
      tags.length === 1
        ? `The tag "${tags.join()}" is not allowed to be manually applied.`
        : `The following tags are not allowed to be manually applied: ${tags.join(', ')}`;
    throw new ApiError('badtags', info, { data: { disallowedtags: tags } });
  }
  const model = wiki.contentModel(page);
  if (model !== 'wikitext' && model !== 'json') {
    const info = `Direct editing via API is not supported for content model ${model} used by ${page}.`;
    throw new ApiError('no-direct-editing', info);
  }
  checkFilters(wiki, page, text);
  return wiki.edit(viewer, { page, text, comment });
}

function changed(call: Call, page: string): Change {
  const before = call.wiki.text(page);
  const text = call.get('text');
  const section = call.get('section');
  const comment = call.get('summary') ?? '';
  if (section === 'new') {
    const heading = call.get('sectiontitle') ?? comment;
    const content = withNewSection(before, heading, saved(call, text ?? ''));
    return { page, text: content, comment: comment === '' ? newSectionComment(heading) : comment };
  }
  if (section !== null) throw new ApiError('unsupported', 'The wiki in memory edits whole pages only.');
  const around = { before: call.get('prependtext') ?? '', after: call.get('appendtext') ?? '' };
  if (text === null && around.before === '' && around.after === '') {
    const info = 'At least one of the parameters "text", "appendtext", "prependtext" and "undo" is required.';
    throw new ApiError('missingparam', info);
  }
  return { page, text: saved(call, text ?? `${around.before}${before ?? ''}${around.after}`), comment };
}

/** action=edit: a whole page, or a new section of it. */
export function editPage(call: Call): () => Body {
  const { wiki } = call;
  const { text: title } = titleOf(call, 'title');
  return () => {
    const before = wiki.latest(title);
    const { id, at } = save(call, changed(call, title));
    const isNew = before ? {} : { new: true };
    const page = { ...isNew, pageid: wiki.pageIds.get(title), title, contentmodel: 'wikitext' };
    const revisions = { oldrevid: before?.id ?? 0, newrevid: id, newtimestamp: at };
    return { edit: { result: 'Success', ...page, ...revisions, watched: true } };
  };
}
