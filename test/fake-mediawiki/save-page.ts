import { ApiError, split, type Call } from './call.ts';
import { checkFilters, refusalOf } from './edit-rules.ts';
import { writeJson } from './settings.ts';
import type { Revision } from './state.ts';
import { signature } from './talk.ts';
import { parseTitle, type Title } from './titles.ts';

/** A requested change of a page. */
export interface Change {
  readonly page: string;
  readonly text: string;
  readonly comment: string;
  /** The new content model of the page; unchanged by default. */
  readonly model?: string;
}

/** Returns the page that a parameter names. */
export function titleOf(call: Call, name: string): Title {
  const given = call.required(name);
  const title = parseTitle(given);
  if (!title) throw new ApiError('invalidtitle', `Bad title "${given}".`);
  return title;
}

/** Returns wikitext as it is saved, with expanded signatures. */
export const saved = (call: Call, wikitext: string): string =>
  wikitext.replaceAll('~~~~', () => signature(call.viewer.name, call.wiki.now())).trimEnd();

function savedJson(text: string): string {
  try {
    return writeJson(JSON.parse(text));
  } catch {
    throw new ApiError('invalid-json-data', 'Invalid JSON: Syntax error');
  }
}

/** Returns the text as its content model saves it: JSON is reformatted and has no signatures. */
const transformed = (call: Call, model: string, text: string): string =>
  model === 'json' ? savedJson(text) : saved(call, text);

/** Refuses a user who may not edit the page. */
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

/** Saves a change if the viewer may make it; returns null if it changes nothing. */
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
