/** Parses messages in banana format for tools. src/i18n/messages.ts formats them at run time. */

/** `index` and `forms` are declared on every kind of piece, so that code can read them before it checks the kind. */
interface Text {
  kind: 'text';
  text: string;
  index?: never;
  forms?: never;
}

interface Param {
  kind: 'param';
  /** Number of the parameter: 1 in `$1`. */
  index: number;
  forms?: never;
}

interface Form {
  /** Number in `{{PLURAL:$1|0=none|…}}`, if the form has one. */
  exact: number | null;
  pieces: Piece[];
}

export interface Choice {
  kind: 'plural' | 'gender';
  /** Number of the parameter; 0 is the viewer. */
  index: number;
  forms: Form[];
}

export type Piece = Text | Param | Choice;

export interface Expansion {
  /** Chosen value by “PLURAL 1” or “GENDER 1”; 0 is the viewer. */
  values: Record<string, string | number>;
  /** Text with `$1` still in it. */
  text: string;
  /** Parameters that the text shows. */
  shown: number[];
}

const HEAD = /\{\{(\w+):(?:\$(\d+))?\|/y;

const PARAM = /\$(\d+)/y;

const KINDS = new Map<string, Choice['kind']>([
  ['PLURAL', 'plural'],
  ['GENDER', 'gender'],
]);

/** @throws {SyntaxError} with the mistake and its place */
export function parse(text: string): Piece[] {
  let at = 0;
  const fail = (words: string): never => {
    throw new SyntaxError(`${words} at character ${at + 1}: “${text.slice(at, at + 24)}”`);
  };

  function pieces({ nested }: { nested: boolean }): Piece[] {
    const found: Piece[] = [];
    const add = (sign: string) => {
      const last = found.at(-1);
      if (last?.kind === 'text') last.text += sign;
      else found.push({ kind: 'text', text: sign });
    };
    while (at < text.length) {
      if (text.startsWith('{{', at)) found.push(choice());
      else if (nested && (text[at] === '|' || text.startsWith('}}', at))) return found;
      else if (nested && text[at] === '}') fail('A “}” stands alone; “}}” ends the forms');
      else if (/[{}|]/.test(text.charAt(at))) fail(`A “${text.charAt(at)}” that belongs to nothing`);
      else {
        PARAM.lastIndex = at;
        const [whole, index] = PARAM.exec(text) ?? [];
        if (whole) found.push({ kind: 'param', index: Number(index) });
        else add(text.charAt(at));
        at += whole?.length ?? 1;
      }
    }
    if (nested) fail('A “}}” is missing');
    return found;
  }

  function choice(): Choice {
    HEAD.lastIndex = at;
    const head = HEAD.exec(text) ?? fail('Neither {{PLURAL:$1|…}} nor {{GENDER:$1|…}}');
    const [whole, word = '', index] = head;
    const kind = KINDS.get(word.toUpperCase());
    if (!kind || (kind === 'plural' && !index)) return fail(`{{${word}: is not known`);
    const forms: Form[] = [];
    at += whole.length;
    for (;;) {
      const exact = kind === 'plural' ? /^\d+(?==)/.exec(text.slice(at))?.[0] : undefined;
      if (exact) at += exact.length + 1;
      forms.push({ exact: exact ? Number(exact) : null, pieces: pieces({ nested: true }) });
      if (text.startsWith('}}', at)) break;
      at++;
    }
    at += 2;
    return { kind, index: Number(index ?? 0), forms };
  }

  return pieces({ nested: false });
}

/** Returns every piece, with those inside forms. */
export const flat = (pieces: readonly Piece[]): Piece[] =>
  pieces.flatMap((piece) => [piece, ...(piece.forms ?? []).flatMap((form) => flat(form.pieces))]);

const isChoice = (piece: Piece): piece is Choice => piece.forms !== undefined;

export const choicesIn = (pieces: readonly Piece[]): Choice[] => flat(pieces).filter(isChoice);

export const GENDERS = ['male', 'female', 'unknown'] as const;

/** Caches a result per language, because four numbers in an Arabic text make more than a thousand forms. */
export function known<T>(make: (language: string) => T): (language: string) => T {
  const made = new Map<string, T>();
  return (language) => {
    const cached = made.get(language) ?? make(language);
    made.set(language, cached);
    return cached;
  };
}

/** Cached, because creating them is slow. */
export const rulesOf = known((language) => new Intl.PluralRules(language));

function samplesBut(exact: readonly number[], language: string): number[] {
  const samples = new Map<string, number>();
  for (let n = 1_000; n >= 0; n--) if (!exact.includes(n)) samples.set(rulesOf(language).select(n), n);
  return [...samples.values()];
}

const samplesOf = known((language) => samplesBut([], language));

/** Returns a number of each plural category of the language, and each number that a message names. */
export function numbersFor(language: string, pieces: readonly Piece[] = []): number[] {
  const exact = choicesIn(pieces).flatMap(({ forms }) => forms.flatMap((form) => form.exact ?? []));
  const samples = exact.length ? samplesBut(exact, language) : samplesOf(language);
  return [...new Set([...samples, ...exact])];
}

const CATEGORIES = ['zero', 'one', 'two', 'few', 'many', 'other'] as const;

type Category = (typeof CATEGORIES)[number];

const inOrder = (used: readonly Category[]) => CATEGORIES.filter((category) => used.includes(category));

/** Returns the categories of a language in the order of a message's forms: `all`, and those of whole numbers up to a thousand. */
export const categoriesOf = known((language) => {
  const rules = rulesOf(language);
  const all = inOrder(rules.resolvedOptions().pluralCategories);
  const whole = inOrder(samplesOf(language).map((n) => rules.select(n)));
  return { all, whole };
});

const NO_FORM: Form = { exact: null, pieces: [] };

/** Returns the form for a number or a gender. */
function formFor(language: string, { kind, forms }: Choice, value: string | number | undefined): Form {
  if (kind === 'gender') return forms[GENDERS.findIndex((gender) => gender === value)] ?? forms[0] ?? NO_FORM;
  const exact = forms.find((form) => form.exact === value);
  if (exact) return exact;
  const plain = forms.filter((form) => form.exact === null);
  const category = rulesOf(language).select(Number(value));
  return plain[categoriesOf(language).all.indexOf(category)] ?? plain.at(-1) ?? NO_FORM;
}

const nameOf = ({ kind, index }: Choice) => `${kind.toUpperCase()} ${index}`;

/** Returns every text that a message can become. */
export function expand(pieces: readonly Piece[], language: string): Expansion[] {
  const choices = new Map<string, readonly (string | number)[]>();
  for (const choice of choicesIn(pieces))
    choices.set(nameOf(choice), choice.kind === 'plural' ? numbersFor(language, pieces) : GENDERS);
  let chosen: Expansion['values'][] = [{}];
  for (const [name, values] of choices)
    chosen = chosen.flatMap((one) => values.map((value) => ({ ...one, [name]: value })));
  return chosen.map((values) => {
    const shown: number[] = [];
    const write = (each: readonly Piece[]): string =>
      each
        .map((piece) => {
          if (piece.kind === 'text') return piece.text;
          if (piece.kind !== 'param') return write(formFor(language, piece, values[nameOf(piece)]).pieces);
          shown.push(piece.index);
          return `$${piece.index}`;
        })
        .join('');
    return { values, text: write(pieces), shown };
  });
}
