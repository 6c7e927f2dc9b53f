// Converts locales for CAT tools: `npm run locales:xliff -- export de [file]`, `… import de.xlf`.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fileOf, hasLocale, readLocale, toJson } from './files.ts';
import { fromXliff, toXliff } from './xliff.ts';

const [action, name = '', target = `${name}.xlf`] = parseArgs({ allowPositionals: true }).positionals;
const [en, qqq] = [readLocale('en'), readLocale('qqq')];

function exportLocale(code: string, file: string): void {
  writeFileSync(file, toXliff(code, readLocale(code), { en, qqq }));
  console.log(`Wrote ${file}`);
}

function importLocale(file: string): void {
  const { code, stale, metadata, texts } = fromXliff(readFileSync(file, 'utf8'), { en });
  // A tool may return only some of the texts.
  const before = hasLocale(code) ? readLocale(code) : { metadata: {}, texts: {} };
  const all = { ...before.texts, ...texts };
  // The keys have the order of en.json; keys that it does not have are last.
  const keys = Object.keys({ ...en.texts, ...all });
  const inOrder = keys.flatMap((key) => (all[key] === undefined ? [] : [[key, all[key]] as const]));
  const merged = { metadata: { ...before.metadata, ...metadata }, texts: Object.fromEntries(inOrder) };
  writeFileSync(fileOf(code), toJson(merged));
  console.log(`Imported ${Object.keys(texts).length} of ${Object.keys(en.texts).length} texts`);
  for (const key of stale) console.log(`! ${key}: its English has changed since the export; check it`);
  console.log(`Wrote ${fileOf(code)}; next: npm run locales:check ${code}`);
}

try {
  if (action === 'export' && hasLocale(name)) exportLocale(name, target);
  else if (action === 'import' && name) importLocale(name);
  else
    throw new Error('npm run locales:xliff -- export <code> [file]\nnpm run locales:xliff -- import <file>');
} catch (error) {
  console.log(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
