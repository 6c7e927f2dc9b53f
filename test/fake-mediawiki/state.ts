import type { Software } from './software.ts';
import { iso } from './times.ts';
import { parseTitle } from './titles.ts';

/** A block; permanent without `expiry`. A partial one applies to `pages`, or to user talk pages by default. */
export interface Block {
  readonly id: number;
  readonly by: string;
  readonly reason: string;
  readonly at: string;
  readonly expiry: string | null;
  readonly partial: boolean;
  readonly pages?: readonly string[];
  /** The account whose autoblock also applies to others at the same address. */
  readonly of?: string;
}

/** An account or an anonymous reader. Options contain differences from the defaults, as in the database. */
export interface User {
  readonly id: number;
  readonly name: string;
  readonly kind: 'anonymous' | 'temporary' | 'named';
  readonly options: Map<string, string>;
  /** Software of the wiki that has the account. */
  readonly software: Software;
  registered: string | null;
  groups: readonly string[];
  extraRights: readonly string[];
  editCount: number;
  unread: number;
  /** Incremented when the tokens of the session expire. */
  session: number;
  block: Block | null;
  email: { readonly address: string; readonly confirmedAt: string | null } | null;
  mentor: string | null;
  standIn: string | null;
}

/** A saved revision of a page. */
export interface Revision {
  readonly id: number;
  readonly parent: number;
  readonly page: string;
  readonly user: string;
  readonly at: string;
  readonly text: string;
  readonly comment: string;
  readonly tags: readonly string[];
}

/** An entry of the public log of mentor changes. */
export interface LogEvent {
  readonly id: number;
  readonly title: string;
  readonly action: string;
  readonly params: Readonly<Record<string, string>>;
  readonly user: string;
  readonly at: string;
  readonly comment: string;
}

/** A page to save; timestamp and ID are only given for seeded revisions. */
export interface Edit {
  readonly page: string;
  readonly text: string;
  readonly by: string;
  readonly comment?: string | undefined;
  readonly tags?: readonly string[];
  readonly at?: string | undefined;
  readonly id?: number | undefined;
}

/** Refuses edits that add matching text, with a message. */
export interface EditFilter {
  readonly id: number;
  readonly pattern: RegExp;
  readonly words: string;
}

/** Rate limit of an action. Without `seconds`, errors contain no time to wait and the limit does not expire. */
export interface RateLimit {
  readonly seconds: number | null;
  readonly since: Date;
}

/** Stored pages and users of a wiki; the rules of mentorship are in other files. */
export class WikiState {
  readonly users = new Map<string, User>();
  readonly pageIds = new Map<string, number>();
  readonly revisions: Revision[] = [];
  readonly log: LogEvent[] = [];
  /** Times at which missing pages were deleted. */
  readonly deletions = new Map<string, string>();
  readonly protectedPages = new Set<string>();
  /** Actions that are currently rate-limited. */
  readonly rateLimits = new Map<string, RateLimit>();
  /** Content models that differ from the default. */
  readonly contentModels = new Map<string, string>();
  readonly filters: EditFilter[] = [];
  /** Texts that require a captcha. */
  readonly captchas: RegExp[] = [];
  copyright = { url: '', text: '' };
  readOnlyReason: string | null = null;
  readonly software: Software;
  #lastPageId = 0;
  readonly now: () => Date;
  readonly draw: (names: readonly string[]) => string | undefined;

  constructor(software: Software, now: () => Date, draw: (names: readonly string[]) => string | undefined) {
    this.software = software;
    this.now = now;
    this.draw = draw;
  }

  user(name: string): User | undefined {
    return this.users.get(parseTitle(`User:${name}`)?.text.slice('User:'.length) ?? '');
  }

  userById(id: number): User | undefined {
    return [...this.users.values()].find((user) => user.id === id);
  }

  latest(page: string): Revision | undefined {
    return this.pageIds.has(page) ? this.revisions.findLast((revision) => revision.page === page) : undefined;
  }

  text(page: string): string | null {
    return this.latest(page)?.text ?? null;
  }

  contentModel(page: string): string {
    const isJson = page.startsWith('MediaWiki:') && page.endsWith('.json');
    return this.contentModels.get(page) ?? (isJson ? 'json' : 'wikitext');
  }

  /** Returns a user's edits, newest first; edits of deleted pages are hidden, as on any wiki. */
  contributions(userName: string): Revision[] {
    return this.revisions
      .filter((revision) => revision.user === userName && this.pageIds.has(revision.page))
      .sort((a, b) => b.at.localeCompare(a.at) || b.id - a.id);
  }

  save(edit: Edit): Revision {
    // A page that is created again has no parent, although its deleted revisions are kept.
    const parent = this.latest(edit.page)?.id ?? 0;
    if (!this.pageIds.has(edit.page)) this.pageIds.set(edit.page, this.#newPageId());
    this.deletions.delete(edit.page);
    const revision: Revision = {
      id: edit.id ?? Math.max(0, ...this.revisions.map((known) => known.id)) + 1,
      parent,
      page: edit.page,
      user: edit.by,
      at: edit.at ?? iso(this.now()),
      text: edit.text,
      comment: edit.comment ?? '',
      tags: edit.tags ?? [],
    };
    this.revisions.push(revision);
    return revision;
  }

  /** Saves an edit at the current time and counts it. */
  edit(user: User, edit: Omit<Edit, 'by' | 'at' | 'id'>): Revision {
    user.editCount += 1;
    return this.save({ ...edit, by: user.name });
  }

  delete(page: string): void {
    if (!this.pageIds.delete(page)) return;
    this.deletions.set(page, iso(this.now()));
    this.contentModels.delete(page);
  }

  record(event: Omit<LogEvent, 'id' | 'at'>): void {
    const id = Math.max(0, ...this.log.map((known) => known.id)) + 1;
    this.log.push({ ...event, id, at: iso(this.now()) });
  }

  #newPageId(): number {
    // IDs of deleted pages are not reused.
    this.#lastPageId = Math.max(this.#lastPageId, ...this.pageIds.values()) + 1;
    return this.#lastPageId;
  }
}
