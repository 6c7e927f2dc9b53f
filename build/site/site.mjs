// Builds the site: the documentation with Eleventy, the gallery with esbuild, and a copy of the element.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Eleventy from '@11ty/eleventy';
import { build } from 'esbuild';
import { buildIfStale } from '../../scripts/build-if-stale.mjs';
import { GALLERY_BUNDLE } from '../../scripts/gallery-bundle.ts';
import { codes } from '../locales/files.ts';
import { generateTexts } from '../locales/generate.ts';
import { translationFor } from '../locales/translation.ts';
import { extendMarkdown, isLive, relativeTo } from './markdown.mjs';
import { readPages } from './pages.mjs';

const FOLDER = 'build/site';

/** Files of the stand-alone element, which the examples load. */
const ELEMENT = [
  'mentorship-module.js',
  'lazy.js',
  'sdk.js',
  'parts',
  'locales',
  'snapshot.schema.json',
  'LICENSES.txt',
];

/** Entries of the menu: a title and a path in the site. Titles of Markdown pages come from their heading. */
const menuFor = (titles) => {
  const guide = (output) => [titles.get(output), output];
  return [
    {
      title: 'Start',
      links: [
        ['Overview', 'index.html'],
        ['Gallery', 'gallery/index.html'],
        guide('docs/examples.html'),
        ['Translations', 'gallery/index.html?translate='],
      ],
    },
    {
      title: 'Guides',
      links: ['gadget', 'plain-wiki', 'sites', 'sdk', 'translating'].map((name) =>
        guide(`docs/${name}.html`),
      ),
    },
    { title: 'Reference', links: ['element', 'index', 'sdk'].map((name) => guide(`reference/${name}.html`)) },
    {
      title: 'Project',
      links: ['CHANGELOG', 'CONTRIBUTING', 'SECURITY', 'docs/adr/index'].map((name) => guide(`${name}.html`)),
    },
  ];
};

/** Returns the menu as seen from a page. */
const relativeMenu = (menu, page) =>
  menu.map(({ title, links }) => ({
    title,
    links: links.map(([label, target]) => ({
      label,
      href: relativeTo(page, target),
      isCurrent: target === page,
    })),
  }));

/** Writes a file, and the folders above it. */
function write(file, content) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}

async function writeDocuments(folder) {
  const { pages, outputs, images } = readPages();
  const menu = menuFor(new Map(pages.map(({ output, title }) => [output, title])));
  const samples = new Map();
  const addSample = (source, language, code) => {
    const output = outputs.get(source).replace(/\.html$/, `-${samples.size + 1}.${language}`);
    const sdk = relativeTo(output, 'dist/sdk.js');
    samples.set(output, code.replaceAll("'mentorship-module/sdk'", `'${sdk}'`));
    return path.posix.basename(output);
  };
  const eleventy = new Eleventy(`${FOLDER}/templates`, folder, {
    quietMode: true,
    configPath: false,
    config(config) {
      config.setUseGitIgnore(false);
      config.amendLibrary('md', (markdown) => extendMarkdown(markdown, outputs, addSample));
      for (const { source, output, title, text } of pages)
        config.addTemplate(output.replace(/html$/, 'md'), text, {
          layout: 'layout.njk',
          permalink: output,
          // Markdown may contain the braces of a template language.
          templateEngineOverride: 'md',
          source,
          output,
          title,
          menu: relativeMenu(menu, output),
          root: relativeTo(output, '.') || '.',
          isLive: Array.from(text.matchAll(/^ *```(\w+)\n(.*?)^ *```$/gms)).some(([, language, code]) =>
            isLive(source, language, code),
          ),
        });
    },
  });
  await eleventy.write();
  for (const [output, code] of samples) write(path.join(folder, output), code);
  for (const image of images) write(path.join(folder, image), readFileSync(image));
  for (const name of ['site.css', 'gallery-menu.css']) cpSync(`${FOLDER}/${name}`, `${folder}/${name}`);
  await build({ entryPoints: [`${FOLDER}/site.ts`], outdir: folder, logLevel: 'warning' });
}

/** Returns the gallery's page with a link to the documentation. It does not wait for locales to be saved. */
function galleryPage() {
  const page = readFileSync('demo/index.html', 'utf8')
    .replace('<html ', '<html data-files="static" ')
    .replace('</head>', '  <link rel="stylesheet" href="../gallery-menu.css" />\n  </head>')
    .replace(
      '<body>',
      `<body>
    <nav class="site-menu" aria-label="Site">
      <a href="../index.html">Overview</a>
      <a href="../docs/examples.html">Examples</a>
      <a href="../reference/element.html">Reference</a>
    </nav>`,
    );
  if (!/data-files[^]*gallery-menu[^]*site-menu/.test(page))
    throw new Error('demo/index.html has no <html …>, </head> or <body>.');
  return page;
}

async function writeGallery(folder) {
  await build({ ...GALLERY_BUNDLE, outdir: folder, minify: true });
  write(`${folder}/index.html`, galleryPage());
  for (const name of readdirSync('demo').filter((file) => file.endsWith('.css')))
    cpSync(`demo/${name}`, `${folder}/${name}`);
  for (const name of readdirSync('src/previews').filter((file) => file.endsWith('.json')))
    write(`${folder}/previews/${name}`, readFileSync(`src/previews/${name}`));
  write(`${folder}/translations.json`, JSON.stringify(codes()));
  for (const code of codes())
    write(`${folder}/translations/${code}.json`, JSON.stringify(translationFor(code)));
}

/**
 * Builds the site into a folder, which is emptied before. All links are relative, so that the folder can be served at
 * any path.
 *
 * @param {string} folder
 */
export async function buildSite(folder) {
  await buildIfStale();
  generateTexts();
  rmSync(folder, { recursive: true, force: true });
  await Promise.all([writeDocuments(folder), writeGallery(`${folder}/gallery`)]);
  for (const name of ELEMENT) cpSync(`dist/${name}`, `${folder}/dist/${name}`, { recursive: true });
}
