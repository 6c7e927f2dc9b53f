import { toEnum, toRecord } from '../sdk/coerce.js';

/** The wiki's global object, as far as it is needed; another script may have put anything there. */
interface MediaWiki {
  config?: { get?: (name: string) => unknown };
  hook?: (name: string) => { add(handler: (value: unknown) => void): void };
}

const wiki = (): MediaWiki => (globalThis as { mw?: MediaWiki }).mw ?? {};

/** A variable of `mw.config`. */
export const config = (name: string): unknown => wiki().config?.get?.(name);

/** Returns the cache parameters of raw pages; `?debug=true` turns the cache off. */
export const keeping = (): string => {
  const seconds = config('debug') ? 0 : 86_400;
  return `&maxage=${seconds}&smaxage=${seconds}`;
};

/** Is told of each piece of content that the wiki puts into the page, also of what is there already. */
export function onContent(handler: (content: Element[]) => void): void {
  wiki()
    .hook?.('wikipage.content')
    .add((content) => {
      const nodes = Array.from((content ?? []) as ArrayLike<unknown>);
      handler(nodes.filter((node) => node instanceof Element));
    });
}

const { mentorshipModule } = globalThis as { mentorshipModule?: unknown };
const given = toRecord(mentorshipModule);
const pages = [given?.pages ?? []].flat();

/** Settings at the top of the loader. Invalid values count as not set. */
export const settings = {
  /** Titles of pages in lower case, as the wiki writes them, but `Special:` in English. */
  pages: new Set(pages.map((title) => (typeof title === 'string' ? title.toLowerCase() : null))),
  /** Title of a page with texts of the wiki's own. */
  texts: typeof given?.texts === 'string' ? given.texts : '',
  userPage: given?.userPage === true,
  sidebar: given?.sidebar === true,
  homepage: toEnum(given?.homepage, ['experienced', 'everybody'], 'nobody'),
  enroll: toEnum(given?.enroll, ['here'], 'link'),
};
