// Type-checks the samples of README.md and docs/ in strict mode, against the built package. Run `npm run build` first.
// A sample is a fenced block of js, ts or tsx, or the scripts of a block of html. A sample that continues another one
// declares what it needs in a comment of Markdown above it: <!-- check: declare function save(text: string): void; -->
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const FILES = [
  'README.md',
  ...readdirSync('docs').flatMap((name) => (/\.md$/.test(name) ? `docs/${name}` : [])),
];

/** The comment, then the block; each may be indented, as in a list. */
const BLOCK =
  /(?:^[ \t]*<!-- check:(?<declarations>.*?)-->\s*)?^(?<indent>[ \t]*)```(?<language>js|ts|tsx|html)\n(?<code>.*?)^\k<indent>```/dgms;
const SCRIPT = /<script\b[^>]*>(?<code>.*?)<\/script>/dgs;

/** Replaces everything outside of the ranges by spaces, so that positions stay those of the Markdown file. */
function keep(markdown, ranges) {
  const blank = (from, to) => markdown.slice(from, to).replace(/[^\n]/g, ' ');
  const ends = [0, ...ranges.map(([, to]) => to)];
  const kept = ranges.map(([from, to], index) => blank(ends[index], from) + markdown.slice(from, to));
  return kept.join('');
}

function* samplesOf(file) {
  const markdown = readFileSync(file, 'utf8');
  for (const { groups, indices } of markdown.matchAll(BLOCK)) {
    const { declarations, code } = indices.groups;
    const [start, end] = code;
    const scripts = Array.from(groups.code.matchAll(SCRIPT), (script) =>
      script.indices.groups.code.map((offset) => start + offset),
    );
    const ranges = (groups.language === 'html' ? scripts : [[start, end]]).filter(
      ([from, to]) => markdown.slice(from, to).trim() !== '',
    );
    if (ranges.length === 0) continue;
    const extension = groups.language === 'tsx' ? 'tsx' : 'ts';
    yield {
      name: path.resolve(`${file}.${start}.${extension}`),
      text: keep(markdown, declarations ? [declarations, ...ranges] : ranges),
    };
  }
}

const samples = new Map(FILES.flatMap((file) => [...samplesOf(file)]).map(({ name, text }) => [name, text]));
if (samples.size === 0) throw new Error(`No samples found in ${FILES.join(', ')}.`);

const { options } = ts.parseJsonConfigFileContent(
  {
    extends: './test/types/tsconfig.json',
    compilerOptions: { moduleDetection: 'force', noUnusedLocals: false },
  },
  ts.sys,
  '.',
);
const host = ts.createCompilerHost(options);
const { fileExists, getSourceFile } = host;
host.fileExists = (name) => samples.has(name) || fileExists(name);
host.getSourceFile = (name, ...rest) =>
  samples.has(name) ? ts.createSourceFile(name, samples.get(name), ...rest) : getSourceFile(name, ...rest);

const program = ts.createProgram([...samples.keys()], options, host);
const diagnostics = ts.getPreEmitDiagnostics(program);
for (const { file, start, messageText } of diagnostics) {
  const message = ts.flattenDiagnosticMessageText(messageText, '\n');
  if (!file) {
    console.log(`✗ ${message}`);
    continue;
  }
  const { line, character } = file.getLineAndCharacterOfPosition(start);
  const name = path.relative('.', file.fileName).replace(/(?<=\.md)\.\d+\.tsx?$/, '');
  console.log(`✗ ${name}:${line + 1}:${character + 1}: ${message}`);
}
console.log(`${samples.size} samples, ${diagnostics.length} errors`);
process.exitCode = diagnostics.length ? 1 : 0;
