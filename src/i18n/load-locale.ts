import { loadCardTexts, wikiMessages } from './load-card-texts.js';
import names from '../generated/locale-names.json' with { type: 'json' };
import type { Templates } from './messages.js';
import { MentorshipError } from '../sdk/errors.js';
import { toRecordOrEmpty } from '../sdk/coerce.js';
import type { Locale } from './locale-fallbacks.js';

const LOAD_MS = 12_000;

export interface Language extends Locale {
  templates: Templates;
}

export const ENGLISH: Language = { name: 'en', tag: 'en', templates: {} };

/** The code that the element, its nearest ancestor, or the page has; through shadow roots. */
export function languageOf(element: Element): string {
  for (let node: Element | null = element; node;) {
    const closest: Element | null = node.closest('[lang]:not([lang=""])');
    if (closest) return closest.getAttribute('lang') ?? '';
    const root = node.getRootNode();
    node = root instanceof ShadowRoot ? root.host : null;
  }
  return '';
}

/** For most codes it is known at once: `de-AT` reads `de`. undefined: src/i18n/locale-fallbacks.ts knows. */
export function localeFor(code: string): Locale | undefined {
  const lower = code.toLowerCase();
  if (/^(?:en(?!-x)(?:-|$)|$)/.test(lower)) return ENGLISH;
  const name = names.find((locale) => `${lower}-`.startsWith(`${locale}-`));
  return name ? { name, tag: scriptOf(code) === scriptOf(name) ? code : name } : undefined;
}

/** The language at once, where nothing has to be loaded for it. */
export const localeWithoutLoad = (code: string): Language | null =>
  !wikiMessages && localeFor(code) === ENGLISH ? ENGLISH : null;

/** @throws {MentorshipError} where the file cannot be read */
export async function loadLanguage(code: string): Promise<Language> {
  // Asked for at the same time.
  const own = wikiMessages?.();
  const locale = localeFor(code) ?? (await import('./locale-fallbacks.js')).fallbackFor(code) ?? ENGLISH;
  const texts = locale === ENGLISH ? {} : await withinTime(loadCardTexts(locale.name), locale.name);
  const language = texts === null ? ENGLISH : { ...locale, templates: toTemplates(texts) };
  if (!own) return language;
  const page = await own;
  const words = { ...toTemplates(page[language.name]), ...toTemplates(page[code.toLowerCase()]) };
  return { ...language, templates: { ...language.templates, ...words } };
}

/** Rejects after 12 s, because the card waits for its texts and English is better than nothing. */
const withinTime = <T>(loading: Promise<T>, name: string): Promise<T> =>
  Promise.race([
    loading,
    new Promise<never>((_, reject) => {
      AbortSignal.timeout(LOAD_MS).onabort = () =>
        reject(
          new MentorshipError('timeout', `The texts of “${name}” were not loaded.`, { retryable: true }),
        );
    }),
  ]);

/** Drops values that are not strings; English replaces them. */
export function toTemplates(data: unknown): Templates {
  return Object.fromEntries(
    Object.entries(toRecordOrEmpty(data)).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}

/** `ms-arab` does not make Arabic of what is written in Latin letters. undefined: it is no language tag. */
function scriptOf(code: string): string | undefined {
  try {
    return new Intl.Locale(code).maximize().script;
  } catch {
    return undefined;
  }
}
