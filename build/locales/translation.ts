/** Returns a locale with its sources, for the translators' mode of the gallery. */
import { type LocaleFile, readLocale, tagOf } from './files.ts';
import { textsFor } from './served.ts';

type Texts = LocaleFile['texts'];

interface Translation extends LocaleFile {
  /** MediaWiki's code. */
  code: string;
  /** BCP 47 tag. */
  language: string;
  english: Texts;
  notes: Texts;
  /** Texts with the missing ones from fallbacks. */
  filled: Texts;
}

export const translationFor = (code: string): Translation => ({
  code,
  language: tagOf(code),
  ...readLocale(code),
  english: readLocale('en').texts,
  notes: readLocale('qqq').texts,
  filled: textsFor(code),
});
