import type { OutsideRecord } from './sdk/read.js';

const LOCALES = new URL('../locales/', import.meta.url);
const SAMPLES = new URL('./previews/', import.meta.url);

/** Where a language's texts stand: beside the script, wherever that is. A gadget has others: src/gadget/files.ts. */
export const textsFile = (locale: string, part: '' | '.dialogs' = ''): URL =>
  new URL(`${locale}${part}.json`, LOCALES);

/** What is done without a language's file: nothing. */
export const withoutFile = undefined as ((error: unknown) => null) | undefined;

/** The data of a preview. */
export const sampleFile = (kind: string): URL => new URL(`${kind}.json`, SAMPLES);

/** What a wiki says in its own words, by language: the gadget has that. Elsewhere hosts set `messages`. */
export const ownTexts = null as (() => Promise<OutsideRecord>) | null;
