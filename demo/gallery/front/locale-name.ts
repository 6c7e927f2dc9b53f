import { localeFor } from '../../../src/i18n/load-locale.js';
import { fallbackFor } from '../../../src/i18n/locale-fallbacks.js';

const localeOf = (language: string) => localeFor(language) ?? fallbackFor(language);

/** Returns the code of the locale that the element loads for a language, such as `de` for `de-AT`. */
export const localeNameOf = (language: string): string => localeOf(language)?.name ?? 'en';

/** Returns the BCP 47 tag of the locale that the element loads for a language. */
export const localeTagOf = (language: string): string => localeOf(language)?.tag ?? 'en';
