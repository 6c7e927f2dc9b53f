import { chainIn } from '../../../build/locales/codes.ts';
import chains from '../../../src/i18n/fallback-chains.json' with { type: 'json' };
import tags from '../../../src/i18n/language-tags.json' with { type: 'json' };

const TAGS: Readonly<Record<string, string>> = tags;

const names = new Intl.DisplayNames(['en'], { type: 'language' });

/** In English. Some of MediaWiki's codes are no BCP 47. */
export function nameOf(code: string): string {
  try {
    return names.of(TAGS[code] ?? code) ?? code;
  } catch {
    return code;
  }
}

/** Where build/locales/served.ts looks for what is missing, the nearest first. @param codes - of the locales there are */
export const fallbacksOf = (code: string, codes: readonly string[]): string[] =>
  chainIn(chains, code).filter((other) => codes.includes(other));
