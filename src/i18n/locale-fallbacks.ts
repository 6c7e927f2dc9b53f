import fallbacks from '../generated/fallbacks.json' with { type: 'json' };
import tags from './language-tags.json' with { type: 'json' };

/** Locale that has a file of texts. */
export interface Locale {
  /** MediaWiki's code, as in `locales/pt-br.json`. */
  name: string;
  /** BCP 47 tag, valid for `Intl` and `lang`. */
  tag: string;
}

const TAGS: Readonly<Record<string, string>> = tags;

/**
 * Returns the locale of a language code that `localeFor` does not find: the first in its fallback chain, or that of `xx`
 * for `xx-yy`; null: English. The chains, in fallback-chains.json, are MediaWiki's without the final English, and include
 * its old codes and BCP 47 codes of Serbian. The build looks up the locale of each chain.
 */
export function fallbackFor(code: string): Locale | null {
  for (let rest = code.toLowerCase(); rest; rest = rest.replace(/(?:^|-)[^-]*$/, '')) {
    const found = Object.entries(fallbacks).find(
      ([name, codes]) => name === rest || codes.split(' ').includes(rest),
    );
    if (found) return { name: found[0], tag: TAGS[found[0]] ?? found[0] };
  }
  return null;
}

/** Returns a code without deprecated parts, such as `id` for `in` and `zh-Hant` for `cmn-Hant`; unchanged if it is invalid. */
export function canonicalOf(code: string): string {
  try {
    return Intl.getCanonicalLocales(code)[0] ?? code;
  } catch {
    return code;
  }
}
