const LOCALES = new URL('../locales/', import.meta.url);
const SAMPLES = new URL('./previews/', import.meta.url);

/** Where a language's texts stand: beside the script, wherever that is. A gadget has others: src/gadget/files.ts. */
export const textsFile = (locale: string, part: 'card' | 'dialogs'): URL =>
  new URL(part === 'card' ? `${locale}.json` : `${locale}.dialogs.json`, LOCALES);

/** What a language that is known has in place of a file that cannot be read: nothing. */
export const withoutFile = (error: unknown): null => {
  throw error;
};

/** The data of a preview. */
export const sampleFile = (kind: unknown): URL => new URL(`${String(kind)}.json`, SAMPLES);
