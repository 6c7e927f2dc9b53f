import type { LocaleFile } from './files.mjs';

export function toXliff(
  code: string,
  locale: LocaleFile,
  sources: { en: LocaleFile; qqq: LocaleFile },
): string;
export function fromXliff(
  xml: string,
  sources: { en: LocaleFile },
): LocaleFile & { code: string; stale: string[] };
