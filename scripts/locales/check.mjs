// What is wrong with the languages: `npm run locales:check [code …]`.
import { readFileSync } from 'node:fs';
import { codes, fileOf, hasLocale, readLocale } from './files.mjs';
import { checkLocale, checkSource } from './lint.mjs';

const wanted = process.argv.slice(2);
const [en, qqq] = [readLocale('en'), readLocale('qqq')];
const all = wanted.length ? wanted : codes();
const results = new Map([['en', checkSource({ en, qqq })]]);
for (const code of all) results.set(code, look(code));
for (const [code, found] of results)
  for (const { key, problem, mend } of found)
    console.log(`✗ locales/${code}.json, ${key}: ${problem}; ${mend}`);
const findings = [...results.values()].flat().length;
console.log(
  `${findings ? '✗' : '✓'} ${all.length} locales, ${Object.keys(en.texts).length} texts each: ${findings} findings`,
);
process.exitCode = findings ? 1 : 0;

function look(code) {
  const only = (problem, mend) => [{ key: 'the file', problem, mend }];
  if (!hasLocale(code)) return only('is not there', `begin it with “npm run locale:new ${code}”`);
  try {
    return checkLocale({
      code,
      locale: readLocale(code),
      json: readFileSync(fileOf(code), 'utf8'),
      en,
      qqq,
    });
  } catch (error) {
    return only(
      error.message,
      'mend what stands there: a comma, a quotation mark or a bracket too many or too few',
    );
  }
}
