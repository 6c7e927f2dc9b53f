const DRAFT_DAYS = 30;
const DAY_MS = 86_400_000;
const PREFIX = 'mentorship-module question ';

/** A question that is being written. */
export interface Draft {
  /** Tells one intended question from another, in whatever tab it is. */
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

interface Stored {
  draft?: Draft | undefined;
  /** What another tab had written when this one wrote later. */
  other?: Draft | undefined;
  /** Newest first: a tab that was open all the time may still show one of them. */
  sent: SentDraft[];
}

const NOTHING: Stored = { sent: [] };
const SENT = 5;

/** One viewer's draft on one wiki, shared by all tabs of a browser. Where nothing can be stored it holds for this page. */
export class Drafts {
  readonly #key: string | null;
  #memory = NOTHING;
  /** The draft of this tab, as it was last stored or read. */
  #own: Draft | null = null;

  /** @param source - null: the source cannot be told from others */
  constructor(source: string | null, viewer: string) {
    this.#key = source === null ? null : `${PREFIX}${source} ${viewer}`;
    forgetOld();
  }

  get text(): string {
    return this.#own?.text ?? '';
  }

  /** See `Draft.mark`. */
  get mark(): string | null {
    const { draft, other } = this.#read();
    return [draft, other].find((one) => one && one.id === this.#own?.id)?.mark ?? null;
  }

  /** Another question that was begun in another tab. */
  get other(): string | null {
    const { other } = this.#read();
    return other && other.id !== this.#own?.id ? other.text : null;
  }

  /** Set when the very question of this tab was sent from another one. */
  get sent(): SentDraft | null {
    return this.#read().sent.find(({ id }) => id === this.#own?.id) ?? null;
  }

  /** Takes up what was left. */
  open(): void {
    this.#own = this.#read().draft ?? null;
  }

  /** @returns whether it will be there after a reload */
  write(text: string): boolean {
    const stored = this.#read();
    const before = stored.draft;
    const own = this.#own;
    if (own?.text === text) return this.#key !== null;
    const isOwn = own?.id === before?.id && own?.savedAt === before?.savedAt && own?.mark === before?.mark;
    // What another tab wrote or sent meanwhile is a question of its own, and so is this one from now on.
    const id = own && (isOwn || (!before && !this.sent)) ? own.id : newId();
    const other = isOwn || !before || before.text === text ? stored.other : before;
    this.#own = { id, text, savedAt: Date.now() };
    return this.#write({ ...stored, draft: this.#own, other });
  }

  /** It is about to be sent. */
  sending(mark: string): void {
    if (this.#own) this.#put({ ...this.#own, mark });
  }

  /** It did not arrive. */
  notSent(): void {
    if (!this.#own) return;
    const { id, text, savedAt } = this.#own;
    this.#put({ id, text, savedAt });
  }

  /** It stands on the wiki: another question of another tab comes to the front. */
  arrived(url: string | null): void {
    const id = this.#own?.id;
    if (!id) return;
    const { draft, other, sent } = this.#read();
    const [first, second] = [draft, other].filter((one) => one && one.id !== id);
    this.#write({ draft: first, other: second, sent: [{ id, url, at: Date.now() }, ...sent].slice(0, SENT) });
  }

  /** Another question than that of this tab takes its place, and the other way round. */
  swap(): void {
    const { draft, other, ...stored } = this.#read();
    if (!other) return;
    this.#own = { ...other, savedAt: Date.now() };
    this.#write({ ...stored, draft: this.#own, other: draft });
  }

  /** The viewer does not want it. */
  discard(): void {
    this.#own = null;
    const { other: draft, sent } = this.#read();
    this.#write({ draft, sent });
  }

  #put(own: Draft): void {
    this.#own = own;
    const stored = this.#read();
    const { draft, other } = stored;
    if (other?.id === own.id) this.#write({ ...stored, other: own });
    else this.#write({ ...stored, draft: own, other: draft && draft.id !== own.id ? draft : other });
  }

  #read(): Stored {
    return (this.#key === null ? null : readStored(this.#key)) ?? this.#memory;
  }

  #write(stored: Stored): boolean {
    this.#memory = stored;
    try {
      if (!this.#key) return false;
      localStorage.setItem(this.#key, JSON.stringify(stored));
      return true;
    } catch {
      return false;
    }
  }
}

/** null: there is nothing, or nothing of ours, or it is too old. */
function readStored(key: string): Stored | null {
  try {
    const data = JSON.parse(localStorage.getItem(key) ?? 'null') as unknown;
    if (typeof data !== 'object' || data === null) return null;
    const { draft, other, sent } = data as Record<keyof Stored, unknown>;
    const list: unknown[] = Array.isArray(sent) ? sent : [];
    return { draft: readDraft(draft), other: readDraft(other), sent: list.flatMap(readSent) };
  } catch {
    return null;
  }
}

function readDraft(value: unknown): Draft | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { id, text, savedAt, mark } = value as Partial<Record<keyof Draft, unknown>>;
  if (typeof id !== 'string' || typeof text !== 'string' || typeof savedAt !== 'number') return undefined;
  if (Date.now() - savedAt > DRAFT_DAYS * DAY_MS) return undefined;
  return { id, text, savedAt, ...(typeof mark === 'string' && { mark }) };
}

function readSent(value: unknown): SentDraft[] {
  if (typeof value !== 'object' || value === null) return [];
  const { id, url, at } = value as Partial<Record<keyof SentDraft, unknown>>;
  if (typeof id !== 'string' || typeof at !== 'number' || Date.now() - at > DAY_MS) return [];
  return [{ id, url: typeof url === 'string' ? url : null, at }];
}

/** `crypto.randomUUID` is missing on pages without TLS. */
const newId = () => Date.now().toString(36) + Math.random().toString(36).slice(2);

/** Of all viewers and wikis: a browser may be shared. */
function forgetOld(): void {
  try {
    for (const key of Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))) {
      const stored = readStored(key);
      if (!stored?.draft && !stored?.other && !stored?.sent.length) localStorage.removeItem(key);
    }
  } catch {
    // Forbidden.
  }
}
