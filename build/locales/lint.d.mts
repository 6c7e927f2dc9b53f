import type { LocaleFile } from './files.mjs';
import type { Finding } from './rules.mjs';

export type KeyFinding = Finding & { key: string };

interface Sources {
  en: LocaleFile;
  qqq: LocaleFile;
}

export function isNotice(finding: Finding): boolean;
export function checkSource(sources: Sources): KeyFinding[];
export function checkLocale(
  given: Sources & { code: string; locale: LocaleFile; json: string },
): KeyFinding[];
