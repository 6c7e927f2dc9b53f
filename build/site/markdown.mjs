// Extends Eleventy's markdown-it: links between pages, ids of headings, no inline styles, and examples that run.
import path from 'node:path';

const EXAMPLES = 'docs/examples.md';

/** Returns the id that GitHub gives a heading. */
const slug = (text) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

/** Returns the part of a sample that runs on its page, because the page loads the element once. */
const withoutScripts = (html) => html.replace(/<script\b[^>]*>.*?<\/script>\s*/gs, '');

/** Returns true if a page runs a sample, rather than only showing it. */
export function isLive(source, language, code) {
  if (source === EXAMPLES) return ['html', 'css', 'js'].includes(language);
  return language === 'html' && /<mentorship-module [^>]*\bpreview=/.test(code);
}

/** Returns a link relative to a page. */
export const relativeTo = (output, target) => path.posix.relative(path.posix.dirname(output), target);

/**
 * Extends markdown-it for Eleventy, which passes a page's data as `env`.
 *
 * @param {Map<string, string>} outputs - the page of each path in the repository
 * @param {(source: string, language: string, code: string) => string} addFile - stores a sample that runs as a file of
 * its own, and returns its address relative to the page
 */
export function extendMarkdown(markdown, outputs, addFile) {
  const resolve = (href, { source, output }) => {
    if (/^(?:\w+:|#)/.test(href)) return href;
    const [target, fragment] = href.split('#');
    const found = outputs.get(path.posix.join(path.posix.dirname(source), target));
    if (found === undefined) throw new Error(`${source} links to ${href}, which is no page of the site.`);
    return relativeTo(output, found) + (fragment === undefined ? '' : `#${fragment}`);
  };

  const change = (token, env) => {
    for (const name of ['href', 'src']) {
      const value = token.attrGet(name);
      if (value !== null) token.attrSet(name, resolve(value, env));
    }
    // A column's alignment.
    const style = token.attrGet('style');
    if (style !== null) {
      token.attrs = token.attrs.filter(([name]) => name !== 'style');
      token.attrJoin('class', style.replace('text-align:', 'align-'));
    }
    if (token.type === 'html_block' && token.content.startsWith('<!--')) token.content = '';
    for (const child of token.children ?? []) change(child, env);
  };

  markdown.set({ html: true });
  markdown.core.ruler.push('site', ({ tokens, env }) => {
    const ids = new Map();
    for (const [index, token] of tokens.entries()) {
      change(token, env);
      if (token.type !== 'heading_open') continue;
      const id = slug(tokens[index + 1].children.map(({ content }) => content).join(''));
      const count = ids.get(id) ?? 0;
      ids.set(id, count + 1);
      token.attrSet('id', count ? `${id}-${count}` : id);
    }
  });

  const { rules } = markdown.renderer;
  rules.table_open = () => '<div class="table" tabindex="0">\n<table>\n';
  rules.table_close = () => '</table>\n</div>\n';
  const codeBlock = (code) => `<pre tabindex="0"><code>${markdown.utils.escapeHtml(code)}</code></pre>\n`;
  rules.code_block = (tokens, index) => codeBlock(tokens[index].content);
  rules.fence = (tokens, index, _options, { source }) => {
    const { content, info } = tokens[index];
    const shown = codeBlock(content);
    if (!isLive(source, info, content)) return shown;
    if (info === 'html') {
      const html = withoutScripts(content);
      return html ? `${shown}<div class="live">\n${html}</div>\n` : shown;
    }
    const address = addFile(source, info, content);
    return info === 'css'
      ? `${shown}<link rel="stylesheet" href="${address}">\n`
      : `${shown}<script type="module" src="${address}"></script>\n`;
  };
}
