import { conventionsOf } from '../../src/i18n/conventions.js';
import { localeFor } from '../../src/i18n/load-locale.js';
import { fallbackFor } from '../../src/i18n/locale-fallbacks.js';

const localeOf = (language: string) => localeFor(language) ?? fallbackFor(language);

/** Returns the code of the locale that the element loads for a language, such as `de` for `de-AT`. */
export const localeNameOf = (language: string): string => localeOf(language)?.name ?? 'en';

/** Returns the chosen direction of the page, or that of the language. */
export const directionOf = ({ dir, lang }: { dir: string; lang: string }): string =>
  dir === 'auto' ? conventionsOf(localeOf(lang)?.tag ?? 'en', {}).direction : dir;
