import type { WikiState } from './state.ts';
import { missingPath, pagePath } from './titles.ts';

/** Text as it stands in markup. */
export const escapeHtml = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/** A link as the wiki draws it: to a page that does not exist yet it leads to its editor. */
export function link(
  wiki: WikiState,
  title: string,
  { html, className }: { html: string; className?: string },
): string {
  const exists = wiki.pageIds.has(title) || title.startsWith('Special:');
  const classes = [...(exists ? [] : ['new']), ...(className === undefined ? [] : [className])];
  const attribute = classes.length > 0 ? ` class="${classes.join(' ')}"` : '';
  const hint = exists ? title : `${title} (page does not exist)`;
  const href = exists ? pagePath(title) : missingPath(title);
  return `<a href="${escapeHtml(href)}"${attribute} title="${escapeHtml(hint)}">${html}</a>`;
}
