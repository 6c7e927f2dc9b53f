import { toRecordOrEmpty } from '../sdk/coerce.js';
import type { Locale } from './locale-fallbacks.js';
import type { Conventions, Templates } from './messages.js';
import { wikiMessages } from './wiki-messages.js';

export interface Language extends Locale {
  templates: Templates;
  /** @param templates - all texts, including the host's */
  conventions: (templates: Templates) => Conventions;
}

export const ENGLISH: Language = {
  name: 'en',
  tag: 'en',
  templates: {},
  conventions: () => ({
    direction: 'ltr',
    separator: ' ',
    numbers: ['en'],
    dates: 'en',
    dateStyle: 'long',
    pluralIndex: (count) => Number(count !== 1),
  }),
};

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

/** Returns true for the codes of English, whose texts are built in, and for no code. */
export const isEnglish = (code: string): boolean => /^(?:en(?!-x)(?:-|$)|$)/i.test(code);

/** Returns the language if no texts have to be loaded for it, which is true for English only; otherwise null. */
export const languageWithoutLoad = (code: string): Language | null =>
  !wikiMessages && isEnglish(code) ? ENGLISH : null;

/** Drops values that are not strings, for which the English texts are used. */
export function toTemplates(data: unknown): Templates {
  return Object.fromEntries(
    Object.entries(toRecordOrEmpty(data)).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}
