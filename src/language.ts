import { textsFile, withoutFile } from './files.js';
import locales from './locales.json' with { type: 'json' };
import type { Templates } from './messages.js';
import { readFields } from './sdk/read.js';
import { readJson, withinPatience } from './sdk/sources/request.js';

const loaded = new Map<string, Promise<Templates | null>>();

export interface Language {
  /** BCP 47; fit for Intl and for `lang`. */
  language: string;
  templates: Templates;
}

export const ENGLISH: Language = { language: 'en', templates: {} };

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

/** The file that has the texts: `de-AT` reads `de`. null: English, which needs none. */
export function localeFor(code: string): string | null {
  const lower = code.toLowerCase();
  return locales.find((locale) => lower === locale || lower.startsWith(`${locale}-`)) ?? null;
}

/** @throws {MentorshipError} where the file cannot be read */
export async function loadLanguage(code: string): Promise<Language> {
  const locale = localeFor(code);
  if (!locale) return ENGLISH;
  const templates = await loadTexts(textsFile(locale));
  return templates ? { language: isLanguageTag(code) ? code : locale, templates } : ENGLISH;
}

/** null: there are none, and that is as it should be. */
export function loadTexts(file: URL): Promise<Templates | null> {
  const known = loaded.get(file.href);
  if (known) return known;
  const templates = withinPatience(new AbortController().signal, (load) =>
    readJson(file, { load }).then(textsOf, withoutFile),
  );
  loaded.set(file.href, templates);
  templates.catch(() => loaded.delete(file.href));
  return templates;
}

/** What is no text is left out: English takes its place. */
export function textsOf(data: unknown): Templates {
  return Object.fromEntries(
    Object.entries(readFields(data)).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}

function isLanguageTag(code: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(code).length > 0;
  } catch {
    return false;
  }
}
