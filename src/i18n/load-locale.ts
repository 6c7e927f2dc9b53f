import { loadCardTexts, wikiMessages } from './load-card-texts.js';
import names from '../generated/locale-names.json' with { type: 'json' };
import type { Templates } from './messages.js';
import { MentorshipError } from '../sdk/errors.js';
import { toRecordOrEmpty } from '../sdk/coerce.js';
import type { Locale } from './locale-fallbacks.js';

const LOCALE_TIMEOUT_MS = 12_000;

export interface Language extends Locale {
  templates: Templates;
}

export const ENGLISH: Language = { name: 'en', tag: 'en', templates: {} };

/** Returns the language code of the element or its nearest ancestor, also outside of shadow roots; empty: none. */
export function findLanguage(element: Element): string {
  for (let node: Element | null = element; node;) {
    const closest: Element | null = node.closest('[lang]:not([lang=""])');
    if (closest) return closest.getAttribute('lang') ?? '';
    const root = node.getRootNode();
    node = root instanceof ShadowRoot ? root.host : null;
  }
  return '';
}

/** Returns the locale of a language code, such as `de` for `de-AT`; undefined: see src/i18n/locale-fallbacks.ts. */
export function localeFor(code: string): Locale | undefined {
  const lower = code.toLowerCase();
  if (/^(?:en(?!-x)(?:-|$)|$)/.test(lower)) return ENGLISH;
  const name = names.find((locale) => `${lower}-`.startsWith(`${locale}-`));
  return name ? { name, tag: scriptOf(code) === scriptOf(name) ? code : name } : undefined;
}

/** Returns the language if no texts have to be loaded for it, which is true for English only; otherwise null. */
export const localeWithoutLoad = (code: string): Language | null =>
  !wikiMessages && localeFor(code) === ENGLISH ? ENGLISH : null;

/** Loads the texts of a language code, or of its fallback. @throws {MentorshipError} if they cannot be loaded */
export async function loadLanguage(code: string): Promise<Language> {
  // Starts now, so that both requests run at the same time.
  const own = wikiMessages?.();
  const locale = localeFor(code) ?? (await import('./locale-fallbacks.js')).fallbackFor(code) ?? ENGLISH;
  const texts = locale === ENGLISH ? {} : await withTimeout(loadCardTexts(locale.name), locale.name);
  const language = texts === null ? ENGLISH : { ...locale, templates: toTemplates(texts) };
  if (!own) return language;
  const page = await own;
  const words = { ...toTemplates(page[language.name]), ...toTemplates(page[code.toLowerCase()]) };
  return { ...language, templates: { ...language.templates, ...words } };
}

/** Rejects with `timeout` after 12 s, because the card waits for its texts and can fall back to English. */
const withTimeout = <T>(loading: Promise<T>, name: string): Promise<T> =>
  Promise.race([
    loading,
    new Promise<never>((_, reject) => {
      AbortSignal.timeout(LOCALE_TIMEOUT_MS).onabort = () =>
        reject(
          new MentorshipError('timeout', `Loading the texts of “${name}” timed out.`, { retryable: true }),
        );
    }),
  ]);

/** Drops values that are not strings, for which the English texts are used. */
export function toTemplates(data: unknown): Templates {
  return Object.fromEntries(
    Object.entries(toRecordOrEmpty(data)).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}

/** Returns the script of a code, such as Arab for `ms-arab`, whereas the texts of `ms` are Latin; undefined: invalid. */
function scriptOf(code: string): string | undefined {
  try {
    return new Intl.Locale(code).maximize().script;
  } catch {
    return undefined;
  }
}
