// For translators who use a CAT tool: `npm run locales:xliff -- export de [file]`, `… import de.xlf`.
import { readFileSync, writeFileSync } from 'node:fs';
import { installPackages } from '../setup.mjs';
import { fileOf, hasLocale, readLocale, toJson } from './files.mjs';

installPackages();
const { fromXliff, toXliff } = await import('./xliff.mjs');

const [action, name, target] = process.argv.slice(2);
const [en, qqq] = [readLocale('en'), readLocale('qqq')];
if (action === 'export' && name && hasLocale(name)) {
  const file = target ?? `${name}.xlf`;
  writeFileSync(file, toXliff(name, readLocale(name), { en, qqq }));
  console.log(`Written: ${file}`);
} else if (action === 'import' && name) {
  const { code, stale, ...locale } = fromXliff(readFileSync(name, 'utf8'), { en });
  writeFileSync(fileOf(code), toJson(locale));
  for (const key of stale)
    console.log(`! ${key}: its English has changed since the export; look at it again`);
  console.log(`Written: ${fileOf(code)}; now: npm run locales:check ${code}`);
} else {
  console.log('npm run locales:xliff -- export <code> [file]\nnpm run locales:xliff -- import <file>');
  process.exitCode = 1;
}
