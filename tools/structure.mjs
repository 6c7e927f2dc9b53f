#!/usr/bin/env node
// Counts files and imports of the source, and checks their bounds: tools/structure.mjs [--check] [FOLDER]
// An edge is a pair of files; type-only and dynamic imports count. FOLDER: another checkout, for comparison.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import ts from 'typescript';

const { values, positionals } = parseArgs({
  options: { check: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const root = path.resolve(positionals[0] ?? '.', 'src');

const BOUNDS = {
  sdkFiles: 30,
  sdkEdges: 170,
  sdkLongestChain: 11,
  topLevelFiles: 5,
  cycles: 0,
  forbidden: 0,
};

/** Imports that no file of a folder may have. */
const FORBIDDEN = [
  [/^sdk\/plain\//, /^sdk\/growth\//],
  [/^sdk\/growth\//, /^sdk\/plain\//],
  [/^(?:cards|dialogs)\//, /^sdk\/(?:sources|growth\/|plain\/|mediawiki\/|preview-snapshot)/],
  [/^sdk\//, /^(?!sdk\/)/],
];

const files = readdirSync(root, { recursive: true })
  .filter((file) => /\.ts$/.test(file) && !file.startsWith('generated/'))
  .sort();

/** Returns the imported files of the source, as paths relative to `src/`. */
function importsOf(file) {
  const { importedFiles } = ts.preProcessFile(readFileSync(path.join(root, file), 'utf8'), true, true);
  const targets = importedFiles
    .filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => path.join(path.dirname(file), fileName).replace(/\.js$/, '.ts'));
  return [...new Set(targets)].filter(
    (target) =>
      !target.startsWith('generated/') && target.endsWith('.ts') && existsSync(path.join(root, target)),
  );
}

const graph = new Map(files.map((file) => [file, importsOf(file)]));

/** Strongly connected components with more than one file (Tarjan). */
function findCycles() {
  const [index, low, stack, cycles] = [new Map(), new Map(), [], []];
  const visit = (file) => {
    index.set(file, index.size);
    low.set(file, index.get(file));
    stack.push(file);
    for (const next of graph.get(file) ?? []) {
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) low.set(file, Math.min(low.get(file), low.get(next)));
    }
    if (low.get(file) !== index.get(file)) return;
    const component = stack.splice(stack.indexOf(file));
    if (component.length > 1) cycles.push(component);
  };
  for (const file of files) if (!index.has(file)) visit(file);
  return cycles;
}

/** Number of files of the longest chain of imports; a cycle counts as one file. */
function longestChain(within, cycles) {
  const groupOf = new Map(cycles.flatMap((cycle) => cycle.map((file) => [file, cycle])));
  const lengths = new Map();
  const lengthFrom = (file) => {
    const group = groupOf.get(file) ?? [file];
    const known = lengths.get(group[0]);
    if (known !== undefined) return known;
    const next = group
      .flatMap((member) => graph.get(member))
      .filter((one) => !group.includes(one) && within(one));
    const length = 1 + Math.max(0, ...next.map(lengthFrom));
    lengths.set(group[0], length);
    return length;
  };
  return Math.max(...files.filter(within).map(lengthFrom));
}

const isSdk = (file) => file.startsWith('sdk/');
const sdk = files.filter(isSdk);
const cycles = findCycles();
const forbidden = [...graph].flatMap(([file, targets]) =>
  targets
    .filter((target) => FORBIDDEN.some(([from, to]) => from.test(file) && to.test(target)))
    .map((target) => `${file} imports ${target}`),
);
const counts = {
  sdkFiles: sdk.length,
  sdkEdges: sdk.flatMap((file) => graph.get(file).filter(isSdk)).length,
  sdkLongestChain: longestChain(isSdk, cycles),
  topLevelFiles: files.filter((file) => !file.includes('/')).length,
  cycles: cycles.length,
  forbidden: forbidden.length,
};

for (const [name, count] of Object.entries(counts)) {
  const isOver = count > BOUNDS[name];
  console.log(`${isOver ? '✗' : '✓'} ${name}: ${count} (at most ${BOUNDS[name]})`);
  if (isOver && values.check) process.exitCode = 1;
}
for (const cycle of cycles) console.log(`  cycle: ${cycle.join(' → ')}`);
for (const line of forbidden) console.log(`  forbidden: ${line}`);
