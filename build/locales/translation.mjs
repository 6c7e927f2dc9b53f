/** What a translator's mode of the gallery shows of a locale. */
import { codes, readLocale, tagOf } from './files.mjs';
import { textsFor } from './served.mjs';

export { codes };

export function translationFor(code) {
  const { metadata, texts } = readLocale(code);
  return {
    code,
    language: tagOf(code),
    metadata,
    texts,
    english: readLocale('en').texts,
    notes: readLocale('qqq').texts,
    // What is missing in a locale may stand in the one that it falls back to.
    filled: textsFor(code),
  };
}
