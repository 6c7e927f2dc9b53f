// What is wrong with the languages: `npm run locales:check [code …]`.
import { readFileSync } from 'node:fs';
import { codes, fileOf, readLocale } from './files.mjs';
import { checkLocale, checkSource } from './lint.mjs';

const wanted = process.argv.slice(2);
const [en, qqq] = [readLocale('en'), readLocale('qqq')];
const all = wanted.length ? wanted : codes();
const results = new Map([['en', checkSource({ en, qqq })]]);
for (const code of all)
  results.set(
    code,
    checkLocale({ code, locale: readLocale(code), json: readFileSync(fileOf(code), 'utf8'), en, qqq }),
  );
for (const [code, found] of results)
  for (const { key, problem, mend } of found)
    console.log(`✗ locales/${code}.json, ${key}: ${problem}; ${mend}`);
const findings = [...results.values()].flat().length;
console.log(
  `${findings ? '✗' : '✓'} ${all.length} locales, ${Object.keys(en.texts).length} texts each: ${findings} findings`,
);
process.exitCode = findings ? 1 : 0;
