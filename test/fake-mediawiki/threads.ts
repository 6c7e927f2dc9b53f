import type { WikiState } from './state.ts';
import { anchors, comments, sections, type Comment } from './talk.ts';
import { compact, iso } from './times.ts';
import { fragment, legacyFragment, parseTitle } from './titles.ts';

type Item = Record<string, unknown> & {
  readonly id: string;
  readonly name: string;
  readonly replies: Item[];
};

// Assigns element IDs as Parsoid does; threads contain them, so the page has to be walked in document order.
class Parsoid {
  #count = 1;
  readonly #wiki: WikiState;
  readonly #page: string;

  constructor(wiki: WikiState, page: string) {
    this.#wiki = wiki;
    this.#page = page;
  }

  element(): string {
    this.#count += 1;
    const bytes = this.#count < 256 ? [this.#count] : [this.#count >> 8, this.#count & 255];
    return `mw${btoa(String.fromCharCode(...bytes)).replace(/=+$/, '')}`;
  }

  inline(wikitext: string): string {
    return wikitext
      .split(/(\[\[[^\]]+\]\]|<\/?[bisu]>)/)
      .map((part) => this.#part(part))
      .join('');
  }

  #part(part: string): string {
    if (/^<[bisu]>$/.test(part)) return `${part.slice(0, -1)} id="${this.element()}">`;
    if (/^<\/[bisu]>$/.test(part)) return part;
    const [, target, label = target] = /^\[\[([^|\]]+)(?:\|([^\]]*))?\]\]$/.exec(part) ?? [];
    const title = target === undefined ? null : parseTitle(target);
    if (!title || label === undefined) return part.replace(/&/g, '&amp;').replace(/</g, '&lt;');
    const href = `./${title.text.replace(/ /g, '_')}`;
    return this.#wiki.pageIds.has(title.text)
      ? this.#blueLink(title.text, href, label)
      : this.#redLink(title.text, href, label);
  }

  #blueLink(title: string, href: string, label: string): string {
    const own = title === this.#page ? 'class="mw-selflink selflink"' : `title="${title}"`;
    return `<a rel="mw:WikiLink" href="${href}" ${own} id="${this.element()}">${label}</a>`;
  }

  #redLink(title: string, href: string, label: string): string {
    const i18n = JSON.stringify({ title: { lang: 'x-page', key: 'red-link-title', params: [title] } });
    return (
      `<a rel="mw:WikiLink" href="${href}?action=edit&amp;redlink=1" title="${title}" class="new" ` +
      `typeof="mw:LocalizedAttrs" data-mw-i18n='${i18n}' id="${this.element()}">${label}</a>`
    );
  }
}

const commentName = (comment: Comment) => `${fragment(comment.author)}-${compact(iso(comment.at))}`;

function commentItem(parsoid: Parsoid, comment: Comment, level: number, parent: string): Item {
  const name = commentName(comment);
  const html = parsoid.inline(comment.wikitext);
  if (comment.replies.length > 0) parsoid.element();
  const replies = comment.replies.map((reply) => {
    parsoid.element();
    return commentItem(parsoid, reply, level + 1, name);
  });
  const common = { timestamp: iso(comment.at), author: comment.author, type: 'comment', level };
  return { ...common, name: `c-${name}`, id: `c-${name}-${parent}`, replies, html };
}

/** Returns the threads of a talk page as DiscussionTools lists them; null if the page does not exist. */
export function threads(wiki: WikiState, page: string): Item[] | null {
  const text = wiki.text(page);
  if (text === null) return null;
  const parsoid = new Parsoid(wiki, page);
  const found = sections(text);
  const headings = anchors(found);
  return found.map(({ heading, body }, index) => {
    parsoid.element();
    const anchor = headings[index] ?? '';
    const fallback = legacyFragment(anchor);
    const span = fallback === anchor ? '' : `<span id="${fallback}" typeof="mw:FallbackId"></span>`;
    const html = span + parsoid.inline(heading);
    const list = comments(body);
    const replies = list.map((comment) => {
      parsoid.element();
      return commentItem(parsoid, comment, 1, anchor);
    });
    const first = list[0];
    const id = first ? `h-${anchor}-${compact(iso(first.at))}` : `h-${anchor}`;
    const name = first ? `h-${commentName(first)}` : 'h-';
    return { headingLevel: 2, name, type: 'heading', level: 0, id, replies, html };
  });
}

/** Flattens the items. */
export const flat = (items: readonly Item[]): Item[] =>
  items.flatMap((item) => [item, ...flat(item.replies)]);

/** Converts an item to the format of the API, where only headings have a name. */
export function shown({ name, ...item }: Item): Record<string, unknown> {
  const replies = item.replies.map(shown);
  return item['type'] === 'heading' ? { ...item, name, replies } : { ...item, replies };
}

/** Converts the items to the format of the page's scripts, without text. */
export const pageThreads = (items: readonly Item[]): Record<string, unknown>[] =>
  items.map((item) => {
    const facts = Object.entries(shown(item)).filter(([name]) => name !== 'html');
    const { timestamp } = item;
    const moment = typeof timestamp === 'string' ? { timestamp: compact(timestamp) } : {};
    return { ...Object.fromEntries(facts), ...moment, replies: pageThreads(item.replies) };
  });
