import { toHttpUrl } from '../sdk/coerce.js';

const DRAFT_DAYS = 30;
const DAY_MS = 86_400_000;
const PREFIX = 'mentorship-module question ';

/** Draft of a question. */
export interface Draft {
  /** Identifies this text in every tab; an edited text gets a new id. */
  id: string;
  text: string;
  /** Milliseconds since 1970. */
  savedAt: number;
  /** Checkpoint for `findQuestion`, if the draft was sent and its outcome is unknown. */
  mark?: string;
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
const MOST = 5;

/** Fallback for drafts that cannot be stored; lasts as long as the page. */
const memory = new Map<string, Stored>();

/** Stores one viewer's drafts on one wiki for all tabs of a browser, or in memory if `localStorage` cannot be used. */
export class QuestionDrafts {
  readonly #key: string | null;
  /** Key in `memory`. */
  readonly #place: string;
  /** The draft of this tab, as it was last stored or read. */
  #own: Draft | null = null;
  /** True if the draft was written in this tab. */
  #isMine = false;

  /** @param source - id of the source; null: unknown, so drafts are kept in memory only */
  constructor(source: string | null, viewer: string) {
    this.#place = `${PREFIX}${source ?? ''} ${viewer}`;
    this.#key = source === null ? null : this.#place;
    forgetOld();
  }

  get text(): string {
    return this.#own?.text ?? '';
  }

  /** See `Draft.mark`. */
  get mark(): string | null {
    return this.#read().drafts.find(({ id }) => id === this.#own?.id)?.mark ?? null;
  }

  /** Text of a draft from another tab; null: none. */
  get other(): string | null {
    return this.#others[0]?.text ?? null;
  }

  /** This tab's draft, if another tab has sent it; otherwise null. */
  get sent(): SentDraft | null {
    return this.#read().sent.find(({ id }) => id === this.#own?.id) ?? null;
  }

  get #others(): Draft[] {
    return this.#read().drafts.filter(({ id }) => id !== this.#own?.id);
  }

  /** Opens the newest stored draft. */
  open(): void {
    this.#own = this.#read().drafts[0] ?? null;
    this.#isMine = false;
  }

  /** Stores the text as this tab's draft. @returns true if it survives a reload */
  write(text: string): boolean {
    const before = this.#own;
    if (before?.text === text) return this.#keep(before);
    this.#isMine = true;
    this.#own = { id: newId(), text, savedAt: Date.now() };
    // Keeps the former draft if it has a mark, because another tab may have sent it.
    const others = this.#read().drafts.filter(({ id, mark }) => id !== before?.id || mark);
    return this.#write([this.#own, ...others]);
  }

  /** Stores the draft before it is sent, even if another tab has removed it. @returns true if it survives a reload */
  want(text: string): boolean {
    this.write(text);
    this.#isMine = true;
    return this.write(text);
  }

  /** Marks the draft, right before it is sent. */
  sending(mark: string): void {
    if (this.#own) this.#put({ ...this.#own, mark });
  }

  /** Removes the mark if the question was not stored. @param sending - the mark; another tab may have set a new one */
  notSent(sending: string | null): void {
    if (!this.#own || this.mark !== sending) return;
    const { id, text, savedAt } = this.#own;
    this.#put({ id, text, savedAt });
  }

  /** Moves a published draft to the sent questions, and removes other drafts with the same text. */
  arrived(url: string | null): void {
    const own = this.#own;
    if (!own) return;
    const sent = this.#read().sent.filter(({ id }) => id !== own.id);
    this.#write(
      this.#others.filter(({ text }) => text !== own.text),
      [{ id: own.id, url, at: Date.now() }, ...sent],
    );
  }

  /** Removes the draft, because the host handles the question. */
  drop(): void {
    this.#write(this.#others);
    this.#own = null;
  }

  /** Opens another tab's draft, and moves this tab's own to the end of the list. */
  swap(): void {
    const [next, ...others] = this.#others;
    if (!next) return;
    const last = this.#own;
    this.#own = next;
    this.#isMine = false;
    this.#write([next, ...others, ...(last ? [last] : [])]);
  }

  /** Stores an unchanged draft again if another tab has replaced it. */
  #keep(own: Draft): boolean {
    const { drafts, sent } = this.#read();
    const isGone = ![...drafts, ...sent].some(({ id }) => id === own.id);
    return isGone && this.#isMine ? this.#write([...drafts, own]) : this.#kept;
  }

  #put(own: Draft): void {
    const others = this.#others;
    this.#own = own;
    this.#write([own, ...others]);
  }

  get #kept(): boolean {
    return this.#key !== null && !memory.has(this.#place);
  }

  #read(): Stored {
    return memory.get(this.#place) ?? (this.#key === null ? null : readStored(this.#key)) ?? NOTHING;
  }

  #write(drafts: Draft[], sent = this.#read().sent): boolean {
    const stored = {
      drafts: drafts.filter(({ text }) => text !== '').slice(0, MOST),
      sent: sent.slice(0, MOST),
    };
    if (this.#key !== null && store(this.#key, stored)) memory.delete(this.#place);
    else memory.set(this.#place, stored);
    return this.#kept;
  }
}

function store(key: string, stored: Stored): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(stored));
    return true;
  } catch {
    return false;
  }
}

/** Reads the stored drafts without expired ones; null: none, or invalid data. */
function readStored(key: string): Stored | null {
  try {
    const data = JSON.parse(localStorage.getItem(key) ?? 'null') as unknown;
    if (typeof data !== 'object' || data === null) return null;
    const { drafts, sent } = data as Record<keyof Stored, unknown>;
    return { drafts: list(drafts).flatMap(readDraft), sent: list(sent).flatMap(readSent) };
  } catch {
    return null;
  }
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value.slice(0, MOST) : []);

/** Returns true for a time at most `days` before or after now; after, because the clock may have been set back. */
const isWithin = (days: number, moment: number) => Math.abs(Date.now() - moment) <= days * DAY_MS;

function readDraft(value: unknown): Draft[] {
  if (typeof value !== 'object' || value === null) return [];
  const { id, text, savedAt, mark } = value as Partial<Record<keyof Draft, unknown>>;
  if (typeof id !== 'string' || typeof text !== 'string' || typeof savedAt !== 'number') return [];
  if (!isWithin(DRAFT_DAYS, savedAt)) return [];
  return [{ id, text, savedAt, ...(typeof mark === 'string' && { mark }) }];
}

function readSent(value: unknown): SentDraft[] {
  if (typeof value !== 'object' || value === null) return [];
  const { id, url, at } = value as Partial<Record<keyof SentDraft, unknown>>;
  if (typeof id !== 'string' || typeof at !== 'number' || !isWithin(1, at)) return [];
  return [{ id, url: toHttpUrl(url), at }];
}

/** Creates a unique id. `crypto.randomUUID` is missing on pages without HTTPS. */
const newId = () => Date.now().toString(36) + Math.random().toString(36).slice(2);

/** Removes the expired drafts of all viewers and wikis, because a browser may be shared. */
function forgetOld(): void {
  try {
    for (const key of Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))) {
      const stored = readStored(key);
      if (stored?.drafts.length || stored?.sent.length) store(key, stored);
      else localStorage.removeItem(key);
    }
  } catch {
    // Access to storage is denied.
  }
}
