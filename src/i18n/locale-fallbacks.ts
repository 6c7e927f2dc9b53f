import chains from './fallback-chains.json' with { type: 'json' };
import tags from './language-tags.json' with { type: 'json' };
import names from '../generated/locale-names.json' with { type: 'json' };

const tagOf = new Map<string, string>([
  ...names.map((name) => [name, name] as const),
  ...Object.entries(tags),
]);

/**
 * A locale by its own name, by MediaWiki's chain of fallbacks, or by those of `xx` for `xx-yy`; null: English. The chains
 * are MediaWiki's, but for English at their ends; its older codes and BCP 47's of Serbian are among them.
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
/** A file of texts. */

export interface Locale {
  /** MediaWiki's code, as in `locales/pt-br.json`. */
  name: string;
  /** BCP 47; fit for Intl and for `lang`. */
  tag: string;
}
