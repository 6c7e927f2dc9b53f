export interface LocaleFile {
  metadata: Record<string, unknown>;
  texts: Record<string, string>;
}

export const METADATA: '@metadata';
export function fileOf(code: string): string;
export function hasLocale(code: string): boolean;
export { isCode } from './codes.mjs';
export function codes(): string[];
export function readLocale(code: string): LocaleFile;
export function toJson(locale: LocaleFile): string;
export function tagOf(code: string): string;
export function chainOf(code: string): string[];
