// Creates a locale file with English texts: `npm run locale:new xx`.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fileOf, hasLocale, isCode, readLocale, toJson } from './files.ts';

const NEW = {
  authors: ['mentorship-module contributors'],
  review: 'drafted, not yet reviewed by a native speaker',
};

/** Returns the reason why a locale cannot be created. */
function problemOf(code: string): string | null {
  if (!code) return 'Name a language: npm run locale:new xx';
  if (code !== code.toLowerCase()) return `Use lower case, as MediaWiki does: ${code.toLowerCase()}`;
  if (!isCode(code)) return `“${code}” is not a language code of MediaWiki, such as gl, pt-br or zh-hans.`;
  if (hasLocale(code)) return `locales/${code}.json already exists.`;
  return null;
}

const [code = ''] = parseArgs({ allowPositionals: true }).positionals;
const problem = problemOf(code);
if (problem) {
  console.log(problem);
  process.exitCode = 1;
} else {
  writeFileSync(fileOf(code), toJson({ metadata: NEW, texts: readLocale('en').texts }));
  console.log(`Created locales/${code}.json. Translate its English texts, then look at them:`);
  console.log(`  npm start     then open http://127.0.0.1:8000/?translate=${code}`);
  console.log(`  npm run locales:check ${code}`);
}
