// Generates custom-elements.json and the README's tables. With --check it writes nothing, and fails if a file is out of date.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { elementTables, table } from './element-tables.mjs';
import { roomCss } from './room-css.mjs';
import { codes, fileOf, readGlossary, readLocale, tagOf } from './locales/files.ts';
import { checkLocale, isNotice } from './locales/lint.ts';

const { check } = parseArgs({ options: { check: { type: 'boolean', default: false } } }).values;

function manifest() {
  const outdir = path.relative('.', mkdtempSync(path.join(tmpdir(), 'manifest-')));
  execFileSync('node_modules/.bin/cem', [
    'analyze',
    '--config',
    'build/manifest.config.mjs',
    '--outdir',
    outdir,
  ]);
  const data = JSON.parse(readFileSync(path.join(outdir, 'custom-elements.json'), 'utf8'));
  // A host cannot use inherited and private members.
  for (const declaration of data.modules.flatMap((module) => module.declarations ?? [])) {
    declaration.members = declaration.members?.filter(
      ({ name, privacy }) =>
        !name.startsWith('#') && privacy !== 'private' && privacy !== 'protected' && !LIFECYCLE.has(name),
    );
  }
  // The analyzer reads the argument of dispatchEvent as a name. Only documented events have a description.
  for (const declaration of data.modules.flatMap((module) => module.declarations ?? []))
    declaration.events = declaration.events?.filter(({ description }) => description);
  return data;
}

const LIFECYCLE = new Set([
  'createRenderRoot',
  'willUpdate',
  'updated',
  'render',
  'styles',
  'properties',
  'connectedCallback',
]);

/** Begins each row with the autonym, because a translator looks for it. */
function languages() {
  const [en, qqq] = [readLocale('en'), readLocale('qqq')];
  const keys = Object.keys(en.texts);
  const names = new Intl.DisplayNames(['en'], { type: 'language' });
  const rows = codes().map((code) => {
    const locale = readLocale(code);
    const done = keys.filter((key) => key in locale.texts && locale.texts[key] !== en.texts[key]).length;
    const same = locale.metadata['same-as-english'] ?? [];
    const own = new Intl.DisplayNames([tagOf(code)], { type: 'language' }).of(tagOf(code));
    const json = readFileSync(fileOf(code), 'utf8');
    const findings = checkLocale({ code, locale, glossary: readGlossary(code), json, en, qqq }).filter(
      (one) => !isNotice(one),
    ).length;
    const share = Math.floor(((done + same.length) / keys.length) * 100);
    return [
      `${own}, ${names.of(tagOf(code))}`,
      `\`${code}\``,
      `${share} %`,
      String(findings),
      locale.metadata.review,
    ];
  });
  return `${rows.length} languages besides English, ${keys.length} texts each.\n\n${table(['Language', 'Code', 'Complete', 'Findings', 'Review'], rows)}`;
}

/** Replaces the part of the README between its marks. */
function put(text, name, content) {
  const [start, end] = [`<!-- generated from ${name} -->`, '<!-- end of what is generated -->'];
  const at = text.indexOf(start);
  return `${text.slice(0, at)}${start}\n\n${content}\n\n${text.slice(text.indexOf(end, at))}`;
}

const elements = manifest();
const reference = elementTables(elements)
  .map((kind) => kind.table)
  .join('\n\n');
const readme = put(
  put(readFileSync('README.md', 'utf8'), 'custom-elements.json', reference),
  'build/room-css.mjs',
  `\`\`\`css\n${roomCss()}\`\`\``,
);
const files = {
  'custom-elements.json': JSON.stringify(elements),
  // The check ignores the table of languages, so that a new language needs no other change.
  'README.md': check ? readme : put(readme, 'locales', languages()),
};
for (const [file, content] of Object.entries(files)) {
  const wanted = await format(content, { ...(await resolveConfig(file)), filepath: file });
  if (!check) writeFileSync(file, wanted);
  else if (readFileSync(file, 'utf8') !== wanted) {
    console.log(`✗ ${file} is not up to date: run \`npm run generate\` and commit it.`);
    process.exitCode = 1;
  }
}
