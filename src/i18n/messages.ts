import { runtimeMsg } from '@lit/localize/internal/runtime-msg.js';
import { html, nothing, type TemplateResult } from 'lit';
import type all from '../../locales/en.json';
import en from '../generated/texts/en.json' with { type: 'json' };
import type { Gender } from '../sdk/snapshot.js';

export type MessageId = Exclude<keyof typeof all, '@metadata'>;

/** English texts of the card. Dialogs add theirs by `MessagesOptions.templates`. */
const ENGLISH_TEMPLATES: Templates = en;

/** Texts by message id, in MediaWiki's message format: `$1`, `{{PLURAL:$1|…}}`, `{{GENDER:$1|…}}`. */
export type Templates = Readonly<Record<string, string>>;

/** Parameter for a user. The gender selects the form of GENDER; the name is isolated for bidirectional text. */
export interface Person {
  name: string;
  gender: Gender;
}

type Param = string | number | Person;

/** Conventions of a language. English has constant ones; `conventionsOf` finds those of other languages. */
export interface Conventions {
  direction: 'ltr' | 'rtl';
  /** Separator of two sentences. Chinese and Japanese have none. */
  separator: string;
  /** BCP 47 tags for numbers. */
  numbers: string[];
  /** BCP 47 tag for dates, which differs from the language where they are `short`, because the browser lacks its months. */
  dates: string;
  dateStyle: 'long' | 'short';
  /** Returns the index of a count's plural form in a message. */
  pluralIndex: (count: number) => number;
}

export interface MessagesOptions {
  /** BCP 47 tag. */
  language: string;
  conventions: Conventions;
  templates: Templates;
  now: Date;
  /** Gender of the viewer, for `{{GENDER:|…}}` without a parameter. */
  gender: Gender;
}

/** MediaWiki reads the words in any case. */
const SWITCH = /\{\{(PLURAL|GENDER):(?:\$(\d+))?\|((?:(?!\{\{|\}\}).)*)\}\}/is;
const GENDERS = ['male', 'female', 'unknown'];
const DAY_MS = 86_400_000;

/** Formats the messages of one element in one language. */
export class Messages {
  readonly #options: MessagesOptions;

  constructor(options: MessagesOptions) {
    this.#options = options;
  }

  /** BCP 47 tag. */
  get language(): string {
    return this.#options.language;
  }

  get direction(): 'ltr' | 'rtl' {
    return this.#options.conventions.direction;
  }

  /** Returns a message as a string, in which names are isolated by Unicode characters. */
  t(id: MessageId, ...params: Param[]): string {
    return this.#fill(id, params, (param) =>
      typeof param === 'object' ? `\u2068${param.name}\u2069` : param,
    ).join('');
  }

  /** Returns a message as parts of a template, in which names are isolated by `bdi` elements. */
  rich(id: MessageId, ...params: Param[]): unknown[] {
    return this.#fill<unknown>(id, params, (param) => (typeof param === 'object' ? name(param) : param));
  }

  /** Joins sentences and links of a paragraph. Omits `nothing` and null. */
  sentences(...parts: unknown[]): unknown[] {
    const joined: unknown[] = [];
    for (const part of parts) {
      if (part === nothing || part === null) continue;
      if (joined.length) joined.push(this.#options.conventions.separator);
      joined.push(part);
    }
    return joined;
  }

  /** Formats an ISO 8601 date as a day, in UTC. */
  day(iso: string): string {
    const { dates, dateStyle } = this.#options.conventions;
    const day = new Intl.DateTimeFormat(dates, { dateStyle, timeZone: 'UTC' }).format(new Date(iso));
    // Uses non-breaking hyphens in 2026-11-22.
    return dateStyle === 'long' ? day : day.replaceAll('-', '\u2011');
  }

  /** Formats the year of an ISO 8601 date, in UTC. */
  year(iso: string): string {
    const { dates } = this.#options.conventions;
    return new Intl.DateTimeFormat(dates, { year: 'numeric', timeZone: 'UTC' }).format(new Date(iso));
  }

  /**
   * Formats an ISO 8601 date relative to now, such as “3 hours ago”. Never “yesterday”, because the day before yesterday
   * may be less than 48 hours ago.
   */
  ago(iso: string): string {
    if (this.#options.conventions.dateStyle === 'short') return this.day(iso);
    const seconds = (this.#options.now.getTime() - Date.parse(iso)) / 1_000;
    const [unit, length] = UNITS.find(([, length]) => seconds >= length) ?? (['second', 1] as const);
    return new Intl.RelativeTimeFormat(this.language).format(
      -Math.max(1, Math.floor(seconds / length)),
      unit,
    );
  }

  /** Returns the number of calendar days from an ISO 8601 date until now, in the viewer's time zone. */
  daysSince(iso: string): number {
    const then = new Date(iso).setHours(0, 0, 0, 0);
    return Math.max(0, Math.round((new Date(this.#options.now).setHours(0, 0, 0, 0) - then) / DAY_MS));
  }

  /** Returns the number of whole days, of 24 hours each, from an ISO 8601 date until now. */
  wholeDaysSince(iso: string): number {
    return Math.floor((this.#options.now.getTime() - Date.parse(iso)) / DAY_MS);
  }

  #fill<T>(id: MessageId, params: Param[], show: (param: string | Person) => T): (T | string)[] {
    const template = runtimeMsg(this.#options.templates, ENGLISH_TEMPLATES[id] ?? '', { id });
    let text = typeof template === 'string' ? template : '';
    // Resolves the innermost switches first, because they may be nested. Inserts parameters last, so they are not parsed.
    for (let match = SWITCH.exec(text); match; match = SWITCH.exec(text)) {
      const [whole, word = '', index, forms = ''] = match;
      const chosen = this.#choose(
        word,
        index ? params[Number(index) - 1] : this.#options.gender,
        forms.split('|'),
      );
      text = text.slice(0, match.index) + chosen + text.slice(match.index + whole.length);
    }
    const parts: (T | string)[] = [];
    for (const [index, part] of text.split(/\$(\d+)/).entries()) {
      const param = index % 2 ? params[Number(part) - 1] : undefined;
      if (typeof param === 'number')
        parts.push(new Intl.NumberFormat(this.#options.conventions.numbers).format(param));
      else parts.push(param === undefined ? part : show(param));
    }
    return parts;
  }

  #choose(word: string, param: Param | undefined, forms: string[]): string {
    if (word.toUpperCase() === 'GENDER') {
      const index = GENDERS.indexOf(typeof param === 'object' ? param.gender : String(param));
      return forms[index] ?? forms[0] ?? '';
    }
    const count = Number(param);
    const plain: string[] = [];
    for (const form of forms) {
      const [prefix, exact] = /^(\d+)=/.exec(form) ?? [];
      if (prefix === undefined) plain.push(form);
      else if (exact === String(count)) return form.slice(prefix.length);
    }
    return plain[this.#options.conventions.pluralIndex(count)] ?? plain.at(-1) ?? '';
  }
}

const UNITS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

const name = (person: Person): TemplateResult => html`<bdi>${person.name}</bdi>`;
