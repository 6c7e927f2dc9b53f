// Begins a language: `npm run locale:new xx` makes locales/xx.json, with English beside each key.
import { writeFileSync } from 'node:fs';
import { fileOf, hasLocale, isCode, readLocale, toJson } from './files.mjs';

const BEGUN = {
  authors: ['mentorship-module contributors'],
  review: 'drafted, not yet reviewed by a native speaker',
};

function refusal(code) {
  if (!code) return 'Say which language: npm run locale:new xx';
  if (code !== code.toLowerCase()) return `Write it in lower case, as MediaWiki does: ${code.toLowerCase()}`;
  if (!isCode(code))
    return `“${code}” is no code of a language. Write MediaWiki’s, such as gl, pt-br or zh-hans.`;
  if (hasLocale(code)) return `locales/${code}.json is there already.`;
  return null;
}

const [code] = process.argv.slice(2);
const problem = refusal(code);
if (problem) {
  console.log(problem);
  process.exitCode = 1;
} else {
  writeFileSync(fileOf(code), toJson({ metadata: BEGUN, texts: readLocale('en').texts }));
  console.log(`locales/${code}.json is there. Write your words over the English ones, and look at them:`);
  console.log(`  npm start     then open http://127.0.0.1:8000/?translate=${code}`);
  console.log(`  npm run locales:check ${code}`);
}
