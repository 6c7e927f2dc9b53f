/** What can be said of a language's code without reading a file: for browsers, too. */

/** Of a form that can be a file of ours and a language tag; English and its documentation are no translations. */
export function isCode(code) {
  if (!/^[a-z]{2,8}(?:-[a-z\d]{1,8})*$/.test(code) || /^(?:en|qqq|qqx)(?:-|$)/.test(code)) return false;
  try {
    return Intl.getCanonicalLocales(code).length > 0;
  } catch {
    return false;
  }
}

/** What MediaWiki falls back to, but for English. @param chains - src/i18n/fallback-chains.json */
export const chainIn = (chains, code) =>
  chains
    .find((chain) => chain.startsWith(`${code} `))
    ?.split(' ')
    .slice(1) ?? [];
