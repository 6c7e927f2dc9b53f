// What is wrong with the languages: `npm run locales:check [code …]`.
import { readFileSync } from 'node:fs';
import { codes, fileOf, hasLocale, readLocale } from './files.mjs';
import { checkLocale, checkSource, isNotice } from './lint.mjs';

/** Of these a locale in the making has many: they are told in one line. */
const TO_DO = { 'is missing': 'missing', 'is the English text': 'still English' };

const wanted = process.argv.slice(2);
const [en, qqq] = [readLocale('en'), readLocale('qqq')];
const total = Object.keys(en.texts).length;
const names = wanted.length ? wanted : codes();
const results = new Map([['en', checkSource({ en, qqq })], ...names.map((code) => [code, look(code)])]);
for (const [code, found] of results) tell(code, found);

const errors = [...results].map(([code, found]) => [code, found.filter((one) => !isNotice(one)).length]);
const bad = errors.filter(([, count]) => count);
const ends = bad.map(([code, count]) => `${code} ${count}`);
console.log(
  bad.length
    ? `✗ findings: ${ends.join(', ')}; nothing to mend in the other ${results.size - bad.length}`
    : `✓ ${names.length === 1 ? names[0] : `${names.length} locales`}, ${total} texts in English: no errors`,
);
process.exitCode = bad.length ? 1 : 0;

function look(code) {
  const only = (problem, mend) => [{ key: 'the file', problem, mend }];
  if (!hasLocale(code)) return only('is not there', `begin it with “npm run locale:new ${code}”`);
  let locale;
  try {
    locale = readLocale(code);
  } catch (error) {
    return only(
      error.message,
      'most often a comma is missing at the end of the line before, or a " stands in a text',
    );
  }
  return checkLocale({ code, locale, json: readFileSync(fileOf(code), 'utf8'), en, qqq });
}

function tell(code, found) {
  for (const { key, problem, mend } of found)
    if (!(problem in TO_DO)) console.log(`✗ ${fileOf(code)}, ${key}: ${problem}; ${mend}`);
  for (const [problem, words] of Object.entries(TO_DO)) {
    const keys = found.filter((one) => one.problem === problem).map(({ key }) => key);
    const sign = isNotice({ problem }) ? '·' : '✗';
    if (keys.length)
      console.log(
        `${sign} ${fileOf(code)}: ${keys.length} of ${total} texts are ${words}: ${keys.join(', ')}`,
      );
  }
}
