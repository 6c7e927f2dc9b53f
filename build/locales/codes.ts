/** Checks language codes without reading a file, so that browsers can import it. */

/** Returns true for a language tag that can name a locale file. English, qqq and qqx are not translations. */
export function isCode(code: string): boolean {
  if (!/^[a-z]{2,8}(?:-[a-z\d]{1,8})*$/.test(code) || /^(?:en|qqq|qqx)(?:-|$)/.test(code)) return false;
  try {
    return Intl.getCanonicalLocales(code).length > 0;
  } catch {
    return false;
  }
}

/** Returns MediaWiki's fallbacks of a language, without English. @param chains - src/i18n/fallback-chains.json */
export const chainIn = (chains: readonly string[], code: string): string[] =>
  chains
    .find((chain) => chain.startsWith(`${code} `))
    ?.split(' ')
    .slice(1) ?? [];
