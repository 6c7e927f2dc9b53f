import { attempt, currentPage } from '../controllers/wiki-page.js';
import { toEnum, toRecord } from '../sdk/coerce.js';

/** The used part of the global `mw`, which is untrusted because another script may have set it. */
interface MediaWiki {
  hook?: (name: string) => { add(handler: (value: unknown) => void): void };
  track?: (topic: string, data: object) => void;
}

/** Returns a variable of the page. Those of the site are set after `wikiStarted()`. */
export const config = (name: string): unknown => currentPage()?.config.get(name);

/** Returns the cache parameters of raw pages; `?debug=true` turns the cache off. */
export const cacheParameters = (): string => {
  const seconds = config('debug') ? 0 : 86_400;
  return `&maxage=${seconds}&smaxage=${seconds}`;
};

/** Calls the handler with the page's current content and with all content that the wiki adds later. */
export function onContent(handler: (content: Element[]) => void): void {
  attempt(() =>
    (globalThis as { mw?: MediaWiki }).mw?.hook?.('wikipage.content').add((content) => {
      const nodes = Array.from((content ?? []) as ArrayLike<unknown>);
      handler(nodes.filter((node) => node instanceof Element));
    }),
  );
}

/** Passes data to the subscribers of a topic, such as a wiki's analytics. */
export const track = (topic: string, data: object): void =>
  attempt(() => (globalThis as { mw?: MediaWiki }).mw?.track?.(topic, data));

/** Returns the title of the page, with its namespace, if the page shows its content; null: a form, a list or a special page. */
export const contentTitle = (): string | null => {
  const title = config('wgPageName');
  return config('wgIsArticle') === true && typeof title === 'string' ? title.replaceAll('_', ' ') : null;
};

const { mentorshipModule } = globalThis as { mentorshipModule?: unknown };
const given = toRecord(mentorshipModule);
const pages = [given?.pages ?? []].flat();

/** Settings of the gadget. Invalid values are ignored. */
export const settings = {
  /** Titles of pages in lower case, with the wiki's namespaces, except `Special:` in English. */
  pages: new Set(pages.map((title) => (typeof title === 'string' ? title.toLowerCase() : null))),
  /** Title of the page with the wiki's own texts; empty: none. */
  texts: typeof given?.texts === 'string' ? given.texts : '',
  userPage: given?.userPage === true,
  sidebar: given?.sidebar === true,
  reasons: given?.reasons === true,
  homepage: toEnum(given?.homepage ?? 'experienced', ['experienced', 'everybody'], 'nobody'),
  enroll: toEnum(given?.enroll, ['here'], 'link'),
};
