// Lists the pages of the site that are made from Markdown, and the files that they link to.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { reference } from './reference.mjs';

/** Link targets in the repository that have a page of another name. */
const OTHER_NAMES = { api: 'reference/index.html' };

const IMAGE = /\.(?:png|svg|webp|jpe?g)$/;

const markdownIn = (folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`);

/** Returns the page of a Markdown file; `README.md` becomes the index of its folder. */
const outputFor = (file) =>
  file === 'README.md' || file.endsWith('/README.md')
    ? file.replace(/README\.md$/, 'index.html')
    : file.replace(/\.md$/, '.html');

const pageOf = (source, output, text) => ({
  source,
  output,
  title: /^# (.+)$/m.exec(text)?.[1].replaceAll('`', '') ?? source,
  text,
});

/** Returns the relative targets of a page's links, as paths in the repository. */
export const linksIn = ({ source, text }) =>
  Array.from(text.matchAll(/\]\((?!\w+:|#)([^)#\s]+)/g), ([, target]) =>
    path.posix.join(path.posix.dirname(source), target),
  );

/** Shows a linked source file as a page. */
function codePage(file) {
  const code = readFileSync(file, 'utf8').trimEnd();
  const language = /\.(\w+)$/.exec(file)?.[1] ?? 'text';
  return pageOf(file, `source/${file}.html`, `# ${file}\n\n\`\`\`\`${language}\n${code}\n\`\`\`\`\n`);
}

/**
 * Returns all pages, the page or image that each path of the repository has, and the images.
 *
 * @returns {{ pages: { source: string, output: string, title: string, text: string }[], outputs: Map<string, string>, images: string[] }}
 */
export function readPages() {
  const files = [
    ...['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md'],
    ...markdownIn('docs'),
    ...markdownIn('docs/adr'),
  ];
  const written = files.map((file) => pageOf(file, outputFor(file), readFileSync(file, 'utf8')));
  const isCode = (file) =>
    !files.includes(file) &&
    !(file in OTHER_NAMES) &&
    !IMAGE.test(file) &&
    existsSync(file) &&
    statSync(file).isFile();
  const links = [...new Set(written.flatMap(linksIn))];
  const pages = [
    ...written,
    ...links.filter(isCode).map(codePage),
    ...reference().map(({ name, text }) => pageOf(`reference/${name}.md`, `reference/${name}.html`, text)),
  ];
  const images = links.filter((file) => IMAGE.test(file));
  const outputs = new Map([
    ...Object.entries(OTHER_NAMES),
    ...images.map((file) => [file, file]),
    ...pages.map(({ source, output }) => [source, output]),
  ]);
  return { pages, outputs, images };
}
