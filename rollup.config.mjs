import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import json from '@rollup/plugin-json';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { transformSync } from 'esbuild';
import terser from '@rollup/plugin-terser';
import esbuild from 'rollup-plugin-esbuild';
import { minifyTemplateLiterals } from 'rollup-plugin-minify-template-literals';
import { classic, enclosed } from './scripts/classic.mjs';
import { onWiki, unsigned, wikiPages } from './scripts/gadget.mjs';
import { lazy } from './scripts/lazy.mjs';
import { writeLocaleList } from './scripts/locales/files.mjs';
import { served, textsFor } from './scripts/locales/served.mjs';
import { pair, pairOutput } from './scripts/pair.mjs';
import { slim } from './scripts/slim.mjs';
import { texts, textsOf } from './scripts/texts.mjs';

writeLocaleList();

/** In `dist/` the other files stand beside the script; in `src/` the locales are one folder up. */
const beside = {
  name: 'beside',
  renderChunk: (code) => code.replaceAll(/(["'`])\.\.\/locales\/\1/g, '"./locales/"'),
};

/** JSON that is fetched when it is needed, and the licences. */
const files = {
  name: 'files',
  buildStart: () => rmSync('dist', { recursive: true, force: true }),
  writeBundle() {
    const write = (file, data) => {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify(data));
    };
    for (const code of served()) {
      const all = textsFor(code);
      write(`dist/locales/${code}.json`, textsOf('card', all));
      write(`dist/locales/${code}.dialogs.json`, textsOf('dialogs', all));
    }
    for (const name of readdirSync('src/previews').filter((file) => file.endsWith('.json')))
      write(`dist/previews/${name}`, JSON.parse(readFileSync(`src/previews/${name}`, 'utf8')));
    writeFileSync('dist/snapshot.schema.json', readFileSync('src/sdk/snapshot.schema.json'));
    // The comments with the libraries' licences are not in the minified file.
    const licences = ['.', ...['lit', 'ky', '@lit/localize'].map((name) => `node_modules/${name}`)].map(
      (folder) =>
        readFileSync(`${folder}/${readdirSync(folder).find((file) => /^licen[sc]e/i.test(file))}`, 'utf8'),
    );
    writeFileSync('dist/LICENSES.txt', licences.join('\n----\n\n'));
  },
};

const resolve = (condition) =>
  nodeResolve({ exportConditions: [condition], extensions: ['.ts', '.js', '.mjs'] });

const plugins = [
  texts,
  json({ compact: true, preferConst: true, namedExports: false }),
  esbuild({ target: 'es2022' }),
  beside,
];
/** The card's own, of src/colours.ts: nobody outside reads them. */
const COLOURS = ['text', 'quiet', 'link', 'page', 'tint', 'line', 'edge', 'fill', 'fill-text'];
/** esbuild leaves the values of custom properties as they were written, in case that a script reads them. */
const minifyCSS = (css) =>
  transformSync(css, { loader: 'css', minify: true })
    .code.replace(/(?<=[,:(])\s+|\s+(?=\)|$)/g, '')
    .replace(/(\[[a-z]+=)"([a-z]+)"/g, '$1$2')
    .replace(/--_([a-z-]+)/g, (_, name) => `--${'abcdefghi'[COLOURS.indexOf(name)]}`);
const templates = minifyTemplateLiterals({
  include: ['src/**'],
  options: { minifyOptions: { keepClosingSlash: true, minifyCSS } },
});
/**
 * What Lit calls its own must have the same short names in both scripts of the gadget. Variables must not: a function
 * `history` of the one would give its short name to the browser's `history` in the other.
 */
const sharedNames = () => ({
  get vars() {
    return {};
  },
  set vars(_) {},
});
/** @param compress - what differs */
const minify = (ecma, { nameCache, ...compress } = {}) =>
  terser({
    ecma,
    nameCache,
    module: true,
    compress: {
      passes: 3,
      unsafe: true,
      unsafe_arrows: true,
      unsafe_methods: true,
      pure_getters: true,
      keep_fargs: false,
      ...compress,
    },
    // Lit's own private names, but for those by which one file knows what another file's Lit has made; ours begin with #.
    mangle: { properties: { regex: /^_/, reserved: ['_$litType$', '_$litPart$'] } },
    format: { comments: false },
  });

export default [
  {
    input: { 'mentorship-module': 'src/define.ts' },
    output: { dir: 'dist', format: 'es', chunkFileNames: 'parts/[name]-[hash].js' },
    // Lit's own source, of which scripts/slim-lit.mjs leaves what is used.
    plugins: [
      slim,
      resolve('development'),
      ...plugins,
      lazy,
      templates,
      minify(2022, { inline: 1, loops: false }),
      files,
    ],
  },
  {
    // For bundlers: Lit stays outside, so that a page has it once.
    input: { index: 'src/index.ts', define: 'src/define.ts', sdk: 'src/sdk/index.ts' },
    external: /^lit(\/|$)/,
    output: { dir: 'dist', format: 'es', chunkFileNames: 'shared-[hash].js' },
    plugins: [resolve('production'), ...plugins],
  },
  {
    // For MediaWiki's gadgets: two classic scripts, of which the second is fetched on first use.
    input: 'src/gadget/gadget.ts',
    preserveEntrySignatures: 'allow-extension',
    output: {
      ...pairOutput,
      format: 'es',
      freeze: false,
      generatedCode: { preset: 'es2015', symbols: false },
    },
    plugins: [
      onWiki,
      slim,
      resolve('development'),
      ...plugins,
      templates,
      pair,
      classic,
      minify(2016, { passes: 6, inline: 1, nameCache: sharedNames() }),
      enclosed,
      unsigned,
      wikiPages,
    ],
  },
];
