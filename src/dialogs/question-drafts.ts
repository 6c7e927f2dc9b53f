import { toPageTitle } from '../sdk/ask.js';
import { parseJsonOrNull, stringify, toHttpUrl, toList, toRecordOrEmpty } from '../sdk/coerce.js';

const DRAFT_DAYS = 30;
const SENT_DAYS = 1;
const DAY_MS = 86_400_000;
const PREFIX = 'mentorship-module question ';

/** Draft of a question. */
export interface Draft {
  /** Identifies this text in every tab; an edited text gets a new id. */
  id: string;
  text: string;
  /** Title of the page that the question is about; null: none. */
  pageTitle: string | null;
  /** Milliseconds since 1970. */
  savedAt: number;
  /** Checkpoint for `findQuestion`, if the draft was sent and its outcome is unknown. */
  checkpoint?: string;
}

/** Question that was sent from this browser. */
export interface SentDraft {
  id: string;
  url: string | null;
  at: number;
}

/** Stored drafts and sent questions, newest first. */
interface Stored {
  /** One for each tab in which a question is being written. */
  drafts: Draft[];
  /** Kept for a day, because another tab may still show one of them as a draft. */
  sent: SentDraft[];
}

const NOTHING: Stored = { drafts: [], sent: [] };
const MOST_DRAFTS = 5;

/** Fallback for drafts that cannot be stored; lasts as long as the page. */
const memory = new Map<string, Stored>();

/** Stores one viewer's drafts on one wiki for all tabs of a browser, or in memory if `localStorage` cannot be used. */
export class QuestionDrafts {
  readonly #key: string | null;
  /** Key in `memory`. */
  readonly #memoryKey: string;
  /** The draft of this tab, as it was last stored or read. */
  #own: Draft | null = null;
  /** True if the draft was written in this tab. */
  #isMine = false;
  /** JSON that was last read or stored, and its data, because other tabs seldom change it. */
  #last: { json: string | null; stored: Stored } = { json: null, stored: NOTHING };

  /** @param source - id of the source; null: unknown, so drafts are kept in memory only */
  constructor(source: string | null, viewer: string) {
    this.#memoryKey = `${PREFIX}${source ?? ''} ${viewer}`;
    this.#key = source === null ? null : this.#memoryKey;
    deleteExpired();
  }

  get text(): string {
    return this.#own?.text ?? '';
  }

  /** Title of the page that the draft is about; null: none. */
  get pageTitle(): string | null {
    return this.#own?.pageTitle ?? null;
  }

  /** Checkpoint of the draft, if it was sent and its outcome is unknown. */
  get checkpoint(): string | null {
    return this.#read().drafts.find(({ id }) => id === this.#own?.id)?.checkpoint ?? null;
  }

  /** Text of a draft from another tab; null: none. */
  get otherDraft(): string | null {
    return this.#read().drafts.find(({ id }) => id !== this.#own?.id)?.text ?? null;
  }

  /** This tab's draft, if another tab has sent it; otherwise null. */
  get sent(): SentDraft | null {
    return this.#read().sent.find(({ id, at }) => id === this.#own?.id && isWithin(SENT_DAYS, at)) ?? null;
  }

  /** Opens the newest stored draft. */
  restore(): void {
    this.#own = this.#read().drafts[0] ?? null;
    this.#isMine = false;
  }

  /** Stores the question as this tab's draft. @returns true if it survives a reload */
  save(text: string, pageTitle: string | null = null): boolean {
    const before = this.#own;
    if (before?.text === text) {
      if (before.pageTitle !== pageTitle) this.#setPageTitle(before, pageTitle);
      return this.#restoreIfLost({ ...before, pageTitle });
    }
    this.#isMine = true;
    this.#own = { id: newId(), text, pageTitle, savedAt: Date.now() };
    const { drafts, sent } = this.#read();
    // Keeps the former draft if it has a checkpoint, because another tab may have sent it.
    const others = drafts.filter(({ id, checkpoint }) => id !== before?.id || checkpoint);
    return this.#write({ drafts: [this.#own, ...others], sent });
  }

  /** Stores the draft before it is sent, even if another tab has removed it. @returns true if it survives a reload */
  saveForSubmit(text: string, pageTitle: string | null = null): boolean {
    this.#isMine = true;
    return this.save(text, pageTitle);
  }

  /** Keeps the id, because the text identifies a question, and the place and checkpoint that another tab may have set. */
  #setPageTitle(own: Draft, pageTitle: string | null): void {
    this.#isMine = true;
    this.#own = { ...own, pageTitle };
    const { drafts, sent } = this.#read();
    this.#write({
      drafts: drafts.map((draft) => (draft.id === own.id ? { ...draft, pageTitle } : draft)),
      sent,
    });
  }

  /**
   * Stores the checkpoint with the draft, right before it is sent.
   *
   * @returns false, without a change, if another tab has sent the question, or polls for it
   */
  markPending(checkpoint: string): boolean {
    const own = this.#own;
    if (!own) return true;
    const stored = this.#read();
    const former = stored.drafts.find(({ id }) => id === own.id)?.checkpoint;
    if (stored.sent.some(({ id }) => id === own.id) || (former && former !== checkpoint)) return false;
    this.#put({ ...own, checkpoint }, stored);
    return true;
  }

  /** Removes the checkpoint if the question was not stored. Another tab may have set a new one. */
  clearPending(checkpoint: string | null): void {
    if (!this.#own || this.checkpoint !== checkpoint) return;
    const { id, text, pageTitle, savedAt } = this.#own;
    this.#put({ id, text, pageTitle, savedAt }, this.#read());
  }

  /** Moves a published draft to the sent questions, and removes other drafts with the same text. */
  markPublished(url: string | null): void {
    const own = this.#own;
    if (!own) return;
    const { drafts, sent } = this.#read();
    this.#write({
      drafts: drafts.filter(({ id, text }) => id !== own.id && text !== own.text),
      sent: [{ id: own.id, url, at: Date.now() }, ...sent.filter(({ id }) => id !== own.id)],
    });
  }

  /** Removes the draft, because the host handles the question. */
  discard(): void {
    const { drafts, sent } = this.#read();
    this.#write({ drafts: drafts.filter(({ id }) => id !== this.#own?.id), sent });
    this.#own = null;
  }

  /** Opens another tab's draft, and moves this tab's own to the end of the list. */
  swap(): void {
    const { drafts, sent } = this.#read();
    const [next, ...others] = drafts.filter(({ id }) => id !== this.#own?.id);
    if (!next) return;
    const last = this.#own;
    this.#own = next;
    this.#isMine = false;
    this.#write({ drafts: [next, ...others, ...(last ? [last] : [])], sent });
  }

  /** Stores an unchanged draft again if another tab has replaced it. */
  #restoreIfLost(own: Draft): boolean {
    const { drafts, sent } = this.#read();
    const isGone = ![...drafts, ...sent].some(({ id }) => id === own.id);
    return isGone && this.#isMine ? this.#write({ drafts: [...drafts, own], sent }) : this.#isStored;
  }

  #put(own: Draft, { drafts, sent }: Stored): void {
    this.#own = own;
    this.#write({ drafts: [own, ...drafts.filter(({ id }) => id !== own.id)], sent });
  }

  get #isStored(): boolean {
    return this.#key !== null && !memory.has(this.#memoryKey);
  }

  #read(): Stored {
    const fallback = memory.get(this.#memoryKey);
    if (fallback || this.#key === null) return fallback ?? NOTHING;
    const json = readItem(this.#key);
    if (json !== this.#last.json) this.#last = { json, stored: parse(json) };
    return this.#last.stored;
  }

  /** Stores drafts with text, and removes the oldest ones. @returns true if they survive a reload */
  #write({ drafts, sent }: Stored): boolean {
    const stored = {
      drafts: drafts.filter(({ text }) => text !== '').slice(0, MOST_DRAFTS),
      sent: sent.slice(0, MOST_DRAFTS),
    };
    const json = stringify(stored);
    if (this.#key !== null && storeItem(this.#key, json)) {
      memory.delete(this.#memoryKey);
      this.#last = { json, stored };
    } else memory.set(this.#memoryKey, stored);
    return this.#isStored;
  }
}

/** Returns an item of the storage; null: none, or access is denied. */
function readItem(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function storeItem(key: string, json: string): boolean {
  try {
    localStorage.setItem(key, json);
    return true;
  } catch {
    return false;
  }
}

/** Parses the stored drafts and sent questions; drops invalid and expired ones. */
function parse(json: string | null): Stored {
  const { drafts, sent } = toRecordOrEmpty(parseJsonOrNull(json));
  return {
    drafts: toList(drafts).slice(0, MOST_DRAFTS).flatMap(readDraft),
    sent: toList(sent).slice(0, MOST_DRAFTS).flatMap(readSent),
  };
}

/** Returns true for a time at most `days` before or after now; after, because the clock may have been set back. */
const isWithin = (days: number, moment: number) => Math.abs(Date.now() - moment) <= days * DAY_MS;

function readDraft(value: unknown): Draft[] {
  const { id, text, pageTitle, savedAt, checkpoint } = toRecordOrEmpty(value);
  if (typeof id !== 'string' || typeof text !== 'string' || typeof savedAt !== 'number') return [];
  if (!isWithin(DRAFT_DAYS, savedAt)) return [];
  return [
    {
      id,
      text,
      pageTitle: toPageTitle(pageTitle),
      savedAt,
      ...(typeof checkpoint === 'string' && { checkpoint }),
    },
  ];
}

function readSent(value: unknown): SentDraft[] {
  const { id, url, at } = toRecordOrEmpty(value);
  if (typeof id !== 'string' || typeof at !== 'number' || !isWithin(SENT_DAYS, at)) return [];
  return [{ id, url: toHttpUrl(url), at }];
}

/** Creates a unique id. `crypto.randomUUID` is missing on pages without HTTPS. */
const newId = () => Date.now().toString(36) + Math.random().toString(36).slice(2);

/** Removes the expired drafts of all viewers and wikis, because a browser may be shared. */
function deleteExpired(): void {
  try {
    for (const key of Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))) {
      const stored = parse(localStorage.getItem(key));
      if (stored.drafts.length || stored.sent.length) storeItem(key, stringify(stored));
      else localStorage.removeItem(key);
    }
  } catch {
    // Access to storage is denied.
  }
}
