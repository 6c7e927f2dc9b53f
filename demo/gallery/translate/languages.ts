import chains from '../../../src/fallback-chains.json' with { type: 'json' };
import tags from '../../../src/language-tags.json' with { type: 'json' };

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

/** Whether `npm run locale:new` takes a code; isCode of scripts/locales/files.mjs cannot run in a browser. */
export function canBegin(code: string): boolean {
  if (!/^[a-z]{2,8}(?:-[a-z\d]{1,8})*$/.test(code) || /^(?:en|qqq|qqx)(?:-|$)/.test(code)) return false;
  try {
    return Intl.getCanonicalLocales(code).length > 0;
  } catch {
    return false;
  }
}

/** Where scripts/locales/served.mjs looks for what is missing, the nearest first. @param codes - of the locales there are */
export const fallbacksOf = (code: string, codes: readonly string[]): string[] =>
  (chains.find((chain) => chain.startsWith(`${code} `)) ?? '')
    .split(' ')
    .slice(1)
    .filter((other) => codes.includes(other));
