import { chainIn } from '../../../build/locales/codes.ts';
import chains from '../../../src/i18n/fallback-chains.json' with { type: 'json' };
import tags from '../../../src/i18n/language-tags.json' with { type: 'json' };

const TAGS: Readonly<Record<string, string>> = tags;

const names = new Intl.DisplayNames(['en'], { type: 'language' });

/** Returns the English name of a language. Some MediaWiki codes are not BCP 47 tags. */
export function nameOf(code: string): string {
  try {
    return names.of(TAGS[code] ?? code) ?? code;
  } catch {
    return code;
  }
}

/**
 * Returns the locales that build/locales/served.ts falls back on, nearest first.
 *
 * @param codes - codes of the available locales
 */
export const fallbacksOf = (code: string, codes: readonly string[]): string[] =>
  chainIn(chains, code).filter((other) => codes.includes(other));
