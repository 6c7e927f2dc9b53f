import { toHttpUrl } from '../sdk/coerce.js';

const DRAFT_DAYS = 30;
const DAY_MS = 86_400_000;
const PREFIX = 'mentorship-module question ';

/** A question that is being written. */
export interface Draft {
  /** Identifies this text in every tab; an edited text gets a new id. */
  id: string;
  text: string;
  /** Milliseconds since 1970. */
  savedAt: number;
  /** It was sent, and what came of it is not known; what `findQuestion` needs. */
  mark?: string;
}

/** A question that was sent from this browser. */
export interface SentDraft {
  id: string;
  url: string | null;
  at: number;
}

/** Stored drafts and sent questions, newest first. */
interface Stored {
  /** Tabs that write at the same time have one each. */
  drafts: Draft[];
  /** A tab that was open all the time may still show one of them. */
  sent: SentDraft[];
}

const NOTHING: Stored = { drafts: [], sent: [] };
const MOST = 5;

/** Fallback for drafts that cannot be stored; lasts as long as the page. */
const memory = new Map<string, Stored>();

/** One viewer's drafts on one wiki, shared by all tabs of a browser. Where nothing can be stored they hold for this page. */
export class QuestionDrafts {
  readonly #key: string | null;
  /** Key of the fallback. */
  readonly #place: string;
  /** The draft of this tab, as it was last stored or read. */
  #own: Draft | null = null;
  /** True if the draft was written in this tab. */
  #isMine = false;

  /** @param source - null: the source cannot be told from others */
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

  /** Another question that was begun in another tab. */
  get other(): string | null {
    return this.#others[0]?.text ?? null;
  }

  /** Set when the very question of this tab was sent from another one. */
  get sent(): SentDraft | null {
    return this.#read().sent.find(({ id }) => id === this.#own?.id) ?? null;
  }

  get #others(): Draft[] {
    return this.#read().drafts.filter(({ id }) => id !== this.#own?.id);
  }

  /** Takes up what was left. */
  open(): void {
    this.#own = this.#read().drafts[0] ?? null;
    this.#isMine = false;
  }

  /** @returns whether it will be there after a reload */
  write(text: string): boolean {
    const before = this.#own;
    if (before?.text === text) return this.#keep(before);
    this.#isMine = true;
    this.#own = { id: newId(), text, savedAt: Date.now() };
    // Another tab may have sent what this one only changes.
    const others = this.#read().drafts.filter(({ id, mark }) => id !== before?.id || mark);
    return this.#write([this.#own, ...others]);
  }

  /** The viewer wants to have it sent. @returns as `write` */
  want(text: string): boolean {
    this.write(text);
    this.#isMine = true;
    return this.write(text);
  }

  /** It is about to be sent. */
  sending(mark: string): void {
    if (this.#own) this.#put({ ...this.#own, mark });
  }

  /** It did not arrive. @param sending - which time; another tab may have sent it again since */
  notSent(sending: string | null): void {
    if (!this.#own || this.mark !== sending) return;
    const { id, text, savedAt } = this.#own;
    this.#put({ id, text, savedAt });
  }

  /** It stands on the wiki: another question of another tab comes to the front. */
  arrived(url: string | null): void {
    const own = this.#own;
    if (!own) return;
    const sent = this.#read().sent.filter(({ id }) => id !== own.id);
    this.#write(
      this.#others.filter(({ text }) => text !== own.text),
      [{ id: own.id, url, at: Date.now() }, ...sent],
    );
  }

  /** The host took it over: nobody knows here what becomes of it. */
  drop(): void {
    this.#write(this.#others);
    this.#own = null;
  }

  /** Another question takes the place of this tab's own, which comes to the end of the line. */
  swap(): void {
    const [next, ...others] = this.#others;
    if (!next) return;
    const last = this.#own;
    this.#own = next;
    this.#isMine = false;
    this.#write([next, ...others, ...(last ? [last] : [])]);
  }

  /** Another tab that had taken it up may have written something else in its place. */
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

/** null: there is nothing, or nothing of ours. What is too old is left out. */
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

/** A clock may have been set back since. */
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

/** `crypto.randomUUID` is missing on pages without TLS. */
const newId = () => Date.now().toString(36) + Math.random().toString(36).slice(2);

/** Covers all viewers and wikis, because a browser may be shared. */
function forgetOld(): void {
  try {
    for (const key of Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))) {
      const stored = readStored(key);
      if (stored?.drafts.length || stored?.sent.length) store(key, stored);
      else localStorage.removeItem(key);
    }
  } catch {
    // Forbidden.
  }
}
