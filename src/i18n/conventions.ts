import type { Conventions, Templates } from './messages.js';

const RIGHT_TO_LEFT = /^(Arab|Hebr|Syrc|Thaa|Nkoo|Adlm|Rohg)$/;
/** In the order of a message's forms. */
const CATEGORIES = ['zero', 'one', 'two', 'few', 'many', 'other'] as const;
const WITHOUT_SPACES = /^(Hans|Hant|Jpan)$/;

/**
 * Returns the conventions of a language. Where the browser cannot format dates in it, they are numeric, such as
 * 2026-11-22, with the digits of the language.
 *
 * @param language - BCP 47 tag
 * @param templates - texts; `@numbers` names a language whose numbers replace those that the browser lacks
 */
export function conventionsOf(language: string, templates: Templates): Conventions {
  const script = scriptOf(language) ?? '';
  const isKnown = known.get(language) ?? hasDates(language);
  known.set(language, isKnown);
  const numbers = isKnown ? [language, 'en'] : numbersOf(templates['@numbers'] ?? language);
  return {
    direction: RIGHT_TO_LEFT.test(script) ? 'rtl' : 'ltr',
    separator: WITHOUT_SPACES.test(script) ? '' : ' ',
    numbers,
    dates: isKnown ? language : `sv-u-nu-${new Intl.NumberFormat(numbers).resolvedOptions().numberingSystem}`,
    dateStyle: isKnown ? 'long' : 'short',
    pluralIndex: (count) => {
      const rules = new Intl.PluralRules(language);
      const { pluralCategories } = rules.resolvedOptions();
      return CATEGORIES.filter((category) => pluralCategories.includes(category)).indexOf(
        rules.select(count),
      );
    },
  };
}

/** Returns the script of a code, such as Arab for `ms-arab`, whereas the texts of `ms` are Latin; undefined: invalid. */
export function scriptOf(code: string): string | undefined {
  try {
    return new Intl.Locale(code).maximize().script;
  } catch {
    return undefined;
  }
}

function numbersOf(language: string): string[] {
  try {
    Intl.getCanonicalLocales(language);
    return [language, 'en'];
  } catch {
    // `@numbers` of a locale file may be invalid.
    return ['en'];
  }
}

/** Results of `hasDates`, because each rendering asks for it, and creating a format is slow. */
const known = new Map<string, boolean>();

/** Chromium claims to support Azerbaijani, Bosnian and Uzbek, but writes their months as M12. */
const hasDates = (language: string): boolean =>
  Intl.DateTimeFormat.supportedLocalesOf(language).length > 0 &&
  !/M\d/.test(new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format());
