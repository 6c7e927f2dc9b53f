import chains from './fallback-chains.json' with { type: 'json' };
import tags from './language-tags.json' with { type: 'json' };
import names from '../generated/locale-names.json' with { type: 'json' };

const tagOf = new Map<string, string>([
  ...names.map((name) => [name, name] as const),
  ...Object.entries(tags),
]);

/**
 * Returns the locale of a language code: its own, the first in its fallback chain, or that of `xx` for `xx-yy`; null:
 * English. The chains are MediaWiki's without the final English, and include its old codes and BCP 47 codes of Serbian.
 */
export function fallbackFor(code: string): Locale | null {
  for (let rest = code.toLowerCase(); rest; rest = rest.replace(/(?:^|-)[^-]*$/, '')) {
    const chain = chains.find((one) => one.startsWith(`${rest} `)) ?? rest;
    for (const name of chain.split(' ')) {
      const tag = tagOf.get(name);
      if (tag) return { name, tag };
    }
  }
  return null;
}
/** Locale that has a file of texts. */

export interface Locale {
  /** MediaWiki's code, as in `locales/pt-br.json`. */
  name: string;
  /** BCP 47 tag, valid for `Intl` and `lang`. */
  tag: string;
}
