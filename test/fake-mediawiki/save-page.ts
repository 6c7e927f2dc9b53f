import { ApiError, split, type Call } from './call.ts';
import { checkFilters, refusalOf } from './edit-rules.ts';
import { writeJson } from './settings.ts';
import type { Revision } from './state.ts';
import { signature } from './talk.ts';
import { parseTitle, type Title } from './titles.ts';

/** A change that a request asks for. */
export interface Change {
  readonly page: string;
  readonly text: string;
  readonly comment: string;
  /** The content model that the page is to have; without it, the one that it has. */
  readonly model?: string;
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
  wikitext.replaceAll('~~~~', () => signature(call.viewer.name, call.wiki.now())).trimEnd();

function savedJson(text: string): string {
  try {
    return writeJson(JSON.parse(text));
  } catch {
    throw new ApiError('invalid-json-data', 'Invalid JSON: Syntax error');
  }
}

/** The text as the page's content model has it saved: tildes mean nothing in JSON, which is written anew. */
const transformed = (call: Call, model: string, text: string): string =>
  model === 'json' ? savedJson(text) : saved(call, text);

/** Refuses whoever may not edit a page. */
export function checkMayEdit({ wiki, viewer }: Call, page: string): void {
  if (viewer.kind !== 'named') {
    throw new ApiError('unsupported', 'The wiki in memory makes no temporary accounts: log in to edit.');
  }
  const refusal = refusalOf(wiki, viewer, page);
  if (refusal) throw new ApiError(refusal.code, refusal.text, refusal);
}

function checkTags(call: Call): void {
  const tags = split(call.get('tags') ?? '');
  if (tags.length === 0) return;
  const info =
    tags.length === 1
      ? `The tag "${tags.join()}" is not allowed to be manually applied.`
      : `The following tags are not allowed to be manually applied: ${tags.join(', ')}`;
  throw new ApiError('badtags', info, { data: { disallowedtags: tags } });
}

function checkModel(model: string, page: string): void {
  if (model === 'wikitext' || model === 'json') return;
  const info = `Direct editing via API is not supported for content model ${model} used by ${page}.`;
  throw new ApiError('no-direct-editing', info);
}

/** Saves a change, unless the viewer may not make it; null where it changes nothing. */
export function save(call: Call, change: Change): Revision | null {
  const { wiki, viewer } = call;
  const { page, comment, model = wiki.contentModel(page) } = change;
  checkMayEdit(call, page);
  checkTags(call);
  checkModel(model, page);
  const text = transformed(call, model, change.text);
  if (wiki.text(page) === text && wiki.contentModel(page) === model) return null;
  checkFilters(wiki, page, text);
  if (model !== wiki.contentModel(page)) wiki.contentModels.set(page, model);
  return wiki.edit(viewer, { page, text, comment });
}
