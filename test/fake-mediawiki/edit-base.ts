import { ApiError, type Call } from './call.ts';
import { merge } from './merge.ts';
import type { Revision } from './state.ts';
import { compact, iso } from './times.ts';

/** What somebody wants a page to be, and the section they add, if it is one. */
interface RequestedEdit {
  readonly page: string;
  readonly kind: 'whole' | 'new section';
  readonly comment: string;
  /** The text that comes of a version of the page. */
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

/** Whether the page is another one than what the request was made for. */
function isStale(call: Call, { page, kind, comment }: RequestedEdit, latest: Revision): boolean {
  const { wiki, viewer } = call;
  const id = Number(call.get('baserevid') ?? 0);
  const at = call.get('basetimestamp');
  const isOther = (id !== 0 && id !== latest.id) || (at !== null && moment(at) !== latest.at);
  if (!isOther) return false;
  // A section is added to whatever is there, unless it seems to be one that has arrived before.
  if (kind === 'new section') return latest.user === viewer.name && latest.comment === comment;
  if (at === null) return true;
  // The time alone does not tell one's own later edits from the version that was read: they are written over.
  const since = wiki.revisions.filter((revision) => revision.page === page && revision.at > moment(at));
  return since.some(({ user }) => user !== viewer.name);
}

function checkDeletion(call: Call, page: string): void {
  const deleted = call.wiki.deletions.get(page);
  const started = call.get('starttimestamp');
  if (deleted === undefined || started === null || compact(moment(started)) > compact(deleted)) return;
  throw new ApiError('pagedeleted', 'The page has been deleted since you fetched its timestamp.');
}

/** The text to save: what is wished, merged with what others have done meanwhile. */
export function textFor(call: Call, requested: RequestedEdit): string {
  const latest = call.wiki.latest(requested.page);
  if (!latest) checkDeletion(call, requested.page);
  if (!latest || !isStale(call, requested, latest)) return requested.textFrom(latest?.text ?? null);
  const base = baseOf(call, requested.page);
  const merged = base ? merge(base.text, requested.textFrom(base.text), latest.text) : null;
  if (merged === null) throw new ApiError('editconflict', 'Edit conflict.');
  return merged;
}
