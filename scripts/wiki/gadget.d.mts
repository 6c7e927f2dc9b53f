import type { Wiki } from './start.mjs';

export interface Page {
  title: string;
  text: string;
}

/** What an administrator copies: pages, and the lines of MediaWiki:Gadgets-definition, each with its asterisk. */
export interface Gadget {
  pages: Page[];
  definitions: string[];
}

/** What the build has made in `dist/gadget`; null: nothing is built. */
export function builtGadget(): Gadget | null;
export function installGadget(wiki: Wiki, gadget: Gadget): Promise<void>;
export function putPages(wiki: Wiki, pages: Page[]): Promise<void>;
export function putDefinitions(wiki: Wiki, lines: string[]): Promise<number | null>;
