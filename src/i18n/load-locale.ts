import { loadCardTexts } from './load-card-texts.js';
import { loadFallbacks } from './load-fallbacks.js';
import names from '../generated/locale-names.json' with { type: 'json' };
import { ENGLISH, isEnglish, type Language, toTemplates } from './language.js';
import { conventionsOf, scriptOf } from './conventions.js';
import type { Locale } from './locale-fallbacks.js';
import type { Templates } from './messages.js';
import { wikiMessages } from './wiki-messages.js';

/** Returns the locale of a language code, such as `de` for `de-AT`; undefined: see src/i18n/locale-fallbacks.ts. */
export function localeFor(code: string): Locale | undefined {
  if (isEnglish(code)) return ENGLISH;
  const name = names.find((locale) => `${code.toLowerCase()}-`.startsWith(`${locale}-`));
  return name ? { name, tag: scriptOf(code) === scriptOf(name) ? code : name } : undefined;
}

/**
 * Finds the locale of a language code: its own, that of a fallback, or that of the code's canonical form, such as `he` for
 * the old code `iw`; otherwise English. Accepts codes of gettext and Java, such as `pt_BR` and `de_DE.UTF-8`.
 */
export async function findLocale(given: string): Promise<Locale> {
  const code = withHyphens(given);
  const own = localeFor(code);
  if (own) return own;
  const { canonicalOf, fallbackFor } = await loadFallbacks();
  const canonical = canonicalOf(code);
  return fallbackFor(code) ?? localeFor(canonical) ?? fallbackFor(canonical) ?? ENGLISH;
}

const withHyphens = (code: string): string =>
  code
    .trim()
    .replace(/[.@].*/, '')
    .replaceAll('_', '-');

/** Loads the texts of a language code, or of its fallback. @throws {MentorshipError} if they cannot be loaded */
export async function loadLocale(code: string): Promise<Language> {
  // Starts now, so that both requests run at the same time.
  const own = wikiMessages?.();
  const locale = await findLocale(code);
  const texts = locale.name === 'en' ? {} : await loadCardTexts(locale.name);
  const conventions = (templates: Templates) => conventionsOf(locale.tag, templates);
  const language = texts === null ? ENGLISH : { ...locale, templates: toTemplates(texts), conventions };
  if (!own) return language;
  const page = await own;
  const words = {
    ...toTemplates(page[language.name]),
    ...toTemplates(page[withHyphens(code).toLowerCase()]),
  };
  return { ...language, templates: { ...language.templates, ...words } };
}
