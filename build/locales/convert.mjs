// For translators who use a CAT tool: `npm run locales:xliff -- export de [file]`, `… import de.xlf`.
import { readFileSync, writeFileSync } from 'node:fs';
import { installPackages } from '../../scripts/setup.mjs';
import { fileOf, hasLocale, readLocale, toJson } from './files.mjs';

installPackages();
const { fromXliff, toXliff } = await import('./xliff.mjs');

const [action, name, target] = process.argv.slice(2);
const [en, qqq] = [readLocale('en'), readLocale('qqq')];
try {
  main();
} catch (error) {
  console.log(error.message);
  process.exitCode = 1;
}

function main() {
  if (action === 'export' && name && hasLocale(name)) {
    const file = target ?? `${name}.xlf`;
    writeFileSync(file, toXliff(name, readLocale(name), { en, qqq }));
    console.log(`Written: ${file}`);
  } else if (action === 'import' && name) {
    const { code, stale, metadata, texts } = fromXliff(readFileSync(name, 'utf8'), { en });
    // A tool may give back a part of it only.
    const before = hasLocale(code) ? readLocale(code) : { metadata: {}, texts: {} };
    const all = { ...before.texts, ...texts };
    const inOrder = Object.keys({ ...en.texts, ...all }).filter((key) => key in all);
    writeFileSync(
      fileOf(code),
      toJson({
        metadata: { ...before.metadata, ...metadata },
        texts: Object.fromEntries(inOrder.map((key) => [key, all[key]])),
      }),
    );
    console.log(`${Object.keys(texts).length} of ${Object.keys(en.texts).length} texts came back`);
    for (const key of stale)
      console.log(`! ${key}: its English has changed since the export; look at it again`);
    console.log(`Written: ${fileOf(code)}; now: npm run locales:check ${code}`);
  } else {
    console.log('npm run locales:xliff -- export <code> [file]\nnpm run locales:xliff -- import <file>');
    process.exitCode = 1;
  }
}
