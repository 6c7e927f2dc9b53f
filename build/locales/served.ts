/** Returns the texts of each locale as the element reads them, for dist/locales, the gallery and the tests. */
import { chainOf, codes, readLocale } from './files.ts';
import { isPseudo, PSEUDO, pseudoTexts } from './pseudo.ts';

type Texts = Record<string, string>;

export const served = (): string[] => ['en', ...codes(), ...PSEUDO];

/** Fills missing texts of a locale from its fallbacks. `@numbers`: see docs/translating.md. */
export function textsFor(code: string): Texts {
  const { texts: en } = readLocale('en');
  if (isPseudo(code)) return pseudoTexts(code, en);
  const { metadata, texts } = readLocale(code);
  const known = codes();
  const missing = Object.keys(en).filter((key) => !(key in texts));
  const chain = missing.length ? chainOf(code).filter((other) => known.includes(other)) : [];
  const filled = chain.reverse().flatMap((other) => withoutPlurals(readLocale(other).texts));
  const { numbers } = metadata;
  return {
    ...Object.fromEntries(filled),
    ...texts,
    ...(typeof numbers === 'string' && { '@numbers': numbers }),
  };
}

/** Omits plural forms, because the rules of another language would choose among them. */
const withoutPlurals = (texts: Texts): [string, string][] =>
  Object.entries(texts).filter(([, text]) => !text.includes('{{PLURAL:'));
