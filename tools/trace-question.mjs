#!/usr/bin/env node
// Counts calls of functions in src/ for one sent question, from the click on “Publish your question” to the card with the question, in
// Chromium on the wiki in memory: tools/trace-question.mjs [--list] [CHECKOUT]
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import puppeteer from 'puppeteer-core';
import ts from 'typescript';
import { CHROMIUM_FLAGS, chromiumPath } from '../scripts/chromium-path.mjs';
import { tsImport } from 'tsx/esm/api';

const { values, positionals } = parseArgs({ options: { list: { type: 'boolean' } }, allowPositionals: true });
const root = path.resolve(positionals[0] ?? '.');
const MOST = { calls: 900, moves: 300 };

/** Inserts a call of `__trace` at the start of each function of a file. */
function instrument(text, file) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const edits = [];
  const visit = (node) => {
    if (ts.isFunctionLike(node) && node.body) {
      const name = node.name?.getText() ?? node.parent.name?.getText() ?? 'anonymous';
      const call = `__trace(${JSON.stringify(file)}, ${JSON.stringify(name)})`;
      if (ts.isBlock(node.body)) edits.push([node.body.getStart() + 1, `${call};`]);
      else edits.push([node.body.getStart(), `(${call}, `], [node.body.getEnd(), ')']);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  let result = text;
  // Stable: of two edits in one place, the outer function's comes first in the text.
  for (const [at, inserted] of edits.sort(([a], [b]) => b - a))
    result = result.slice(0, at) + inserted + result.slice(at);
  return result;
}

/** Imports the wiki in memory. Checkouts of 0.1.0 have it in `demo/`, under another name. */
const importWiki = existsSync(path.join(root, 'test/fake-mediawiki/index.ts'))
  ? "import { FakeMediaWiki } from './test/fake-mediawiki/index.ts';"
  : "import { MemoryWiki as FakeMediaWiki } from './demo/wiki.ts';";

const entry = `
  import { growthSource, MentorshipModule } from './src/index.ts';
  ${importWiki}
  MentorshipModule.define();
  const wiki = new FakeMediaWiki();
  const element = document.createElement('mentorship-module');
  element.lang = 'en';
  element.source = growthSource({
    api: wiki.api,
    now: () => new Date('2026-11-22T11:00:00Z'),
    fetch: (input, init) => wiki.fetchAs('n_ana')(input, init),
  });
  document.body.append(element);
`;

const folder = path.join(root, 'node_modules/.cache/trace');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
if (root === process.cwd()) {
  const { generateTexts } = await tsImport('../build/locales/generate.ts', import.meta.url);
  generateTexts();
}
await build({
  stdin: { contents: entry, resolveDir: root, loader: 'ts' },
  outdir: folder,
  bundle: true,
  splitting: true,
  format: 'esm',
  banner: { js: 'const __trace = (...call) => globalThis.calls?.push(call);' },
  logLevel: 'error',
  plugins: [
    {
      name: 'instrument',
      setup({ onLoad }) {
        onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path: file }) => ({
          contents: instrument(readFileSync(file, 'utf8'), path.relative(root, file)),
          loader: 'ts',
        }));
      },
    },
  ],
});

/** The origin of the wiki in memory, so that its API is of the same origin as the page. */
const ORIGIN = 'https://wiki.example/';
const HTML =
  '<!doctype html><html lang="en"><title>Trace</title><script type="module" src="/stdin.js"></script>';

function respond(request) {
  const name = request.url().slice(ORIGIN.length);
  if (name === '') return request.respond({ contentType: 'text/html', body: HTML });
  const file = path.join(folder, name);
  if (!existsSync(file)) return request.respond({ status: 404 });
  return request.respond({ contentType: 'text/javascript', body: readFileSync(file) });
}

const browser = await puppeteer.launch({ executablePath: await chromiumPath(), args: CHROMIUM_FLAGS });
try {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(error));
  page.on('console', (message) => console.error(message.text()));
  await page.setRequestInterception(true);
  page.on('request', (request) => void respond(request));
  await page.goto(ORIGIN);
  const button = 'mentorship-module >>> .actions .primary';
  await page.waitForSelector(button);
  await page.click(button);
  const box = await page.waitForSelector('mentorship-module >>> textarea');
  await box.evaluate((element) => {
    element.value = 'What is a stub?';
    element.dispatchEvent(new Event('input'));
  });
  await box.evaluate(() => (globalThis.calls = []));
  await page.click('mentorship-module >>> dialog .primary');
  await page.waitForSelector('mentorship-module >>> dialog a.primary');
  await page.waitForSelector('mentorship-module >>> .history .waiting');
  // The states of questions are loaded last.
  const count = () => page.evaluate(() => globalThis.calls.length);
  for (let before = 0; before !== (await count()); await setTimeout(500)) before = await count();
  const calls = await page.evaluate(() => globalThis.calls);
  if (values.list) for (const call of calls) console.log(call.join(' '));
  const moves = calls.filter(([file], index) => index > 0 && calls[index - 1][0] !== file).length;
  console.log(
    `calls: ${calls.length} (at most ${MOST.calls}), moves between files: ${moves} (at most ${MOST.moves})`,
  );
  const counts = new Map();
  for (const call of calls) counts.set(call.join(' '), (counts.get(call.join(' ')) ?? 0) + 1);
  const often = [...counts].sort(([, a], [, b]) => b - a).slice(0, 15);
  console.table(often.map(([name, count]) => ({ function: name, calls: count })));
} finally {
  await browser.close();
}
