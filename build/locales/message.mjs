/** A message in banana format, read into pieces: src/i18n/messages.ts fills them at run time, this is for tools. */

/**
 * @typedef {{ kind: 'text', text: string }
 *   | { kind: 'param', index: number }
 *   | { kind: 'plural' | 'gender', index: number, forms: { exact: number | null, pieces: Piece[] }[] }} Piece
 *   An `index` is that of `$1`; 0 is the viewer.
 */

const HEAD = /\{\{(\w+):(?:\$(\d))?\|/y;

/**
 * @param {string} text
 * @returns {Piece[]}
 * @throws {SyntaxError} that says what is wrong and where
 */
export function parse(text) {
  let at = 0;
  const fail = (words) => {
    throw new SyntaxError(`${words} at character ${at + 1}: “${text.slice(at, at + 24)}”`);
  };

  function pieces({ nested }) {
    const found = [];
    const add = (sign) => {
      const last = found.at(-1);
      if (last?.kind === 'text') last.text += sign;
      else found.push({ kind: 'text', text: sign });
    };
    while (at < text.length) {
      if (text.startsWith('{{', at)) found.push(choice());
      else if (nested && (text[at] === '|' || text.startsWith('}}', at))) return found;
      else if (nested && text[at] === '}') fail('A “}” stands alone; “}}” ends the forms');
      else if (/[{}|]/.test(text[at])) fail(`A “${text[at]}” that belongs to nothing`);
      else if (/\$\d/.test(text.slice(at, at + 2))) {
        found.push({ kind: 'param', index: Number(text[at + 1]) });
        at += 2;
      } else add(text[at++]);
    }
    if (nested) fail('A “}}” is missing');
    return found;
  }

  function choice() {
    HEAD.lastIndex = at;
    const head = HEAD.exec(text);
    if (!head) fail('Neither {{PLURAL:$1|…}} nor {{GENDER:$1|…}}');
    const [whole, word, index] = head;
    if (!/^(?:PLURAL|GENDER)$/.test(word) || (word === 'PLURAL' && !index)) fail(`{{${word}: is not known`);
    const forms = [];
    at += whole.length;
    for (;;) {
      const exact = word === 'PLURAL' ? /^\d+(?==)/.exec(text.slice(at))?.[0] : undefined;
      if (exact) at += exact.length + 1;
      forms.push({ exact: exact ? Number(exact) : null, pieces: pieces({ nested: true }) });
      if (text.startsWith('}}', at)) break;
      at++;
    }
    at += 2;
    return { kind: word.toLowerCase(), index: Number(index ?? 0), forms };
  }

  return pieces({ nested: false });
}

/** Every piece, also those within forms. */
export const flat = (pieces) =>
  pieces.flatMap((piece) => [piece, ...(piece.forms ?? []).flatMap((form) => flat(form.pieces))]);

export const GENDERS = ['male', 'female', 'unknown'];

/** Asked for once a language: four numbers in an Arabic text make more than a thousand forms. */
export function known(make) {
  const made = new Map();
  return (language) => {
    if (!made.has(language)) made.set(language, make(language));
    return made.get(language);
  };
}

/** Making them is slow. */
export const rulesOf = known((language) => new Intl.PluralRules(language));

function samplesBut(exact, language) {
  const samples = new Map();
  for (let n = 1_000; n >= 0; n--) if (!exact.includes(n)) samples.set(rulesOf(language).select(n), n);
  return [...samples.values()];
}

const samplesOf = known((language) => samplesBut([], language));

/** A number of each kind that the language tells apart, and each number that a message names. */
export function numbersFor(language, pieces = []) {
  const exact = flat(pieces).flatMap(({ forms = [] }) => forms.flatMap((form) => form.exact ?? []));
  const samples = exact.length ? samplesBut(exact, language) : samplesOf(language);
  return [...new Set([...samples, ...exact])];
}

const CATEGORIES = ['zero', 'one', 'two', 'few', 'many', 'other'];

const inOrder = (used) => CATEGORIES.filter((category) => used.includes(category));

/** The categories of a language, in the order of a message's forms: all, and those of whole numbers up to a thousand. */
export const categoriesOf = known((language) => {
  const rules = rulesOf(language);
  const all = inOrder(rules.resolvedOptions().pluralCategories);
  const whole = inOrder(samplesOf(language).map((n) => rules.select(n)));
  return { all, whole };
});

/** Which of the forms stands for a number or a gender. */
function formFor(language, { kind, forms }, value) {
  if (kind === 'gender') return forms[GENDERS.indexOf(value)] ?? forms[0];
  const exact = forms.find((form) => form.exact === value);
  if (exact) return exact;
  const plain = forms.filter((form) => form.exact === null);
  const { all } = categoriesOf(language);
  return plain[all.indexOf(rulesOf(language).select(value))] ?? plain.at(-1) ?? { pieces: [] };
}

/**
 * All that a message can become.
 *
 * @returns {{ values: Record<string, string | number>, text: string, shown: number[] }[]} `values`: by “PLURAL 1” or
 *   “GENDER 1” what was chosen; `text`: with `$1` still in it; `shown`: the parameters that stand in it
 */
export function expand(pieces, language) {
  const choices = new Map();
  for (const { kind, index } of flat(pieces).filter(({ forms }) => forms))
    choices.set(`${kind.toUpperCase()} ${index}`, kind === 'plural' ? numbersFor(language, pieces) : GENDERS);
  let chosen = [{}];
  for (const [name, values] of choices)
    chosen = chosen.flatMap((one) => values.map((value) => ({ ...one, [name]: value })));
  return chosen.map((values) => {
    const shown = [];
    const write = (each) =>
      each
        .map((piece) => {
          if (piece.kind === 'text') return piece.text;
          if (piece.kind === 'param') {
            shown.push(piece.index);
            return `$${piece.index}`;
          }
          const value = values[`${piece.kind.toUpperCase()} ${piece.index}`];
          return write(formFor(language, piece, value).pieces);
        })
        .join('');
    return { values, text: write(pieces), shown };
  });
}
