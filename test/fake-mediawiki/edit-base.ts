import { ApiError, type Call } from './call.ts';
import { merge } from './merge.ts';
import type { Revision } from './state.ts';
import { compact, iso } from './times.ts';

/** The requested text of a page, or the section to add. */
interface RequestedEdit {
  readonly page: string;
  readonly kind: 'whole' | 'new section';
  readonly comment: string;
  /** Returns the new text, given a version of the page. */
  readonly textFrom: (before: string | null) => string;
}

const moment = (value: string) => iso(new Date(/^\d{14}$/.test(value) ? timeOf(value) : value));

const timeOf = (digits: string) =>
  digits.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3T$4:$5:$6Z');

function baseOf(call: Call, page: string): Revision | undefined {
  const { wiki } = call;
  const id = Number(call.get('baserevid') ?? 0);
  const found = wiki.revisions.find((revision) =>
    id === 0
      ? revision.page === page && revision.at === moment(call.get('basetimestamp') ?? '')
      : revision.id === id,
  );
  if (!found || found.page === page) return found;
  const info = '[000000000000000000000000] Caught exception of type MWException';
  throw new ApiError('internal_api_error_MWException', info, { data: { errorclass: 'MWException' } });
}

/** Returns true if the page differs from the base of the request. */
function isStale(call: Call, { page, kind, comment }: RequestedEdit, latest: Revision): boolean {
  const { wiki, viewer } = call;
  const id = Number(call.get('baserevid') ?? 0);
  const at = call.get('basetimestamp');
  const isOther = (id !== 0 && id !== latest.id) || (at !== null && moment(at) !== latest.at);
  if (!isOther) return false;
  // Adds a section to any version, unless the same section seems to exist already.
  if (kind === 'new section') return latest.user === viewer.name && latest.comment === comment;
  if (at === null) return true;
  // A timestamp does not distinguish the user's own later edits from the base, so these are overwritten.
  const since = wiki.revisions.filter((revision) => revision.page === page && revision.at > moment(at));
  return since.some(({ user }) => user !== viewer.name);
}

function checkDeletion(call: Call, page: string): void {
  const deleted = call.wiki.deletions.get(page);
  const started = call.get('starttimestamp');
  if (deleted === undefined || started === null || compact(moment(started)) > compact(deleted)) return;
  throw new ApiError('pagedeleted', 'The page has been deleted since you fetched its timestamp.');
}

/** Returns the text to save: the requested one, merged with concurrent edits. */
export function textFor(call: Call, requested: RequestedEdit): string {
  const latest = call.wiki.latest(requested.page);
  if (!latest) checkDeletion(call, requested.page);
  if (!latest || !isStale(call, requested, latest)) return requested.textFrom(latest?.text ?? null);
  const base = baseOf(call, requested.page);
  const merged = base ? merge(base.text, requested.textFrom(base.text), latest.text) : null;
  if (merged === null) throw new ApiError('editconflict', 'Edit conflict.');
  return merged;
}
