#!/usr/bin/env node
// Lists comments of src/ that begin with a word which makes a reader look for the subject: tools/comments.mjs [--check]
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import ts from 'typescript';

const { values, positionals } = parseArgs({
  options: { check: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const root = path.resolve(positionals[0] ?? '.', 'src');
const MOST_PERCENT = 3;
const UNCLEAR =
  /^(?:What|Whatever|Whether|Where|Who|Whoever|Whose|Whom|Which|Of|By|As|Those|How|Nothing but|In place of)\b/;

/** Yields the text and the line of each comment. Lines that follow each other are one comment. */
function* commentsOf(file) {
  const text = readFileSync(file, 'utf8');
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, ts.LanguageVariant.Standard, text);
  let lastLine = -2;
  const braces = [];
  for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    // A template's end looks like a brace, so the scanner needs help.
    if (token === ts.SyntaxKind.TemplateHead) braces.push('template');
    else if (token === ts.SyntaxKind.OpenBraceToken) braces.push('block');
    else if (token === ts.SyntaxKind.CloseBraceToken && braces.at(-1) === 'template') {
      token = scanner.reScanTemplateToken(false);
      if (token === ts.SyntaxKind.TemplateTail) braces.pop();
    } else if (token === ts.SyntaxKind.CloseBraceToken) braces.pop();
    else if (token === ts.SyntaxKind.SlashToken) scanner.reScanSlashToken();
    const isLine = token === ts.SyntaxKind.SingleLineCommentTrivia;
    if (!isLine && token !== ts.SyntaxKind.MultiLineCommentTrivia) continue;
    const line = text.slice(0, scanner.getTokenStart()).split('\n').length;
    const continues = isLine && line === lastLine + 1;
    if (isLine) lastLine = line;
    if (continues) continue;
    const comment = scanner
      .getTokenText()
      .replace(/^\/[/*]+\s*(?:\*\s*)?/, '')
      .replace(/\s*\*\/$/, '');
    if (!comment.startsWith('@')) yield { line, comment };
  }
}

const files = readdirSync(root, { recursive: true })
  .filter((file) => /\.[jt]s$/.test(file) && !file.startsWith('generated/'))
  .sort();
const all = files.flatMap((file) =>
  [...commentsOf(path.join(root, file))].map((found) => ({ file, ...found })),
);
const unclear = all.filter(({ comment }) => UNCLEAR.test(comment));
for (const { file, line, comment } of unclear)
  console.log(`  src/${file}:${line}: ${comment.split('\n')[0]}`);
const percent = (100 * unclear.length) / all.length;
const isOver = percent > MOST_PERCENT;
console.log(
  `${isOver ? '✗' : '✓'} ${unclear.length} of ${all.length} comments (${percent.toFixed(1)} %, at most ${MOST_PERCENT} %) begin with What, Whether and the like`,
);
if (isOver && values.check) process.exitCode = 1;
