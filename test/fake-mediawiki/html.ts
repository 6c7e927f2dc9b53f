import type { WikiState } from './state.ts';
import { missingPath, pagePath } from './titles.ts';

/** Escapes text for HTML. */
export const escapeHtml = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

/** Renders a link as the wiki does: a link to a missing page leads to the editor. */
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
