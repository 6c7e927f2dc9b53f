// Lists the mistakes of locales: `npm run locales:check [code …]`.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { codes, fileOf, hasLocale, readGlossary, readLocale } from './files.ts';
import { checkLocale, checkSource, isNotice, type KeyFinding } from './lint.ts';

/** Problems that a new locale has many of; each is printed on one line. */
const TO_DO = new Map([
  ['is missing', 'missing'],
  ['is the English text', 'still English'],
]);

const { positionals } = parseArgs({ allowPositionals: true });
const [en, qqq] = [readLocale('en'), readLocale('qqq')];
const total = Object.keys(en.texts).length;
const names = positionals.length ? positionals : codes();
const results = new Map([
  ['en', checkSource({ en, qqq })],
  ...names.map((code) => [code, check(code)] as const),
]);
for (const [code, found] of results) print(code, found);

const bad = [...results].flatMap(([code, found]) => {
  const count = found.filter((one) => !isNotice(one)).length;
  return count ? `${code} ${count}` : [];
});
console.log(
  bad.length
    ? `✗ findings: ${bad.join(', ')}; no findings in the other ${results.size - bad.length}`
    : `✓ ${names.length === 1 ? String(names[0]) : `${names.length} locales`}, ${total} texts in English: no errors`,
);
process.exitCode = bad.length ? 1 : 0;

function check(code: string): KeyFinding[] {
  const only = (problem: string, mend: string) => [{ key: 'the file', problem, mend }];
  if (!hasLocale(code)) return only('does not exist', `create it with “npm run locale:new ${code}”`);
  try {
    const json = readFileSync(fileOf(code), 'utf8');
    return checkLocale({ code, locale: readLocale(code), glossary: readGlossary(code), json, en, qqq });
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return only(problem, 'check the commas and the quotation marks there');
  }
}

function print(code: string, found: KeyFinding[]): void {
  for (const { key, problem, mend } of found)
    if (!TO_DO.has(problem)) console.log(`✗ ${fileOf(code)}, ${key}: ${problem}; ${mend}`);
  for (const [problem, words] of TO_DO) {
    const keys = found.filter((one) => one.problem === problem).map(({ key }) => key);
    const sign = isNotice({ problem }) ? '·' : '✗';
    if (keys.length)
      console.log(
        `${sign} ${fileOf(code)}: ${keys.length} of ${total} texts are ${words}: ${keys.join(', ')}`,
      );
  }
}
