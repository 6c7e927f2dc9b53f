import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import alias from '@rollup/plugin-alias';
import json from '@rollup/plugin-json';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { transformSync } from 'esbuild';
import esbuild from 'rollup-plugin-esbuild';
import { minifyTemplateLiterals } from 'rollup-plugin-minify-template-literals';
import { tsImport } from 'tsx/esm/api';

const { wikiPages, wikiScript } = await tsImport('./build/gadget.ts', import.meta.url);
const { generateTexts } = await tsImport('./build/locales/generate.ts', import.meta.url);

rmSync('dist', { recursive: true, force: true });
generateTexts();

const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));

const plugins = [
  nodeResolve({ exportConditions: ['production'], extensions: ['.ts', '.js'] }),
  json({ compact: true, namedExports: false, preferConst: true }),
  esbuild({ target: 'es2022' }),
];

const minified = [
  minifyTemplateLiterals({
    include: ['src/**'],
    options: {
      minifyOptions: {
        keepClosingSlash: true,
        minifyCSS: (css) => transformSync(css, { loader: 'css', minify: true }).code,
      },
    },
  }),
  // Repeated calls compress better than repeated bodies, so only simple functions are inlined.
  terser({
    ecma: 2020,
    module: true,
    compress: { passes: 4, inline: 1, keep_fargs: false },
    format: { comments: false },
  }),
];

/** Texts keep their names, so that hosts can import them; the names of other chunks change with their content. */
const chunkFileNames = (folder) => (chunk) => {
  if (/\/src\/generated\/texts\//.test(chunk.facadeModuleId)) return 'locales/[name].js';
  const wiki = /\/src\/sdk\/(growth|plain)\//.exec(chunk.facadeModuleId)?.[1];
  return `${folder}/${wiki ? `${wiki}-` : ''}[name]-[hash].js`;
};

/** Copies the JSON Schema, and the licenses, because the minified files have no comments. */
const copies = {
  name: 'copies',
  writeBundle() {
    writeFileSync('dist/snapshot.schema.json', readFileSync('src/sdk/snapshot.schema.json'));
    const files = ['LICENSE', ...Object.keys(dependencies).map(licenseOf)];
    writeFileSync('dist/LICENSES.txt', files.map((file) => readFileSync(file, 'utf8')).join('\n----\n\n'));
  },
};

/** Notes the minified length of each stand-alone module, for the weights that `npm run size` prints. */
const moduleLengths = {
  name: 'module-lengths',
  generateBundle(_, bundle) {
    const chunks = Object.values(bundle).filter(({ type }) => type === 'chunk');
    const lengths = chunks.map(({ fileName, modules }) => [
      fileName,
      Object.entries(modules)
        .filter(([, { code }]) => code)
        .map(([id, { code }]) => [path.relative('.', id), transformSync(code, { minify: true }).code.length]),
    ]);
    mkdirSync('node_modules/.cache', { recursive: true });
    writeFileSync('node_modules/.cache/module-lengths.json', JSON.stringify(lengths));
  },
};

function licenseOf(name) {
  const folder = `node_modules/${name}`;
  return path.join(
    folder,
    readdirSync(folder).find((file) => /^licen[sc]e/i.test(file)),
  );
}

/** Replaces modules by those of the same name in src/gadget. */
const gadgetModules = (names) =>
  alias({
    entries: [{ find: new RegExp(`^.*/(${names})\\.js$`), replacement: path.resolve('src/gadget/$1.ts') }],
  });

/** Scripts of the gadget. rollup asks for the chunk of each module after it has read all of them. */
let gadgetScripts;

export default [
  {
    // The package: libraries stay outside, so that an application has each of them once.
    input: {
      index: 'src/index.ts',
      define: 'src/define.ts',
      'sdk-shared': 'src/sdk/index.ts',
    },
    external: Object.keys(dependencies).map((name) => new RegExp(`^${name}(/|$)`)),
    output: {
      dir: 'dist',
      format: 'es',
      chunkFileNames: chunkFileNames('shared'),
      // Apart from the sources, so that an application that only decides is bundled without ky.
      manualChunks: (id) =>
        /\/src\/sdk\/(?:coerce|decide|errors|parse-snapshot)\.ts$/.test(id) ? 'decide' : null,
    },
    plugins: [...plugins, copies],
  },
  {
    // Stand-alone. `strict` keeps the entry a facade, so that `mentorship-module.js?v=3` evaluates nothing twice.
    input: { 'mentorship-module': 'src/define.ts' },
    preserveEntrySignatures: 'strict',
    output: { dir: 'dist', format: 'es', chunkFileNames: chunkFileNames('parts') },
    plugins: [...plugins, ...minified, moduleLengths],
  },
  {
    // The lazy entries, each of which is one file, so that a viewer without a card loads no other script.
    input: 'src/lazy.ts',
    external: /\/define\.js$/,
    output: [
      { file: 'dist/lazy-define.js', format: 'es', paths: () => './define.js' },
      { file: 'dist/lazy.js', format: 'es', paths: () => './mentorship-module.js' },
    ],
    plugins: [...plugins, ...minified],
  },
  {
    // The SDK for pages without a bundler. An application gets `sdk-shared.js`, which shares its modules with the element.
    input: { sdk: 'src/sdk/index.ts' },
    output: { dir: 'dist', format: 'es', inlineDynamicImports: true },
    plugins: [...plugins, ...minified],
  },
  {
    // The check of a gadget's set-up, which works without the gadget's other scripts.
    input: { 'mentorship-module-check': 'src/gadget/check/check.ts' },
    output: { dir: 'dist/gadget', format: 'es', inlineDynamicImports: true },
    plugins: [gadgetModules('load-card-texts|wiki-messages'), ...plugins, ...minified, wikiScript],
  },
  {
    // A gadget on a wiki: three modules, which are the card, what is needed after it or by few cards, and the dialogs.
    input: { 'mentorship-module': 'src/gadget/gadget.ts' },
    preserveEntrySignatures: 'allow-extension',
    output: {
      dir: 'dist/gadget',
      format: 'es',
      manualChunks: (id, graph) => {
        const { card, more } = (gadgetScripts ??= scriptsOfGadget(graph));
        if (card.has(id)) return 'mentorship-module';
        return `mentorship-module-${more.has(id) ? 'more' : 'dialogs'}`;
      },
      onlyExplicitManualChunks: true,
      chunkFileNames: '[name].js',
      // Readable export names, so that two files of different versions fail to link rather than misunderstand each other.
      minifyInternalExports: false,
    },
    plugins: [
      gadgetModules(
        'load-card-texts|load-dialog-texts|load-dialogs|load-fallbacks|load-interaction|load-sample|preview-snapshot|wiki-messages',
      ),
      alias({
        entries: [
          { find: /^\.\/plain\/snapshot\.js$/, replacement: path.resolve('src/gadget/plain-snapshot.ts') },
        ],
      }),
      ...plugins,
      ...minified,
      wikiScript,
      wikiPages,
    ],
  },
];

/** Modules that few cards need, or that a card needs once it is rendered. */
const AFTER_CARD =
  /\/src\/(?:controllers\/(?:interaction-controller|keep-snapshots)|gadget\/own-texts|i18n\/locale-fallbacks|sdk\/plain\/snapshot)\.ts$/;

/** Returns the modules that the entry, and those of the third script, reach by static imports alone. */
function scriptsOfGadget({ getModuleIds, getModuleInfo }) {
  const reach = (isFirst) => {
    const reached = new Set([...getModuleIds()].filter(isFirst));
    for (const id of reached) for (const next of getModuleInfo(id).importedIds) reached.add(next);
    return reached;
  };
  return {
    card: reach((id) => getModuleInfo(id).isEntry),
    more: reach((id) => AFTER_CARD.test(id)),
  };
}
