/** What the element reads of a locale: dist/locales, the gallery and the tests have it from here. */
import { chainOf, codes, readLocale } from './files.mjs';
import { PSEUDO, pseudoTexts } from './pseudo.mjs';

export const served = () => ['en', ...codes(), ...PSEUDO];

/** A locale in the making says the rest as its fallback does. `@numbers`: see docs/translating.md. */
export function textsFor(code) {
  const { texts: en } = readLocale('en');
  if (PSEUDO.includes(code)) return pseudoTexts(code, en);
  const { metadata, texts } = readLocale(code);
  const known = codes();
  const missing = Object.keys(en).filter((key) => !(key in texts));
  const chain = missing.length ? chainOf(code).filter((other) => known.includes(other)) : [];
  const filled = chain.reverse().map((other) => withoutPlurals(readLocale(other).texts));
  const numbers = typeof metadata.numbers === 'string' ? { '@numbers': metadata.numbers } : {};
  return { ...Object.assign({}, ...filled), ...texts, ...numbers };
}

/** Forms that stand in the order of one language would be chosen by the rules of another. */
const withoutPlurals = (texts) =>
  Object.fromEntries(Object.entries(texts).filter(([, text]) => !text.includes('{{PLURAL:')));
