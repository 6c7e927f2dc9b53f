// Prints the size of each built file, and fails where one is over its budget. Sizes are in bytes after
// brotli at quality 11.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';

const BUDGETS = {
  firstCard: 30_400,
  gadgetCard: 33_500,
  gadgetCheck: 32_768,
  dialog: 4_096,
  writePath: 8_192,
  lazy: 768,
  cardTexts: 2_000,
  /** Not compressed, because ResourceLoader puts it among other scripts. */
  loader: 2_048,
};

/** Chunks of one dialog each, with its English texts. All other chunks count as parts of the write path. */
const DIALOG = /^parts\/(about|ask|choose|enroll|join|leave)-/;

const read = (file) => readFileSync(`dist/${file}`);
const sizes = new Map();

function brotli(file) {
  if (!sizes.has(file)) sizes.set(file, brotliCompressSync(read(file)).length);
  return sizes.get(file);
}

/** Files that a module imports statically, however far. */
function withImports(file, found = new Set([file])) {
  for (const [, name] of read(file)
    .toString()
    .matchAll(/(?:\bfrom|\bimport)\s*"(\.{1,2}\/[^"]+\.js)"/g)) {
    const next = new URL(name, `file:///${file}`).pathname.slice(1);
    if (found.has(next)) continue;
    found.add(next);
    withImports(next, found);
  }
  return found;
}

function print(label, size, budget) {
  const isOver = budget !== undefined && size > budget;
  const limit = budget === undefined ? '' : ` of ${budget}`;
  console.log(`${isOver ? '✗' : budget === undefined ? ' ' : '✓'} ${label}: ${size} B${limit}`);
  if (isOver) process.exitCode = 1;
}

const total = (files) => [...files].reduce((sum, file) => sum + brotli(file), 0);

/** Distributes the size of each file among its modules, by their minified length. */
function weights(files) {
  const weights = new Map();
  for (const [file, modules] of JSON.parse(readFileSync('node_modules/.cache/module-lengths.json', 'utf8'))) {
    if (!files.has(file)) continue;
    const length = modules.reduce((sum, [, one]) => sum + one, 0);
    for (const [id, one] of modules) {
      const owner = ownerOf(id);
      weights.set(owner, (weights.get(owner) ?? 0) + (brotli(file) * one) / length);
    }
  }
  return [...weights].sort(([, a], [, b]) => b - a);
}

/** A library, or a folder of ours. */
const ownerOf = (id) =>
  /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1] ?? /^src(?:\/[^/.]+)*(?=\/)/.exec(id)?.[0] ?? id;

function list(title, files) {
  console.log(`\n${title}`);
  for (const [owner, size] of weights(files)) console.log(`  ${owner}: ${Math.round(size)} B`);
}

if (!existsSync('dist/mentorship-module.js')) throw new Error('Run `npm run build` first.');
// Static imports only, because no card in English on a wiki with GrowthExperiments imports another chunk before it is
// rendered. Afterwards it imports the interaction controller.
const first = withImports('mentorship-module.js');
print(`before the first card (${[...first].join(', ')})`, total(first), BUDGETS.firstCard);
print('gadget/mentorship-module.js', brotli('gadget/mentorship-module.js'), BUDGETS.gadgetCard);
print('gadget/mentorship-module-check.js', brotli('gadget/mentorship-module-check.js'), BUDGETS.gadgetCheck);
for (const name of ['more', 'dialogs'])
  print(`gadget/mentorship-module-${name}.js`, brotli(`gadget/mentorship-module-${name}.js`));
print(
  'gadget/mentorship-module-loader.js, raw',
  read('gadget/mentorship-module-loader.js').length,
  BUDGETS.loader,
);
print('lazy.js', brotli('lazy.js'), BUDGETS.lazy);
const parts = readdirSync('dist/parts')
  .map((name) => `parts/${name}`)
  .filter((file) => !first.has(file));
for (const file of parts) print(file, brotli(file), DIALOG.test(file) ? BUDGETS.dialog : BUDGETS.writePath);
const locales = readdirSync('dist/locales').filter((name) => !name.endsWith('.dialogs.js'));
const largest = locales
  .map((name) => [`locales/${name}`, brotli(`locales/${name}`)])
  .sort(([, a], [, b]) => b - a)[0];
print(`card texts, the largest of ${locales.length}: ${largest[0]}`, largest[1], BUDGETS.cardTexts);
list('Before the first card, by library and folder (about)', first);
list('Loaded on first use, by library and folder (about)', new Set(parts));
